import type { Filters } from "../filters.ts";
import type { Definition, Measured, Measures } from "../types.ts";
import { MetricCard } from "./metric-card.tsx";

interface Props {
  readonly reply: Measures;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly filters: Filters;
}

interface Group {
  readonly factor: Definition["factor"];
  readonly of: { readonly measured: Measured; readonly definition: Definition }[];
}

/** The cards in the API's order, by factor; a factor about which nothing is known comes after those that say something. */
export function Groups({ reply, definitions, filters }: Props) {
  return (
    <div class="groups">
      {grouped(reply.measures, definitions).map(({ factor, of }) => (
        <section key={factor} class={`section group-${factor}`}>
          <h2>{factorWords(factor)}</h2>
          <div class="cards">
            {of.map(({ measured, definition }) => (
              <MetricCard
                key={definition.id}
                measured={measured}
                definition={definition}
                reply={reply}
                filters={filters}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

export function grouped(measures: readonly Measured[], definitions: ReadonlyMap<string, Definition>): Group[] {
  const groups = new Map<string, Group>();
  for (const measured of measures) {
    const definition = definitions.get(measured.metric);
    if (definition === undefined) continue;
    const group = groups.get(definition.factor) ?? { factor: definition.factor, of: [] };
    group.of.push({ measured, definition });
    groups.set(definition.factor, group);
  }
  const all = [...groups.values()];
  return all.some(isSilent) ? knownFirst(all) : all;
}

function knownFirst(groups: readonly Group[]): Group[] {
  const inOrder = groups.map(({ factor, of }) => ({
    factor,
    of: [...of].sort((a, b) => Number(isUnknown(a.measured)) - Number(isUnknown(b.measured))),
  }));
  return inOrder.sort((a, b) => Number(isSilent(a)) - Number(isSilent(b)));
}

function isSilent({ of }: Group): boolean {
  return of.every(({ measured }) => isUnknown(measured));
}

function isUnknown({ whole }: Measured): boolean {
  return whole.value === null || whole.n === 0;
}

function factorWords(factor: Definition["factor"]): string {
  switch (factor) {
    case "throughput":
      return "Throughput: how fast";
    case "instability":
      return "Instability: how safely";
    case "context":
      return "What explains them";
  }
}
