/** What an evaluation would say in a world: the same estimator, standard error, limits and verdict, with what is the same in every world found once. */
import { quantile, sortedNumbers } from "../../../statistics/quantile.ts";
import { besideOthers } from "./beside.ts";
import { ALPHA, FEW_TEAMS, ordersOf, PRETENDED, pretended } from "./checks.ts";
import type { Found, Means } from "./comparison.ts";
import { reading } from "./comparison.ts";
import type { Grid } from "./grid.ts";
import type { Spread } from "./jackknife.ts";
import { spreading } from "./jackknife.ts";
import type { Decision } from "./method.ts";
import { decided } from "./method.ts";
import { pooledWithSpread, refitting } from "./series-draws.ts";
import { pooled } from "./series.ts";
import type { Options } from "./types.ts";

/** One estimate, of whatever values. */
interface Lens {
  readonly read: (outcome: Float64Array) => Found | null;
  /** With errors of redrawn worlds. */
  readonly spread: (outcome: Float64Array, options: Options) => Spread | null;
}

export interface Rule {
  /** The mean change that is read of these values; `null`: none. */
  readonly read: (outcome: Float64Array) => number | null;
  /** Whether what was before adoption forbids a yes. */
  readonly isForbidden: (outcome: Float64Array) => boolean;
  /** By how many standard errors the interval lies above 0; below 0 where it does not. */
  readonly beyond: (outcome: Float64Array) => number;
  /** Whether other orders of the dates show as much too often. @param turn of which of them are tried: some of all, others in each turn. */
  readonly isInAnyOrder: (outcome: Float64Array, turn: number) => boolean;
}

/** Draws that say how far an interval reaches, in standard errors, of each world that is looked at. */
const REACH_DRAWS = 400;

/** @param worlds without an effect, which say how far intervals reach. */
export function ruleOf(grid: Grid, decision: Decision, worlds: readonly Float64Array[], options: Options): Rule {
  const few = { ...options, draws: REACH_DRAWS };
  const main = lensOf(grid, decision, options);
  const reach = quantile(drawnErrors(main, worlds, few), 0.05) ?? -Infinity;
  const placebos = PRETENDED.flatMap((earlier) => {
    const early = pretended(grid, earlier, options.gapWeeks);
    const again = decided(early, options);
    return again.method === decision.method && again.isAlone === decision.isAlone
      ? [lensOf(early, again, options)]
      : [];
  });
  const furthest = placebos.map(
    (lens) => quantile(sortedNumbers(drawnErrors(lens, worlds, few).map(Math.abs)), 1 - ALPHA / placebos.length) ?? 0,
  );
  const orders =
    decision.cells === null || grid.teams.length > FEW_TEAMS
      ? []
      : Array.from(ordersOf(decision.cells, { ...options, orders: ORDERS * TRIED }), reading);
  return {
    read: (outcome) => main.read(outcome)?.mean ?? null,
    isForbidden: (outcome) =>
      placebos.some((lens, at) => Math.abs(studentised(lens.read(outcome))) > (furthest[at] ?? Infinity)),
    beyond: (outcome) => reach - studentised(main.read(outcome)),
    isInAnyOrder: (outcome, turn) => {
      const observed = studentised(main.read(outcome));
      const most = Math.floor(ALPHA * (ORDERS + 1)) - 1;
      const known: Means = new Map();
      let as = 0;
      for (const read of orders.slice((turn % TRIED) * ORDERS, ((turn % TRIED) + 1) * ORDERS)) {
        if (studentised(read(outcome, known)) <= observed) as += 1;
        if (as > most) return true;
      }
      return false;
    },
  };
}

/** Orders of the dates that are tried in a world, and how many such lots there are. */
const ORDERS = 99;
const TRIED = 5;

function drawnErrors({ spread }: Lens, worlds: readonly Float64Array[], options: Options): Float64Array {
  return sortedNumbers(worlds.flatMap((outcome) => [...(spread(outcome, options)?.studentised ?? [])]));
}

function studentised(found: Found | null): number {
  return found === null || found.standardError === 0 ? 0 : found.mean / found.standardError;
}

function lensOf(grid: Grid, decision: Decision, options: Options): Lens {
  const { cells, pooled: against } = decision;
  if (cells !== null) return { read: reading(cells), spread: spreading(cells) };
  if (against === null) return { read: () => null, spread: () => null };
  const refit = refitting(against, grid.weeks, options.lag);
  const seenAs = (outcome: Float64Array): Grid => {
    const own = { ...grid, outcome };
    return decision.isAlone ? own : (besideOthers(own, options)?.grid ?? own);
  };
  return {
    read: (outcome) => refit(seenAs(outcome).outcome),
    spread: (outcome, few) => {
      const own = seenAs(outcome);
      const found = pooled(own, { ...options, ...against.asked });
      return found === null ? null : pooledWithSpread(own, found, few);
    },
  };
}
