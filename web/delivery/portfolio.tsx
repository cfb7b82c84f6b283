import { SaveRows } from "../design/save-as.tsx";
import { Go } from "../design/go.tsx";
import { Kept } from "../design/kept.tsx";
import { type Column, Table } from "../design/table.tsx";
import { DEFAULTS, type Filters, link, lookOf, rowsLink, type Span } from "../filters.ts";
import { headline, NBSP, NONE, unbroken } from "../format.ts";
import type { Definition, Measure, Portfolio as Reply, Verdict } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { verdictWords } from "../words.ts";

interface Props {
  readonly span: Span;
  readonly revision: number;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly filters: Filters;
}

const VERDICTS = ["better", "worse", "different", "within-variation", "too-few"] as const;

type Line = Reply["services"][number];

/** The services side by side: a portfolio is a distribution, not one number. */
export function Portfolio({ span, revision, definitions, filters }: Props) {
  const shown = [...definitions.values()].filter(({ factor }) => factor !== "context");
  const metric = shown.map(({ id }) => id).join(",");
  const look = lookOf({ ...filters, service: null });
  const { reply, isStale } = useReply("/api/services", { ...span, ...look, metric }, revision);
  return (
    <section class="section">
      <h2>Services</h2>
      <p>{reply === null ? NBSP : unbroken(reply.sentence)}</p>
      <p class="small muted">
        Each service against its own window before, never against the others:{" "}
        {VERDICTS.map((verdict) => `${verdictWords(verdict).sign} ${verdictWords(verdict).word.toLowerCase()}`).join(
          ", ",
        )}
        .
      </p>
      <div class="panel">
        {reply === null ? (
          <p role="status">Loading the services</p>
        ) : (
          <Kept from={[reply, definitions, filters]} isStale={isStale}>
            {() => (
              <Table
                caption="Metrics by service"
                columns={[name(filters), ...shown.map((definition) => column(definition, reply, filters))]}
                rows={worstFirst(reply.services)}
                keyOf={({ service }) => service}
              />
            )}
          </Kept>
        )}
        {reply !== null && (
          <SaveRows
            name="services"
            title="Metrics by service"
            rows={reply.services.flatMap(({ service, measures }) =>
              measures.map(({ metric: id, whole, before, verdict }) => ({
                service,
                metric: id,
                verdict,
                before: before?.perWeek ?? before?.value ?? null,
                ...whole,
              })),
            )}
          />
        )}
      </div>
    </section>
  );
}

function name(filters: Filters): Column<Line> {
  return {
    title: "Service",
    align: "start",
    cell: ({ service }) => (
      <Go to={link("delivery", { ...DEFAULTS, range: filters.range, scope: filters.scope, service })}>{service}</Go>
    ),
    sortBy: ({ service }) => service,
  };
}

function column(definition: Definition, { window }: Reply, filters: Filters): Column<Line> {
  const of = ({ measures }: Line) => measures.find(({ metric }) => metric === definition.id);
  return {
    title: definition.title,
    align: "end",
    sortBy: (line) => sortKey(definition, of(line)),
    cell: (line) => {
      const found = of(line);
      if (found === undefined) return NONE;
      if (found.whole.value === null)
        return (
          <>
            <Sign verdict={found.verdict} /> <Before definition={definition} before={found.before} />
            <span title={found.whole.reason ?? ""}>{NONE}</span>
          </>
        );
      return (
        <>
          <Sign verdict={found.verdict} /> <Before definition={definition} before={found.before} />
          <Go to={rowsLink({ ...filters, service: line.service }, definition.id, window)}>
            {headline(definition, found.whole)}
          </Go>
        </>
      );
    },
  };
}

function Sign({ verdict }: { readonly verdict: Verdict | null }) {
  if (verdict === null) return null;
  const { word, sign } = verdictWords(verdict);
  return (
    <span class={`verdict verdict-${verdict}`} title={word}>
      <span aria-hidden="true">{sign}</span>
      <span class="hidden-text">{word}</span>
    </span>
  );
}

/** What it was in the window before, small, without the unit that stands with the number of now. */
function Before({ definition, before }: { readonly definition: Definition; readonly before: Measure | null }) {
  if (before === null || before.value === null) return null;
  const words = headline(definition, before);
  return (
    <span class="small muted nowrap" title={`${words} in the window before`}>
      {definition.statistic === "count" ? words.replace(/\sa\sweek$/u, "") : words} →{" "}
    </span>
  );
}

/** Services that got worse, then those that got better, then the others; of one kind in the order in which they come, by name. */
export function worstFirst(lines: readonly Line[]): readonly Line[] {
  return [...lines].sort((a, b) => rank(a) - rank(b));
}

function rank({ measures }: Line): number {
  const verdicts = new Set(measures.map(({ verdict }) => verdict));
  return verdicts.has("worse") ? 0 : verdicts.has("better") ? 1 : 2;
}

function sortKey({ statistic }: Definition, found: Line["measures"][number] | undefined): number | null {
  if (found === undefined) return null;
  return statistic === "count" ? (found.whole.perWeek ?? found.whole.value) : found.whole.value;
}
