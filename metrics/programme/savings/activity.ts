/** From what happened in services to weeks of teams: what was recovered from, waited for and worked on, each counted for the team that owned the service then. */
import { dateOf } from "../../calendar.ts";
import type { ChangeFact, DeploymentFact, IncidentFact, PipelineFact } from "../../facts.ts";
import type { Instant, Window } from "../../time.ts";
import { DAY, HOUR, MINUTE } from "../../time.ts";
import type { WorkingTime } from "../../working-time.ts";
import { workingHours } from "../../working-time.ts";
import type { TeamWeek, Visible } from "./team-week.ts";
import { VISIBLE } from "./team-week.ts";

export interface ServiceActivity {
  readonly service: string;
  /** Opened, or deployed for the first time, in the weeks that are asked about. */
  readonly changes: readonly ChangeFact[];
  readonly deployments: readonly DeploymentFact[];
  readonly incidents: readonly IncidentFact[];
  readonly pipelines: readonly PipelineFact[];
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
  const ledger = new Activity(weeks, zone);
  for (const service of services) {
    ofDeployments(service, ledger, until);
    ofIncidents(service, ledger, until);
    ofPipelines(service, ledger);
    ofChanges(service, ledger);
  }
  return ledger.teamWeeks();
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

/** Of a team in a week, while it is added up. */
interface Sums {
  recoveries: number[];
  deployments: number;
  approvals: number;
  returns: Set<string>;
  ciMinutes: Record<string, number>;
  downtime: Record<string, number>;
  changes: number;
  logs: number;
}

class Activity {
  readonly #weeks: readonly Window[];
  readonly #zone: string;
  readonly #sums = new Map<string, Map<number, Sums>>();
  /** Lines by team, day and what they were for. */
  readonly #lines = new Map<string, Map<number, Record<Visible, number>>>();
  readonly #told = { runs: new Set<string>(), changes: new Set<string>() };

  constructor(weeks: readonly Window[], zone: string) {
    this.#weeks = weeks;
    this.#zone = zone;
  }

  /** `null` outside of the weeks. */
  at(team: string, at: Instant): Sums | null {
    const week = this.#weekAt(at);
    if (week === null) return null;
    const own = this.#sums.get(team) ?? new Map<number, Sums>();
    this.#sums.set(team, own);
    const known = own.get(week) ?? empty();
    own.set(week, known);
    return known;
  }

  weeksIn({ from, to }: Window): readonly Window[] {
    return this.#weeks.flatMap((week) => {
      const part = { from: Math.max(week.from, from), to: Math.min(week.to, to) };
      return part.to > part.from ? [part] : [];
    });
  }

  tells(team: string, of: "runs" | "changes"): void {
    this.#told[of].add(team);
  }

  /** Spreads lines over the working days of a span. */
  worked(team: string, bucket: Visible, lines: number, { from, to }: Window): void {
    const days = workingDaysIn(dayOf(from, this.#zone), dayOf(to, this.#zone));
    const own = this.#lines.get(team) ?? new Map<number, Record<Visible, number>>();
    this.#lines.set(team, own);
    for (const day of days) {
      const known = own.get(day) ?? nothing();
      known[bucket] += lines / days.length;
      own.set(day, known);
    }
  }

  teamWeeks(): readonly TeamWeek[] {
    const teams = [...new Set([...this.#sums.keys(), ...this.#lines.keys()])].toSorted();
    return teams.flatMap((team) => this.#weeksOf(team));
  }

  #weeksOf(team: string): readonly TeamWeek[] {
    const sums = this.#sums.get(team) ?? new Map<number, Sums>();
    const work = this.#workOf(team);
    const seen = [...sums.keys(), ...work.keys()];
    const [first, last] = [Math.min(...seen), Math.max(...seen)];
    return this.#weeks.flatMap((window, index): TeamWeek[] => {
      if (index < first || index > last) return [];
      const { recoveries, deployments, approvals, returns, ciMinutes, downtime, changes, logs } =
        sums.get(index) ?? empty();
      return [
        {
          team,
          week: dateOf(window.from, this.#zone),
          recoveries,
          deployments,
          // No host tells who deployed.
          manualDeployments: null,
          approvals: this.#told.runs.has(team) ? approvals : null,
          returns: this.#told.changes.has(team) ? returns.size : null,
          work: work.get(index) ?? null,
          ciMinutes,
          downtime,
          changes,
          logLeadTime: changes === 0 ? null : logs / changes,
        },
      ];
    });
  }

  /** Each day counts the same, however many lines came on it: a day is a day. */
  #workOf(team: string): ReadonlyMap<number, Record<Visible, number>> {
    const found = new Map<number, Record<Visible, number>>();
    for (const [day, lines] of this.#lines.get(team) ?? []) {
      // Noon, so that no zone makes it another day.
      const week = this.#weekAt(day * DAY + DAY / 2);
      const all = VISIBLE.reduce((total, bucket) => total + lines[bucket], 0);
      if (week === null || all === 0) continue;
      const known = found.get(week) ?? nothing();
      for (const bucket of VISIBLE) known[bucket] += lines[bucket] / all;
      found.set(week, known);
    }
    return found;
  }

  #weekAt(at: Instant): number | null {
    let [low, high] = [0, this.#weeks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#weeks[middle]?.to ?? Infinity) > at) high = middle;
      else low = middle + 1;
    }
    const week = this.#weeks[low];
    return week !== undefined && at >= week.from ? low : null;
  }
}

function empty(): Sums {
  return {
    recoveries: [],
    deployments: 0,
    approvals: 0,
    returns: new Set(),
    ciMinutes: {},
    downtime: {},
    changes: 0,
    logs: 0,
  };
}

function nothing(): Record<Visible, number> {
  return { "new-value": 0, "planned-maintenance": 0, "unplanned-rework": 0, "security-remediation": 0 };
}

function ofDeployments({ deployments, teamAt, time }: ServiceActivity, ledger: Activity, until: Instant): void {
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
    if (sums !== null) sums.deployments += 1;
    if (fact.failedBy.length === 0) continue;
    // One that fails while another is not over is worked on together with it: only what it adds counts.
    const [from, to] = [Math.max(at, recovered), fact.recoveredAt ?? until];
    recovered = Math.max(recovered, to);
    if (to > from) sums?.recoveries.push(hours(from, to) ?? (to - from) / HOUR);
  }
}

function ofIncidents({ incidents, service, teamAt }: ServiceActivity, ledger: Activity, until: Instant): void {
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

/** Hosts that are read tell no runner, so all minutes are those of the nameless one. */
const NO_RUNNER = "";

function ofPipelines({ pipelines, teamAt }: ServiceActivity, ledger: Activity): void {
  for (const { finishedAt, startedAt, begunAt, pausedAt, resumedAt, onDefaultBranch } of pipelines) {
    const team = finishedAt === null ? null : teamAt(finishedAt);
    if (finishedAt === null || team === null) continue;
    ledger.tells(team, "runs");
    const sums = ledger.at(team, finishedAt);
    const start = startedAt ?? begunAt;
    if (sums === null || start === null || finishedAt < start) continue;
    // Nothing runs in a pause.
    const pause = pausedAt === null || resumedAt === null ? 0 : resumedAt - pausedAt;
    const minutes = Math.max(0, finishedAt - start - pause) / MINUTE;
    sums.ciMinutes[NO_RUNNER] = (sums.ciMinutes[NO_RUNNER] ?? 0) + minutes;
    if (pause > 0 && onDefaultBranch) sums.approvals += 1;
  }
}

function ofChanges({ changes, service, teamAt }: ServiceActivity, ledger: Activity): void {
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
      void ledger.at(team, at)?.returns.add(JSON.stringify([service, Math.floor(at / HOUR)]));
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
  ledger: Activity,
): void {
  const team = deployedAt === null ? null : teamAt(deployedAt);
  if (deployedAt === null || team === null || leadTimeHours === null || leadTimeHours <= 0) return;
  const sums = ledger.at(team, deployedAt);
  if (sums === null) return;
  sums.changes += 1;
  sums.logs += Math.log(leadTimeHours);
}

/** Whole days since 1970-01-01. */
function dayOf(at: Instant, zone: string): number {
  return Date.parse(dateOf(at, zone)) / DAY;
}

/** From one day to another, both included, without Saturdays and Sundays; the last one where there is no other. */
function workingDaysIn(first: number, last: number): readonly number[] {
  const days: number[] = [];
  // 1970-01-01 was a Thursday.
  for (let day = first; day <= last; day++) if ((day + 3) % 7 < 5) days.push(day);
  return days.length === 0 ? [last] : days;
}
