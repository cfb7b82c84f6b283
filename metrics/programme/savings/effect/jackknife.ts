/** How much a difference-in-differences may be wrong: teams left out one by one, and their noise drawn anew. */
import type { Cell, Cells } from "./cells.ts";
import { weighed, weightsOf } from "./linear.ts";
import { residualsOf } from "./residuals.ts";
import { studentised } from "./wild.ts";

export interface Spread {
  /** Mean change of the outcome since adoption. */
  readonly mean: number;
  readonly standardError: number;
  /** Errors of redrawn worlds by their standard errors, in order of the draws. */
  readonly studentised: Float64Array;
}

/** The variance of an estimate from what it is without each team (the cluster jackknife CV3: MacKinnon, Nielsen & Webb 2023). */
export function jackknifeVariance(estimate: number, without: ArrayLike<number>): number {
  let squares = 0;
  for (let one = 0; one < without.length; one++) squares += ((without[one] ?? 0) - estimate) ** 2;
  return (squares * (without.length - 1)) / without.length;
}

/** The mean change of all cells and its standard error, in one walk over them. `null` without cells, and where the estimate stands on one team. */
export function jackknifed(cells: Cells): Pick<Spread, "mean" | "standardError"> | null {
  const { grid } = cells;
  let [total, weights] = [0, 0];
  const less = new Float64Array(grid.teams.length);
  const lighter = new Float64Array(grid.teams.length);
  for (const cell of cells.cells) {
    const { team, weight, controls } = cell;
    const { own, all, others } = beside(cells, cell);
    const change = weight * (own - all.sum / all.weight);
    total += change;
    weights += weight;
    less[team] = (less[team] ?? 0) + change;
    lighter[team] = (lighter[team] ?? 0) + weight;
    for (const [at, one] of controls.entries()) {
      const { since, counts } = others[at] ?? { since: 0, counts: 0 };
      const without = (all.sum - counts * since) / (all.weight - counts);
      less[one] = (less[one] ?? 0) + weight * (without - all.sum / all.weight);
    }
  }
  const mean = total / weights;
  const left = less.map((one, team) => (total - one) / (weights - (lighter[team] ?? 0)));
  const variance = jackknifeVariance(mean, left);
  return Number.isFinite(variance) ? { mean, standardError: Math.sqrt(variance) } : null;
}

/** @returns `null` without cells, and where the estimate stands on one team. */
export function changeWithSpread(
  cells: Cells,
  { gapWeeks, blockWeeks, draws, seed }: { gapWeeks: number; blockWeeks: number; draws: number; seed: number },
): Spread | null {
  const { grid } = cells;
  const all = weightsOf(cells);
  const without = grid.teams.map((_, team) => weightsOf(cells, team)).filter((one) => one !== null);
  if (all === null || without.length < grid.teams.length) return null;
  const mean = weighed(all, grid.outcome);
  const variance = jackknifeVariance(
    mean,
    without.map((weights) => weighed(weights, grid.outcome)),
  );
  if (draws === 0) return { mean, standardError: Math.sqrt(variance), studentised: new Float64Array(0) };
  const blocks = blocksOf(grid.teams.length, grid.weeks, blockWeeks);
  const noise = residualsOf(grid, gapWeeks);
  const parts = [all, ...without].map((weights) => byBlock(weights, noise, blocks));
  const values = new Float64Array(parts.length);
  const evaluate = (amounts: Float64Array) => {
    for (const [at, part] of parts.entries()) values[at] = product(part, amounts);
    const error = values[0] ?? 0;
    return { error, variance: jackknifeVariance(error, values.subarray(1)) };
  };
  return {
    mean,
    standardError: Math.sqrt(variance),
    studentised: studentised(blocks.count, evaluate, draws, seed),
  };
}

/** How a team and its controls changed since the team's base. */
function beside({ grid, bases }: Cells, { team, week, controls }: Cell) {
  const base = bases.get(team);
  const sinceOf = (one: number) => (grid.outcome[one * grid.weeks + week] ?? 0) - (base?.means[one] ?? 0);
  const others = controls.map((one) => ({ since: sinceOf(one), counts: grid.weight[one * grid.weeks + week] ?? 0 }));
  const all = { sum: 0, weight: 0 };
  for (const { since, counts } of others) {
    all.sum += counts * since;
    all.weight += counts;
  }
  return { own: sinceOf(team), all, others };
}

interface Blocks {
  readonly count: number;
  /** By team, then week. */
  readonly of: Int32Array;
}

/** Each team's weeks in blocks; of the last two, the shorter one belongs to the one before. */
function blocksOf(teams: number, weeks: number, blockWeeks: number): Blocks {
  const each = Math.max(1, Math.floor(weeks / blockWeeks));
  const of = Int32Array.from(
    { length: teams * weeks },
    (_, at) => Math.floor(at / weeks) * each + Math.min(each - 1, Math.floor((at % weeks) / blockWeeks)),
  );
  return { count: teams * each, of };
}

function byBlock(weights: Float64Array, noise: Float64Array, { count, of }: Blocks): Float64Array {
  const sums = new Float64Array(count);
  for (const [at, weight] of weights.entries()) {
    const block = of[at] ?? 0;
    sums[block] = (sums[block] ?? 0) + weight * (noise[at] ?? 0);
  }
  return sums;
}

function product(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let at = 0; at < a.length; at++) total += (a[at] ?? 0) * (b[at] ?? 0);
  return total;
}
