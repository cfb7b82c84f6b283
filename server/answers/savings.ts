/** What was saved, how sure that is and what it is made of. */
import { dateOf, startOf, startOfDate } from "#metrics/calendar.ts";
import type { Quarter } from "#metrics/programme/fiscal.ts";
import { quarterAt, quarterNamed, quartersBetween } from "#metrics/programme/fiscal.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import type { TeamAdoption } from "#metrics/programme/savings/adoptions.ts";
import { adoptionsOf, mondayOf } from "#metrics/programme/savings/adoptions.ts";
import { gradeOf } from "#metrics/programme/savings/caps.ts";
import { savingsOutlook } from "#metrics/programme/savings/outlook.ts";
import type { Estimate } from "#metrics/programme/savings/effect/index.ts";
import type { Evaluated, Question } from "#metrics/programme/savings/evaluate.ts";
import type { SavingsInput } from "#metrics/programme/savings/prepared.ts";
import type { Days } from "#metrics/programme/savings/result.ts";
import type { TeamWeek } from "#metrics/programme/savings/team-week.ts";
import { ADVICE, savingsSentence } from "#metrics/programme/savings/words.ts";
import { reconciled } from "#metrics/programme/savings/ledger/reconcile.ts";
import { deviations } from "#metrics/programme/savings/deviations.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { DAY, WEEK } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import { contract } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { evaluated } from "../estimating.ts";
import type { Store } from "../store/store.ts";
import { structureOf } from "../structure.ts";
import { hashOf, newestOf } from "./frozen.ts";
import { BadRequest } from "./problem.ts";
import { standing } from "./programme.ts";
import { recordsInForce } from "./saving-records.ts";
import { scenarios } from "./savings-scenarios.ts";
import { isoOf, toldEffect, toldFigures } from "./savings-told.ts";
import type { KnownWeeks } from "./team-weeks.ts";
import { knownWeeks, workingTeams } from "./team-weeks.ts";
import { inForce } from "./actuals.ts";

/** Drawn worlds. */
const DRAWS = 1000;
/** Of the bootstrap of the effect. */
const EFFECT_DRAWS = 5000;
/** Of the baseline where none is frozen: before the first team adopted, or before the period. */
const USUAL_WEEKS = 26;
/** As few weeks say nothing of a time. */
export const LEAST_BEFORE = 12;

/** Everything that a result is reckoned from, before anything is drawn. */
export interface SavingsGround {
  readonly programme: Programme;
  readonly version: number | null;
  readonly known: KnownWeeks;
  readonly quarter: Quarter;
  readonly quarters: readonly Quarter[];
  readonly today: string;
  readonly adoptions: readonly TeamAdoption[];
  readonly baseline: ComparedWith | null;
  /** Weeks that begin in the quarter and are over; empty while it has not begun. */
  readonly period: Days;
}

export interface ComparedWith {
  readonly name: string | null;
  readonly isFrozen: boolean;
  readonly days: Days;
  readonly words: string;
}

export async function answerSavings(
  installation: Installation,
  { quarter, seed }: Query<"/api/savings">,
): Promise<Reply<"/api/savings">> {
  const ground = await groundOf(installation, quarter);
  const { programme, baseline, known, quarters, today, adoptions } = ground;
  const found = baseline === null ? null : await kept(installation, questionOf(ground, baseline, seed));
  const { figures = null, lost = null, leadTime = null } = found ?? {};
  const isFrozen = baseline?.isFrozen ?? false;
  const reconciliation = await reconciliationOf(installation, ground);
  const { grade, caps } = gradeOf({ figures, effect: lost, isFrozen, unexplained: reconciliation?.share ?? null });
  const outlook = savingsOutlook({
    now: installation.now(),
    today,
    firstAt: known.window?.from ?? null,
    isFrozen,
    adoptions,
    programme,
  });
  return contract["/api/savings"].reply.parse({
    sentence: savingsSentence(figures, lost !== null && lost.size !== null),
    currency: programme.currency,
    quarter: ground.quarter.id,
    quarters: quarters.map((one) => ({ ...one, isOver: one.to <= today })),
    programme: ground.version,
    figures: figures && toldFigures(figures),
    effect: lost && toldEffect(lost),
    leadTime: leadTime && toldEffect(leadTime),
    baseline: baseline && { name: baseline.name, isFrozen, words: baseline.words },
    adoptions,
    reconciliation,
    deviations: await deviationsOf(installation, ground, lost),
    grade,
    caps,
    earliest: isoOf(outlook.earliest ?? (lost?.effect === "not yet" ? lost.earliest : null)),
    missing: outlook.missing,
    advice: ADVICE,
    scenarios: scenarios(),
  });
}

/** @throws BadRequest when there is no such quarter. */
export async function groundOf(installation: Installation, asked: string | undefined): Promise<SavingsGround> {
  const { config, now } = installation;
  const { version, programme } = await standing(installation);
  const known = await knownWeeks(installation);
  const zone = config.timezone;
  const today = dateOf(now(), zone);
  const begins = programme.fiscalYearBegins;
  const first = known.window === null ? today : dateOf(known.window.from, zone);
  const quarters = quartersBetween(first, today, begins);
  const current = quarterAt(today, begins);
  const last = quarterAt(dayBefore(current.from), begins);
  const quarter = asked === undefined ? (first < last.to ? last : current) : quarterNamed(asked, begins);
  if (quarter === null || quarter.from > today)
    throw new BadRequest(`"${asked}" is no quarter that has begun: this one is ${current.id}.`);
  const teams = [...new Set([...workingTeams(config), ...known.weeks.map(({ team }) => team)])];
  const adoptions = adoptionsOf(teams, begunIn(installation, programme), programme.interventions);
  const thisWeek = dateOf(startOf("week", now(), zone), zone);
  const period = weeksIn({ from: quarter.from, to: quarter.to < thisWeek ? quarter.to : thisWeek });
  return {
    programme,
    version: version?.version ?? null,
    known,
    quarter,
    quarters,
    today,
    adoptions,
    period,
    baseline: await comparedWith(installation, { known, adoptions, quarter, period }),
  };
}

/** Days on which teams were to begin: their own, else those of waves for teams and for owners of services. */
function begunIn({ config }: Installation, { waves, adoptions }: Programme): { team: string; day: string }[] {
  const { ownerOf } = structureOf(config);
  const own = new Set(adoptions.map(({ team }) => team.toLowerCase()));
  const inWaves = waves.flatMap(({ teams, services, from }) => {
    const at = startOfDate(from, config.timezone);
    const owners = services.flatMap((service) => ownerOf(service, at) ?? []);
    return [...teams, ...owners].map((team) => ({ team, day: from }));
  });
  return [...adoptions, ...inWaves.filter(({ team }) => !own.has(team.toLowerCase()))];
}

/** The weeks that begin in some days: from the first Monday to the Monday after. */
function weeksIn({ from, to }: Days): Days {
  const [first, end] = [mondayOf(daysAfter(from, 6)), mondayOf(daysAfter(to, 6))];
  return { from: first, to: end < first ? first : end };
}

/** The baseline of the organisation frozen last that ends before the period, else the half year before anybody adopted, else before the period. */
async function comparedWith(
  installation: Installation,
  { known, adoptions, quarter, period }: Pick<SavingsGround, "known" | "adoptions" | "quarter" | "period">,
): Promise<ComparedWith | null> {
  const { store, config } = installation;
  if (known.window === null) return null;
  const zone = config.timezone;
  const first = dateOf(known.window.from, zone);
  const record = await recordedBaseline(installation, { quarter, period });
  if (record !== null) return record;
  const frozen = await newestOf(store, {
    scope: "organisation",
    service: null,
    bots: "default",
    open: "kept",
    time: "elapsed",
  });
  if (frozen !== null) {
    const { name, window } = frozen.content;
    const days = weeksIn({ from: dateOf(window.from, zone), to: dateOf(window.to, zone) });
    const isLong = Date.parse(days.to) - Date.parse(days.from) >= LEAST_BEFORE * WEEK;
    if (isLong && days.to <= period.from)
      return { name, isFrozen: true, days, words: `The baseline “${name}”, frozen before this period.` };
  }
  const begun = adoptions.flatMap(({ week }) => (week === null ? [] : [week])).toSorted()[0];
  const end = begun === undefined || begun > period.from ? period.from : begun;
  const from = daysAfter(end, -USUAL_WEEKS * 7);
  const days = { from: from < first ? first : from, to: end };
  if (days.from >= days.to) return null;
  const before = end === begun ? "before the first team adopted" : "before this period";
  const weeks = Math.round((Date.parse(days.to) - Date.parse(days.from)) / WEEK);
  return { name: null, isFrozen: false, days, words: `${weeks} weeks ${before}; no baseline was frozen.` };
}

/** The baseline record of the organisation that was frozen last, before the period was over; `null` where there is none. */
async function recordedBaseline(
  installation: Installation,
  { quarter, period }: Pick<SavingsGround, "quarter" | "period">,
): Promise<ComparedWith | null> {
  for (const { name, record, madeAt } of (await recordsInForce(installation)).toReversed()) {
    if (record.kind !== "baseline" || record.scope !== "organisation") continue;
    const days = weeksIn(record);
    if (days.to > period.from || madeAt >= Date.parse(quarter.to)) continue;
    return { name, isFrozen: true, days, words: `The baseline record “${name}”, frozen before this period was over.` };
  }
  return null;
}

/** One result for each question, kept while it is asked: a few quarters and seeds. */
const results = new WeakMap<Store, Map<string, Promise<Evaluated>>>();
const MOST_KEPT = 12;

async function kept({ store }: Installation, question: Question): Promise<Evaluated> {
  const known = results.get(store) ?? new Map<string, Promise<Evaluated>>();
  results.set(store, known);
  const key = hashOf(JSON.stringify(question));
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = evaluated(question);
  known.set(key, made);
  made.catch(() => known.delete(key));
  for (const old of known.keys()) if (known.size > MOST_KEPT) known.delete(old);
  return made;
}

function questionOf(ground: SavingsGround, baseline: ComparedWith, seed: number): Question {
  const { adoptions, programme } = ground;
  const { effect: _, ...input } = inputOf(ground, baseline, seed);
  return { input, adoptions, interventions: programme.interventions, effectDraws: EFFECT_DRAWS };
}

/** What a result is reckoned from, but for the effect. */
export function inputOf(ground: SavingsGround, baseline: ComparedWith, seed: number): SavingsInput {
  const { known, period, programme } = ground;
  return {
    weeks: known.weeks,
    baseline: baseline.days,
    period,
    programme: partOf(programme),
    useCases: programme.useCases.map(({ id }) => ({
      id,
      before: leadTime(known.weeks, baseline.days),
      now: leadTime(known.weeks, period),
    })),
    effect: null,
    draws: DRAWS,
    seed,
  };
}

/** Of the programme what a result rests on, so that a new title of a use case reckons nothing anew. */
function partOf({ assumptions, costs, timeStudies, interventions, initiatives }: Programme): SavingsInput["programme"] {
  return { assumptions, costs, timeStudies, interventions, initiatives };
}

/** The geometric mean of what was deployed, in weeks; `null` of nothing. */
function leadTime(weeks: readonly TeamWeek[], { from, to }: Days): number | null {
  let [logs, count] = [0, 0];
  for (const { week, changes, logLeadTime } of weeks) {
    if (week < from || week >= to || logLeadTime === null) continue;
    logs += logLeadTime * changes;
    count += changes;
  }
  return count === 0 ? null : Math.exp(logs / count) / (7 * 24);
}

/** What the books say of the months of the period, and what of it is explained; `null` where they say nothing. */
async function reconciliationOf({ store, config }: Installation, { programme, period }: SavingsGround) {
  const actuals = inForce(await store.actuals()).filter(
    ({ month }) => month >= period.from.slice(0, 7) && month < period.to.slice(0, 7),
  );
  const { assumptions, costs } = programme;
  const months = reconciled(actuals, { assumptions, costs, teams: workingTeams(config) });
  if (months.length === 0) return null;
  const actual = sum(months.map((month) => month.actual));
  const explained = months.map((month) => month.explained).filter((amount) => amount !== null);
  const isWhole = explained.length === months.length && actual !== 0;
  const difference = isWhole ? actual - sum(explained) : null;
  return {
    months: months.map(({ month }) => month),
    actual,
    explained: isWhole ? sum(explained) : null,
    difference,
    share: difference === null ? null : difference / actual,
  };
}

/** Where what is done is not what was said before, of the plan that was frozen last. */
async function deviationsOf(
  installation: Installation,
  { adoptions, baseline }: SavingsGround,
  lost: Estimate | null,
): Promise<string[]> {
  const plans = (await recordsInForce(installation)).filter(({ record }) => record.kind === "plan");
  const plan = plans.at(-1)?.record;
  if (plan?.kind !== "plan") return [];
  return [...deviations(plan, { adoptions, baseline: baseline?.name ?? null, method: lost?.method ?? null })];
}

function dayBefore(day: string): string {
  return daysAfter(day, -1);
}

function daysAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}
