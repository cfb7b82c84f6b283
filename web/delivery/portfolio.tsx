import { SaveRows } from "../design/save-as.tsx";
import { Go } from "../design/go.tsx";
import { type Column, Table } from "../design/table.tsx";
import { DEFAULTS, type Filters, link, lookOf, rowsLink, type Span } from "../filters.ts";
import { headline, NONE } from "../format.ts";
import type { Definition, Portfolio as Reply } from "../types.ts";
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
  const { reply } = useReply("/api/services", { ...span, ...look, metric }, revision);
  return (
    <section class="section">
      <h2>Services</h2>
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
          <Table
            caption="Metrics by service"
            columns={[name(filters), ...shown.map((definition) => column(definition, reply, filters))]}
            rows={reply.services}
            keyOf={({ service }) => service}
          />
        )}
        {reply !== null && (
          <SaveRows
            name="services"
            title="Metrics by service"
            rows={reply.services.flatMap(({ service, measures }) =>
              measures.map(({ metric: id, whole, verdict }) => ({ service, metric: id, verdict, ...whole })),
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
      if (found === undefined || found.whole.value === null)
        return <span title={found?.whole.reason ?? ""}>{NONE}</span>;
      const verdict = found.verdict && verdictWords(found.verdict);
      return (
        <>
          {verdict !== null && (
            <span class={`verdict verdict-${found.verdict ?? ""}`} title={verdict.word}>
              <span aria-hidden="true">{verdict.sign}</span>
              <span class="hidden-text">{verdict.word}</span>
            </span>
          )}{" "}
          <Go to={rowsLink({ ...filters, service: line.service }, definition.id, window)}>
            {headline(definition, found.whole)}
          </Go>
        </>
      );
    },
  };
}

function sortKey({ statistic }: Definition, found: Line["measures"][number] | undefined): number | null {
  if (found === undefined) return null;
  return statistic === "count" ? (found.whole.perWeek ?? found.whole.value) : found.whole.value;
}
