import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { useCommand } from "../connect/use-command.ts";
import { Table } from "../design/table.tsx";
import { money, NONE, share } from "../format.ts";
import { useReply } from "../use-reply.ts";
import { ImportCsv } from "./import-csv.tsx";

/** A year of months: what is older is looked at once. */
const FEW = 12;

interface Props {
  /** That is looked at; `null`: the running one, of which there are no books yet. */
  readonly month: string | null;
  readonly revision: number;
  readonly onChange: () => void;
}

/** What the books say was paid, held against what the terms of the programme explain. */
export function Books({ month: looked, revision, onChange }: Props) {
  const { reply } = useReply("/api/savings/actuals", {}, revision);
  const [isImporting, begin] = useState(false);
  const [isWhole, showAll] = useState(false);
  const { isBusy, problem, run } = useCommand("/api/savings/actuals/import");
  const mayImport = useMay("/api/savings/actuals/import");
  if (reply === null) return null;
  const { months, currency, terms } = reply;
  const newest = months.toReversed();
  const isOlder = newest.slice(FEW).some(({ month }) => month === looked);
  const shown = isWhole || isOlder ? newest : newest.slice(0, FEW);
  return (
    <section class="section">
      <h2>What the books say</h2>
      {months.length === 0 ? (
        <p class="muted">Nothing was imported yet: what is saved is not held against what was paid.</p>
      ) : (
        <div class="panel">
          <Table
            caption="Paid by the books, and explained"
            columns={[
              { title: "Month", align: "start", cell: ({ month }) => month, sortBy: ({ month }) => month },
              { title: "Paid", align: "end", cell: ({ actual }) => money(actual, currency), sortBy: null },
              {
                title: "Explained",
                align: "end",
                cell: ({ explained }) => (explained === null ? NONE : money(explained, currency)),
                sortBy: null,
              },
              {
                title: "Not explained",
                align: "end",
                cell: ({ share: part, capsGrade }) =>
                  part === null ? NONE : `${share(part)}${capsGrade === true ? ", no grade above C" : ""}`,
                sortBy: null,
              },
            ]}
            rows={shown}
            keyOf={({ month }) => month}
            isMarked={({ month }) => month === looked}
          />
        </div>
      )}
      {shown.length < months.length && (
        <p>
          <button type="button" class="button" onClick={() => showAll(true)}>
            Show all {months.length}
          </button>
        </p>
      )}
      <p class="small muted">{terms}</p>
      {mayImport && !isImporting && (
        <p>
          <button type="button" class="button" onClick={() => begin(true)}>
            Import costs …
          </button>
        </p>
      )}
      {isImporting && (
        <ImportCsv
          title="Import costs"
          label="CSV: costCentre,month,amount"
          isBusy={isBusy}
          problem={problem}
          run={(body, take) =>
            run(body, ({ rows, ...looked }) =>
              take({
                ...looked,
                changes: rows.map(
                  ({ line, result, costCentre, month, after }) =>
                    `Line ${line}: ${result}: ${costCentre}, ${month}: ${after}`,
                ),
              }),
            )
          }
          onDone={() => {
            begin(false);
            onChange();
          }}
          onCancel={() => begin(false)}
        />
      )}
    </section>
  );
}
