/** A difference-in-differences is a sum over the grid, each value times a weight: what leaving a team out or drawing anew costs is then little. */
import type { Cells } from "./cells.ts";
import { isKnown } from "./grid.ts";

/** In whose absence nothing changes. */
export const NOBODY = -1;

/**
 * The weight of each value of the grid in the mean change of all cells, by team, then week; without one team as if it had never been there. `null` where nothing
 * is left.
 */
export function weightsOf({ grid, cells, bases }: Cells, without = NOBODY): Float64Array | null {
  const { weeks, weight } = grid;
  const left = cells.filter(({ team, controls }) => team !== without && controls.some((one) => one !== without));
  let total = 0;
  for (const cell of left) total += cell.weight;
  if (total === 0) return null;
  const found = new Float64Array(weight.length);
  /** By team that adopts, then team: what its base weeks take part with. */
  const atBase = new Map([...bases.keys()].map((team) => [team, new Float64Array(grid.teams.length)]));
  for (const { team, week, weight: own, controls } of left) {
    const share = own / total;
    const base = atBase.get(team) ?? new Float64Array(0);
    add(found, team * weeks + week, share);
    add(base, team, -share);
    let all = 0;
    for (const other of controls) if (other !== without) all += weight[other * weeks + week] ?? 0;
    for (const other of controls) {
      if (other === without) continue;
      const part = (share * (weight[other * weeks + week] ?? 0)) / all;
      add(found, other * weeks + week, -part);
      add(base, other, part);
    }
  }
  for (const [team, parts] of atBase) spread({ grid, cells, bases }, team, parts, found);
  return found;
}

/** A base counts by its mean, so each of its known weeks has an equal part. */
function spread({ grid, bases }: Cells, team: number, parts: Float64Array, found: Float64Array): void {
  const base = bases.get(team);
  if (base === undefined) return;
  for (const [other, part] of parts.entries()) {
    if (part === 0) continue;
    const each = part / (base.known[other] ?? 1);
    for (let week = base.from; week < base.to; week++) {
      if (isKnown(grid, other, week)) add(found, other * grid.weeks + week, each);
    }
  }
}

function add(to: Float64Array, at: number, value: number): void {
  to[at] = (to[at] ?? 0) + value;
}

/** Σ weight × value; weeks without a row have no weight. */
export function weighed(weights: Float64Array, values: Float64Array): number {
  let total = 0;
  for (const [at, weight] of weights.entries()) if (weight !== 0) total += weight * (values[at] ?? 0);
  return total;
}
