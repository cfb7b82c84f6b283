/** What would make an estimate wrong, looked for: in weeks before adoption, in another outcome, in other orders of the dates, in what else was done. */
import { sum } from "../../../statistics/sum.ts";
import { random } from "../../../statistics/random.ts";
import { WEEK } from "../../../time.ts";
import { counted } from "../../../words.ts";
import type { InterventionKind } from "../../programme.ts";
import { studentTail } from "../../student.ts";
import { percent } from "../../practices/words.ts";
import type { Cells } from "./cells.ts";
import { cellsOf } from "./cells.ts";
import type { Means } from "./comparison.ts";
import { reading } from "./comparison.ts";
import type { Grid } from "./grid.ts";
import { beginOf, isKnown, meanOf, NEVER } from "./grid.ts";
import type { Spread } from "./jackknife.ts";
import { leastSquares } from "./least-squares.ts";
import { comparing } from "./method.ts";
import type { Check, Disturbance, Options } from "./types.ts";

/** Where nothing is wrong, a check fails so often. */
export const ALPHA = 0.05;
/** How many weeks earlier adoption is pretended to have come. */
export const PRETENDED = [8, 16, 24] as const;

/** Up to so many teams the order of the dates is tried, too. */
export const FEW_TEAMS = 20;

/** How often other orders of the same dates show as large a saving by its standard error: exact where the order was drawn by chance (Fisher 1935). */
export function permutationCheck(all: Cells, options: Options): Check {
  if (all.grid.teams.length > FEW_TEAMS)
    return {
      id: "permutation",
      passed: null,
      words: `With more than ${FEW_TEAMS} teams orders of the dates are not tried.`,
    };
  const known: Means = new Map();
  const observed = studentisedOf(all, known);
  let as = 1;
  for (const other of ordersOf(all, options)) if (studentisedOf(other, known) <= observed) as += 1;
  const p = as / (options.orders + 1);
  return {
    id: "permutation",
    passed: p <= ALPHA,
    words: `Where the same dates are dealt to the teams in another order, ${percent(p)} of ${options.orders} orders show as large a saving; at most ${percent(ALPHA)} may.`,
  };
}

function studentisedOf(cells: Cells, known: Means): number {
  const found = reading(cells)(cells.grid.outcome, known);
  return found === null || found.standardError === 0 ? Infinity : found.mean / found.standardError;
}

/** The same weeks with the dates dealt to the teams in other orders. */
export function* ordersOf({ grid, cells }: Cells, options: Options): Generator<Cells> {
  const [from, to] = spanOf(cells, grid);
  const draw = random(options.seed);
  for (let order = 0; order < options.orders; order++) {
    yield cellsOf({ ...grid, adopted: shuffled(grid.adopted, draw) }, comparing(grid, options, from, to));
  }
}

function spanOf(cells: Cells["cells"], grid: Grid): readonly [number, number] {
  let [from, to] = [grid.weeks, 0];
  for (const { week } of cells) [from, to] = [Math.min(from, week), Math.max(to, week + 1)];
  return [from, to];
}

/** Fisher–Yates. */
export function shuffled<T>(items: readonly T[], draw: (below: number) => number): T[] {
  const found = [...items];
  for (let last = found.length - 1; last > 0; last--) {
    const chosen = draw(last + 1);
    const [a, b] = [found[last], found[chosen]];
    if (a !== undefined && b !== undefined) [found[last], found[chosen]] = [b, a];
  }
  return found;
}

/** Fewer teams' slopes have no spread worth the name. */
const LEAST_SLOPES = 3;

/** Whether those that adopted were getting better or worse than others already before: the mean of their slopes beside others by Student's t over teams. */
export function preTrendCheck({ grid, cells, bases }: Cells): Check {
  const adopted = new Set(cells.map(({ team }) => team));
  const slopes = [...adopted].flatMap((team) => {
    const base = bases.get(team);
    return base === undefined ? [] : (slopeBeside(grid, team, base.from, base.to) ?? []);
  });
  if (slopes.length < LEAST_SLOPES)
    return { id: "pre-trend", passed: null, words: "Too few teams adopted to compare trends before it." };
  const mean = sum(slopes) / slopes.length;
  const variance = sum(slopes.map((one) => (one - mean) ** 2)) / (slopes.length - 1);
  const t = variance === 0 ? 0 : Math.abs(mean) / Math.sqrt(variance / slopes.length);
  const p = 2 * studentTail(t, slopes.length - 1);
  return {
    id: "pre-trend",
    passed: p > ALPHA,
    words:
      p > ALPHA
        ? `Before they adopted, teams went the way of the others (p ${p.toFixed(2)}).`
        : `Before they adopted, teams already went another way than the others (p ${p.toFixed(2)}): what came after may be more of the same.`,
  };
}

/** Per week, of what a team has more than the mean of those that had not adopted by then. */
function slopeBeside(grid: Grid, team: number, from: number, to: number): number | null {
  const others = grid.adopted.flatMap((adopted, other) => (other !== team && adopted >= to ? [other] : []));
  const rows: number[][] = [];
  const values: number[] = [];
  for (let week = from; week < to; week++) {
    const known = others.filter((other) => isKnown(grid, other, week));
    if (!isKnown(grid, team, week) || known.length === 0) continue;
    const beside = sum(known.map((other) => grid.outcome[other * grid.weeks + week] ?? 0)) / known.length;
    rows.push([1, week]);
    values.push((grid.outcome[team * grid.weeks + week] ?? 0) - beside);
  }
  return rows.length < 3 ? null : (leastSquares(rows, values)?.coefficients[1] ?? null);
}

/** The grid as if everybody had adopted so many weeks earlier, without what came since they really did. */
export function pretended(grid: Grid, weeksEarlier: number, gapWeeks: number): Grid {
  const outcome = grid.outcome.map((value, at) => {
    const adopted = grid.adopted[Math.floor(at / grid.weeks)] ?? NEVER;
    return at % grid.weeks >= adopted - gapWeeks ? Number.NaN : value;
  });
  return { ...grid, outcome, adopted: grid.adopted.map((one) => one - weeksEarlier) };
}

/** @param found what an estimate says where nothing can have changed, each with how it was made. */
export function placeboCheck(found: readonly (Spread | null)[]): Check {
  const ps = found.flatMap((one) => (one === null ? [] : [twoSided(one)]));
  if (ps.length === 0)
    return { id: "placebo", passed: null, words: "Too few weeks before adoption to pretend that it came earlier." };
  // Bonferroni: several dates are tried.
  const p = Math.min(1, Math.min(...ps) * ps.length);
  return {
    id: "placebo",
    passed: p > ALPHA,
    words:
      p > ALPHA
        ? `Pretending that adoption came earlier shows no effect, at ${counted(ps.length, "date")} (p ${p.toFixed(2)}).`
        : `Pretending that adoption came earlier shows an effect, too (p ${p.toFixed(2)}): something else moves these numbers.`,
  };
}

/** How often a redrawn world lies as far from 0 by its standard error. */
export function twoSided({ mean, standardError, studentised }: Spread): number {
  if (standardError === 0) return 1;
  const least = Math.abs(mean / standardError);
  let as = 1;
  for (const one of studentised) if (Math.abs(one) >= least) as += 1;
  return as / (studentised.length + 1);
}

/** @param found what an estimate says of it; one that never varies tells nothing. */
export function negativeControlCheck(found: Spread | null, isGiven: boolean): Check {
  if (found === null || found.standardError === 0)
    return {
      id: "negative-control",
      passed: null,
      words: isGiven
        ? "The outcome that the programme cannot have moved has too few weeks, or is always the same."
        : "No outcome is named that the programme cannot have moved.",
    };
  const p = twoSided(found);
  return {
    id: "negative-control",
    passed: p > ALPHA,
    words:
      p > ALPHA
        ? `An outcome that the programme cannot have moved did not move (p ${p.toFixed(2)}).`
        : `An outcome that the programme cannot have moved moved, too (p ${p.toFixed(2)}).`,
  };
}

/** What is done beside a programme; training, coaching and tooling are how it is adopted. */
const BESIDE: readonly InterventionKind[] = ["ai-tooling", "reorganisation", "freeze"];
const NEAR = 8 * WEEK;

/** Whether anything else was done to teams within eight weeks of their adoption. */
export function disturbanceCheck(
  grid: Grid,
  adopted: ReadonlySet<number>,
  disturbances: readonly Disturbance[],
): Check {
  const near = disturbances.filter(
    ({ kind, teams, from, to }) =>
      BESIDE.includes(kind) &&
      [...adopted].some((team) => {
        const at = beginOf(grid, grid.adopted[team] ?? NEVER);
        return teams.includes(grid.teams[team] ?? "") && from < at + NEAR && to > at - NEAR;
      }),
  );
  return {
    id: "disturbance",
    passed: near.length === 0,
    words:
      near.length === 0
        ? "Nothing else is known to have been done to these teams within 8 weeks of adopting. What came with adopting and nobody declared is in the estimate, and no check can see it."
        : `Within 8 weeks of adopting the same teams had something else, whose effect cannot be told apart: ${near.map(({ title }) => title).join(", ")}.`,
  };
}

const MOST_MISSING = 0.2;

export function missingCheck(missing: number, of: number): Check {
  const share = of === 0 ? 0 : missing / of;
  return {
    id: "missing",
    passed: share <= MOST_MISSING,
    words:
      missing === 0
        ? "No week is missing."
        : `${missing} of ${counted(of, "team-week")} are missing (${percent(share)}); nothing is put in their place.`,
  };
}

/** Whether what each team is compared with holds a whole year, so that the season is in it. */
export function seasonCheck(grid: Grid, adopted: ReadonlySet<number>): Check {
  const least = Math.min(...[...adopted].map((team) => meanOf(grid, team, 0, grid.adopted[team] ?? 0).known));
  return {
    id: "season",
    passed: least >= 52,
    words:
      least >= 52
        ? "A year before adoption is known, and the season with it."
        : `Of ${counted(least, "week")} before adoption, the season cannot be told from the effect.`,
  };
}
