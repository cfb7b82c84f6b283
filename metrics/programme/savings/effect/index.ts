/**
 * What adopting changed, with how sure that is: `estimateEffect(panel, options)`.
 *
 * In: rows of team × week with an outcome of which lower is better (a share of capacity that is lost, or the logarithm of a lead time), the week of adoption of each
 * team, what else was done to teams, and another outcome that the programme cannot have moved. Weeks without a row are missing and said to be.
 *
 * Out (`Estimate`): two verdicts and what they stand on. `effect` is `yes` where the 90 % interval of the saving lies above 0 and no effect shows where there cannot be one (other orders of the dates with at most 20 teams, earlier dates, the other outcome), `no`
 * where it does not although a saving as large as `options.line` would have lifted its interval above 0 by now, or where it lies below 0, else `not yet`; without anybody to compare with it is always `not yet`. `size` has the saving per team-week since adoption on the
 * scale of savings (0.1 = 10 points of capacity, or 10 % less lead time): mean, 90 % interval, P10, P50, P90, P(≥ line); `draws` are those it was read from, sorted.
 * `change` and `cumulative` are in units of the outcome, where below 0 is better: with weights in hours of capacity, `-cumulative.sum` is hours that are not lost any more.
 * `method` and `why`, `counts`, `byTime` and `byTeam`, `checks`, `grade` with its `caps`, `detectable`, `earliest` and sentences (`words`).
 *
 * The same panel, options and seed give the same digits wherever it is computed. Nothing here waits or reads a clock, so it can run in a thread: the panel and the estimate are plain data.
 */
import { sum } from "../../../statistics/sum.ts";
import { WEEK } from "../../../time.ts";
import {
  disturbanceCheck,
  missingCheck,
  negativeControlCheck,
  permutationCheck,
  placeboCheck,
  PRETENDED,
  preTrendCheck,
  pretended,
  seasonCheck,
} from "./checks.ts";
import { countsOf } from "./counts.ts";
import { graded } from "./grade.ts";
import { beginOf, gridOf } from "./grid.ts";
import type { Grid } from "./grid.ts";
import { changeWithSpread } from "./jackknife.ts";
import type { Spread } from "./jackknife.ts";
import { weeksUntil } from "./later.ts";
import { decided } from "./method.ts";
import type { Decision } from "./method.ts";
import { byTeam, byTime } from "./parts.ts";
import { pooledWithSpread } from "./series-draws.ts";
import { detectableChange, savingDraws, savingOf, sizeOf } from "./size.ts";
import { OPTIONS } from "./types.ts";
import type { Check, Estimate, Options, Panel } from "./types.ts";
import { forbidding, verdict } from "./verdict.ts";
import { changeWords, effectWords, sizeWords } from "./words.ts";

export { OPTIONS } from "./types.ts";
export type { Estimate, Options, Panel } from "./types.ts";

export function estimateEffect(panel: Panel, options: Options = OPTIONS): Estimate {
  const grid = gridOf(panel.rows, panel.adoptions);
  const { from, to } = span(grid, options);
  const decision = decided(grid, options, from, to);
  const spread = spreadOf(decision, options);
  const members = membersOf(decision);
  const counts = countsOf(grid, decision, members, options);
  const checks = spread === null ? [] : checksOf(grid, panel, decision, members, counts.missing, options);
  const { grade, caps } = graded(spread === null ? NOTHING : decision, checks);
  const draws = spread === null ? new Float64Array(0) : savingDraws(spread, options.scale);
  const size = spread === null ? null : sizeOf(savingOf(spread.mean, options.scale), draws, options.line);
  const seen = spread === null ? null : detectableChange(spread);
  const detectable = seen === null ? null : savingOf(-seen, options.scale);
  const weeks = seen === null ? null : weeksUntil(grid, decision, options, seen, changeOfLine(options));
  const earliest = weeks === null ? null : beginOf(grid, grid.weeks) + weeks * WEEK;
  const effect = verdict(size, decision, checks, detectable, options);
  const { method, isAlone } = decision;
  const against = { isAlone, forbidding: forbidding(checks), caps, weeksUntil: weeks };
  const told = { effect, size, detectable, earliest, counts, method, ...against };
  const weight = weightOf(grid, decision);
  return {
    method: decision.method,
    why: decision.why,
    counts,
    effect,
    size,
    change: spread === null ? null : { mean: spread.mean, standardError: spread.standardError },
    cumulative: spread === null ? null : { sum: spread.mean * weight, standardError: spread.standardError * weight },
    byTime: byTime(grid, decision),
    byTeam: byTeam(grid, decision),
    checks,
    grade,
    caps,
    detectable,
    earliest,
    words: {
      effect: effectWords(told, options),
      size: sizeWords(size, options),
      change: changeWords(told, options),
    },
    draws,
  };
}

function span(grid: Grid, { window }: Options): { readonly from: number; readonly to: number } {
  if (window === null) return { from: 0, to: grid.weeks };
  const weekAt = (at: number) => Math.ceil((at - grid.begin) / WEEK - 1 / 168);
  return { from: Math.max(0, weekAt(window.from)), to: Math.min(grid.weeks, weekAt(window.to)) };
}

/** Where a standard error cannot be found, nothing is compared. */
const NOTHING = { method: "descriptive", isAlone: true } as const;

function spreadOf({ cells, pooled, grid }: Decision, options: Options): Spread | null {
  if (cells !== null) return changeWithSpread(cells, options);
  return pooled === null ? null : pooledWithSpread(grid, pooled, options);
}

/** The teams that adopted and are in the estimate. */
function membersOf({ cells, pooled }: Decision): ReadonlySet<number> {
  return new Set((cells?.cells ?? pooled?.series ?? []).map(({ team }) => team));
}

function weightOf(grid: Grid, { cells, pooled }: Decision): number {
  return cells === null ? (pooled?.weight ?? 0) : sum(cells.cells.map(({ weight }) => weight));
}

/** The change of the outcome that is a saving as large as the line, as a size. */
function changeOfLine({ line, scale }: Options): number {
  switch (scale) {
    case "share":
      return line;
    case "log":
      return -Math.log1p(-line);
  }
}

/** Draws of a check, which asks for a p and no digits. */
const CHECK_DRAWS = 299;

function checksOf(
  grid: Grid,
  panel: Panel,
  decision: Decision,
  members: ReadonlySet<number>,
  missing: number,
  options: Options,
): readonly Check[] {
  const few = { ...options, draws: CHECK_DRAWS };
  const placebos = PRETENDED.map((earlier) => {
    const early = pretended(grid, earlier, options.gapWeeks);
    const again = decided(early, few);
    return again.method === decision.method && again.isAlone === decision.isAlone ? spreadOf(again, few) : null;
  });
  const control = gridOf(panel.control, panel.adoptions);
  const { from, to } = span(control, few);
  const moved = panel.control.length === 0 ? null : spreadOf(decided(control, few, from, to), few);
  const all = grid.outcome.length;
  return [
    ...(decision.cells === null ? [] : [preTrendCheck(decision.cells)]),
    placeboCheck(placebos),
    negativeControlCheck(moved, panel.control.length > 0),
    ...(decision.cells === null ? [] : [permutationCheck(decision.cells, options)]),
    ...(decision.cells === null ? [seasonCheck(grid, members)] : []),
    disturbanceCheck(grid, members, panel.disturbances),
    missingCheck(missing, all),
  ];
}
