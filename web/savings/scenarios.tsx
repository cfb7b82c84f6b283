import { SaveRows } from "../design/save-as.tsx";
import { Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { decimal, NONE } from "../format.ts";
import type { Savings } from "../types.ts";
import { inputWords } from "./words.ts";

/** DORA's calculators, which reckon with hopes: labelled so that nobody takes them for a result. */
export function Scenarios({ scenarios }: { readonly scenarios: Savings["scenarios"] }) {
  return (
    <section class="section">
      <h2>Scenarios, not measured</h2>
      {scenarios.map(({ id, title, words, inputs, results }) => (
        <div key={id} class="panel">
          <h3>{title}</h3>
          <p>{words}</p>
          <Unfold summary="What it gives, and what it is given">
            {() => (
              <>
                <Numbers caption={`${title}: what it gives`} rows={results} />
                <Numbers caption={`${title}: what it is given`} rows={inputs} />
              </>
            )}
          </Unfold>
          <SaveRows name={`scenario-${id}`} title={title} rows={[...results, ...inputs]} />
        </div>
      ))}
    </section>
  );
}

function Numbers({
  caption,
  rows,
}: {
  readonly caption: string;
  readonly rows: readonly { readonly name: string; readonly value: number | null }[];
}) {
  return (
    <Table
      caption={caption}
      columns={[
        { title: "What", align: "start", cell: ({ name }) => inputWords(name), sortBy: null },
        {
          title: "Value",
          align: "end",
          cell: ({ value }) => (value === null ? NONE : decimal(Math.round(value * 1000) / 1000)),
          sortBy: null,
        },
      ]}
      rows={rows}
      keyOf={({ name }) => name}
    />
  );
}
