/** A comparison of teams made ready to be read many times: what is the same whatever the values are is found once. */
import type { Base, Cells } from "./cells.ts";
import type { Grid } from "./grid.ts";
import { meanOf } from "./grid.ts";
import type { Spread } from "./jackknife.ts";
import { jackknifeVariance } from "./jackknife.ts";

export type Found = Pick<Spread, "mean" | "standardError">;

/** Means of bases by the weeks they hold, found once where many comparisons of the same values have the same. */
export type Means = Map<string, Float64Array>;

/**
 * How a comparison reads values: the mean change of all cells and its standard error, the jackknife over teams, in one walk over weeks and cells. What leaving a team out does to a week is the same for all that
 * are held against that week.
 *
 * @returns a function of values by team, then week; it gives `null` without cells, and where the estimate stands on one team.
 */
export function reading({ grid, cells, bases }: Cells): (outcome: Float64Array, known?: Means) => Found | null {
  const held = [...new Set(bases.values())];
  const base = Int32Array.from(cells, ({ team }) => held.findIndex((one) => one === bases.get(team)));
  const [besides, besideBy] = besidesOf(grid, cells, base);
  const team = Int32Array.from(cells, (cell) => cell.team);
  const at = Int32Array.from(cells, (cell) => cell.team * grid.weeks + cell.week);
  const weight = Float64Array.from(cells, (cell) => cell.weight);
  const lighter = new Float64Array(grid.teams.length);
  let weights = 0;
  for (const [one, own] of weight.entries()) {
    add(lighter, team[one] ?? 0, own);
    weights += own;
  }
  return (outcome, known = new Map<string, Float64Array>()) => {
    const means = held.map((one) => meansOf(grid, one, outcome, known));
    const less = new Float64Array(grid.teams.length);
    const levels = Float64Array.from(besides, (one) => levelOf(one, outcome, less, means[one.base] ?? less));
    let total = 0;
    for (let one = 0; one < team.length; one++) {
      const own = (outcome[at[one] ?? 0] ?? 0) - (means[base[one] ?? 0]?.[team[one] ?? 0] ?? 0);
      const change = (weight[one] ?? 0) * (own - (levels[besideBy[one] ?? 0] ?? 0));
      total += change;
      add(less, team[one] ?? 0, change);
    }
    const mean = total / weights;
    const variance = jackknifeVariance(
      mean,
      less.map((one, place) => (total - one) / (weights - (lighter[place] ?? 0))),
    );
    return Number.isFinite(variance) ? { mean, standardError: Math.sqrt(variance) } : null;
  };
}

/** What some cells of one week are held against. */
interface Beside {
  readonly week: number;
  /** Which of the bases. */
  readonly base: number;
  readonly teams: Int32Array;
  /** Where their values are in the grid, and what they weigh. */
  readonly at: Int32Array;
  readonly own: Float64Array;
  readonly counts: number;
  /** Of the cells together. */
  weight: number;
}

/** What cells are held against, each once, and by cell which of it. */
function besidesOf(grid: Grid, cells: Cells["cells"], bases: Int32Array): readonly [readonly Beside[], Int32Array] {
  const besides: Beside[] = [];
  const places = new Map<readonly number[], number>();
  const by = Int32Array.from(cells, ({ week, weight, controls }, at) => {
    const base = bases[at] ?? 0;
    // The list of those that are compared with is the same one where week and base are.
    const place = places.get(controls);
    const known = place === undefined ? undefined : besides[place];
    if (place !== undefined && known?.week === week && known.base === base) {
      known.weight += weight;
      return place;
    }
    places.set(controls, besides.length);
    return besides.push({ ...besideOf(grid, base, week, controls), weight }) - 1;
  });
  return [besides, by];
}

function besideOf(grid: Grid, base: number, week: number, controls: readonly number[]): Omit<Beside, "weight"> {
  const at = Int32Array.from(controls, (one) => one * grid.weeks + week);
  const own = Float64Array.from(at, (place) => grid.weight[place] ?? 0);
  let counts = 0;
  for (const one of own) counts += one;
  return { week, base, teams: Int32Array.from(controls), at, own, counts };
}

/** How far the others are from their bases; what all that is held against them loses without each of them goes into `less`. */
function levelOf(
  { teams, at, own, counts, weight }: Beside,
  outcome: Float64Array,
  less: Float64Array,
  means: Float64Array,
): number {
  let total = 0;
  for (let one = 0; one < teams.length; one++)
    total += (own[one] ?? 0) * ((outcome[at[one] ?? 0] ?? 0) - (means[teams[one] ?? 0] ?? 0));
  const level = total / counts;
  for (let one = 0; one < teams.length; one++) {
    const team = teams[one] ?? 0;
    const part = (own[one] ?? 0) * ((outcome[at[one] ?? 0] ?? 0) - (means[team] ?? 0));
    add(less, team, weight * ((total - part) / (counts - (own[one] ?? 0)) - level));
  }
  return level;
}

function meansOf(grid: Grid, { from, to }: Base, outcome: Float64Array, known: Means): Float64Array {
  const span = `${from} ${to}`;
  const found = known.get(span);
  if (found !== undefined) return found;
  const own = { ...grid, outcome };
  const means = Float64Array.from(grid.teams, (_, team) => meanOf(own, team, from, to).mean);
  known.set(span, means);
  return means;
}

function add(to: Float64Array, at: number, value: number): void {
  to[at] = (to[at] ?? 0) + value;
}
