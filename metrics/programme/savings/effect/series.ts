/** Interrupted time series: each team against its own past, level and slope (Wagner et al. 2002, "Segmented regression analysis of interrupted time series studies"). */
import type { Grid } from "./grid.ts";
import { isKnown, NEVER } from "./grid.ts";
import type { Spread } from "./jackknife.ts";
import { DAY, WEEK } from "../../../time.ts";
import { dot, leastSquares } from "./least-squares.ts";
import type { Fit } from "./least-squares.ts";
import { longRunVariance, usualLag } from "./newey-west.ts";
import { studentised } from "./wild.ts";

export interface SeriesOptions {
  readonly gapWeeks: number;
  /** Known weeks that it takes on either side. */
  readonly leastWeeks: number;
  /** The first week that is asked about and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * One team: outcome = b₀ + b₁·week + b₂·since + b₃·(weeks since), weeks counted from 1; and a wave of a year where a year before adoption is known, since a trend would take
 * the season for its own.
 */
export interface TeamSeries {
  readonly team: number;
  /** The known weeks of the grid. A trend is not continued for longer than it was watched, so later weeks are left out. */
  readonly weeks: readonly number[];
  readonly rows: readonly (readonly number[])[];
  readonly fit: Fit;
}

/** Weeks before adoption that hold every season. */
const YEAR = 52;

/** @returns `null` where a side has too few weeks. */
export function seriesOf(grid: Grid, team: number, { gapWeeks, leastWeeks }: SeriesOptions): TeamSeries | null {
  const adopted = grid.adopted[team] ?? NEVER;
  const known: number[] = [];
  for (let week = 0; week < grid.weeks; week++) if (isKnown(grid, team, week)) known.push(week);
  const watched = adopted - gapWeeks - (known[0] ?? NEVER);
  const weeks = known.filter((week) => week < adopted - gapWeeks || (week >= adopted && week < adopted + watched));
  const since = weeks.filter((week) => week >= adopted).length;
  if (since < leastWeeks || weeks.length - since < leastWeeks) return null;
  const rows = weeks.map((week) => [...lines(week, adopted), ...(watched >= YEAR ? wave(week) : [])]);
  const fit = leastSquares(
    rows,
    weeks.map((week) => grid.outcome[team * grid.weeks + week] ?? 0),
  );
  return fit === null ? null : { team, weeks, rows, fit };
}

function lines(week: number, adopted: number): readonly number[] {
  return week < adopted ? [1, week + 1, 0, 0] : [1, week + 1, 1, week - adopted + 1];
}

function wave(week: number): readonly number[] {
  const angle = (2 * Math.PI * week * WEEK) / (365.25 * DAY);
  return [Math.sin(angle), Math.cos(angle)];
}

/** The mean change since adoption over several teams, as a sum of values times weights. */
export interface Pooled {
  readonly series: readonly TeamSeries[];
  /** By team, then week: what each value counts for in the mean change. */
  readonly weights: Float64Array;
  /** Of the team-weeks that are asked about. */
  readonly weight: number;
  readonly teamWeeks: number;
  readonly asked: Pick<SeriesOptions, "from" | "to">;
}

/** @returns `null` where no team has enough weeks on both sides, one of which is asked about. */
export function pooled(grid: Grid, options: SeriesOptions): Pooled | null {
  const series = grid.teams.flatMap((_, team) => seriesOf(grid, team, options) ?? []);
  let [weight, teamWeeks] = [0, 0];
  const asked = series.map(({ team, weeks, rows }) => {
    const functional = (rows[0] ?? []).map(() => 0);
    for (const [at, week] of weeks.entries()) {
      if (rows[at]?.[2] !== 1 || week < options.from || week >= options.to) continue;
      const own = grid.weight[team * grid.weeks + week] ?? 0;
      functional[2] = (functional[2] ?? 0) + own;
      functional[3] = (functional[3] ?? 0) + own * (rows[at]?.[3] ?? 0);
      weight += own;
      teamWeeks += 1;
    }
    return functional;
  });
  if (weight === 0) return null;
  const weights = new Float64Array(grid.outcome.length);
  for (const [index, { team, weeks, rows, fit }] of series.entries()) {
    const line = fit.inverse.map((one) => dot(one, asked[index] ?? []) / weight);
    for (const [at, week] of weeks.entries()) weights[team * grid.weeks + week] = dot(rows[at] ?? [], line);
  }
  return { series, weights, weight, teamWeeks, asked: options };
}

export interface SeriesSpread extends Spread {
  readonly lag: number;
}

/**
 * The pooled mean change. Weeks of the same date are drawn together for all teams, since without a comparison what they have in common stays in, and standard errors are those of
 * Newey and West of the sums over teams.
 */
export function pooledWithSpread(
  grid: Grid,
  found: Pooled,
  { lag: asked, blockWeeks, draws, seed }: { lag: number | null; blockWeeks: number; draws: number; seed: number },
): SeriesSpread {
  const { series, weights } = found;
  let mean = 0;
  for (const [at, weight] of weights.entries()) if (weight !== 0) mean += weight * (grid.outcome[at] ?? 0);
  const scores = new Float64Array(grid.weeks);
  for (const one of series) addScores(scores, grid.weeks, weights, one, one.fit.residuals);
  const used = new Set(series.flatMap(({ weeks }) => weeks));
  const lag = asked ?? usualLag(used.size);
  const standardError = Math.sqrt(longRunVariance(scores, lag));
  const count = Math.max(1, Math.floor(grid.weeks / blockWeeks));
  const blockOf = (week: number) => Math.min(count - 1, Math.floor(week / blockWeeks));
  const errors = new Float64Array(count);
  for (const [week, score] of scores.entries()) errors[blockOf(week)] = (errors[blockOf(week)] ?? 0) + score;
  const columns = Array.from({ length: draws === 0 ? 0 : count }, (_, block) =>
    refitted(grid, found, (week) => blockOf(week) === block),
  );
  const redrawn = new Float64Array(grid.weeks);
  const evaluate = (amounts: Float64Array) => {
    redrawn.fill(0);
    let error = 0;
    for (const [block, amount] of amounts.entries()) {
      error += amount * (errors[block] ?? 0);
      const column = columns[block] ?? redrawn;
      for (let week = 0; week < redrawn.length; week++)
        redrawn[week] = (redrawn[week] ?? 0) + amount * (column[week] ?? 0);
    }
    return { error, variance: longRunVariance(redrawn, lag) };
  };
  return { mean, standardError, lag, studentised: studentised(count, evaluate, draws, seed) };
}

/** The scores of a world in which only some weeks have noise: what is left of it once the lines are fitted again. */
function refitted(grid: Grid, { series, weights }: Pooled, isNoisy: (week: number) => boolean): Float64Array {
  const scores = new Float64Array(grid.weeks);
  for (const one of series) {
    const noise = one.weeks.map((week, at) => (isNoisy(week) ? (one.fit.residuals[at] ?? 0) : 0));
    const moments = (one.rows[0] ?? []).map((_, column) =>
      dot(
        noise,
        one.rows.map((row) => row[column] ?? 0),
      ),
    );
    const coefficients = one.fit.inverse.map((line) => dot(line, moments));
    const left = Float64Array.from(noise, (value, at) => value - dot(one.rows[at] ?? [], coefficients));
    addScores(scores, grid.weeks, weights, one, left);
  }
  return scores;
}

function addScores(
  scores: Float64Array,
  all: number,
  weights: Float64Array,
  { team, weeks }: TeamSeries,
  residuals: Float64Array,
): void {
  for (const [at, week] of weeks.entries()) {
    scores[week] = (scores[week] ?? 0) + (weights[team * all + week] ?? 0) * (residuals[at] ?? 0);
  }
}
