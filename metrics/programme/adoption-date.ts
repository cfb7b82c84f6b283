/** When a team adopted a practice, seen afterwards: the week in which the share of its weeks rose to another level, once. */
import { Z90 } from "../statistics/normal.ts";
import { random } from "../statistics/random.ts";
import { sum } from "../statistics/sum.ts";
import { wilson } from "../statistics/wilson.ts";
import type { Instant, Window } from "../time.ts";
import { WEEK } from "../time.ts";
import { counted } from "../words.ts";
import type { WeekShare } from "./practice-status.ts";
import { percent } from "./practices/words.ts";
import type { RampBelief, Rise, Rises } from "./rise.ts";
import { rises, shareAt } from "./rise.ts";

/** So many of the items of a week met the condition. */
export interface WeekCount extends Window {
  readonly met: number;
  readonly of: number;
}

export interface AdoptionDate {
  /** When half of the rise was done: of one that came overnight the beginning of the first week of the new level. */
  readonly at: Instant;
  /** With 90 % it was between here and there. */
  readonly from: Instant;
  readonly to: Instant;
  /** The share before and since, 0 to 1. */
  readonly before: number;
  readonly after: number;
  /** How often the same weeks in random order have a rise as clear as this. */
  readonly p: number;
}

export interface Detected {
  /** `null`: nothing is claimed. */
  readonly date: AdoptionDate | null;
  readonly words: string;
}

export interface Detection {
  /** Fewer weeks are no level. */
  readonly leastWeeks: number;
  /** How long a rise may take from its beginning to the whole effect, and how believable each length is. */
  readonly ramps: readonly RampBelief[];
  /** What is not known within so many weeks, of which one at either end is for the middle of a week, is no date. */
  readonly widest: number;
  /** A smaller rise of the share, 0 to 1, is not what adopting a practice looks like, however sure it is. */
  readonly leastRise: number;
  /** A date is claimed where chance alone has as clear a rise at most so often. */
  readonly alpha: number;
  readonly orders: number;
  readonly seed: number;
}

export const DETECTION: Detection = {
  leastWeeks: 4,
  ramps: [{ weeks: 0, belief: 0.5 }, ...[2, 4, 6, 8, 12].map((weeks) => ({ weeks, belief: 0.1 }))],
  widest: 10,
  leastRise: 0.1,
  alpha: 0.01,
  orders: 999,
  seed: 1,
};

/**
 * One rise of a binomial share in weeks of unequal size. Whether there is one: the largest score statistic of all splits against that of the same weeks in
 * random order (the idea of Hawkins 1977), which looks for the best place, too, and keeps whole weeks together, so that uneven weeks are no evidence. When: the
 * posterior of its middle over both levels and over how long it took (Smith 1975, "A Bayesian approach to inference about a change-point", with a ramp), flattened by as much as
 * weeks vary more than items drawn one by one do, and by how much they hang together. Where that leaves more open than `widest` there was a rise and no date is given.
 * A level that rises slowly all the time has too small a p.
 *
 * @param weeks in order of time; those without items are passed over.
 * @param threshold what the practice asks for: a rise to a level whose 90 % interval lies below it is no adoption; `null`: any rise is one.
 */
export function adoptionDate(
  weeks: readonly WeekCount[],
  threshold: number | null,
  settings: Detection = DETECTION,
): Detected {
  const known = weeks.filter(({ of }) => of > 0);
  const { leastWeeks, ramps, widest, leastRise, alpha } = settings;
  if (known.length < 2 * leastWeeks)
    return none(
      `${counted(known.length, "week")} with items are too few: it takes ${leastWeeks} before and ${leastWeeks} since.`,
    );
  // Weeks that hang together only make a rise less clear, so most of what is none is seen without looking for its place.
  if (chance(known, 1, settings) > alpha) return none(NO_RISE);
  const first = rises(known, ramps, leastWeeks, 1);
  if (first === null) return none("There is no level since.");
  const { spread, memory } = scatterAround(known, levelled(known, first.likeliest));
  const p = chance(known, memory, settings);
  if (p > alpha) return none(NO_RISE);
  const { middles, likeliest } = rises(known, ramps, leastWeeks, spread * memory) ?? first;
  const { before, after } = levelled(known, likeliest);
  const since = sinceOf(known, likeliest);
  const rise = `The share rose from ${percent(before)} to ${percent(after)}`;
  if (after <= before) return none("The share has not risen.");
  if (after - before < leastRise) return none(`${rise}, which is too little for an adoption.`);
  const interval = wilson(sum(since.map(({ met }) => met)), sum(since.map(({ of }) => of)), Z90);
  if (threshold !== null && interval !== null && interval.high < threshold)
    return none(`${rise}, which lies below the ${percent(threshold)} that are asked for.`);
  const date = { ...placed(middles), before, after, p };
  const open = Math.round((date.to - date.from) / WEEK);
  if (open > widest) return none(`${rise}; when cannot be told but for ${counted(open, "week")}.`);
  return { date, words: `${rise}, seen afterwards; half of it was done within these ${counted(open, "week")} (90 %).` };
}

/** The weeks of a part that were measured, as they are looked at here. */
export function weekCounts(history: readonly WeekShare[]): readonly WeekCount[] {
  return history.flatMap(({ from, to, reading }) =>
    reading.kind === "measured" ? [{ from, to, met: reading.met, of: reading.of }] : [],
  );
}

const NO_RISE = "No rise is clearer than chance would have it.";

function none(words: string): Detected {
  return { date: null, words };
}

/** The middle of the probability, and the weeks around it that have nine tenths; from the week before, since a new level may begin in the middle of one. */
function placed(middles: Rises["middles"]): Pick<AdoptionDate, "at" | "from" | "to"> {
  const reached = (part: number): Instant => {
    let held = 0;
    return middles.find(({ probability }) => (held += probability) >= part)?.at ?? 0;
  };
  return { at: reached(0.5), from: reached(0.05) - WEEK, to: reached(0.95) + WEEK };
}

/** The same rise between the shares of all weeks before it and of all since, which are no places of a grid. */
function levelled(weeks: readonly WeekCount[], rise: Rise): Rise {
  return { ...rise, before: level(weeks.slice(0, rise.begin)), after: level(sinceOf(weeks, rise)) };
}

/** The weeks in which all of the rise was there. */
function sinceOf(weeks: readonly WeekCount[], rise: Rise): readonly WeekCount[] {
  const whole = { ...rise, before: 0, after: 1 };
  return weeks.filter((_, place) => shareAt(whole, weeks, place) === 1);
}

function level(weeks: readonly WeekCount[]): number {
  return sum(weeks.map(({ met }) => met)) / sum(weeks.map(({ of }) => of));
}

/** How often weeks in random order have as clear a rise; it stops counting once this is more often than may be claimed. */
function chance(weeks: readonly WeekCount[], memory: number, { leastWeeks, alpha, orders, seed }: Detection): number {
  const [met, of] = [Float64Array.from(weeks, (week) => week.met), Float64Array.from(weeks, (week) => week.of)];
  const total = { met: sum(met), of: sum(of) };
  const observed = (clearest(met, of, total, leastWeeks) / memory) * (1 - ROUNDING);
  // Without any rise there is nothing that chance could equal.
  if (observed <= 0) return 1;
  const [ms, ns] = [met.slice(), of.slice()];
  const draw = random(seed);
  const most = alpha * (orders + 1);
  let extreme = 1;
  for (let order = 0; order < orders && extreme <= most; order++) {
    shuffle(ms, ns, draw);
    if (clearest(ms, ns, total, leastWeeks) >= observed) extreme += 1;
  }
  return extreme > most ? 1 : extreme / (orders + 1);
}

/** Sums of the same values in another order may differ by this share and are still equal. */
const ROUNDING = 1e-9;

/** The largest score statistic of all splits after which the share is higher. */
function clearest(met: Float64Array, of: Float64Array, total: { met: number; of: number }, least: number): number {
  const share = total.met / total.of;
  const variance = share * (1 - share);
  if (variance === 0) return 0;
  let [before, size, best] = [0, 0, 0];
  for (let index = 0; index < met.length - least; index++) {
    before += met[index] ?? 0;
    size += of[index] ?? 0;
    const short = share * size - before;
    if (index + 1 < least || short <= 0) continue;
    best = Math.max(best, (short * short * total.of) / (variance * size * (total.of - size)));
  }
  return best;
}

/** Fisher–Yates of whole weeks, in place. */
function shuffle(met: Float64Array, of: Float64Array, draw: (below: number) => number): void {
  for (let last = met.length - 1; last > 0; last--) {
    const chosen = draw(last + 1);
    [met[last], met[chosen]] = [met[chosen] ?? 0, met[last] ?? 0];
    [of[last], of[chosen]] = [of[chosen] ?? 0, of[last] ?? 0];
  }
}

/**
 * How weeks scatter around a rise. `spread`: how much more than items drawn one by one would, Pearson's statistic by its degrees of freedom. `memory`: how much less
 * weeks say that hang together, as what is open at the end of one week is at the end of the next, (1 + r) / (1 − r) for a correlation r with the week before (the variance of the mean of a
 * first-order autoregression: Box, Jenkins & Reinsel 2008, §2.1). Both at least 1.
 */
function scatterAround(weeks: readonly WeekCount[], rise: Rise): { spread: number; memory: number } {
  const residuals = Float64Array.from(weeks, ({ met, of }, place) => {
    const share = shareAt(rise, weeks, place);
    const variance = share * (1 - share) * of;
    return variance === 0 ? 0 : (met - share * of) / Math.sqrt(variance);
  });
  const squares = sum(residuals.map((one) => one * one));
  const products = sum(residuals.map((one, week) => one * (residuals[week - 1] ?? 0)));
  const seen = squares === 0 ? 0 : products / squares;
  // Around levels that are estimated, too, it is seen too small (Kendall 1954, "Note on bias in the estimation of autocorrelation").
  const together = Math.min(MOST_TOGETHER, Math.max(0, seen + (1 + 3 * seen) / weeks.length));
  return { spread: Math.max(1, squares / Math.max(1, weeks.length - 2)), memory: (1 + together) / (1 - together) };
}

/** Beyond this correlation a level cannot be told from its memory. */
const MOST_TOGETHER = 0.9;
