/** What a saving is reckoned from, sorted once, so that thousands of worlds can be tried on it. */
import type { Programme } from "../programme.ts";
import { sum } from "../../statistics/sum.ts";
import type { TermPlaces } from "./beliefs.ts";
import { Beliefs, termsIn } from "./beliefs.ts";
import type { Calibrated } from "./calibration.ts";
import { calibrate, UNCALIBRATED } from "./calibration.ts";
import { tallied } from "./levers.ts";
import { minutesFlaw } from "./runner-costs.ts";
import type { Paid } from "./money.ts";
import { lengthOf, monthsIn, paid } from "./money.ts";
import type { Days } from "./result.ts";
import type { TeamWeek } from "./team-week.ts";
import { hoursOf } from "./team-week.ts";
import type { Counted, DeclaredUnits, UnitWeek } from "./units.ts";
import { countedIn, unitFlaw, unitsIn } from "./units.ts";
import { byBucket } from "../assumptions.ts";

/** How an effect on the lost share of capacity came out: below 0 where the programme made less be lost. */
export interface EffectDraws {
  readonly likely: number;
  readonly draws: readonly number[];
}

export interface SavingsInput {
  /** Of all teams, of the baseline and the period at least. */
  readonly weeks: readonly TeamWeek[];
  readonly baseline: Days;
  readonly period: Days;
  readonly programme: Pick<Programme, "assumptions" | "costs" | "timeStudies" | "interventions" | "initiatives">;
  /** Lead times in weeks of the services of use cases, then and now; `null` where nothing came. */
  readonly useCases: readonly { readonly id: string; readonly before: number | null; readonly now: number | null }[];
  /** What was delivered, in the unit that the baseline declares. */
  readonly units: DeclaredUnits;
  /** What is told month by month is held against as many months before: `days`, as statements had it at first, called it saved that months are of unequal length. */
  readonly paidBy: "months" | "days";
  /** `null`: only the difference between then and now is known, and not what caused it. */
  readonly effect: EffectDraws | null;
  readonly draws: number;
  readonly seed: number;
}

/** A week of a team that says something, and where its terms stand. */
export interface Placed {
  readonly team: string;
  readonly week: TeamWeek;
  readonly terms: TermPlaces;
}

/** Something with a price: minutes of a runner, hours of a service, weeks of a use case. */
export interface Priced {
  readonly name: string;
  readonly before: number;
  readonly now: number;
  /** `null`: nobody said what it costs. */
  readonly price: number | null;
}

export interface Prepared {
  readonly beliefs: Beliefs;
  /** Weeks of teams of which something is known both before and now. */
  readonly before: readonly Placed[];
  readonly now: readonly Placed[];
  readonly teams: readonly string[];
  /** Teams that are not compared, because nothing is known of them before, or now, or of their hours. */
  readonly leftOut: readonly string[];
  readonly rates: readonly number[];
  readonly calibrated: Calibrated;
  /** What is before is scaled to as many days as there are now, what is paid by month to as many months. */
  readonly runners: readonly Priced[];
  /** Why their minutes must not be compared; `null` where they may. */
  readonly minutesFlaw: string | null;
  readonly downtime: readonly Priced[];
  readonly delays: readonly Priced[];
  /** `null` where no unit was declared. */
  readonly units: PreparedUnits | null;
  readonly paid: Readonly<Record<PaidGroup, { readonly before: Paid; readonly now: Paid }>>;
  /** The length of the period by that of the baseline. */
  readonly scale: number;
}

/** What the teams that are compared delivered. */
export interface PreparedUnits {
  readonly before: readonly UnitWeek[];
  readonly now: readonly UnitWeek[];
  readonly counted: { readonly before: Counted; readonly now: Counted };
  /** Why nothing can be held against it; `null` where it can. */
  readonly lacking: string | null;
}

export const PAID_KINDS = {
  pipelines: ["ci"],
  infrastructure: ["infrastructure"],
  others: ["licences", "contractors", "overtime"],
  downtime: ["downtime"],
} as const;
export type PaidGroup = keyof typeof PAID_KINDS;

export function prepare(input: SavingsInput): Prepared {
  const { weeks, baseline, period, programme, paidBy } = input;
  const beliefs = new Beliefs(programme.assumptions, lastDay(period));
  const scale = lengthOf(period) / lengthOf(baseline);
  const placed = (days: Days): Placed[] =>
    inDays(weeks, days).flatMap((week) => {
      const terms = beliefs.termsOf(week);
      return terms === null || week.work === null ? [] : [{ team: week.team, week, terms }];
    });
  const [before, now] = [placed(baseline), placed(period)];
  const teams = [...new Set(before.map(({ team }) => team))].filter((team) => now.some((one) => one.team === team));
  const known = new Set(teams);
  const all = new Set([...inDays(weeks, baseline), ...inDays(weeks, period)].map(({ team }) => team));
  const inBoth = (of: (week: TeamWeek) => Readonly<Record<string, number>>, what: "ci-price" | "downtime") =>
    priced(totals(inDays(weeks, baseline), of, scale), totals(inDays(weeks, period), of, 1), (name) =>
      beliefs.placeOf(what, name === "" ? null : name),
    );
  const asMuch = paidBy === "days" ? scale : monthsIn(period) / monthsIn(baseline);
  const costs = (group: PaidGroup) => ({
    before: scaled(paid(programme.costs, PAID_KINDS[group], baseline), asMuch),
    now: paid(programme.costs, PAID_KINDS[group], period),
  });
  // Beliefs are drawn in the order in which they are first asked for: another order would print other digits of what was signed.
  const [rates, calibrated] = [beliefs.rates(), calibrationOf(input, beliefs)];
  const runners = inBoth(({ ciMinutes }) => ciMinutes, "ci-price");
  return {
    beliefs,
    before: before.filter(({ team }) => known.has(team)),
    now: now.filter(({ team }) => known.has(team)),
    teams,
    leftOut: [...all].filter((team) => !known.has(team)),
    rates,
    calibrated,
    runners,
    minutesFlaw: minutesFlaw(runners),
    downtime: inBoth(({ downtime }) => downtime, "downtime"),
    delays: input.useCases.flatMap(({ id, before: then, now: today }) =>
      then === null || today === null
        ? []
        : [{ name: id, before: then, now: today, price: beliefs.placeOf("delay", id) }],
    ),
    units: unitsOf(input, known),
    paid: {
      pipelines: costs("pipelines"),
      infrastructure: costs("infrastructure"),
      others: costs("others"),
      downtime: costs("downtime"),
    },
    scale,
  };
}

function unitsOf({ units, baseline, period }: SavingsInput, teams: ReadonlySet<string>): PreparedUnits | null {
  if (units === null) return null;
  const [before, now] = [unitsIn(units.weeks, teams, baseline), unitsIn(units.weeks, teams, period)];
  const counted = { before: countedIn(before, null), now: countedIn(now, null) };
  return { before, now, counted, lacking: unitFlaw(counted.before, counted.now) };
}

/** Days end before the one that they name last. */
function lastDay({ to }: Days): string {
  return new Date(Date.parse(to) - 1).toISOString().slice(0, 10);
}

export function inDays(weeks: readonly TeamWeek[], { from, to }: Days): readonly TeamWeek[] {
  return weeks.filter(({ week }) => week >= from && week < to);
}

function totals(
  weeks: readonly TeamWeek[],
  of: (week: TeamWeek) => Readonly<Record<string, number>>,
  scale: number,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const week of weeks)
    for (const [name, value] of Object.entries(of(week))) found.set(name, (found.get(name) ?? 0) + value * scale);
  return found;
}

function priced(
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
  price: (name: string) => number | null,
): readonly Priced[] {
  return [...new Set([...before.keys(), ...now.keys()])].toSorted().map((name) => ({
    name,
    before: before.get(name) ?? 0,
    now: now.get(name) ?? 0,
    price: price(name),
  }));
}

function scaled(paid: Paid, by: number): Paid {
  return { ...paid, amount: paid.amount * by };
}

/** Studies are held against what was estimated of the same team in the same weeks, as everything is stated. */
function calibrationOf({ weeks, programme }: SavingsInput, beliefs: Beliefs): Calibrated {
  const pairs = programme.timeStudies.flatMap((study) => {
    const own = weeks.filter(({ team, week }) => team === study.team && endOf(week) >= study.from && week <= study.to);
    const hours = own.flatMap((week) => {
      const terms = beliefs.termsOf(week);
      return terms === null ? [] : [hoursOf(week, termsIn(beliefs.likely(), terms), UNCALIBRATED)];
    });
    const { capacity, buckets } = tallied(study.team, hours);
    if (capacity === 0) return [];
    const estimated = byBucket((bucket) => buckets[bucket] / capacity);
    return sum(study.hours.map((one) => one.hours)) === 0 ? [] : [{ study, estimated }];
  });
  return calibrate(pairs);
}

/** The Sunday of a week. */
function endOf(week: string): string {
  return new Date(Date.parse(week) + 6 * 86_400_000).toISOString().slice(0, 10);
}
