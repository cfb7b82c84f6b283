import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { ask } from "../api.ts";
import { useCommand } from "../connect/use-command.ts";
import { Notice } from "../design/notice.tsx";
import { Table } from "../design/table.tsx";
import { save } from "../export.ts";
import { moment } from "../format.ts";
import { asApiError, useReply } from "../use-reply.ts";
import { AskForm } from "./form.tsx";

const FORMS = ["pack", "csv", "xlsx", "html"] as const;
type Form = (typeof FORMS)[number];

interface Props {
  /** That is looked at; `null`: the running one, of which none can be issued yet. */
  readonly month: string | null;
  readonly zone: string;
  readonly revision: number;
  readonly onChange: () => void;
}

/** What was handed out, month by month, to be checked by anybody. */
export function Statements({ month: looked, zone, revision, onChange }: Props) {
  const { reply } = useReply("/api/savings/statements", {}, revision);
  const [isIssuing, begin] = useState(false);
  const [problem, tell] = useState<string | null>(null);
  const { isBusy, problem: refused, run } = useCommand("/api/savings/statements/issue");
  const mayIssue = useMay("/api/savings/statements/issue");
  const hand = (month: string, as: Form): void => {
    tell(null);
    fileOf(month, as).catch((error: unknown) => tell(asApiError(error).message));
  };
  if (reply === null) return null;
  return (
    <section class="section">
      <h2>Statements</h2>
      {reply.length === 0 ? (
        <p class="muted">None was issued yet. Finance issues one of a month that is over; it never changes.</p>
      ) : (
        <div class="panel">
          <Table
            caption="Statements, newest first"
            columns={[
              { title: "Month", align: "start", cell: ({ month }) => month, sortBy: null },
              {
                title: "Of which days",
                align: "start",
                cell: ({ period }) => <span class="why-cell">{period === "" ? "—" : period}</span>,
                sortBy: null,
              },
              {
                title: "Issued",
                align: "start",
                cell: ({ issuedAt, actor }) => `${moment(issuedAt, zone)}, ${actor}`,
                sortBy: null,
              },
              { title: "Hash", align: "start", cell: ({ hash }) => <code>{hash.slice(0, 12)}</code>, sortBy: null },
              {
                title: "Whole",
                align: "start",
                cell: ({ problem: wrong }) =>
                  wrong === null ? "as it was signed" : `line ${wrong.line}: ${wrong.words}`,
                sortBy: null,
              },
              {
                title: "Files",
                align: "start",
                cell: ({ month }) => (
                  <span class="nowrap">
                    {FORMS.map((as) => (
                      <button
                        key={as}
                        type="button"
                        class="button"
                        aria-label={`${as} of ${month}`}
                        onClick={() => hand(month, as)}
                      >
                        {as}
                      </button>
                    ))}
                  </span>
                ),
                sortBy: null,
              },
            ]}
            rows={reply}
            keyOf={({ month }) => month}
            isMarked={({ month }) => month === looked}
          />
        </div>
      )}
      {problem !== null && <Notice level="warning" title={problem} />}
      <p class="small muted">
        <code>headway verify PACK --key KEY</code> prints every digit of a pack again from its rows, without a database
        or a network. Have the key told to you by another way than the pack.
      </p>
      {mayIssue && !isIssuing && (
        <p>
          <button type="button" class="button" onClick={() => begin(true)}>
            Issue a statement …
          </button>
        </p>
      )}
      {isIssuing && (
        <AskForm
          title="Issue a statement"
          fields={[{ name: "month", label: "Of the month", kind: "month", usual: looked ?? "" }]}
          action="Issue it"
          isBusy={isBusy}
          problem={refused}
          onCancel={() => begin(false)}
          onSend={({ month = "" }, actor) =>
            run({ month, actor }, () => {
              begin(false);
              onChange();
            })
          }
        />
      )}
    </section>
  );
}

async function fileOf(month: string, as: Form): Promise<void> {
  const { file } = await ask("/api/savings/statement", { month, as }, new AbortController().signal);
  if (file === null) return;
  const bytes = file.encoding === "base64" ? Uint8Array.from(atob(file.body), (sign) => sign.charCodeAt(0)) : file.body;
  save(file.name, new Blob([bytes], { type: file.type }));
}
