/** From what happened in services to weeks of teams: what was recovered from, waited for and worked on, each counted for the team that owned the service then. */
import type { ActorKind } from "../../events.ts";
import type { ChangeFact, DeploymentFact, IncidentFact, PipelineFact } from "../../facts.ts";
import { minutesOfRun, pauseOf } from "../../runners.ts";
import type { Instant, Window } from "../../time.ts";
import { DAY, HOUR } from "../../time.ts";
import type { WorkingTime } from "../../working-time.ts";
import { workingHours } from "../../working-time.ts";
import { isByPipeline } from "../practices/deployment-automation.ts";
import type { TeamWeek, Visible } from "./team-week.ts";
import { WeekSums } from "./week-sums.ts";

export interface ServiceActivity {
  readonly service: string;
  /** Opened, or deployed for the first time, in the weeks that are asked about. */
  readonly changes: readonly ChangeFact[];
  readonly deployments: readonly DeploymentFact[];
  readonly incidents: readonly IncidentFact[];
  readonly pipelines: readonly PipelineFact[];
  /** Who or what asked for deployments, by their ids; `null` where no host tells. */
  readonly deployers: ReadonlyMap<string, ActorKind> | null;
  /** `null`: nobody's. */
  readonly teamAt: (at: Instant) => string | null;
  readonly time: WorkingTime;
}

/** Shorter waits make nobody lose the thread. */
const SHORT = HOUR;
/** A change is worked on for at most so many days before it is ready: what lies longer is not worked on all the time. */
const MOST_DAYS = 10;

/**
 * Weeks of every team that did something in them or between two in which it did, by team and week.
 *
 * @param weeks in order and without gaps.
 * @param until how far is known: what is not recovered from yet has lasted until then.
 */
export function teamWeeks(
  services: readonly ServiceActivity[],
  weeks: readonly Window[],
  zone: string,
  until: Instant,
): readonly TeamWeek[] {
  const ledger = new WeekSums(weeks, zone);
  for (const service of services) for (const _ of adding(service, ledger, until));
  return ledger.teams().flatMap((team) => ledger.weeksOf(team));
}

/** So many things are added between two stops. */
const AT_ONCE = 200;

/**
 * Adds what happened in one service, and stops now and then, so that whoever goes on with it can let others in between: three years of a busy one take a second.
 *
 * @param until as above.
 */
export function* adding(service: ServiceActivity, ledger: WeekSums, until: Instant): Generator<undefined, undefined> {
  ofDeployments(service, ledger, until);
  yield;
  ofIncidents(service, ledger, until);
  for (const pipelines of pieces(service.pipelines)) {
    yield;
    ofPipelines({ ...service, pipelines }, ledger);
  }
  for (const changes of pieces(service.changes)) {
    yield;
    ofChanges({ ...service, changes }, ledger);
  }
}

function* pieces<Thing>(things: readonly Thing[]): Generator<readonly Thing[], undefined> {
  for (let start = 0; start < things.length; start += AT_ONCE) yield things.slice(start, start + AT_ONCE);
}

/** What a change is for, by what it says of itself; what says nothing is taken for new. */
export function bucketOf({ workType, labels }: Pick<ChangeFact, "workType" | "labels">): Visible {
  if (labels?.some((label) => SECURITY.test(label)) === true) return "security-remediation";
  switch (workType) {
    case "fix":
    case "revert":
      return "unplanned-rework";
    case "dependency":
    case "upkeep":
      return "planned-maintenance";
    case "feature":
    case null:
      return "new-value";
  }
}

const SECURITY = /\b(?:security|vulnerabilit(?:y|ies)|cve)\b/i;

function ofDeployments(
  { deployments, deployers, teamAt, time }: ServiceActivity,
  ledger: WeekSums,
  until: Instant,
): void {
  const hours = workingHours(time);
  const inProduction = deployments
    .flatMap((fact) =>
      fact.tier === "production" && fact.status === "success" && fact.deployedAt !== null
        ? [{ fact, at: fact.deployedAt }]
        : [],
    )
    .toSorted((a, b) => a.at - b.at);
  let recovered = -Infinity;
  for (const { fact, at } of inProduction) {
    const team = teamAt(at);
    const sums = team === null ? null : ledger.at(team, at);
    if (sums !== null) {
      sums.deployments += 1;
      const isAutomatic = isByPipeline(fact, deployers);
      if (isAutomatic === false) sums.byHand += 1;
      if (isAutomatic === null) sums.byWhoKnows += 1;
    }
    if (fact.failedBy.length === 0) continue;
    // One that fails while another is not over is worked on together with it: only what it adds counts.
    const [from, to] = [Math.max(at, recovered), fact.recoveredAt ?? until];
    recovered = Math.max(recovered, to);
    if (to > from) sums?.recoveries.push(hours(from, to) ?? (to - from) / HOUR);
  }
}

function ofIncidents({ incidents, service, teamAt }: ServiceActivity, ledger: WeekSums, until: Instant): void {
  let known = -Infinity;
  for (const { openedAt, resolvedAt, falseAlarm } of incidents.toSorted((a, b) => a.openedAt - b.openedAt)) {
    if (falseAlarm) continue;
    const span = { from: Math.max(openedAt, known), to: resolvedAt ?? until };
    known = Math.max(known, span.to);
    const team = teamAt(openedAt);
    if (team === null || span.to <= span.from) continue;
    for (const { from, to } of ledger.weeksIn(span)) {
      const sums = ledger.at(team, from);
      if (sums !== null) sums.downtime[service] = (sums.downtime[service] ?? 0) + (to - from) / HOUR;
    }
  }
}

/** In records: minutes of which no host tells where they ran. */
export const NO_RUNNER = "";

function ofPipelines({ pipelines, teamAt }: ServiceActivity, ledger: WeekSums): void {
  for (const run of pipelines) {
    const { finishedAt, startedAt, begunAt, onDefaultBranch } = run;
    const team = finishedAt === null ? null : teamAt(finishedAt);
    if (finishedAt === null || team === null) continue;
    ledger.tells(team, "runs");
    const sums = ledger.at(team, finishedAt);
    if (sums === null) continue;
    for (const { runner, minutes } of minutesOfRun(run) ?? []) {
      const kind = runner ?? NO_RUNNER;
      // Whoever pushes may call it `constructor`.
      const known = Object.hasOwn(sums.ciMinutes, kind) ? sums.ciMinutes[kind] : undefined;
      sums.ciMinutes[kind] = (known ?? 0) + minutes;
    }
    const start = startedAt ?? begunAt;
    if (start !== null && finishedAt >= start && pauseOf(run) > 0 && onDefaultBranch) sums.approvals += 1;
  }
}

function ofChanges({ changes, service, teamAt }: ServiceActivity, ledger: WeekSums): void {
  for (const change of changes) {
    // Bots lose no hours, and nobody's time goes into what they wrote.
    if (change.authorKind !== "human") continue;
    ofDelivery(change, teamAt, ledger);
    const { openedAt, readyAt, firstReviewAt, mergedAt, reviewRounds } = change;
    const ready = readyAt ?? openedAt;
    const team = ready === null ? null : teamAt(ready);
    if (ready === null || team === null) continue;
    ledger.tells(team, "changes");
    const cameBack = (at: Instant): void =>
      void ledger.at(team, at)?.returns.add(`${service} ${Math.floor(at / HOUR)}`);
    if (firstReviewAt !== null && firstReviewAt - ready > SHORT) cameBack(firstReviewAt);
    if (mergedAt !== null && (reviewRounds ?? 1) > 1) cameBack(mergedAt);
    const { additions, deletions, firstCommitAt } = change;
    if (additions === null || deletions === null) continue;
    const from = Math.max(Math.min(firstCommitAt ?? ready, ready), ready - MOST_DAYS * DAY);
    ledger.worked(team, bucketOf(change), additions + deletions, { from, to: ready });
  }
}

function ofDelivery(
  { deployedAt, leadTimeHours }: ChangeFact,
  teamAt: ServiceActivity["teamAt"],
  ledger: WeekSums,
): void {
  const team = deployedAt === null ? null : teamAt(deployedAt);
  if (deployedAt === null || team === null || leadTimeHours === null || leadTimeHours <= 0) return;
  const sums = ledger.at(team, deployedAt);
  if (sums === null) return;
  sums.changes += 1;
  sums.logs += Math.log(leadTimeHours);
}
