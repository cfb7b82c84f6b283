import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { address } from "../api.ts";
import { type Column, Table } from "../design/table.tsx";
import { count, moment } from "../format.ts";
import type { AuditRow } from "../types.ts";
import { useReply } from "../use-reply.ts";

const PAGE = 20;

const WORDS = {
  "settings.change": "changed the settings",
  "judgement.add": "decided what counts",
  "judgement.reverse": "put back",
  "programme.change": "changed the programme",
  "review.freeze": "held a review",
  "assessment.add": "answered the questions of a quarter",
  "experiment.add": "set an experiment",
  "experiment.withdraw": "gave up an experiment",
  "baseline.freeze": "froze a baseline",
  "baseline.withdraw": "withdrew a baseline",
  "saving.freeze": "froze a record of savings",
  "saving.withdraw": "withdrew a record of savings",
  "ledger.add": "added a line to the ledger",
  "ledger.move": "moved a line of the ledger",
  "ledger.fund": "said where a saving goes",
  "actuals.import": "imported what was paid",
  "statement.issue": "issued a statement",
  "database.restore": "put a backup in the place of the database",
  "user.add": "added a user",
  "user.invite": "invited a user anew",
  "user.role": "changed a role",
  "user.rename": "calls somebody otherwise",
  "user.password": "changed a password",
  "user.remove": "removed a user",
  "session.end": "ended a session",
  "token.add": "made a token",
  "token.revoke": "ended a token",
  "link.add": "shared a view",
  "link.end": "ended a link",
} as const satisfies Record<AuditRow["action"], string>;

/** Who changed what: for an auditor. */
export function Audit({ zone }: { readonly zone: string }) {
  const isAllowed = useMay("/api/audit");
  const [offset, move] = useState(0);
  const { reply, problem } = useReply("/api/audit", isAllowed ? { limit: PAGE, offset } : null, 0);
  if (!isAllowed) return null;
  const total = reply?.total ?? 0;
  return (
    <section class="section">
      <h2>Who changed what</h2>
      {problem !== null && <p>{problem.message}</p>}
      <div class="panel">
        <Table
          caption="Who changed what"
          columns={columns(zone)}
          rows={reply?.rows ?? []}
          keyOf={({ id }) => String(id)}
        />
        <p class="tools">
          {offset > 0 && (
            <button type="button" class="button" onClick={() => move(Math.max(0, offset - PAGE))}>
              Newer
            </button>
          )}
          {offset + PAGE < total && (
            <button type="button" class="button" onClick={() => move(offset + PAGE)}>
              Older
            </button>
          )}
          <span class="muted">{count(total)} in all</span>
          <a href={address("/api/export/audit", { format: "csv" })}>CSV</a>
          <a href={address("/api/export/audit", { format: "ndjson" })}>NDJSON</a>
        </p>
      </div>
      <p class="small muted">
        Rows are only ever added. Who logs in and out when is not among them. What the configuration said on a day:{" "}
        <code>/api/settings?at=2026-11-28</code>.
      </p>
    </section>
  );
}

function columns(zone: string): readonly Column<AuditRow>[] {
  return [
    { title: "When", align: "start", cell: ({ at }) => <span class="nowrap">{moment(at, zone)}</span>, sortBy: null },
    { title: "Who", align: "start", cell: ({ actor }) => actor, sortBy: null },
    { title: "Did what", align: "start", cell: ({ action }) => WORDS[action], sortBy: null },
    { title: "To", align: "start", cell: ({ subject }) => subject, sortBy: null },
    { title: "Before", align: "start", cell: ({ before }) => <Told text={before} />, sortBy: null },
    { title: "After", align: "start", cell: ({ after }) => <Told text={after} />, sortBy: null },
  ];
}

/** JSON is for programs, and people read it where they want to know exactly. */
function Told({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  if (text.length < 60) return <span class="why-cell">{text}</span>;
  return (
    <details>
      <summary>{`${text.slice(0, 40)} …`}</summary>
      <span class="why-cell secret">{text}</span>
    </details>
  );
}
