import { useState } from "preact/hooks";

import { SaveRows } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { moment } from "../format.ts";
import type { JudgementEntry, Scopes, Status } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { JudgeDays } from "./judge-days.tsx";
import { PutBack } from "./put-back.tsx";

interface Props {
  readonly status: Status;
  readonly scopes: Scopes | null;
  readonly revision: number;
}

/** Everything that people decided about the numbers, also what was taken back. */
export function Journal({ status: { zone }, scopes, revision }: Props) {
  const [times, again] = useState(0);
  const { reply } = useReply("/api/judgements", {}, revision + times);
  const onDone = (): void => again((before) => before + 1);
  return (
    <section class="section">
      <h2>What people decided</h2>
      <p class="muted">
        Changes and deployments are excluded, and failures overruled, in the rows of a number. Nothing is ever erased:
        what is put back stays here.
      </p>
      <JudgeDays scopes={scopes} onDone={onDone} />
      {reply === null || reply.length === 0 ? (
        <p class="muted">Nobody has decided anything yet.</p>
      ) : (
        <div class="panel">
          <Table
            caption="What people decided"
            columns={columns(zone, onDone)}
            rows={reply}
            keyOf={({ id }) => String(id)}
          />
          <SaveRows name="judgements" title="What people decided" rows={reply} />
        </div>
      )}
    </section>
  );
}

function columns(zone: string, onDone: () => void): Column<JudgementEntry>[] {
  return [
    {
      title: "When",
      align: "start",
      cell: ({ madeAt }) => <span class="nowrap">{moment(madeAt, zone)}</span>,
      sortBy: ({ madeAt }) => madeAt,
    },
    { title: "Decision", align: "start", cell: ({ words }) => <span class="why-cell">{words}</span>, sortBy: null },
    { title: "Reason", align: "start", cell: ({ reason }) => <span class="why-cell">{reason}</span>, sortBy: null },
    { title: "By", align: "start", cell: ({ actor }) => actor, sortBy: null },
    {
      title: "In force",
      align: "start",
      cell: (entry) => <InForce entry={entry} zone={zone} onDone={onDone} />,
      sortBy: null,
    },
  ];
}

interface InForceProps {
  readonly entry: JudgementEntry;
  readonly zone: string;
  readonly onDone: () => void;
}

function InForce({ entry: { id, words, reversal }, zone, onDone }: InForceProps) {
  if (reversal === null) return <PutBack id={id} what={words} onDone={onDone} />;
  return (
    <span class="why-cell">
      No: {reversal.reason} ({reversal.actor}, {moment(reversal.madeAt, zone)})
    </span>
  );
}
