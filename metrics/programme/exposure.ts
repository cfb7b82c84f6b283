/**
 * What the bottlenecks of the backbone cost: three parts that are never added, since value, working time and losses are not the same money. Each has an interval and a
 * rank, and beside it stands how much of it could be removed and what would be worth doing first.
 */
import type { Interval } from "../statistics/interval.ts";
import { quantile, sortedNumbers } from "../statistics/quantile.ts";
import { random } from "../statistics/random.ts";
import { sum } from "../statistics/sum.ts";
import { exposureWords } from "./exposure-words.ts";
import type { Element } from "./programme.ts";
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
  readonly draws: number;
  readonly seed: number;
}

export const EXPOSURE_TERMS: Pick<ExposureTerms, "mostUnknown" | "quartile" | "leastComparable" | "draws" | "seed"> = {
  mostUnknown: MOST_UNKNOWN,
  quartile: 0.25,
  leastComparable: 3,
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

export interface Exposure {
  readonly system: string;
  readonly element: Element | null;
  readonly parts: Readonly<Record<ExposurePart, RankedAmount | null>>;
  /** In which share of the draws it is among the first three by the chosen part; `null` where nothing may be ranked. */
  readonly topThree: number | null;
  /** Of the chosen part: what would not be, if its changes waited as those of the better quarter of comparable systems. `null`: too few of these. */
  readonly removable: (Amount & { readonly share: number }) | null;
  /** Removable × chance / cost; `null` where one of them is not known. */
  readonly priority: (RankedAmount & { readonly topThree: number | null }) | null;
  readonly words: string;
}

/**
 * All systems are drawn together: a draw takes whole weeks with replacement, the same for each of them, so that what happens in one week stays together and ranks are
 * those of one world (a bootstrap of blocks: Davison & Hinkley 1997, §8.2).
 *
 * @returns in the order of the chosen part, the largest first; by name where nothing may be ranked. What is not known comes last.
 */
export function exposures(systems: readonly ExposedSystem[], terms: ExposureTerms): readonly Exposure[] {
  const isRanked = terms.unknown <= terms.mostUnknown;
  const length = Math.max(0, ...systems.map(({ weeks }) => weeks.length));
  const actual = worldOf(
    systems,
    terms,
    Array.from({ length }, (_, week) => week),
  );
  const draw = random(terms.seed);
  const drawn = Array.from({ length: length === 0 ? 0 : terms.draws }, () =>
    worldOf(
      systems,
      terms,
      Array.from({ length }, () => draw(length)),
    ),
  );
  const found = systems.map((system, index) => exposureOf(system, index, { actual, drawn, terms, isRanked }));
  const amount = ({ parts }: Exposure) => (isRanked ? (parts[terms.by]?.amount ?? -1) : 0);
  return found.toSorted((a, b) => amount(b) - amount(a) || (a.system < b.system ? -1 : 1));
}

/** All systems in some weeks: one number each, `null` where it is not known. */
interface World {
  readonly parts: Readonly<Record<ExposurePart, readonly (number | null)[]>>;
  readonly share: readonly (number | null)[];
  readonly removable: readonly (number | null)[];
  readonly priority: readonly (number | null)[];
}

function worldOf(systems: readonly ExposedSystem[], terms: ExposureTerms, weeks: readonly number[]): World {
  const totals = systems.map((system) => totalOf(system, weeks));
  const priced = (price: number | null, of: (total: ExposedWeek) => number) =>
    totals.map((total) => (price === null ? null : price * of(total)));
  const parts = {
    value: priced(terms.costOfDelay, ({ waitHours }) => waitHours),
    capacity: priced(terms.rate, ({ lostHours }) => lostHours),
    loss: priced(1, ({ losses }) => losses),
  };
  const share = shares(
    systems,
    totals.map((total) => perChange(total, terms.by)),
    terms,
  );
  const removable = share.map((one, index) => times(one, parts[terms.by][index] ?? null));
  const priority = removable.map((one, index) => {
    const { chance, cost } = systems[index] ?? { chance: null, cost: null };
    return chance === null || cost === null || cost <= 0 ? null : times(one, chance / cost);
  });
  return { parts, share, removable, priority };
}

function totalOf({ weeks }: ExposedSystem, chosen: readonly number[]): ExposedWeek {
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
  { quartile, leastComparable }: ExposureTerms,
): readonly (number | null)[] {
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

interface Worlds {
  readonly actual: World;
  readonly drawn: readonly World[];
  readonly terms: ExposureTerms;
  readonly isRanked: boolean;
}

function exposureOf(
  { system, element }: ExposedSystem,
  index: number,
  { actual, drawn, terms, isRanked }: Worlds,
): Exposure {
  const part = (name: ExposurePart) =>
    ranked(
      index,
      actual.parts[name],
      drawn.map(({ parts }) => parts[name]),
      isRanked,
    );
  const parts = { value: part("value"), capacity: part("capacity"), loss: part("loss") };
  const topThree =
    parts[terms.by] === null || !isRanked
      ? null
      : stability(
          index,
          drawn.map(({ parts: one }) => one[terms.by]),
        );
  const removable = amountOf(
    actual.removable[index] ?? null,
    drawn.map((one) => one.removable[index] ?? null),
  );
  const share = actual.share[index] ?? null;
  const priority = ranked(
    index,
    actual.priority,
    drawn.map((one) => one.priority),
    isRanked,
  );
  const found = {
    system,
    element,
    parts,
    topThree,
    removable: removable === null || share === null ? null : { ...removable, share },
    priority:
      priority === null
        ? null
        : {
            ...priority,
            topThree: isRanked
              ? stability(
                  index,
                  drawn.map((one) => one.priority),
                )
              : null,
          },
  };
  return { ...found, words: exposureWords(found, terms, isRanked) };
}

function ranked(
  index: number,
  actual: readonly (number | null)[],
  drawn: readonly (readonly (number | null)[])[],
  isRanked: boolean,
): RankedAmount | null {
  const amount = amountOf(
    actual[index] ?? null,
    drawn.map((one) => one[index] ?? null),
  );
  return amount === null ? null : { ...amount, rank: isRanked ? rankOf(index, actual) : null };
}

/** The type-7 quantiles at 5 % and 95 % of the draws (percentile bootstrap: Efron & Tibshirani 1993, §13.3). */
function amountOf(amount: number | null, drawn: readonly (number | null)[]): Amount | null {
  const known = sortedNumbers(drawn.filter((one) => one !== null));
  const [low, high] = [quantile(known, 0.05), quantile(known, 0.95)];
  return amount === null || low === null || high === null ? null : { amount, low, high };
}

/** From 1: how many are larger, and one more. Equal ones share a rank. */
function rankOf(index: number, amounts: readonly (number | null)[]): number {
  const own = amounts[index] ?? -Infinity;
  return 1 + amounts.filter((one) => one !== null && one > own).length;
}

/** The share of draws in which it is among the first three. */
function stability(index: number, drawn: readonly (readonly (number | null)[])[]): number | null {
  if (drawn.length === 0) return null;
  const isTop = drawn.map((one) => ((one[index] ?? null) !== null && rankOf(index, one) <= 3 ? 1 : 0));
  return sum(isTop) / drawn.length;
}
