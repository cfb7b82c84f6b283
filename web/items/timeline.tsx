import { type Column, Table } from "../design/table.tsx";
import { duration, moment } from "../format.ts";
import type { Item } from "../types.ts";
import { barOf } from "./bars.ts";

interface Props {
  readonly item: Item;
  readonly zone: string;
}

type Span = Item["spans"][number];

/** What happened, in order, and the stages to scale: the table is the chart, its bars only repeat the hours. */
export function Timeline({ item: { moments, spans }, zone }: Props) {
  const columns: readonly Column<Span>[] = [
    { title: "Stage", align: "start", cell: ({ title }) => title, sortBy: null },
    {
      title: "Took",
      align: "end",
      cell: ({ hours, isOpen }) => (isOpen ? `${duration(hours)} so far` : duration(hours)),
      sortBy: null,
    },
    { title: "From first to last", align: "start", cell: (span) => <Bar span={span} spans={spans} />, sortBy: null },
  ];
  return (
    <section class="section">
      <h2>Timeline</h2>
      <div class="panel timeline">
        <ol class="moments">
          {moments.map(({ at, what, note }) => (
            <li key={at + what}>
              <time class="muted nowrap" dateTime={at}>
                {moment(at, zone)}
              </time>
              <span>
                <strong>{what}</strong>
                {note !== null && <span class="muted"> · {note}</span>}
              </span>
            </li>
          ))}
        </ol>
        {spans.length > 0 && (
          <Table caption="How long each stage took" columns={columns} rows={spans} keyOf={({ title }) => title} />
        )}
      </div>
    </section>
  );
}

function Bar({ span, spans }: { readonly span: Span; readonly spans: readonly Span[] }) {
  const { start, length } = barOf(span, spans);
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-ground" x="0" y="4" width="100" height="2" />
      <rect class={span.isOpen ? "bar-open" : "bar-stage"} x={start} y="1" width={length} height="8" />
    </svg>
  );
}
