/** How much a difference-in-differences may be wrong: teams left out one by one, and their noise drawn anew. */
import type { Cells } from "./cells.ts";
import { weighed, weightsOf } from "./linear.ts";
import { residualsOf } from "./residuals.ts";
import { studentised } from "./wild.ts";
import type { Redrawing } from "./wild.ts";

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

interface SpreadOptions {
  readonly gapWeeks: number;
  readonly blockWeeks: number;
  readonly draws: number;
  readonly seed: number;
}

/** @returns `null` without cells, and where the estimate stands on one team. */
export function changeWithSpread(cells: Cells, options: SpreadOptions): Spread | null {
  return spreading(cells)(cells.grid.outcome, options);
}

/** The same of whatever values of the same team-weeks: what each counts for is found once. */
export function spreading(cells: Cells): (outcome: Float64Array, options: SpreadOptions) => Spread | null {
  const all = weightsOf(cells);
  const without = cells.grid.teams.flatMap((_, team) => weightsOf(cells, team) ?? []);
  if (all === null || without.length < cells.grid.teams.length) return () => null;
  return (outcome, { gapWeeks, blockWeeks, draws, seed }) => {
    const grid = { ...cells.grid, outcome };
    const mean = weighed(all, outcome);
    const variance = jackknifeVariance(
      mean,
      without.map((weights) => weighed(weights, outcome)),
    );
    if (draws === 0) return { mean, standardError: Math.sqrt(variance), studentised: new Float64Array(0) };
    const blocks = blocksOf(grid.weeks, blockWeeks);
    const noise = residualsOf(grid, gapWeeks);
    return {
      mean,
      standardError: Math.sqrt(variance),
      studentised: studentised(redrawing([all, ...without], noise, grid.teams.length, blocks), draws, seed),
    };
  };
}

/** With more teams their own noise tells enough, and lending it takes too much room. */
const LENDING = 20;

/** An estimate and what it is without each team, as sums over noise that is drawn. */
function redrawing(parts: readonly Float64Array[], noise: Float64Array, teams: number, blocks: Blocks): Redrawing {
  const isLent = teams <= LENDING;
  const lent = isLent ? teams : 1;
  const tables = parts.map((weights) => {
    const table = new Float64Array(teams * lent * blocks.count);
    for (let team = 0; team < teams; team++) {
      for (let from = 0; from < lent; from++) {
        const source = isLent ? from : team;
        addTo(table.subarray((team * lent + from) * blocks.count), weights, team, noise, source, blocks.of);
      }
    }
    return table;
  });
  const values = new Float64Array(parts.length);
  const others = values.subarray(1);
  return {
    teams,
    lent,
    blocks: blocks.count,
    evaluate: (sources, amounts) => {
      for (let at = 0; at < tables.length; at++)
        values[at] = redrawn(tables[at] ?? values, sources, amounts, blocks.count, lent);
      const error = values[0] ?? 0;
      return { error, variance: jackknifeVariance(error, others) };
    },
  };
}

function addTo(
  sums: Float64Array,
  weights: Float64Array,
  team: number,
  noise: Float64Array,
  source: number,
  blockOf: Int32Array,
): void {
  const weeks = blockOf.length;
  for (let week = 0; week < weeks; week++) {
    const block = blockOf[week] ?? 0;
    sums[block] = (sums[block] ?? 0) + (weights[team * weeks + week] ?? 0) * (noise[source * weeks + week] ?? 0);
  }
}

function redrawn(
  table: Float64Array,
  sources: Int32Array,
  amounts: Float64Array,
  blocks: number,
  lent: number,
): number {
  let total = 0;
  for (let team = 0; team < sources.length; team++) {
    const from = (team * lent + (sources[team] ?? 0)) * blocks;
    for (let block = 0; block < blocks; block++)
      total += (table[from + block] ?? 0) * (amounts[team * blocks + block] ?? 0);
  }
  return total;
}

interface Blocks {
  readonly count: number;
  /** By week. */
  readonly of: Int32Array;
}

/** Weeks in blocks; of the last two, the shorter one belongs to the one before. */
function blocksOf(weeks: number, blockWeeks: number): Blocks {
  const count = Math.max(1, Math.floor(weeks / blockWeeks));
  const of = Int32Array.from({ length: weeks }, (_, week) => Math.min(count - 1, Math.floor(week / blockWeeks)));
  return { count, of };
}
