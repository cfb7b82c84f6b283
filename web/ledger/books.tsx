import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { useCommand } from "../connect/use-command.ts";
import { Table } from "../design/table.tsx";
import { money, NONE, share } from "../format.ts";
import { useReply } from "../use-reply.ts";
import { AskForm } from "./form.tsx";

interface Props {
  readonly revision: number;
  readonly onChange: () => void;
}

/** What the books say was paid, held against what the terms of the programme explain. */
export function Books({ revision, onChange }: Props) {
  const { reply } = useReply("/api/savings/actuals", {}, revision);
  const [isImporting, begin] = useState(false);
  const mayImport = useMay("/api/savings/actuals/import");
  if (reply === null) return null;
  const { months, currency, terms } = reply;
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
            rows={months}
            keyOf={({ month }) => month}
          />
        </div>
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
        <Import
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

/** A dry run first: what would change, or every mistake with its line. */
function Import({ onDone, onCancel }: { readonly onDone: () => void; readonly onCancel: () => void }) {
  const { isBusy, problem, run } = useCommand("/api/savings/actuals/import");
  const [looked, look] = useState<{ readonly text: string; readonly lines: readonly string[] } | null>(null);
  return (
    <>
      <AskForm
        title="Import costs"
        fields={[{ name: "text", label: "CSV: costCentre,month,amount", kind: "long" }]}
        action={looked === null ? "Look at it" : "Look at it, or keep what was looked at"}
        isBusy={isBusy}
        problem={problem}
        onCancel={onCancel}
        onSend={({ text = "" }, actor) => {
          const save = looked?.text === text;
          run({ text, save, actor }, ({ counts, mistakes, rows }) => {
            if (save && mistakes.length === 0) return onDone();
            const sum = `${counts.new} new, ${counts.changed} changed, ${counts.same} same, ${counts.refused} refused.`;
            const told = [
              ...mistakes.map(({ line, reason }) => `Line ${line}: ${reason}`),
              ...rows.map(
                ({ line, result, costCentre, month, after }) =>
                  `Line ${line}: ${result}: ${costCentre}, ${month}: ${after}`,
              ),
            ];
            look({ text: mistakes.length > 0 ? "" : text, lines: [sum, ...told] });
          });
        }}
      />
      {looked !== null && (
        <ul role="status">
          {looked.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </>
  );
}
