/** What a lever is reckoned from: weeks of teams, and what happened in one of them. */
import { next, startOfDate } from "#metrics/calendar.ts";
import type { ChangeFact } from "#metrics/facts.ts";
import type { ServiceActivity } from "#metrics/programme/savings/activity.ts";
import { bucketOf, NO_RUNNER } from "#metrics/programme/savings/activity.ts";
import { termsIn } from "#metrics/programme/savings/beliefs.ts";
import { isByPipeline } from "#metrics/programme/practices/deployment-automation.ts";
import { prepare } from "#metrics/programme/savings/prepared.ts";
import type { Prepared } from "#metrics/programme/savings/prepared.ts";
import type { Days, LeverId } from "#metrics/programme/savings/result.ts";
import { LEVER_WORDS } from "#metrics/programme/savings/result.ts";
import type { TeamWeek } from "#metrics/programme/savings/team-week.ts";
import { CAPACITY_LEVERS, hoursOf } from "#metrics/programme/savings/team-week.ts";
import { LEVER_DEFINITIONS } from "#metrics/programme/savings/words.ts";
import { counted, duration } from "#metrics/words.ts";
import { sum } from "#metrics/statistics/sum.ts";
import type { RunnerMinutes } from "#metrics/runners.ts";
import type { Window } from "#metrics/time.ts";
import { HOUR, within } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import { contract } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import { BadRequest } from "./problem.ts";
import { groundOf, inputOf } from "./savings-ground.ts";
import { activityOf } from "./team-weeks.ts";
import { Pace } from "./turns.ts";

type Answer = Reply<"/api/savings/lever">;
type Item = Answer["items"][number];

/** Costs that a lever is made of. */
const COSTS_OF: Partial<Readonly<Record<LeverId, readonly string[]>>> = {
  L5: ["ci", "infrastructure"],
  L6: ["licences", "contractors", "overtime"],
  L7: ["downtime"],
};

/** @throws BadRequest when there is no such quarter, or nothing is known of the team. */
export async function answerSavingsLever(
  installation: Installation,
  { lever, quarter, team, week }: Query<"/api/savings/lever">,
): Promise<Answer> {
  const ground = await groundOf(installation, quarter);
  const { programme, known, baseline, period } = ground;
  if (team !== undefined && !known.weeks.some((one) => one.team === team))
    throw new BadRequest(`Nothing is known of a team "${team}" in any week.`);
  const prepared = baseline === null ? null : prepare({ ...inputOf(ground, baseline, 1), effect: null });
  const sides =
    baseline === null
      ? []
      : ([
          ["before", baseline.days],
          ["now", period],
        ] as const);
  const kinds = COSTS_OF[lever] ?? [];
  return contract["/api/savings/lever"].reply.parse({
    lever,
    title: LEVER_WORDS[lever].title,
    definition: LEVER_DEFINITIONS[lever],
    currency: programme.currency,
    weeks: sides.flatMap(([side, days]) =>
      known.weeks
        .filter((one) => isIn(one, days) && (team === undefined || one.team === team))
        .filter((one) => week === undefined || one.week === week)
        .map((one) => ({ side, ...toldWeek(lever, one, prepared) })),
    ),
    costs: programme.costs
      .filter(({ kind }) => kinds.includes(kind))
      .flatMap(({ title, kind, months }) => months.map(({ month, cost }) => ({ month, title, kind, cost }))),
    items: team === undefined || week === undefined ? [] : await itemsOf(installation, lever, team, week),
  });
}

function isIn({ week }: TeamWeek, { from, to }: Days): boolean {
  return week >= from && week < to;
}

function toldWeek(lever: LeverId, week: TeamWeek, prepared: Prepared | null) {
  const terms = prepared?.beliefs.termsOf(week) ?? null;
  const hours =
    prepared === null || terms === null
      ? null
      : hoursOf(week, termsIn(prepared.beliefs.likely(), terms), prepared.calibrated.calibration);
  const own = CAPACITY_LEVERS.find((one) => one === lever);
  return {
    team: week.team,
    week: week.week,
    capacity: hours?.capacity ?? null,
    hours: own === undefined ? null : (hours?.levers[own] ?? null),
    measured: measuredWords(lever, week),
  };
}

function measuredWords(lever: LeverId, week: TeamWeek): string {
  switch (lever) {
    case "L1":
      return `${counted(week.recoveries.length, "failure")} of ${counted(week.deployments, "deployment")}, ${duration(sum(week.recoveries))} until all was well`;
    case "L2":
      return week.work === null
        ? "no change tells what the week went into"
        : `${week.work["unplanned-rework"].toFixed(1)} of ${sum(Object.values(week.work)).toFixed(1)} days went into rework`;
    case "L3":
      return [
        week.manualDeployments === null
          ? "not told for all of its deployments who asked for them"
          : `${counted(week.manualDeployments, "deployment")} by hand`,
        week.approvals === null ? "no host tells what runs wait for" : counted(week.approvals, "pause"),
      ].join(", ");
    case "L4":
      return week.returns === null
        ? "no host tells of changes"
        : `${counted(week.returns, "return")} to what had waited`;
    case "L5":
      return minutesWords(Object.entries(week.ciMinutes));
    case "L6":
      return "told month by month";
    case "L7":
      return `${duration(sum(Object.values(week.downtime)))} of incidents`;
    case "L8":
      return week.logLeadTime === null
        ? "nothing was deployed for the first time"
        : `${counted(week.changes, "change")}, lead time ${duration(Math.exp(week.logLeadTime))}`;
  }
}

/** The whole, and where some of it ran on runners that hosts tell, each of them. */
function minutesWords(minutes: readonly (readonly [string, number])[]): string {
  const whole = `${Math.round(sum(minutes.map(([, one]) => one)))} minutes of pipelines`;
  if (minutes.every(([name]) => name === NO_RUNNER)) return whole;
  const parts = minutes.map(([name, one]) => ({ runner: name === NO_RUNNER ? null : name, minutes: one }));
  return `${whole}: ${onRunners(parts)}`;
}

function onRunners(parts: readonly RunnerMinutes[]): string {
  return parts.map(({ runner, minutes }) => `${Math.round(minutes)} on ${runner ?? "runners not told"}`).join("; ");
}

async function itemsOf(installation: Installation, lever: LeverId, team: string, week: string): Promise<Item[]> {
  const { store, config } = installation;
  const from = startOfDate(week, config.timezone);
  const window = { from, to: next("week", from, config.timezone) };
  const pace = new Pace();
  const found: Item[] = [];
  for (const service of await store.services(sourceKeys(installation))) {
    await pace.rest();
    const activity = await activityOf(installation, service, window);
    found.push(...itemsIn(activity, lever, team, window));
  }
  return found.toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

function itemsIn(activity: ServiceActivity, lever: LeverId, team: string, window: Window): Item[] {
  const { service, deployments, deployers, incidents, pipelines, changes, teamAt } = activity;
  const isOwn = (at: number | null): at is number => within(at, window) && teamAt(at) === team;
  const told = (
    kind: Item["kind"],
    fact: Pick<ChangeFact, "id" | "url">,
    title: string,
    at: number,
    words: string,
  ): Item => ({
    kind,
    id: fact.id,
    service,
    url: fact.url,
    title,
    at: new Date(at).toISOString(),
    words,
  });
  switch (lever) {
    case "L1":
      return deployments.flatMap((one) =>
        isOwn(one.deployedAt) && one.failedBy.length > 0 && one.tier === "production"
          ? [told("deployment", one, one.environment, one.deployedAt, recoveryWords(one.deployedAt, one.recoveredAt))]
          : [],
      );
    case "L2":
      return changes.flatMap((one) => {
        const at = one.readyAt ?? one.openedAt;
        const isRework = one.authorKind === "human" && bucketOf(one) === "unplanned-rework";
        const lines = (one.additions ?? 0) + (one.deletions ?? 0);
        return isOwn(at) && isRework ? [told("change", one, one.title, at, counted(lines, "line"))] : [];
      });
    case "L3":
    case "L5": {
      const byHand = lever === "L5" ? [] : deployments.filter((one) => isByPipeline(one, deployers) === false);
      const asked = byHand.flatMap((one) =>
        isOwn(one.deployedAt) && one.tier === "production" && one.status === "success"
          ? [told("deployment", one, one.environment, one.deployedAt, "asked for by a person")]
          : [],
      );
      const runs = pipelines.flatMap((one) => {
        const pause = one.pausedAt === null || one.resumedAt === null ? null : (one.resumedAt - one.pausedAt) / HOUR;
        const paused = pause === null ? one.outcome : `${one.outcome}, paused ${duration(pause)}`;
        const words =
          lever === "L5" && one.runnerMinutes !== null ? `${paused}, ${onRunners(one.runnerMinutes)}` : paused;
        const isMeant = lever === "L5" || (pause !== null && one.onDefaultBranch);
        return isOwn(one.finishedAt) && isMeant ? [told("run", one, one.name, one.finishedAt, words)] : [];
      });
      return [...asked, ...runs];
    }
    case "L4":
      return changes.flatMap((one) => {
        const waited = one.pickupHours ?? 0;
        return isOwn(one.firstReviewAt) && waited > 1
          ? [told("change", one, one.title, one.firstReviewAt, `waited ${duration(waited)} for its first review`)]
          : [];
      });
    case "L6":
      return [];
    case "L7":
      return incidents.flatMap((one) =>
        isOwn(one.openedAt) && !one.falseAlarm
          ? [told("incident", one, one.title, one.openedAt, recoveryWords(one.openedAt, one.resolvedAt))]
          : [],
      );
    case "L8":
      return changes.flatMap((one) =>
        isOwn(one.deployedAt) && one.leadTimeHours !== null
          ? [told("change", one, one.title, one.deployedAt, `lead time ${duration(one.leadTimeHours)}`)]
          : [],
      );
  }
}

function recoveryWords(from: number, to: number | null): string {
  return to === null ? "not over yet" : `${duration((to - from) / HOUR)} until all was well`;
}
