/** How many teams and weeks an estimate stands on, and which are not in it. */
import { counted } from "../../../words.ts";
import { sum } from "../../../statistics/sum.ts";
import type { Grid } from "./grid.ts";
import { isKnown, meanOf } from "./grid.ts";
import type { Decision } from "./method.ts";
import type { Counts, Options } from "./types.ts";

export function countsOf(
  grid: Grid,
  { cells, pooled }: Decision,
  members: ReadonlySet<number>,
  options: Options,
): Counts {
  const known = grid.teams.map((_, team) => meanOf(grid, team, 0, grid.weeks).known);
  return {
    teams: known.filter((weeks) => weeks > 0).length,
    adopted: members.size,
    notYet: grid.adopted.filter((adopted, team) => adopted >= grid.weeks && (known[team] ?? 0) > 0).length,
    weeks: grid.weeks,
    teamWeeks: cells?.cells.length ?? pooled?.teamWeeks ?? 0,
    missing: sum(grid.teams.map((_, team) => gaps(grid, team))),
    leftOut: grid.teams.flatMap((name, team) =>
      (grid.adopted[team] ?? 0) < grid.weeks && !members.has(team)
        ? [{ team: name, words: whyLeftOut(grid, team, options) }]
        : [],
    ),
  };
}

/** Weeks without a row between the first and the last that has one. */
function gaps(grid: Grid, team: number): number {
  let [first, last, known] = [-1, -1, 0];
  for (let week = 0; week < grid.weeks; week++) {
    if (!isKnown(grid, team, week)) continue;
    if (first < 0) first = week;
    last = week;
    known += 1;
  }
  return known === 0 ? 0 : last - first + 1 - known;
}

function whyLeftOut(grid: Grid, team: number, { leastWeeks, gapWeeks }: Options): string {
  const adopted = grid.adopted[team] ?? 0;
  const before = meanOf(grid, team, 0, adopted - gapWeeks).known;
  const since = meanOf(grid, team, adopted, grid.weeks).known;
  if (before < leastWeeks) return `${counted(before, "known week")} before its adoption, where it takes ${leastWeeks}.`;
  if (since === 0) return "No week since its adoption is known.";
  return `${counted(since, "known week")} since its adoption, in none of which enough others were there to compare with, or too few for a trend.`;
}
