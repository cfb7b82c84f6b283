import { SaveRows } from "../design/save-as.tsx";
import { Table } from "../design/table.tsx";
import { money } from "../format.ts";
import type { Savings } from "../types.ts";
import { varianceRows } from "./words.ts";

interface Props {
  readonly figures: NonNullable<Savings["figures"]>;
  readonly currency: string;
}

/** Why a cost is another one than before: what is efficiency, and what only came with size, mix or price. */
export function Variances({ figures: { labour, pipelines }, currency }: Props) {
  const parts = [
    { title: "Lost hours", variance: labour },
    { title: "Pipelines", variance: pipelines },
  ];
  return (
    <section class="section">
      <h2>Why the cost changed</h2>
      <div class="panels">
        {parts.map(({ title, variance }) => (
          <div key={title} class="panel">
            <h3>{title}</h3>
            {variance === null ? (
              <p class="muted">Not known: nobody said what {title === "Pipelines" ? "a minute" : "an hour"} costs.</p>
            ) : (
              <>
                <Table
                  caption={`${title}: why the cost changed`}
                  columns={[
                    { title: "Because of", align: "start", cell: ({ name }) => name, sortBy: null },
                    {
                      title: "Change",
                      align: "end",
                      cell: ({ amount }) => money(Math.round(amount), currency),
                      sortBy: null,
                    },
                    { title: "That is", align: "start", cell: ({ words }) => words, sortBy: null },
                  ]}
                  rows={varianceRows(variance)}
                  keyOf={({ name }) => name}
                />
                <SaveRows
                  name={`savings-why-${title.toLowerCase().replace(" ", "-")}`}
                  title={title}
                  rows={varianceRows(variance)}
                />
              </>
            )}
          </div>
        ))}
      </div>
      <p class="small muted">Below 0 is less than before. The parts add up to the last row.</p>
    </section>
  );
}
