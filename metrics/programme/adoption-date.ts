/** When a team adopted a practice, seen afterwards: the week in which the share of its weeks rose to another level, once. */
import { logFactorial } from "../statistics/log-factorial.ts";
import { Z90 } from "../statistics/normal.ts";
import { random } from "../statistics/random.ts";
import { sum } from "../statistics/sum.ts";
import { wilson } from "../statistics/wilson.ts";
import type { Instant, Window } from "../time.ts";
import { WEEK } from "../time.ts";
import { counted } from "../words.ts";
import type { WeekShare } from "./practice-status.ts";
import { percent } from "./practices/words.ts";
import { beginnings } from "./rise.ts";

/** So many of the items of a week met the condition. */
export interface WeekCount extends Window {
  readonly met: number;
  readonly of: number;
}

export interface AdoptionDate {
  /** The beginning of the first week of the new level; of a rise that is said to take some weeks, of its first week. */
  readonly at: Instant;
  /** With 90 % it began in one of the weeks from here to there: whole weeks, since it may begin in the middle of one. */
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
  /** From the beginning of an adoption to the whole effect, as the programme believes; 0: nobody said, and the date is about the middle of the rise. */
  readonly rampWeeks: number;
  /** A smaller rise of the share, 0 to 1, is not what adopting a practice looks like, however sure it is. */
  readonly leastRise: number;
  /** A date is claimed where chance alone has as clear a rise at most so often. */
  readonly alpha: number;
  readonly orders: number;
  readonly seed: number;
}

export const DETECTION: Detection = { leastWeeks: 4, rampWeeks: 0, leastRise: 0.1, alpha: 0.01, orders: 999, seed: 1 };

/**
 * One rise of a binomial share in weeks of unequal size. Whether there is one: the largest score statistic of all splits against that of the same weeks in
 * random order (the idea of Hawkins 1977), which looks for the best place, too, and keeps whole weeks together, so that uneven weeks are no evidence. Where it is: the
 * posterior of the split under flat priors for both levels and the place (Smith 1975, "A Bayesian approach to inference about a change-point"), flattened by as much as
 * weeks vary more than items drawn one by one do. Weeks that hang together count for less. Of a rise over several weeks it is about the
 * middle, unless the programme says how many weeks a rise takes: then its beginning is looked for. A level that rises slowly all the time has too small a p.
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
  const { leastWeeks, rampWeeks, leastRise, alpha } = settings;
  if (known.length < 2 * leastWeeks)
    return none(
      `${counted(known.length, "week")} with items are too few: it takes ${leastWeeks} before and ${leastWeeks} since.`,
    );
  const [met, of] = [Float64Array.from(known, (week) => week.met), Float64Array.from(known, (week) => week.of)];
  const weights = places(met, of, leastWeeks);
  const split = likeliest(weights);
  const { spread, memory } = scatterAround(met, of, split);
  const p = chance(met, of, memory, settings);
  if (p > alpha) return none("No rise is clearer than chance would have it.");
  const posterior =
    rampWeeks > 0 ? flattened(beginnings(known, rampWeeks, leastWeeks), memory) : flattened(weights, spread * memory);
  const begin = likeliest(posterior);
  const settled = Math.min(begin + Math.ceil(rampWeeks), known.length - leastWeeks);
  const [before, after] = [level(known.slice(0, begin)), level(known.slice(settled))];
  if (begin === 0 || after <= before) return none("The share has not risen.");
  if (after - before < leastRise)
    return none(`The share rose from ${percent(before)} to ${percent(after)}, which is too little for an adoption.`);
  const since = wilson(sum(met.subarray(settled)), sum(of.subarray(settled)), Z90);
  if (threshold !== null && since !== null && since.high < threshold)
    return none(
      `The share rose from ${percent(before)} to ${percent(after)}, which lies below the ${percent(threshold)} that are asked for.`,
    );
  return found(known, span(posterior, begin), { split: begin, before, after, p });
}

/** The weeks of a part that were measured, as they are looked at here. */
export function weekCounts(history: readonly WeekShare[]): readonly WeekCount[] {
  return history.flatMap(({ from, to, reading }) =>
    reading.kind === "measured" ? [{ from, to, met: reading.met, of: reading.of }] : [],
  );
}

function none(words: string): Detected {
  return { date: null, words };
}

function found(
  weeks: readonly WeekCount[],
  [first, last]: readonly [number, number],
  { split, before, after, p }: { readonly split: number } & Pick<AdoptionDate, "before" | "after" | "p">,
): Detected {
  const [at, from, to] = [weeks[split]?.from ?? 0, weeks[first - 1]?.from ?? 0, weeks[last]?.to ?? 0];
  const words = `The share rose from ${percent(before)} to ${percent(after)}, seen afterwards; it began within ${counted(Math.round((to - from) / WEEK), "week")} (90 %).`;
  return { date: { at, from, to, before, after, p }, words };
}

function level(weeks: readonly WeekCount[]): number {
  return sum(weeks.map(({ met }) => met)) / sum(weeks.map(({ of }) => of));
}

/** How often weeks in random order have as clear a rise; it stops counting once this is more often than may be claimed. */
function chance(
  met: Float64Array,
  of: Float64Array,
  memory: number,
  { leastWeeks, alpha, orders, seed }: Detection,
): number {
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

/** ln of how likely it is that the new level begins with each week, but for a constant; never where either side would be no level. */
function places(met: Float64Array, of: Float64Array, least: number): Float64Array {
  const weights = new Float64Array(met.length).fill(-Infinity);
  const total = { met: sum(met), of: sum(of) };
  let [before, size] = [0, 0];
  for (let split = 1; split <= met.length - least; split++) {
    before += met[split - 1] ?? 0;
    size += of[split - 1] ?? 0;
    if (split >= least) weights[split] = logBeta(before, size) + logBeta(total.met - before, total.of - size);
  }
  return weights;
}

/** Probabilities that add up to 1, of weeks that say so many times less than items drawn one by one would. */
function flattened(weights: Float64Array, by: number): Float64Array {
  const highest = weights[likeliest(weights)] ?? 0;
  const likelihoods = weights.map((weight) => Math.exp((weight - highest) / by));
  const all = sum(likelihoods);
  return likelihoods.map((one) => one / all);
}

/** ln of the chance of exactly these successes and failures, whatever the share. */
function logBeta(met: number, of: number): number {
  return logFactorial(met) + logFactorial(of - met) - logFactorial(of + 1);
}

/**
 * How weeks scatter around both levels. `spread`: how much more than items drawn one by one would, Pearson's statistic by its degrees of freedom. `memory`: how much less
 * weeks say that hang together, as what is open at the end of one week is at the end of the next, (1 + r) / (1 − r) for a correlation r with the week before (the variance of the mean of a
 * first-order autoregression: Box, Jenkins & Reinsel 2008, §2.1). Both at least 1.
 */
function scatterAround(met: Float64Array, of: Float64Array, split: number): { spread: number; memory: number } {
  const residuals = new Float64Array(met.length);
  for (const [from, to] of [
    [0, split],
    [split, met.length],
  ] as const) {
    const share = sum(met.subarray(from, to)) / sum(of.subarray(from, to));
    const variance = share * (1 - share);
    for (let week = from; week < to && variance > 0; week++) {
      const size = of[week] ?? 1;
      residuals[week] = ((met[week] ?? 0) - share * size) / Math.sqrt(variance * size);
    }
  }
  const squares = sum(residuals.map((one) => one * one));
  const products = sum(residuals.map((one, week) => one * (residuals[week - 1] ?? 0)));
  const seen = squares === 0 ? 0 : products / squares;
  // Around levels that are estimated, too, it is seen too small (Kendall 1954, "Note on bias in the estimation of autocorrelation").
  const together = Math.min(MOST_TOGETHER, Math.max(0, seen + (1 + 3 * seen) / met.length));
  return { spread: Math.max(1, squares / (met.length - 2)), memory: (1 + together) / (1 - together) };
}

/** Beyond this correlation a level cannot be told from its memory. */
const MOST_TOGETHER = 0.9;

function likeliest(weights: Float64Array): number {
  let best = 0;
  for (const [index, weight] of weights.entries()) if (weight > (weights[best] ?? -Infinity)) best = index;
  return best;
}

/** The places around the likeliest one that have 90 % of the probability together, taken from the likelier side first. */
function span(posterior: Float64Array, split: number): readonly [number, number] {
  let [first, last, held] = [split, split, posterior[split] ?? 0];
  while (held < 0.9 && (first > 0 || last < posterior.length - 1)) {
    const [left, right] = [posterior[first - 1] ?? -1, posterior[last + 1] ?? -1];
    if (left >= right) first -= 1;
    else last += 1;
    held += Math.max(left, right);
  }
  return [first, last];
}
