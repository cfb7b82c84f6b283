import { SaveRows } from "../design/save-as.tsx";
import { Go } from "../design/go.tsx";
import { type Column, Table } from "../design/table.tsx";
import { type Filters, link } from "../filters.ts";
import { NBSP, NONE, count, share } from "../format.ts";
import type { Flow } from "../types.ts";

type Kind = Flow["kinds"]["rows"][number];

interface Props extends Pick<Flow, "kinds"> {
  readonly filters: Filters;
}

/** What kinds of work were merged: words, and a table that is its own twin. */
export function Kinds({ kinds: { changes, untold, rows, words }, filters }: Props) {
  if (changes === 0) return null;
  return (
    <section class="section">
      <h2>Kinds of work</h2>
      <p>{words}</p>
      {untold < changes && (
        <div class="panel">
          <Table caption="Changes merged in this window, by kind of work" columns={COLUMNS} rows={rows} keyOf={keyOf} />
          <SaveRows name="kinds-of-work" title="Kinds of work" rows={rows} />
        </div>
      )}
      <p class="small muted">
        By the title (fix: …), the labels and the branch of each change: a proxy for what people worked on.
        {untold > 0 && ` ${count(untold)} of ${count(changes)} say nothing and are in no share.`}{" "}
        <Go to={link("rows", filters, { metric: "repair-share" })}>Each change with the kind that it says</Go>
      </p>
    </section>
  );
}

const COLUMNS: readonly Column<Kind>[] = [
  { title: "Kind", align: "start", cell: ({ title }) => title, sortBy: ({ title }) => title },
  { title: "Changes", align: "end", cell: ({ changes }) => count(changes), sortBy: ({ changes }) => changes },
  {
    title: "Share",
    align: "end",
    cell: ({ share: part }) => (part === null ? NONE : share(part)),
    sortBy: ({ share: part }) => part,
  },
  {
    title: "95 % interval",
    align: "end",
    cell: ({ low, high }) =>
      low === null || high === null ? NONE : <span class="nowrap">{`${share(low)}${NBSP}–${NBSP}${share(high)}`}</span>,
    sortBy: null,
  },
];

function keyOf({ type }: Kind): string {
  return type;
}
