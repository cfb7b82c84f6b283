/** Why a row counts, or why not, in words. */
import type { AlertFact, ChangeFact, CommitFact, DeploymentFact, IncidentFact, PipelineFact } from "#metrics/facts.ts";
import type { Judgement } from "#metrics/judgements.ts";
import type { Instant } from "#metrics/time.ts";
import { HOUR, hoursBetween } from "#metrics/time.ts";
import { counted, duration } from "#metrics/words.ts";

const BEFORE_RECORD = "Deployed before the record of deployments begins, so nobody knows when.";

const LATE = "Its first commit is dated after the merge: a clock was wrong";

const LISTED_IN_PART =
  "Its host lists fewer commits or reviews than it has: its first commit may be older, and a review may be missing.";

export function whyCommit(fact: CommitFact): string {
  const { deploymentId, isBeforeRecord, leadTimeHours, authoredAt, isRevert, isDirect, integrated } = fact;
  const carried = deploymentId === null ? "Not deployed yet." : `First contained in ${deploymentId}.`;
  if (deploymentId !== null && authoredAt === null)
    return `${carried} Its author date is missing, so it has no lead time.`;
  if (deploymentId !== null && leadTimeHours === null)
    return `${carried} Its author date is after that: a clock was wrong, so it has no lead time.`;
  const waited = leadTimeHours === null ? "" : ` ${duration(leadTimeHours)} after it was authored.`;
  return sentences(
    isRevert && "Takes something back.",
    integrated !== null && `A step of the default branch that brought ${counted(integrated, "commit")}.`,
    isDirect !== null && (isDirect ? "Belongs to no change." : "Came with a change."),
    isBeforeRecord ? BEFORE_RECORD : `${carried}${waited}`,
  );
}

export function whyDeployment(fact: DeploymentFact): string {
  const { commits, changes, failedBy, overruled, recoveredAt, isRollback, isRework, deployedAt } = fact;
  if (deployedAt === null) return whyAttempt(fact);
  const after = (at: Instant) => duration((at - deployedAt) / HOUR);
  const recovered = recoveredAt === null ? ", not recovered yet." : `, recovered after ${after(recoveredAt)}.`;
  return sentences(
    fact.route === "merge" && "A merge to the default branch, as a proxy for its deployment.",
    !fact.isCommitKnown && "Its commit is not in the history, so nobody knows what it carried.",
    commits !== null &&
      changes !== null &&
      `Carried ${counted(commits, "commit")} and ${counted(changes, "change")} first.`,
    failedBy.length > 0 && `Failed (${failedBy.join(", ")})${recovered}`,
    overruled.length > 0 && `By its signals it failed (${overruled.join(", ")}).`,
    isRollback && "Put back an older commit.",
    isRework && "Was made to repair.",
    fact.isFeatureRelease &&
      (fact.patchedAt === null ? "Not patched so far." : `First patched after ${after(fact.patchedAt)}.`),
  );
}

function whyAttempt({ status }: DeploymentFact): string {
  switch (status) {
    case "failure":
      return "It failed and never reached production.";
    case "inactive":
      return "It was cancelled or skipped and never reached production.";
    case "running":
    case "success":
      return "It is not over, as far as its host says.";
  }
}

/** Somebody decided about it: how, why, by which name and on which day (UTC). */
export function whyJudged({ kind, subject, reason, actor, madeAt }: Judgement): string {
  const signed = `${reason.replace(/[.!]$/, "")} (${actor}, ${new Date(madeAt).toISOString().slice(0, 10)})`;
  switch (kind) {
    case "change":
    case "deployment":
    case "days":
      return `Excluded: ${signed}.`;
    case "label":
      return `Excluded by its label “${subject ?? ""}”: ${signed}.`;
    case "failed":
      return `Failed, as somebody said: ${signed}.`;
    case "not-failed":
      return `Did not fail, as somebody said: ${signed}.`;
    case "note":
    case "adoption":
      return `Noted: ${signed}.`;
  }
}

/** Of a deployment, or of when it was back after it had failed. */
export function whyHours(outside: number | null): string {
  if (outside === null) return "Nobody said when those work who owned the service then.";
  return outside === 1 ? "Outside working hours." : "Within working hours.";
}

export function whyChange(fact: ChangeFact): string {
  return sentences(coding(fact), review(fact), delivery(fact), fact.truncated && LISTED_IN_PART);
}

function coding({ firstCommitAt, codingHours, mergedAt, deployedAt, leadTimeHours }: ChangeFact): string {
  if (firstCommitAt === null) return "Its first commit is not known.";
  if (mergedAt !== null && firstCommitAt > mergedAt) {
    if (deployedAt === null) return `${LATE}, so its coding is unknown.`;
    return leadTimeHours === null
      ? `${LATE}, so its coding and its lead time are unknown.`
      : `${LATE}, so its coding is unknown and its lead time too short.`;
  }
  if (codingHours === null) return "Its first commit is dated after it was ready for review, so its coding is unknown.";
  return `Ready ${duration(codingHours)} after its first commit.`;
}

function review({ firstReviewAt, pickupHours, reviewHours, mergedAt, closedAt }: ChangeFact): string {
  const merged = reviewHours === null ? "" : `, merged ${duration(reviewHours)} after that`;
  if (firstReviewAt === null) {
    if (mergedAt !== null) return "Nobody but its author reviewed it before the merge.";
    return closedAt === null ? "Nobody but its author has reviewed it yet." : "Nobody but its author reviewed it.";
  }
  if (pickupHours === null) return `Reviewed before it was ready, so its pickup is unknown${merged}.`;
  return `First review after ${duration(pickupHours)}${merged}.`;
}

function delivery({ deploymentId, isBeforeRecord, deployHours, mergedAt, closedAt }: ChangeFact): string {
  if (isBeforeRecord) return BEFORE_RECORD;
  if (mergedAt === null) return closedAt === null ? "Still open." : "Closed without a merge.";
  if (deploymentId === null) return "Not deployed yet.";
  if (deployHours === null)
    return `First contained in ${deploymentId}, which is dated before the merge: a clock was wrong.`;
  return `First contained in ${deploymentId}, ${duration(deployHours)} after the merge.`;
}

export function whyIncident({ deploymentId, linkedBy, resolvedAt, recoveryHours }: IncidentFact): string {
  const ended = resolvedAt === null ? "Not over yet." : "It ends before it begins: a clock was wrong.";
  return sentences(
    recoveryHours === null ? ended : `Over after ${duration(recoveryHours)}.`,
    deploymentId === null ? "No deployment is known to have caused it." : `${LINKS[linkedBy]} ${deploymentId}.`,
  );
}

const LINKS = {
  id: "It names deployment",
  sha: "It names the commit of deployment",
  "service-window": "It names nothing, and within 72 h before it there was deployment",
  none: "Deployment",
} as const satisfies Record<IncidentFact["linkedBy"], string>;

export function whyAlert({ scan, severity, fixedAt, dismissedAt, hoursToFix }: AlertFact): string {
  return sentences(
    `Found ${SCANS[scan]}${severity === null ? "" : `, severity ${severity}`}.`,
    fixedAt !== null && hoursToFix === null && "It was fixed before it was opened: a clock was wrong.",
    hoursToFix !== null && `Fixed after ${duration(hoursToFix)}.`,
    fixedAt === null && (dismissedAt === null ? "Not fixed yet." : "Dismissed: nothing was fixed."),
  );
}

const SCANS = {
  code: "in the code",
  dependency: "in what it depends on",
  secret: "as a secret in the repository",
} as const satisfies Record<AlertFact["scan"], string>;

export function whyRun(fact: PipelineFact): string {
  const { outcome, attempts, branch, sha, brokeAt, greenAt, isFlaky } = fact;
  const spent = hoursBetween(fact.begunAt, fact.finishedAt);
  const queued = hoursBetween(fact.createdAt, fact.startedAt);
  const paused = hoursBetween(fact.pausedAt, fact.resumedAt);
  const green = hoursBetween(brokeAt, greenAt);
  return sentences(
    `${ENDS[outcome]} on ${branch ?? "an unknown branch"} at ${sha.slice(0, 8)}${spent === null ? "" : ` after ${duration(spent)}`}.`,
    attempts > 1 && `Attempt ${attempts}.`,
    queued !== null && `Its first job began after ${duration(queued)}.`,
    paused !== null && `Nothing ran for ${duration(paused)} between two jobs.`,
    isFlaky === true && "It failed and then succeeded on the same commit.",
    brokeAt !== null &&
      (green === null ? "It broke the branch, which is still broken." : `It broke the branch for ${duration(green)}.`),
  );
}

const ENDS = {
  success: "Succeeded",
  failure: "Failed",
  cancelled: "Was cancelled",
  skipped: "Was skipped",
  running: "Runs",
  waiting: "Waits",
} as const satisfies Record<PipelineFact["outcome"], string>;

/** Those that are said. */
function sentences(...said: readonly (string | false)[]): string {
  return said.filter((text) => text !== false && text !== "").join(" ");
}
