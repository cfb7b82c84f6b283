/** Data quality is a result: what the numbers of a window rest on. */
import { isMerged } from "./context/changes.ts";
import type { AlertFact, ChangeFact, CommitFact, DeploymentFact, IncidentFact } from "./facts.ts";
import type { Instant, Window } from "./time.ts";
import { within } from "./time.ts";

export interface Quality {
  readonly id: string;
  readonly title: string;
  /** A share from 0 to 1 or a count; `null` when there is nothing to judge. */
  readonly value: number | null;
  readonly unit: "share" | "count";
  readonly note: string;
}

/** Facts by the clock they were looked for with; all may reach beyond the window. */
export interface QualityFacts {
  readonly deployed: readonly CommitFact[];
  readonly committed: readonly CommitFact[];
  readonly deployments: readonly DeploymentFact[];
  readonly merged: readonly ChangeFact[];
  readonly opened: readonly ChangeFact[];
  readonly incidents: readonly IncidentFact[];
  readonly alerts: readonly AlertFact[];
  /** Commits that nobody can give to a service, of all times; `null` where no service is a part of a repository. */
  readonly unplacedCommits: number | null;
}

/** Commits first, which every repository has; then deployments, changes, incidents and alerts where the window has any. */
export function quality(facts: QualityFacts, window: Window): Quality[] {
  return [
    ...ofCommits(facts, window),
    ...ofDeployments(facts.deployments.filter(({ deployedAt }) => within(deployedAt, window))),
    ...ofChanges(facts.merged.filter((change) => isMerged(change) && within(change.mergedAt, window))),
    ...ofOpened(facts.opened.filter(({ openedAt }) => within(openedAt, window))),
    ...ofIncidents(facts.incidents.filter(({ openedAt }) => within(openedAt, window))),
    ...ofAlerts(facts.alerts.filter(({ openedAt }) => within(openedAt, window))),
    ...ofFiles(facts),
  ];
}

function ofCommits({ deployed, committed }: QualityFacts, window: Window): Quality[] {
  const made = committed.filter(
    ({ committedAt, isMerge, onDefaultBranch }) => onDefaultBranch && !isMerge && within(committedAt, window),
  );
  const shipped = deployed.filter(
    ({ deployedAt, isMerge, onDefaultBranch }) => onDefaultBranch && !isMerge && within(deployedAt, window),
  );
  const onRecord = made.filter(({ isBeforeRecord }) => !isBeforeRecord);
  return [
    {
      id: "commits-deployed",
      title: "Commits deployed by now",
      value: share(onRecord, ({ deployedAt }) => deployedAt !== null),
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
      value: share(made, ({ authorKind }) => authorKind === "bot"),
      unit: "share",
      note: "Of the commits made in this window. They are kept: what bots deliver is delivered.",
    },
  ];
}

/** A tag or a merge always has a commit; a record of deployments may name one that the history has lost. */
function ofDeployments(deployments: readonly DeploymentFact[]): Quality[] {
  const recorded = deployments.filter(
    ({ tier, route }) => tier === "production" && route !== "tag" && route !== "release" && route !== "merge",
  );
  if (recorded.length === 0) return [];
  return [
    {
      id: "deployments-with-commit",
      title: "Deployments with a commit",
      value: share(recorded, ({ isCommitKnown }) => isCommitKnown),
      unit: "share",
      note: "Of the deployments to production in this window. One without a commit, or of a commit that the history has lost, carries nothing: what it brought counts from the next one.",
    },
  ];
}

function ofChanges(merged: readonly ChangeFact[]): Quality[] {
  if (merged.length === 0) return [];
  const onRecord = merged.filter(({ isBeforeRecord }) => !isBeforeRecord);
  return [
    {
      id: "changes-deployed",
      title: "Changes matched to a deployment",
      value: share(onRecord, ({ deployedAt }) => deployedAt !== null),
      unit: "share",
      note: "Of the changes merged in this window, but for those merged before the record of deployments begins. The rest waits, or its merge commit is not in the history.",
    },
    {
      id: "negative-spans",
      title: "Changes with a span that runs backwards",
      value: merged.filter(runsBackwards).length,
      unit: "count",
      note: "Of the changes merged in this window: a first commit dated after the opening, a review of a draft, a clock that was wrong. That span is unknown, never negative and never zero.",
    },
    {
      id: "late-first-commits",
      title: "Changes whose first commit is dated after their merge",
      value: merged.filter(({ firstCommitAt, mergedAt }) => isAfter(firstCommitAt, mergedAt)).length,
      unit: "count",
      note: "Of the changes merged in this window: a clock was wrong, since nothing is merged before it is written. Their coding is unknown; their lead time counts from the date that is given, so it is too short, and unknown where it would be negative.",
    },
    {
      id: "truncated-changes",
      title: "Changes listed in part",
      value: merged.filter(({ truncated }) => truncated).length,
      unit: "count",
      note: "Of the changes merged in this window: their host lists fewer commits or reviews than they have (GitHub at most 250 commits). They count; their first commit may be older than the one that is known, and a review may be missing.",
    },
    {
      id: "bot-changes",
      title: "Changes by bots",
      value: merged.filter(({ authorKind }) => authorKind === "bot").length,
      unit: "count",
      note: "Of the changes merged in this window. They are left out of the stages and of the share without review, and kept in everything that is delivered.",
    },
  ];
}

/** Drafts and what waits: the share of censored observations. */
function ofOpened(opened: readonly ChangeFact[]): Quality[] {
  const byPeople = opened.filter(({ authorKind }) => authorKind !== "bot");
  if (byPeople.length === 0) return [];
  return [
    {
      id: "changes-open",
      title: "Changes still open",
      value: share(byPeople, ({ mergedAt, closedAt }) => mergedAt === null && closedAt === null),
      unit: "share",
      note: "Of the changes that people opened in this window. They count in the times to review and to merge as lasting at least so long (censored), so these become more certain as they end.",
    },
  ];
}

function ofIncidents(opened: readonly IncidentFact[]): Quality[] {
  const real = opened.filter(({ falseAlarm }) => !falseAlarm);
  if (real.length === 0) return [];
  return [
    {
      id: "incidents-attributed",
      title: "Incidents with a deployment",
      value: share(real, ({ deploymentId }) => deploymentId !== null),
      unit: "share",
      note: "Of the incidents that began in this window, false alarms aside. The rest names something that was no deployment to production, or began more than 72 h after the last: nothing is blamed for it.",
    },
  ];
}

/** Which files a commit changed matters only where a service is a part of its repository. */
function ofFiles({ unplacedCommits }: QualityFacts): Quality[] {
  if (unplacedCommits === null) return [];
  return [
    {
      id: "commits-unplaced",
      title: "Commits whose files are unknown",
      value: unplacedCommits,
      unit: "count",
      note: "Of the whole default branch, not only of this window. A service that is a part of its repository is told by the files of its commits: these belong to none until their files are read.",
    },
  ];
}

/** Open ones are in no remediation time until there is a way to count what has not ended. */
function ofAlerts(opened: readonly AlertFact[]): Quality[] {
  const wanted = opened.filter(({ fixedAt, dismissedAt }) => fixedAt !== null || dismissedAt === null);
  if (wanted.length === 0) return [];
  return [
    {
      id: "alerts-fixed",
      title: "Alerts fixed by now",
      value: share(wanted, ({ fixedAt }) => fixedAt !== null),
      unit: "share",
      note: "Of the alerts opened in this window, dismissed ones aside. The rest is open and has no remediation time yet, so recent ones look shorter than they will be.",
    },
  ];
}

/** Both ends are known, and still there is no span. */
function runsBackwards({ openedAt, readyAt, firstCommitAt, firstReviewAt, deployedAt, ...hours }: ChangeFact): boolean {
  const isReady = (readyAt ?? openedAt) !== null;
  return (
    (firstCommitAt !== null && isReady && hours.codingHours === null) ||
    (firstReviewAt !== null && isReady && hours.pickupHours === null) ||
    (firstReviewAt !== null && hours.reviewHours === null) ||
    (deployedAt !== null && hours.deployHours === null)
  );
}

function isAfter(at: Instant | null, other: Instant | null): boolean {
  return at !== null && other !== null && at > other;
}

/** `null` of nothing. */
function share<T>(all: readonly T[], is: (one: T) => boolean): number | null {
  return all.length === 0 ? null : all.filter(is).length / all.length;
}
