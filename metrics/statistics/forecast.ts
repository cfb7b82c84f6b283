import { nearestRank, sortedNumbers } from "./quantile.ts";
import { random } from "./random.ts";
import { byNumber } from "../plurals.ts";

export interface Levels<Known> {
  readonly p50: Known;
  readonly p85: Known;
  readonly p95: Known;
}

export interface Forecast<Known> {
  /** What holds in 50, 85 and 95 % of the trials; `null` when it is refused. */
  readonly levels: Levels<Known> | null;
  /** Why there is no forecast. */
  readonly reason: string | null;
}

/** Fewer periods say too little about the periods to come. */
export const LEAST_SAMPLES = 7;

const TRIALS = 10_000;

/** What is not done after so many periods, ten years of weeks, is not forecast. */
const MOST_PERIODS = 520;

/**
 * After how many periods this many items are done, if the periods to come are like those known: each trial draws its
 * periods from them, with replacement (Monte Carlo; Vacanti 2015, "Actionable Agile Metrics for Predictability").
 * At each level a number of periods that is enough in that share of the trials, `null` when that is more than 520.
 *
 * @param throughput items done in each period, those without any being 0.
 * @param seed the same seed gives the same forecast, and agrees with `doneWithin` trial by trial.
 */
export function whenDone(throughput: readonly number[], items: number, seed = 1): Forecast<number | null> {
  const reason = refusal(throughput);
  if (reason !== null) return { levels: null, reason };
  const periods = sortedNumbers(trials(TRIALS, seed, (draw) => periodsUntil(items, throughput, draw)));
  const level = (p: number): number | null => {
    const enough = nearestRank(periods, p) ?? Infinity;
    return Number.isFinite(enough) ? enough : null;
  };
  return { levels: { p50: level(0.5), p85: level(0.85), p95: level(0.95) }, reason: null };
}

/**
 * How many items are done within so many periods, if these are like those known: at each level a number that is
 * reached in that share of the trials, so the surer the fewer. As `whenDone` in all else.
 *
 * @param count how many trials, at most 10,000.
 */
export function doneWithin(throughput: readonly number[], periods: number, seed = 1, count = TRIALS): Forecast<number> {
  const reason = refusal(throughput);
  if (reason !== null) return { levels: null, reason };
  const items = sortedNumbers(trials(count, seed, (draw) => itemsWithin(periods, throughput, draw))).reverse();
  const level = (p: number): number => nearestRank(items, p) ?? 0;
  return { levels: { p50: level(0.5), p85: level(0.85), p95: level(0.95) }, reason: null };
}

function refusal(throughput: readonly number[]): string | null {
  const n = throughput.length;
  if (n < LEAST_SAMPLES)
    return `A forecast needs ${LEAST_SAMPLES} complete periods; there ${byNumber(n, "is", "are")} ${n}.`;
  return throughput.some((items) => items > 0) ? null : `Nothing was done in any of ${n} periods.`;
}

type Draw = (below: number) => number;

/** Each trial has chance of its own, so that it meets the same periods whatever is asked. */
function* trials(count: number, seed: number, outcome: (draw: Draw) => number): Generator<number> {
  for (let trial = 0; trial < count; trial++) yield outcome(random(seed * TRIALS + trial));
}

function periodsUntil(items: number, throughput: readonly number[], draw: Draw): number {
  let periods = 0;
  for (let done = 0; done < items; periods++) {
    if (periods === MOST_PERIODS) return Infinity;
    done += throughput[draw(throughput.length)] ?? 0;
  }
  return periods;
}

function itemsWithin(periods: number, throughput: readonly number[], draw: Draw): number {
  let done = 0;
  for (let period = 0; period < periods; period++) done += throughput[draw(throughput.length)] ?? 0;
  return done;
}
