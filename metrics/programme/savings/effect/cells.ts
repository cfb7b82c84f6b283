/** Which team-weeks since adoption are compared with which others: Callaway & Sant'Anna 2021, "Difference-in-differences with multiple time periods". */
import type { Grid } from "./grid.ts";
import { isKnown, meanOf, NEVER } from "./grid.ts";

export interface Comparing {
  /** Whoever has not adopted by that week, or only teams that never do. */
  readonly controls: "not-yet" | "never";
  /** Weeks before adoption that are the base; 1 is the textbook's. */
  readonly baseWeeks: number;
  /** Weeks right before adoption that belong to neither side. */
  readonly gapWeeks: number;
  /** No base holds this week or later ones, so that whoever is chosen because it goes badly is not held against that; `NEVER`: each base lies right before its own adoption. */
  readonly basesBefore: number;
  /** Fewer known weeks are no base; where weeks before the first adoption are fewer, a team's base is that before its own. */
  readonly leastBase: number;
  /** Weeks with fewer teams to compare with are not answered. */
  readonly leastControls: number;
  /** The first week that is asked about and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** One team in one week since it adopted. */
export interface Cell {
  readonly team: number;
  readonly week: number;
  readonly weight: number;
  readonly controls: readonly number[];
}

/** The base of a team that adopts: from the one week to before the other. */
export interface Base {
  readonly from: number;
  readonly to: number;
  /** By team: the mean over these weeks, and how many of them are known. */
  readonly means: Float64Array;
  readonly known: Float64Array;
}

/** The first week in which anybody had adopted, of those for which a week before is known; `NEVER`. */
export function firstAdoption({ adopted, weeks }: Grid): number {
  return Math.min(NEVER, ...adopted.filter((week) => week >= 1 && week < weeks));
}

export interface Cells {
  readonly grid: Grid;
  readonly cells: readonly Cell[];
  /** By team that adopts. */
  readonly bases: ReadonlyMap<number, Base>;
}

export function cellsOf(grid: Grid, comparing: Comparing): Cells {
  const bases = new Map<number, Base>();
  const cells: Cell[] = [];
  const common = baseBefore(grid, comparing.basesBefore, comparing);
  const beside = new Map<Base, Map<number, readonly number[]>>();
  for (const [team, adopted] of grid.adopted.entries()) {
    if (adopted >= grid.weeks) continue;
    const isCommon = comparing.basesBefore <= adopted && (common.known[team] ?? 0) >= comparing.leastBase;
    const base = isCommon ? common : baseBefore(grid, adopted, comparing);
    if ((base.known[team] ?? 0) < comparing.leastBase) continue;
    bases.set(team, base);
    const byWeek = beside.get(base) ?? new Map<number, readonly number[]>();
    beside.set(base, byWeek);
    for (let week = Math.max(adopted, comparing.from); week < Math.min(grid.weeks, comparing.to); week++) {
      if (!isKnown(grid, team, week)) continue;
      const controls = byWeek.get(week) ?? controlsOf(grid, base, week, comparing);
      byWeek.set(week, controls);
      const weight = grid.weight[team * grid.weeks + week] ?? 0;
      if (controls.length >= comparing.leastControls) cells.push({ team, week, weight, controls });
    }
  }
  return { grid, cells, bases };
}

function baseBefore(grid: Grid, week: number, { baseWeeks, gapWeeks }: Comparing): Base {
  const to = Math.min(grid.weeks, Math.max(0, week - gapWeeks));
  const from = Math.max(0, to - baseWeeks);
  const found = grid.teams.map((_, team) => meanOf(grid, team, from, to));
  return {
    from,
    to,
    means: Float64Array.from(found, ({ mean }) => mean),
    known: Float64Array.from(found, ({ known }) => known),
  };
}

function controlsOf(grid: Grid, base: Base, week: number, { controls, gapWeeks, leastBase }: Comparing): number[] {
  const found: number[] = [];
  for (const [other, adopted] of grid.adopted.entries()) {
    const isFree = controls === "never" ? adopted === NEVER : adopted - gapWeeks > week;
    if (isFree && (base.known[other] ?? 0) >= leastBase && isKnown(grid, other, week)) found.push(other);
  }
  return found;
}

/** How a team changed since its base beside how its controls did, in units of the outcome: the group-time effect of a group of one team. */
export function changeOf({ grid, bases }: Cells, { team, week, controls }: Cell): number {
  const base = bases.get(team);
  const since = (one: number) => (grid.outcome[one * grid.weeks + week] ?? 0) - (base?.means[one] ?? 0);
  let [total, weights] = [0, 0];
  for (const other of controls) {
    const weight = grid.weight[other * grid.weeks + week] ?? 0;
    total += weight * since(other);
    weights += weight;
  }
  return since(team) - total / weights;
}

/** The mean of all cells by their weights, the *simple* aggregate; `NaN` of none. */
export function meanChange(cells: Cells): number {
  let [total, weights] = [0, 0];
  for (const cell of cells.cells) {
    total += cell.weight * changeOf(cells, cell);
    weights += cell.weight;
  }
  return total / weights;
}
