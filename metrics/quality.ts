/** Data quality is a result: what the numbers of a window rest on. */
import type { Window } from "./time.ts";
import type { Traits } from "./traits.ts";
import { BIT, tally } from "./traits.ts";

export interface Quality {
  readonly id: string;
  readonly title: string;
  /** A share from 0 to 1 or a count; `null` when there is nothing to judge. */
  readonly value: number | null;
  readonly unit: "share" | "count";
  readonly note: string;
}

/** Rows by the clock they were looked for with; all may reach beyond the window. */
export interface QualityRows {
  readonly deployed: Traits;
  readonly committed: Traits;
  readonly deployments: Traits;
  readonly merged: Traits;
  readonly opened: Traits;
  readonly incidents: Traits;
  readonly alerts: Traits;
  /** Commits that nobody can give to a service, of all times; `null` where no service is a part of a repository. */
  readonly unplacedCommits: number | null;
}

/** Commits first, which every repository has; then deployments, changes, incidents and alerts where the window has any. */
export function quality(rows: QualityRows, window: Window): Quality[] {
  return [
    ...ofCommits(rows, window),
    ...ofDeployments(rows.deployments, window),
    ...ofChanges(rows.merged, window),
    ...ofOpened(rows.opened, window),
    ...ofIncidents(rows.incidents, window),
    ...ofAlerts(rows.alerts, window),
    ...ofFiles(rows),
  ];
}

function ofCommits({ deployed, committed }: QualityRows, window: Window): Quality[] {
  const { counts } = BIT;
  const made = tally(committed, window, counts);
  const shipped = tally(deployed, window, counts);
  const onRecord = tally(committed, window, counts, BIT.beforeRecord);
  return [
    {
      id: "commits-deployed",
      title: "Commits deployed by now",
      value: share(tally(committed, window, counts | BIT.deployed, BIT.beforeRecord), onRecord),
      unit: "share",
      note: "Of the commits made in this window. The rest waits for its first deployment and has no lead time yet, so recent lead times look shorter than they will be.",
    },
    {
      id: "unknown-lead-times",
      title: "Unknown lead times",
      value: shipped === 0 ? null : tally(deployed, window, counts | BIT.unknownLead),
      unit: "count",
      note: "Commits deployed in this window whose author date is missing or after the deployment. They are left out, never counted as zero.",
    },
    {
      id: "bot-commits",
      title: "Commits by bots",
      value: share(tally(committed, window, counts | BIT.bot), made),
      unit: "share",
      note: "Of the commits made in this window. They are kept: what bots deliver is delivered.",
    },
  ];
}

/** A tag or a merge always has a commit; a record of deployments may name one that the history has lost. */
function ofDeployments(deployments: Traits, window: Window): Quality[] {
  const wanted = BIT.production | BIT.recorded;
  const recorded = tally(deployments, window, wanted);
  if (recorded === 0) return [];
  return [
    {
      id: "deployments-with-commit",
      title: "Deployments with a commit",
      value: share(tally(deployments, window, wanted | BIT.commitKnown), recorded),
      unit: "share",
      note: "Of the deployments to production in this window. One without a commit, or of a commit that the history has lost, carries nothing: what it brought counts from the next one.",
    },
  ];
}

function ofChanges(changes: Traits, window: Window): Quality[] {
  const count = (bits: number, none = 0) => tally(changes, window, BIT.isMerged | bits, none);
  if (count(0) === 0) return [];
  return [
    {
      id: "changes-deployed",
      title: "Changes matched to a deployment",
      value: share(count(BIT.deployed, BIT.beforeRecord), count(0, BIT.beforeRecord)),
      unit: "share",
      note: "Of the changes merged in this window, but for those merged before the record of deployments begins. The rest waits, or its merge commit is not in the history.",
    },
    {
      id: "negative-spans",
      title: "Changes with a span that runs backwards",
      value: count(BIT.runsBackwards),
      unit: "count",
      note: "Of the changes merged in this window: a first commit dated after the opening, a review of a draft, a clock that was wrong. That span is unknown, never negative and never zero.",
    },
    {
      id: "late-first-commits",
      title: "Changes whose first commit is dated after their merge",
      value: count(BIT.lateFirstCommit),
      unit: "count",
      note: "Of the changes merged in this window: a clock was wrong, since nothing is merged before it is written. Their coding is unknown; their lead time counts from the date that is given, so it is too short, and unknown where it would be negative.",
    },
    {
      id: "truncated-changes",
      title: "Changes listed in part",
      value: count(BIT.truncated),
      unit: "count",
      note: "Of the changes merged in this window: their host lists fewer commits or reviews than they have (GitHub at most 250 commits). They count; their first commit may be older than the one that is known, and a review may be missing.",
    },
    {
      id: "bot-changes",
      title: "Changes by bots",
      value: count(BIT.bot),
      unit: "count",
      note: "Of the changes merged in this window. They are left out of the stages and of the share without review, and kept in everything that is delivered.",
    },
  ];
}

/** Drafts and what waits: the share of censored observations. */
function ofOpened(opened: Traits, window: Window): Quality[] {
  const byPeople = tally(opened, window, 0, BIT.bot);
  if (byPeople === 0) return [];
  return [
    {
      id: "changes-open",
      title: "Changes still open",
      value: share(tally(opened, window, BIT.stillOpen, BIT.bot), byPeople),
      unit: "share",
      note: "Of the changes that people opened in this window. They count in the times to review and to merge as lasting at least so long (censored), so these become more certain as they end.",
    },
  ];
}

function ofIncidents(opened: Traits, window: Window): Quality[] {
  const real = tally(opened, window, BIT.real);
  if (real === 0) return [];
  return [
    {
      id: "incidents-attributed",
      title: "Incidents with a deployment",
      value: share(tally(opened, window, BIT.real | BIT.linked), real),
      unit: "share",
      note: "Of the incidents that began in this window, false alarms aside. The rest names something that was no deployment to production, or began more than 72 h after the last: nothing is blamed for it.",
    },
  ];
}

/** Which files a commit changed matters only where a service is a part of its repository. */
function ofFiles({ unplacedCommits }: QualityRows): Quality[] {
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
function ofAlerts(opened: Traits, window: Window): Quality[] {
  const wanted = tally(opened, window, BIT.real);
  if (wanted === 0) return [];
  return [
    {
      id: "alerts-fixed",
      title: "Alerts fixed by now",
      value: share(tally(opened, window, BIT.real | BIT.fixed), wanted),
      unit: "share",
      note: "Of the alerts opened in this window, dismissed ones aside. The rest is open and has no remediation time yet, so recent ones look shorter than they will be.",
    },
  ];
}

/** `null` of nothing. */
function share(some: number, all: number): number | null {
  return all === 0 ? null : some / all;
}
