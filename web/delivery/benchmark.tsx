import { SaveRows } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { decimal, NONE } from "../format.ts";
import type { Filters, Look, Span } from "../filters.ts";
import type { Benchmark as Reply } from "../types.ts";
import { useReply } from "../use-reply.ts";

interface Props {
  readonly span: Span;
  readonly filters: Filters;
  readonly revision: number;
}

type Factor = Reply["factors"][number];

/** Beside what an industry answered: context at the end of the page, folded away, and no rank. */
export function Benchmark({ span, filters, revision }: Props) {
  const { reply } = useReply("/api/benchmark", { ...span, ...whose(filters) }, revision);
  if (reply === null) return null;
  return (
    <section class="section">
      <h2>Beside DORA’s survey of {reply.edition}</h2>
      <Unfold summary={reply.instrument}>
        {() => (
          <div class="panel">
            <Table
              caption={`The quick check, scores of 10, beside DORA’s survey of ${reply.edition}`}
              columns={columnsOf(reply)}
              rows={reply.factors}
              keyOf={({ factor }) => factor}
            />
            <p class="small">{meansWords(reply)}</p>
            <SaveRows name="survey" title="The quick check" rows={reply.factors} />
            {reply.services > 1 && (
              <p class="small muted">
                Frequency is that of one of the {reply.services} services that deployed, on average.
              </p>
            )}
          </div>
        )}
      </Unfold>
    </section>
  );
}

function columnsOf({ factors }: Reply): readonly Column<Factor>[] {
  const names = factors[0]?.industries.map(({ name }) => name) ?? [];
  return [
    { title: "Factor", align: "start", cell: ({ title }) => title, sortBy: null },
    {
      title: "Measured",
      align: "start",
      cell: ({ option, reason }) => option ?? <span class="muted">{reason ?? ""}</span>,
      sortBy: null,
    },
    { title: "Score", align: "end", cell: ({ score }) => (score === null ? NONE : decimal(score)), sortBy: null },
    ...names.map((name): Column<Factor> => ({
      title: name,
      align: "end",
      cell: ({ industries }) => industryWords(industries.find((one) => one.name === name)),
      sortBy: null,
    })),
  ];
}

function industryWords(industry: Factor["industries"][number] | undefined): string {
  if (industry === undefined) return NONE;
  const { mean, deviation } = industry;
  return deviation === null ? decimal(mean) : `${decimal(mean)} ± ${decimal(deviation)}`;
}

function meansWords({ overall, throughput, stability }: Reply): string {
  const parts = [
    { name: "throughput", score: throughput },
    { name: "stability", score: stability },
    { name: "all that is known", score: overall },
  ].flatMap(({ name, score }) => (score === null ? [] : [`${name} ${decimal(score)}`]));
  return parts.length === 0 ? "Too little is known for a score." : `Means of 10: ${parts.join(", ")}.`;
}

function whose({ scope, service, bots, open }: Filters): Omit<Look, "time"> {
  return {
    ...(scope !== null && { scope }),
    ...(service !== null && { service }),
    ...(bots !== "default" && { bots }),
    ...(open !== "kept" && { open }),
  };
}
