/** Data quality is a result: what the numbers of a window rest on. */
import type { CommitFact } from "./facts.ts";
import type { Window } from "./time.ts";
import { within } from "./time.ts";

export interface Quality {
  readonly id: string;
  readonly title: string;
  /** A share from 0 to 1 or a count; `null` when there is nothing to judge. */
  readonly value: number | null;
  readonly unit: "share" | "count";
  readonly note: string;
}

/** @param deployed commits by deployment, @param committed commits by committer date; both may reach beyond the window. */
export function quality(
  { deployed, committed }: { deployed: readonly CommitFact[]; committed: readonly CommitFact[] },
  window: Window,
): Quality[] {
  const made = committed.filter(
    ({ committedAt, isMerge, onDefaultBranch }) => onDefaultBranch && !isMerge && within(committedAt, window),
  );
  const shipped = deployed.filter(
    ({ deployedAt, isMerge, onDefaultBranch }) => onDefaultBranch && !isMerge && within(deployedAt, window),
  );
  const share = (some: number) => (made.length === 0 ? null : some / made.length);
  return [
    {
      id: "commits-deployed",
      title: "Commits deployed by now",
      value: share(made.filter(({ deployedAt }) => deployedAt !== null).length),
      unit: "share",
      note: "Of the commits made in this window. The rest waits for its first deployment and has no lead time yet, so recent lead times look shorter than they will be.",
    },
    {
      id: "unknown-lead-times",
      title: "Unknown lead times",
      value: shipped.length === 0 ? null : shipped.filter(({ leadTimeHours }) => leadTimeHours === null).length,
      unit: "count",
      note: "Commits deployed in this window whose author date is missing or after the deployment. They are left out, never counted as zero.",
    },
    {
      id: "bot-commits",
      title: "Commits by bots",
      value: share(made.filter(({ authorKind }) => authorKind === "bot").length),
      unit: "share",
      note: "Of the commits made in this window. They are kept: what bots deliver is delivered.",
    },
  ];
}
