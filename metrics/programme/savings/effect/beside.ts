/** Few teams beside those that had not adopted: what comes to everybody at the same time, such as a freeze, is in both and cancels. */
import type { Grid } from "./grid.ts";
import { isKnown, meanOf, NEVER } from "./grid.ts";

/** What only one other team did may be about that team. */
const LEAST_OTHERS = 2;

interface Beside {
  /** Values are what a team has more than the others in that week; of the others themselves, and once they prepare to adopt, there are none. */
  readonly grid: Grid;
  readonly others: number;
}

/** @returns `null` where fewer than two others were there, or not for long enough after somebody had adopted. */
export function besideOthers(
  grid: Grid,
  { gapWeeks, leastWeeks }: { readonly gapWeeks: number; readonly leastWeeks: number },
): Beside | null {
  const { others, end } = lastOf(grid, gapWeeks);
  const known = others.filter((team) => meanOf(grid, team, 0, end).known >= 2 * leastWeeks);
  const isLong = grid.adopted.some((adopted) => adopted >= leastWeeks && adopted + leastWeeks <= end);
  if (known.length < LEAST_OTHERS || !isLong) return null;
  const shared = sharedBy(grid, known, end);
  const outcome = grid.outcome.map((value, at) => value - (shared[at % grid.weeks] ?? Number.NaN));
  for (const team of others) outcome.fill(Number.NaN, team * grid.weeks, (team + 1) * grid.weeks);
  return { grid: { ...grid, outcome }, others: known.length };
}

/** Those that have not adopted in the end; else the wave that adopted last, until it prepared for it. */
function lastOf(
  { adopted, weeks }: Grid,
  gapWeeks: number,
): { readonly others: readonly number[]; readonly end: number } {
  const last = Math.max(...adopted);
  const from = last === NEVER || last - gapWeeks >= weeks ? weeks + gapWeeks : last;
  const others = adopted.flatMap((week, team) => (week >= from ? [team] : []));
  return { others, end: Math.min(weeks, from - gapWeeks) };
}

/** By week: what these teams had more than they usually have, so that it makes no difference of which of them a week is missing. */
function sharedBy(grid: Grid, teams: readonly number[], end: number): Float64Array {
  const means = teams.map((team) => meanOf(grid, team, 0, end).mean);
  return Float64Array.from({ length: grid.weeks }, (_, week) => {
    let [total, known] = [0, 0];
    if (week >= end) return Number.NaN;
    for (const [at, team] of teams.entries()) {
      if (!isKnown(grid, team, week)) continue;
      total += (grid.outcome[team * grid.weeks + week] ?? 0) - (means[at] ?? 0);
      known += 1;
    }
    return total / known;
  });
}
