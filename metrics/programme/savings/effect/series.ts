/** Interrupted time series: each team against its own past, level and slope (Wagner et al. 2002, "Segmented regression analysis of interrupted time series studies"). */
import type { Grid } from "./grid.ts";
import { isKnown, NEVER } from "./grid.ts";
import { DAY, WEEK } from "../../../time.ts";
import { dot, leastSquares } from "./least-squares.ts";
import type { Fit } from "./least-squares.ts";

export interface SeriesOptions {
  readonly gapWeeks: number;
  /** Known weeks that it takes on either side. */
  readonly leastWeeks: number;
  /** The first week that is asked about and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * One team: outcome = b₀ + b₁·week + b₂·since + b₃·(weeks since), weeks counted from 1; and a wave of a year where one and a half years are known, since a trend would take
 * the season for its own.
 */
export interface TeamSeries {
  readonly team: number;
  /** The known weeks of the grid. A trend is not continued for longer than it was watched, so later weeks are left out. */
  readonly weeks: readonly number[];
  readonly rows: readonly (readonly number[])[];
  readonly fit: Fit;
}

/** Weeks that hold every season, and half of them twice, so that a season can be told from a change. */
const SEASONS = 78;

/** @returns `null` where a side has too few weeks. */
export function seriesOf(grid: Grid, team: number, { gapWeeks, leastWeeks }: SeriesOptions): TeamSeries | null {
  const adopted = grid.adopted[team] ?? NEVER;
  const known: number[] = [];
  for (let week = 0; week < grid.weeks; week++) if (isKnown(grid, team, week)) known.push(week);
  const watched = adopted - gapWeeks - (known[0] ?? NEVER);
  const weeks = known.filter((week) => week < adopted - gapWeeks || (week >= adopted && week < adopted + watched));
  const since = weeks.filter((week) => week >= adopted).length;
  if (since < leastWeeks || weeks.length - since < leastWeeks) return null;
  const rows = weeks.map((week) => [
    ...lines(week, adopted),
    ...((weeks.at(-1) ?? 0) - (weeks[0] ?? 0) + 1 >= SEASONS ? wave(week) : []),
  ]);
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
