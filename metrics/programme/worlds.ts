/** Systems of a backbone week by week, and what could have been: the same weeks drawn anew, so that amounts have intervals and ranks are those of one world. */
import type { Interval } from "../statistics/interval.ts";
import { quantile, sortedNumbers } from "../statistics/quantile.ts";
import { random } from "../statistics/random.ts";
import { sum } from "../statistics/sum.ts";
import type { Element } from "./programme.ts";
import { skewness, tailsOf } from "./tails.ts";
import { MOST_UNKNOWN } from "./waits.ts";

/** Value lost to waiting × cost of delay; working hours lost × rate; what failures cost. */
export const EXPOSURE_PARTS = ["value", "capacity", "loss"] as const;
export type ExposurePart = (typeof EXPOSURE_PARTS)[number];

/** What happened in one week. */
export interface ExposedWeek {
  /** How many changes touched the system or waited for it: what the others are measured by. */
  readonly changes: number;
  /** Hours that changes waited for it. */
  readonly waitHours: number;
  /** Working hours lost to it, such as a quarter of an hour for each time somebody came back to a change that had waited. */
  readonly lostHours: number;
  /** What failures cost whose fix touched it, in money. */
  readonly losses: number;
}

export interface ExposedSystem {
  readonly system: string;
  readonly element: Element | null;
  /** Systems are compared with those of the same group: the same element and release class, or whatever somebody finds comparable. */
  readonly group: string;
  /** The same weeks for all systems. */
  readonly weeks: readonly ExposedWeek[];
  /**
   * The same weeks in hours, where `weeks` are in money: hours are what can be compared, since those of another system may be worth more, or nothing that anybody said. Left
   * out: `weeks` are in hours.
   */
  readonly inHours?: readonly ExposedWeek[];
  /** `false`: it was waited for, and no use case says what that is worth, so that this is not known instead of nothing. */
  readonly isWorthKnown?: boolean;
  /** How likely a remedy succeeds, 0 to 1, and what it costs; `null`: nobody said. */
  readonly chance: number | null;
  readonly cost: number | null;
}

export interface ExposureTerms {
  /** Money for an hour that a change waits, and for a working hour; `null`: nobody said, and then that part is not known. */
  readonly costOfDelay: number | null;
  readonly rate: number | null;
  /** By which part systems are ranked. */
  readonly by: ExposurePart;
  /** The share of the hours of which nobody knows for what, from `attribution`. */
  readonly unknown: number;
  readonly mostUnknown: number;
  /** The share of comparable systems that are better, to whose level a wait could fall. */
  readonly quartile: number;
  /** So many comparable systems, itself not among them, or nobody can say what could be removed. */
  readonly leastComparable: number;
  /** What if this share of everything could be removed, 0 to 1; `null`: what comparable systems say. */
  readonly supposed: number | null;
  /** What words call the unit of the chosen part; empty: they do not. */
  readonly unit: string;
  readonly draws: number;
  readonly seed: number;
}

export const EXPOSURE_TERMS: Pick<
  ExposureTerms,
  "mostUnknown" | "quartile" | "leastComparable" | "supposed" | "unit" | "draws" | "seed"
> = {
  mostUnknown: MOST_UNKNOWN,
  quartile: 0.25,
  leastComparable: 3,
  supposed: null,
  unit: "",
  draws: 2000,
  seed: 1,
};

/** Money, with its 90 % interval. */
export interface Amount extends Interval {
  readonly amount: number;
}

export interface RankedAmount extends Amount {
  /** From 1; `null` where nothing may be ranked. */
  readonly rank: number | null;
}

/** What was, and the same of weeks drawn with replacement: the same weeks for all systems. */
export interface Worlds {
  readonly actual: World;
  readonly drawn: readonly World[];
  /** All weeks but one, each left out once: how much a single week decides. */
  readonly without: readonly World[];
}

export function worldsOf(systems: readonly ExposedSystem[], terms: ExposureTerms): Worlds {
  const length = Math.max(0, ...systems.map(({ weeks }) => weeks.length));
  const draw = random(terms.seed);
  const weeks = Array.from({ length }, (_, week) => week);
  const world = (chosen: readonly number[]) => worldOf(systems, terms, chosen);
  return {
    actual: world(weeks),
    drawn: Array.from({ length: length === 0 ? 0 : terms.draws }, () => world(weeks.map(() => draw(length)))),
    without: weeks.map((left) => world(weeks.filter((week) => week !== left))),
  };
}

export function mayRank({ unknown, mostUnknown }: ExposureTerms): boolean {
  return unknown <= mostUnknown;
}

/** All systems in some weeks: one number each, `null` where it is not known. */
export interface World {
  readonly parts: Readonly<Record<ExposurePart, readonly (number | null)[]>>;
  readonly share: readonly (number | null)[];
  readonly removable: readonly (number | null)[];
  readonly priority: readonly (number | null)[];
}

function worldOf(systems: readonly ExposedSystem[], terms: ExposureTerms, weeks: readonly number[]): World {
  const totals = systems.map((system) => totalOf(system.weeks, weeks));
  const priced = (price: number | null, of: (total: ExposedWeek) => number) =>
    totals.map((total) => (price === null ? null : price * of(total)));
  const parts = {
    value: priced(terms.costOfDelay, ({ waitHours }) => waitHours).map((value, index) =>
      systems[index]?.isWorthKnown === false ? null : value,
    ),
    capacity: priced(terms.rate, ({ lostHours }) => lostHours),
    loss: priced(1, ({ losses }) => losses),
  };
  const share = shares(
    systems,
    systems.map((system) => perChange(totalOf(system.inHours ?? system.weeks, weeks), terms.by)),
    terms,
  );
  const removable = share.map((one, index) => times(one, parts[terms.by][index] ?? null));
  const priority = removable.map((one, index) => {
    const { chance, cost } = systems[index] ?? { chance: null, cost: null };
    return chance === null || cost === null || cost <= 0 ? null : times(one, chance / cost);
  });
  return { parts, share, removable, priority };
}

function totalOf(weeks: readonly ExposedWeek[], chosen: readonly number[]): ExposedWeek {
  let [changes, waitHours, lostHours, losses] = [0, 0, 0, 0];
  for (const index of chosen) {
    const week = weeks[index];
    if (week === undefined) continue;
    changes += week.changes;
    waitHours += week.waitHours;
    lostHours += week.lostHours;
    losses += week.losses;
  }
  return { changes, waitHours, lostHours, losses };
}

/** How much of it each change has; `null` of no changes. */
function perChange({ changes, waitHours, lostHours, losses }: ExposedWeek, by: ExposurePart): number | null {
  if (changes === 0) return null;
  switch (by) {
    case "value":
      return waitHours / changes;
    case "capacity":
      return lostHours / changes;
    case "loss":
      return losses / changes;
  }
}

/** The share that would not be at the level of the better quarter of the comparable systems; 0 of one that is better already. */
function shares(
  systems: readonly ExposedSystem[],
  levels: readonly (number | null)[],
  { quartile, leastComparable, supposed }: ExposureTerms,
): readonly (number | null)[] {
  if (supposed !== null) return levels.map((level) => level && supposed);
  return systems.map(({ group }, index) => {
    const own = levels[index] ?? null;
    const others = levels.filter((_, other) => other !== index && systems[other]?.group === group);
    const known = others.filter((level) => level !== null);
    const better = known.length < leastComparable ? null : quantile(sortedNumbers(known), quartile);
    if (own === null || better === null) return null;
    return own <= better ? 0 : 1 - better / own;
  });
}

function times(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a * b;
}

/** What one of several is in the worlds. @param of one number for each of them in a world. */
export function ranked(
  index: number,
  worlds: Worlds,
  of: (world: World) => readonly (number | null)[],
  isRanked: boolean,
): RankedAmount | null {
  const amount = amountOf(index, worlds, of);
  return amount === null ? null : { ...amount, rank: isRanked ? rankOf(index, of(worlds.actual)) : null };
}

/**
 * Quantiles of the draws (type 7) at the shares that `tailsOf` says of as many weeks, as uneven as these are: 5 % and 95 % of the draws hold what is true too seldom, most of all from below.
 */
export function amountOf(
  index: number,
  { actual, drawn, without }: Worlds,
  of: (world: World) => readonly (number | null)[],
): Amount | null {
  const own = (world: World) => of(world)[index] ?? null;
  const numbers = (worlds: readonly World[]) => worlds.map(own).filter((one) => one !== null);
  const amount = own(actual);
  const known = sortedNumbers(numbers(drawn));
  const tails = tailsOf(without.length, skewness(numbers(without)));
  const [low, high] = [quantile(known, tails.low), quantile(known, tails.high)];
  return amount === null || low === null || high === null ? null : { amount, low, high };
}

/** From 1: how many are larger, and one more. Equal ones share a rank. */
function rankOf(index: number, amounts: readonly (number | null)[]): number {
  const own = amounts[index] ?? -Infinity;
  return 1 + amounts.filter((one) => one !== null && one > own).length;
}

/** The share of draws in which it is among the first three; `null` without draws. */
export function stability(
  index: number,
  { drawn }: Worlds,
  of: (world: World) => readonly (number | null)[],
): number | null {
  if (drawn.length === 0) return null;
  const isTop = drawn.map(of).map((one) => ((one[index] ?? null) !== null && rankOf(index, one) <= 3 ? 1 : 0));
  return sum(isTop) / drawn.length;
}
