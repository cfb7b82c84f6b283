import type { ComponentChildren } from "preact";

import { Fold } from "../design/fold.tsx";
import { Strip } from "../design/strip.tsx";
import { type Filters, link, ownOf } from "../filters.ts";
import { plural } from "../format.ts";
import { go } from "../router.ts";
import type { Annotation, Definition, Measured, Measures, Portfolio } from "../types.ts";
import { MetricCard } from "./metric-card.tsx";

interface Props {
  readonly reply: Measures;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly filters: Filters;
  readonly annotations: readonly Annotation[];
  readonly search: string;
  /** How the services differ in what delivery is measured by, once it is known; `null` where it is of one alone. */
  readonly portfolio: { readonly reply: Portfolio | null } | null;
  /** What stands between delivery and what explains it. */
  readonly children: ComponentChildren;
}

interface One {
  readonly measured: Measured;
  readonly definition: Definition;
}

interface Group {
  readonly factor: Definition["factor"];
  readonly of: One[];
}

/** Up to so many numbers all are shown at once. */
const AT_ONCE = 16;

/** The cards in the API's order, by factor; a factor about which nothing is known comes after those that say something. */
export function Groups({ reply, definitions, filters, annotations, search, portfolio, children }: Props) {
  const groups = grouped(reply.measures, definitions);
  const card = ({ measured, definition }: One) => (
    <MetricCard
      key={definition.id}
      measured={measured}
      definition={definition}
      reply={reply}
      filters={filters}
      annotations={annotations}
      spread={
        portfolio !== null &&
        definition.factor !== "context" && (
          <Strip definition={definition} portfolio={portfolio.reply} filters={filters} />
        )
      }
    />
  );
  const section = ({ factor, of }: Group) => {
    const { shown, folded } = parted(factor, of, reply.measures.length);
    const isOpen = new URLSearchParams(search).get("sections") === "all";
    return (
      <section key={factor} class={`section group-${factor}`}>
        <h2>{factorWords(factor)}</h2>
        {shown.length > 0 && <div class="cards">{shown.map(card)}</div>}
        {folded.length > 0 && (
          <Fold
            title={shown.length === 0 ? "All of them" : "The others"}
            words={`${plural(folded.length, "number")} within normal variation, or with too little to say`}
            isOpen={isOpen}
            onTurn={() => go(link("", filters, { ...ownOf(search), sections: isOpen ? null : "all" }))}
          >
            <div class="cards">{folded.map(card)}</div>
          </Fold>
        )}
      </section>
    );
  };
  // Where the time goes explains delivery, so it stands right below it.
  const isContext = ({ factor }: Group): boolean => factor === "context";
  const [first] = groups;
  return (
    <div class="groups">
      {groups.filter((group) => !isContext(group) || group === first).map(section)}
      {children}
      {groups.filter((group) => isContext(group) && group !== first).map(section)}
    </div>
  );
}

/** Of many numbers that explain, those that left their normal variation; the others are folded. */
export function parted(
  factor: Definition["factor"],
  of: readonly One[],
  all: number,
): { readonly shown: readonly One[]; readonly folded: readonly One[] } {
  if (factor !== "context" || all <= AT_ONCE) return { shown: of, folded: [] };
  const isSignal = ({ measured: { previous, baseline } }: One): boolean =>
    ["better", "worse", "different"].includes((baseline ?? previous)?.verdict ?? "");
  return { shown: of.filter(isSignal), folded: of.filter((one) => !isSignal(one)) };
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
