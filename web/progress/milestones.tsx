import { Skeleton } from "../design/skeleton.tsx";
import { type Column, Table } from "../design/table.tsx";
import { share } from "../format.ts";
import type { MilestoneRow } from "../types.ts";
import { useReply } from "../use-reply.ts";

const STATE_WORDS = {
  met: "✓ Met",
  "on-course": "→ On course",
  "at-risk": "! At risk",
  missed: "✗ Missed",
  "cannot-be-said": "? Cannot be said",
} as const satisfies Record<MilestoneRow["state"], string>;

/** The roadmap: what is to be reached by when, and how far it is. The status is computed from the metric. */
export function Milestones({ revision }: { readonly revision: number }) {
  const { reply, problem } = useReply("/api/progress/milestones", {}, revision);
  if (reply === null) return problem === null ? <Skeleton label="Reading the roadmap" kind="row" count={1} /> : null;
  if (reply.length === 0) return null;
  return (
    <section class="section" aria-labelledby="progress-milestones">
      <h2 id="progress-milestones">Roadmap</h2>
      <div class="panel">
        <Table caption="Milestones, the next one due first" columns={COLUMNS} rows={reply} keyOf={({ id }) => id} />
      </div>
    </section>
  );
}

const COLUMNS: readonly Column<MilestoneRow>[] = [
  { title: "Milestone", align: "start", cell: ({ title }) => title, sortBy: ({ title }) => title },
  { title: "Due", align: "start", cell: ({ due }) => <span class="nowrap">{due}</span>, sortBy: ({ due }) => due },
  {
    title: "Status",
    align: "start",
    cell: ({ state }) => <strong class="nowrap">{STATE_WORDS[state]}</strong>,
    sortBy: ({ state }) => state,
  },
  {
    title: "Of the way",
    align: "end",
    cell: ({ progress }) => (progress === null ? "—" : share(progress)),
    sortBy: ({ progress }) => progress,
  },
  { title: "In words", align: "start", cell: ({ words }) => words, sortBy: null },
  { title: "Whose", align: "start", cell: ({ scope, owner }) => `${scope}; ${owner}`, sortBy: null },
];
