import { type Column, Table } from "../design/table.tsx";
import type { Progress } from "../types.ts";
import { ORDER, STATUS_SIGNS, STATUS_WORDS } from "./words.ts";

type Row = Progress["practices"][number];

/** Of each practice in how many services it is lived, and of how many nobody can say. */
export function Practices({ page }: { readonly page: Progress }) {
  if (page.services.length === 0) return null;
  return (
    <section class="section" aria-labelledby="progress-practices">
      <h2 id="progress-practices">Practices</h2>
      <p class="muted">
        How many services have each practice. Practised: 4 of the last 6 weeks meet every condition. Adopted: 12 of 18
        do as well.
      </p>
      <div class="panel">
        <Table
          caption="Practices and how many services have them"
          columns={columns()}
          rows={page.practices}
          keyOf={({ practice }) => practice}
        />
      </div>
    </section>
  );
}

function columns(): readonly Column<Row>[] {
  return [
    {
      title: "Practice",
      align: "start",
      cell: ({ title, why, source }) => (
        <a href={source} target="_blank" rel="noreferrer" title={why}>
          {title}
        </a>
      ),
      sortBy: ({ title }) => title,
    },
    ...ORDER.map((status): Column<Row> => {
      const of = ({ counts }: Row): number => counts.find((one) => one.status === status)?.services ?? 0;
      return {
        title: `${STATUS_SIGNS[status]} ${STATUS_WORDS[status]}`,
        align: "end",
        cell: of,
        sortBy: of,
      };
    }),
  ];
}
