/** How much an interrupted time series may be wrong: Newey–West, and the same lines fitted to noise drawn anew in blocks of weeks. */
import { random } from "../../../statistics/random.ts";
import type { Grid } from "./grid.ts";
import type { Spread } from "./jackknife.ts";
import { longRunVariance, usualLag } from "./newey-west.ts";
import type { Pooled, TeamSeries } from "./series.ts";

export interface SeriesSpread extends Spread {
  readonly lag: number;
}

/**
 * The pooled mean change. Weeks of one date are drawn together for all teams, since without a comparison what they have in common stays in, and the standard error is that of Newey and West
 * of the sums over teams. Each draw fits all lines again to new noise: what is new in a week is drawn, and of the week before each week remembers as much as those that are known do
 * (residual bootstrap of an autoregression: Bühlmann 1997, "Sieve bootstrap for time series"); blocks of residuals would have too little of what is slow, which the lines took away. Its error
 * is divided by its own standard error, so that what Newey–West makes too small in few weeks, it makes too small in the draws as well.
 */
export function pooledWithSpread(
  grid: Grid,
  { series, weights }: Pooled,
  { lag: asked, draws, seed }: { lag: number | null; draws: number; seed: number },
): SeriesSpread {
  const teams = series.map((one) => fittedOf(one, grid.weeks, weights));
  const used = [...new Set(series.flatMap(({ weeks }) => weeks))].toSorted((a, b) => a - b);
  const lag = asked ?? usualLag(used.length);
  let mean = 0;
  for (const [at, weight] of weights.entries()) if (weight !== 0) mean += weight * (grid.outcome[at] ?? 0);
  const scores = new Float64Array(grid.weeks);
  for (const one of teams) addScores(scores, one, one.noise);
  const standardError = Math.sqrt(longRunVariance(scores, lag));
  const span = { first: used[0] ?? 0, last: used.at(-1) ?? 0 };
  const draw = random(seed);
  const memory = draws === 0 ? 0 : memoryOf(teams, span, draw);
  const news = teams.map((one) => newsOf(one.noise, memory));
  const studentised = Float64Array.from({ length: draws }, () => {
    redraw(teams, news, memory, span, draw);
    return again(teams, scores, lag);
  });
  return { mean, standardError, lag, studentised };
}

/** What other values in the same known weeks would give, by team, then week. */
export function refitting(
  { series, weights }: Pooled,
  weeks: number,
  asked: number | null,
): (outcome: Float64Array) => Pick<Spread, "mean" | "standardError"> {
  const teams = series.map((one) => fittedOf(one, weeks, weights));
  const lag = asked ?? usualLag(new Set(series.flatMap((one) => one.weeks)).size);
  return (outcome) => {
    const scores = new Float64Array(weeks);
    let mean = 0;
    for (const [at, one] of teams.entries()) {
      const team = series[at]?.team ?? 0;
      one.drawn.set(outcome.subarray(team * weeks, (team + 1) * weeks));
      for (const [index, week] of one.weeks.entries()) mean += (one.weights[index] ?? 0) * (one.drawn[week] ?? 0);
      leave(one);
      addScores(scores, one, one.left);
    }
    return { mean, standardError: Math.sqrt(longRunVariance(scores, lag)) };
  };
}

interface Span {
  readonly first: number;
  readonly last: number;
}

/** A longer memory is a trend. */
const MOST_MEMORY = 0.95;
/** Draws by which the correlation is corrected. */
const TRIED = 60;
/** Weeks before the first one, after which nothing is left of how a draw began. */
const WARM_UP = 20;

/** The correlation of a week's noise with that of the week before: what is seen around fitted lines, and as much more as fitting them hides in draws. */
function memoryOf(teams: readonly Fitted[], span: Span, draw: (below: number) => number): number {
  const seen = correlation(teams, ({ noise }) => noise);
  const news = teams.map((one) => newsOf(one.noise, seen));
  let total = 0;
  for (let turn = 0; turn < TRIED; turn++) {
    redraw(teams, news, seen, span, draw);
    for (const one of teams) leave(one);
    total += correlation(teams, ({ left }) => left);
  }
  return Math.min(MOST_MEMORY, Math.max(0, 2 * seen - total / TRIED));
}

function correlation(teams: readonly Fitted[], noiseOf: (one: Fitted) => Float64Array): number {
  let [products, squares] = [0, 0];
  for (const one of teams) {
    const noise = noiseOf(one);
    for (let week = 1; week < noise.length; week++) {
      products += (noise[week] ?? 0) * (noise[week - 1] ?? 0);
      squares += (noise[week] ?? 0) ** 2;
    }
  }
  return squares === 0 ? 0 : products / squares;
}

/** What is new in each week. */
function newsOf(noise: Float64Array, memory: number): Float64Array {
  return noise.map((value, week) => value - memory * (week === 0 ? 0 : (noise[week - 1] ?? 0)));
}

/** Noise of a new world for every team: of one week, all teams have what was new in the same drawn week. */
function redraw(
  teams: readonly Fitted[],
  news: readonly Float64Array[],
  memory: number,
  { first, last }: Span,
  draw: (below: number) => number,
): void {
  const now = new Float64Array(teams.length);
  for (let week = first - WARM_UP; week <= last; week++) {
    const chosen = first + draw(last - first + 1);
    for (let team = 0; team < teams.length; team++) {
      const value = memory * (now[team] ?? 0) + (news[team]?.[chosen] ?? 0);
      now[team] = value;
      const drawn = teams[team]?.drawn;
      if (week >= first && drawn !== undefined) drawn[week] = value;
    }
  }
}

/** One team as arrays, for loops that run some thousand times. */
interface Fitted {
  /** The known weeks. */
  readonly weeks: Int32Array;
  /** By known week: its weight in the mean change. */
  readonly weights: Float64Array;
  /** By known week, then column. */
  readonly rows: Float64Array;
  readonly columns: number;
  /** (X′X)⁻¹ by row, then column. */
  readonly inverse: Float64Array;
  /** By week of the grid: residuals; 0 where there is none. */
  readonly noise: Float64Array;
  /** Room for one draw, and for what is left of it once lines are fitted; both by week of the grid. */
  readonly drawn: Float64Array;
  readonly left: Float64Array;
}

function fittedOf({ team, weeks, rows, fit }: TeamSeries, all: number, weights: Float64Array): Fitted {
  const noise = new Float64Array(all);
  for (const [at, week] of weeks.entries()) noise[week] = fit.residuals[at] ?? 0;
  return {
    weeks: Int32Array.from(weeks),
    weights: Float64Array.from(weeks, (week) => weights[team * all + week] ?? 0),
    rows: Float64Array.from(rows.flat()),
    columns: fit.inverse.length,
    inverse: Float64Array.from(fit.inverse.flat()),
    noise,
    drawn: new Float64Array(all),
    left: new Float64Array(all),
  };
}

/** The error of a world of drawn noise by its standard error. */
function again(teams: readonly Fitted[], scores: Float64Array, lag: number): number {
  scores.fill(0);
  let error = 0;
  for (const one of teams) {
    const { weeks, weights, drawn } = one;
    for (let at = 0; at < weeks.length; at++) error += (weights[at] ?? 0) * (drawn[weeks[at] ?? 0] ?? 0);
    leave(one);
    addScores(scores, one, one.left);
  }
  const variance = longRunVariance(scores, lag);
  return variance > 0 ? error / Math.sqrt(variance) : 0;
}

/** What is left of the drawn noise once the lines are fitted to it. */
function leave({ weeks, rows, columns, inverse, drawn, left }: Fitted): void {
  const moments = new Float64Array(columns);
  for (let at = 0; at < weeks.length; at++) {
    const value = drawn[weeks[at] ?? 0] ?? 0;
    for (let column = 0; column < columns; column++)
      moments[column] = (moments[column] ?? 0) + value * (rows[at * columns + column] ?? 0);
  }
  const coefficients = new Float64Array(columns);
  for (let row = 0; row < columns; row++) {
    let total = 0;
    for (let column = 0; column < columns; column++)
      total += (inverse[row * columns + column] ?? 0) * (moments[column] ?? 0);
    coefficients[row] = total;
  }
  for (let at = 0; at < weeks.length; at++) {
    let fitted = 0;
    for (let column = 0; column < columns; column++)
      fitted += (rows[at * columns + column] ?? 0) * (coefficients[column] ?? 0);
    const week = weeks[at] ?? 0;
    left[week] = (drawn[week] ?? 0) - fitted;
  }
}

function addScores(scores: Float64Array, { weeks, weights }: Fitted, noise: Float64Array): void {
  for (let at = 0; at < weeks.length; at++) {
    const week = weeks[at] ?? 0;
    scores[week] = (scores[week] ?? 0) + (weights[at] ?? 0) * (noise[week] ?? 0);
  }
}
