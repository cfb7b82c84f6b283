/** What a result of savings is reckoned from: which weeks, against which, as what was frozen before says. */
import { dateOf, startOf, startOfDate } from "#metrics/calendar.ts";
import type { Quarter } from "#metrics/programme/fiscal.ts";
import { quarterAt, quarterNamed, quartersBetween } from "#metrics/programme/fiscal.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import type { TeamAdoption } from "#metrics/programme/savings/adoptions.ts";
import { adoptionsOf } from "#metrics/programme/savings/adoptions.ts";
import { delaysOf } from "#metrics/programme/savings/delivered.ts";
import type { SavingsInput } from "#metrics/programme/savings/prepared.ts";
import type { Registered } from "#metrics/programme/savings/registered.ts";
import type { Days } from "#metrics/programme/savings/result.ts";
import type { Unit, UnitWeek } from "#metrics/programme/savings/units.ts";
import { notCounted, togetherIn, unitCalled } from "#metrics/programme/savings/units.ts";
import { weeksEndingIn } from "#metrics/programme/savings/weeks.ts";
import { DAY, WEEK } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import { newestOf } from "./frozen.ts";
import { BadRequest } from "./problem.ts";
import { standing } from "./programme.ts";
import type { StoredRecord } from "./saving-records.ts";
import { recordsInForce } from "./saving-records.ts";
import type { KnownWeeks } from "./team-weeks.ts";
import { knownWeeks, workingTeams } from "./team-weeks.ts";

/** Drawn worlds. */
const DRAWS = 1000;
/** Of the baseline where none is frozen: before the first team adopted, or before the period. */
const USUAL_WEEKS = 26;
/** As few weeks say nothing of a time. */
const LEAST_BEFORE = 12;

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
  /** Weeks that end in the quarter and are over; empty while none is. */
  readonly period: Days;
  /** What was frozen before the quarter was over of how it will be measured; `null`: nothing was. */
  readonly registered: Registered | null;
}

export interface ComparedWith {
  readonly name: string | null;
  readonly isFrozen: boolean;
  readonly days: Days;
  /** In which what was delivered is counted; `null` where none was declared that is. */
  readonly unit: Unit | null;
  readonly words: string;
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
  const period = weeksEndingIn({ from: quarter.from, to: quarter.to < thisWeek ? quarter.to : thisWeek });
  const records = (await recordsInForce(installation)).filter(({ madeAt }) => madeAt < Date.parse(quarter.to));
  const registered = registeredIn(records, zone);
  return {
    programme,
    version: version?.version ?? null,
    known,
    quarter,
    quarters,
    today,
    adoptions,
    period,
    registered,
    baseline: await comparedWith(installation, { known, adoptions, period, records, registered }),
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

type Comparing = Pick<SavingsGround, "known" | "adoptions" | "period" | "registered"> & {
  readonly records: readonly StoredRecord[];
};

/** The baseline of the organisation frozen last that ends before the period, else the half year before anybody adopted, else before the period. */
async function comparedWith(
  installation: Installation,
  { known, adoptions, period, records, registered }: Comparing,
): Promise<ComparedWith | null> {
  const { store, config } = installation;
  if (known.window === null) return null;
  const zone = config.timezone;
  const first = dateOf(known.window.from, zone);
  const record = recordedBaseline(records, registered?.baseline ?? null, period);
  if (record !== null) return record;
  const frozen = await newestOf(store, {
    scope: "organisation",
    service: null,
    bots: "default",
    open: "kept",
    time: "elapsed",
  });
  if (frozen !== null) {
    const { name, window, frozenAt } = frozen.content;
    const days = weeksEndingIn({ from: dateOf(window.from, zone), to: dateOf(window.to, zone) });
    const isLong = Date.parse(days.to) - Date.parse(days.from) >= LEAST_BEFORE * WEEK;
    if (isLong && days.to <= period.from) {
      const words = frozenWords(name, { days, frozen: dateOf(frozenAt, zone), period });
      return { name, isFrozen: true, days, unit: null, words };
    }
  }
  const begun = adoptions.flatMap(({ week }) => (week === null ? [] : [week])).toSorted()[0];
  const end = begun === undefined || begun > period.from ? period.from : begun;
  const from = daysAfter(end, -USUAL_WEEKS * 7);
  const days = { from: from < first ? first : from, to: end };
  if (days.from >= days.to) return null;
  const before = end === begun ? "before the first team adopted" : "before this period";
  const weeks = Math.round((Date.parse(days.to) - Date.parse(days.from)) / WEEK);
  return { name: null, isFrozen: false, days, unit: null, words: `${weeks} weeks ${before}; no baseline was frozen.` };
}

/** Of which days it is and when it was frozen; that somebody may have looked first is said. */
function frozenWords(
  name: string,
  { days, frozen, period }: { readonly days: Days; readonly frozen: string; readonly period: Days },
): string {
  const late = frozen > period.from ? ", when this period had begun: it was not frozen before anybody looked" : "";
  return `The baseline “${name}” of ${days.from} to the day before ${days.to}, frozen on ${frozen}${late}.`;
}

/** The baseline record that the plan names, else the one of the organisation that was frozen last; `null` where none ends before the period. */
function recordedBaseline(records: readonly StoredRecord[], planned: string | null, period: Days): ComparedWith | null {
  const newest = records.toReversed();
  for (const { name, record } of [...newest.filter((one) => one.name === planned), ...newest]) {
    if (record.kind !== "baseline" || (record.scope !== "organisation" && name !== planned)) continue;
    const days = weeksEndingIn(record);
    if (days.to > period.from) continue;
    const unit = record.volume && unitCalled(record.volume.unit);
    const kept = record.volume !== null && unit === null ? ` ${notCounted(record.volume.unit)}` : "";
    const words = `The baseline record “${name}”, frozen before this period was over.${kept}`;
    return { name, isFrozen: true, days, unit, words };
  }
  return null;
}

/** The plan that was frozen last. */
function registeredIn(records: readonly StoredRecord[], zone: string): Registered | null {
  for (const { name, record, madeAt } of records.toReversed()) {
    if (record.kind !== "plan") continue;
    const { scope, baseline, outcome, method, seed, schedule, smallest } = record;
    const quarters = smallest.map(({ quarter, method: planned = null }) => ({ quarter, method: planned }));
    const frozenOn = dateOf(madeAt, zone);
    return { name, frozenOn, scope, baseline, outcome, method, seed, schedule, quarters };
  }
  return null;
}

/** What a result is reckoned from, but for the effect. */
export function inputOf(ground: SavingsGround, baseline: ComparedWith, seed: number): Omit<SavingsInput, "effect"> {
  const { known, period, programme } = ground;
  return {
    weeks: known.weeks,
    baseline: baseline.days,
    period,
    programme: partOf(programme),
    units: baseline.unit && { unit: baseline.unit, weeks: unitsOf(known.units, [baseline.days, period]) },
    useCases: delaysOf(programme.useCases, known, { before: baseline.days, now: period }),
    paidBy: "months",
    draws: DRAWS,
    seed,
  };
}

/** Of what a result rests on and no more, service by service added up. */
function unitsOf(units: readonly UnitWeek[], days: readonly Days[]): readonly UnitWeek[] {
  return togetherIn(units.filter(({ week }) => days.some(({ from, to }) => week >= from && week < to)));
}

/** Of the programme what a result rests on, so that a new title of a use case reckons nothing anew. */
function partOf({ assumptions, costs, timeStudies, interventions, initiatives }: Programme): SavingsInput["programme"] {
  return { assumptions, costs, timeStudies, interventions, initiatives };
}

export function dayBefore(day: string): string {
  return daysAfter(day, -1);
}

function daysAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}
