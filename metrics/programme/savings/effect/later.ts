/** What an estimate could tell once more weeks have passed, if they are like those that are known. */
import { besideOthers } from "./beside.ts";
import { comparing } from "./method.ts";
import type { Decision } from "./method.ts";
import { cellsOf } from "./cells.ts";
import type { Grid } from "./grid.ts";
import { isKnown } from "./grid.ts";
import { weightsOf } from "./linear.ts";
import { pooled } from "./series.ts";
import type { Options } from "./types.ts";

/** Nobody waits longer for an answer. */
const MOST_WEEKS = 104;
const STEP = 4;
/** A team without a row in so many weeks is not expected to have more. */
const RECENT = 8;

type Asked = Pick<Decision, "method" | "isAlone">;

/**
 * After how many more weeks a saving as large as the line could be seen: the change that can be seen now, made smaller as the squares of the weights get smaller.
 *
 * @param detectable the change of the outcome that can be seen now.
 * @param wanted the change that is to be seen.
 * @returns `null`: not within two years.
 */
export function weeksUntil(
  grid: Grid,
  method: Asked,
  options: Options,
  detectable: number,
  wanted: number,
): number | null {
  // However many weeks come, nobody is there to compare with.
  if (method.isAlone) return null;
  if (detectable <= wanted) return 0;
  const now = squares(grid, method, options);
  if (now === null) return null;
  for (let more = STEP; more <= MOST_WEEKS; more += STEP) {
    const then = squares(extended(grid, more), method, options);
    if (then !== null && detectable * Math.sqrt(then / now) <= wanted) return more;
  }
  return null;
}

function squares(grid: Grid, method: Asked, options: Options): number | null {
  const weights = weightsBy(grid, method, options);
  if (weights === null) return null;
  let total = 0;
  for (const weight of weights) total += weight * weight;
  return total;
}

function weightsBy(grid: Grid, { method }: Asked, options: Options): Float64Array | null {
  const { gapWeeks, leastWeeks } = options;
  switch (method) {
    case "difference-in-differences":
      return weightsOf(cellsOf(grid, comparing(grid, options, 0, grid.weeks)));
    case "interrupted-time-series":
      return (
        pooled(besideOthers(grid, options)?.grid ?? grid, { gapWeeks, leastWeeks, from: 0, to: grid.weeks })?.weights ??
        null
      );
    case "descriptive":
      return null;
  }
}

/** The values of weeks to come do not matter, only that they are there. */
function extended(grid: Grid, more: number): Grid {
  const weeks = grid.weeks + more;
  const outcome = new Float64Array(grid.teams.length * weeks).fill(Number.NaN);
  const weight = new Float64Array(outcome.length);
  for (const team of grid.teams.keys()) {
    outcome.set(grid.outcome.subarray(team * grid.weeks, (team + 1) * grid.weeks), team * weeks);
    weight.set(grid.weight.subarray(team * grid.weeks, (team + 1) * grid.weeks), team * weeks);
    const last = lastKnown(grid, team);
    if (last < grid.weeks - RECENT) continue;
    outcome.fill(0, team * weeks + grid.weeks, (team + 1) * weeks);
    weight.fill(grid.weight[team * grid.weeks + last] ?? 1, team * weeks + grid.weeks, (team + 1) * weeks);
  }
  return { ...grid, weeks, outcome, weight };
}

function lastKnown(grid: Grid, team: number): number {
  let week = grid.weeks - 1;
  while (week >= 0 && !isKnown(grid, team, week)) week -= 1;
  return week;
}
