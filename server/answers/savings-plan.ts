/** How a saving could be measured, from how weeks varied until now: asked before anybody begins. */
import { dateOf, startOf, startOfDate } from "#metrics/calendar.ts";
import { quarterAt } from "#metrics/programme/fiscal.ts";
import { inForce } from "#metrics/programme/assumptions.ts";
import { mondayOf } from "#metrics/programme/savings/adoptions.ts";
import { shuffled } from "#metrics/programme/savings/effect/checks.ts";
import type { PlannedSchedule } from "#metrics/programme/savings/effect/plan.ts";
import { PLAN_OPTIONS } from "#metrics/programme/savings/effect/plan.ts";
import type { TeamWeek as Row } from "#metrics/programme/savings/effect/types.ts";
import { UNCALIBRATED } from "#metrics/programme/savings/calibration.ts";
import { leadTimeRows, lostRows } from "#metrics/programme/savings/evaluate.ts";
import type { Outcome } from "#metrics/programme/savings/registered.ts";
import { OUTCOME_WORDS } from "#metrics/programme/savings/registered.ts";
import { recommended, SCHEDULES } from "#metrics/programme/savings/schedules.ts";
import type { TeamDate } from "#metrics/programme/savings/schedules.ts";
import { random } from "#metrics/statistics/random.ts";
import { DAY } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import { contract } from "../contract.ts";
import { planned } from "../estimating.ts";
import type { Installation } from "../installation.ts";
import { recordsInForce } from "./saving-records.ts";
import { groundOf } from "./savings-ground.ts";

/** As far as anybody plans. */
const QUARTERS = 6;

export async function answerSavingsPlan(
  installation: Installation,
  { at, from, seed }: Query<"/api/savings/plan">,
): Promise<Reply<"/api/savings/plan">> {
  const { ground, end, ahead, outcome, rows, options } = await historyOf(installation, at, seed);
  const begin = mondayOf(from ?? end) < end ? end : mondayOf(from ?? end);
  const order = shuffled(ahead.toSorted(), random(seed));
  const schedules = SCHEDULES.map((schedule) => ({ ...schedule, dates: schedule.datesOf(order, begin) }));
  const plan = await planned(
    rows,
    schedules.map(({ id, title, dates }) => ({ id, title, adoptions: adoptionsOn(dates) })),
    options,
  );
  const told = plan.schedules.map((one) => toTold(one, schedules.find(({ id }) => id === one.id)?.dates ?? []));
  const baselines = (await recordsInForce(installation)).filter(({ record }) => record.kind === "baseline");
  const answer = {
    sentence: sentenceOf(plan.schedules, plan.weeks, ahead.length),
    outcome,
    history: { to: end, weeks: plan.weeks, teams: ahead },
    order,
    schedules: told,
    recommended: recommended(plan.schedules)?.id ?? null,
    baseline: baselines.at(-1)?.name ?? null,
    seed,
    words: plan.words,
    fiscalYearBegins: ground.programme.fiscalYearBegins,
  };
  return contract["/api/savings/plan"].reply.parse({
    ...answer,
    schedules: told.map((one) => ({ ...one, record: recordOf(answer, one) })),
  });
}

/** The weeks before a day, of teams that have not begun by then. */
async function historyOf(installation: Installation, at: string | undefined, seed: number) {
  const { config, now } = installation;
  const ground = await groundOf(installation, undefined);
  const zone = config.timezone;
  const end = dateOf(startOf("week", at === undefined ? now() : startOfDate(at, zone), zone), zone);
  const history = ground.known.weeks.filter(({ week }) => week < end);
  const ahead = ground.adoptions.filter(({ week }) => week === null || week >= end).map(({ team }) => team);
  const { assumptions } = ground.programme;
  const knowsHours = ahead.every((team) => inForce(assumptions, "capacity", team, end) !== null);
  const outcome: Outcome = knowsHours ? "lost-share" : "lead-time";
  const own = history.filter(({ team }) => ahead.includes(team));
  const rows: readonly Row[] = knowsHours ? lostRows(own, assumptions, end, UNCALIBRATED) : leadTimeRows(own);
  const scale = knowsHours ? ("share" as const) : ("log" as const);
  return { ground, end, ahead, outcome, rows, options: { ...PLAN_OPTIONS, scale, quarters: QUARTERS, seed } };
}

function adoptionsOn(dates: readonly TeamDate[]) {
  return dates.map(({ team, day }) => ({ team, at: day === null ? null : Date.parse(day) }));
}

/** The smallest saving that can be told quarter by quarter where teams begin on days that were chosen already; empty where the weeks before do not say. */
export async function smallestFor(
  installation: Installation,
  { at, seed, dates }: { readonly at: string; readonly seed: number; readonly dates: readonly TeamDate[] },
) {
  const { ground, rows, options } = await historyOf(installation, at, seed);
  const own = { id: "own", title: "As it was chosen", adoptions: adoptionsOn(dates) };
  const [told] = (await planned(rows, [own], options)).schedules;
  return told === undefined ? [] : smallestOf(toTold(told, dates), ground.programme.fiscalYearBegins);
}

function smallestOf({ quarters }: Pick<Told, "quarters">, fiscalYearBegins: number) {
  return quarters.map(({ until, detectable, method }) => ({
    quarter: quarterAt(dayOf(Date.parse(until) - DAY), fiscalYearBegins).id,
    share: detectable,
    method,
  }));
}

function toTold({ quarters, earliest, ...rest }: PlannedSchedule, dates: readonly TeamDate[]) {
  return {
    ...rest,
    dates,
    quarters: quarters.map(({ at, ...one }) => ({ ...one, until: dayOf(at) })),
    earliest: earliest === null ? null : dayOf(earliest),
  };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function sentenceOf(schedules: readonly PlannedSchedule[], weeks: number, teams: number): string {
  if (teams === 0) return "Every team has begun already, so there is nothing left to plan.";
  const best = recommended(schedules);
  if (best === null) return `${weeks} weeks of ${teams} teams do not say yet how a saving could be measured.`;
  return best.words;
}

type Told = ReturnType<typeof toTold>;

/** The frozen record that a schedule becomes, but for its name; `null` where nobody is to begin. */
function recordOf(
  plan: Pick<Reply<"/api/savings/plan">, "baseline" | "outcome" | "seed" | "fiscalYearBegins">,
  chosen: Told,
) {
  const days = [...new Set(chosen.dates.flatMap(({ day }) => day ?? []))].toSorted();
  if (days.length === 0) return null;
  return {
    kind: "plan" as const,
    scope: "organisation",
    baseline: plan.baseline,
    outcome: OUTCOME_WORDS[plan.outcome],
    method: [...new Set(chosen.quarters.map(({ method }) => method))].join(", then ") || "descriptive",
    schedule: days.map((day, index) => ({
      wave: `wave ${index + 1}`,
      teams: chosen.dates.filter((one) => one.day === day).map(({ team }) => team),
      from: day,
    })),
    seed: plan.seed,
    smallest: smallestOf(chosen, plan.fiscalYearBegins),
  };
}
