/**
 * How a saving could be measured, asked before a programme begins: `planSavings(history, schedules, options)`.
 *
 * In: rows of team × week of the time before, as for `estimateEffect`, and schedules that say when each team is to adopt (`null`: not in the time that is planned). Out: for each schedule and each quarter
 * after its first adoption the method that will be used, the smallest saving that is seen in four of five worlds which go on as the history did, and in which share of them a saving as large as
 * `options.line` is seen; and an order of the teams drawn by the seed, which is what makes those that adopt later comparable.
 */
import { quantile, sortedNumbers } from "../../../statistics/quantile.ts";
import { random } from "../../../statistics/random.ts";
import type { Instant } from "../../../time.ts";
import { shuffled } from "./checks.ts";
import { beginOf, gridOf } from "./grid.ts";
import type { Grid } from "./grid.ts";
import { changeWithSpread, jackknifed } from "./jackknife.ts";
import { decided } from "./method.ts";
import type { Decision } from "./method.ts";
import { planWords, scheduleWords } from "./plan-words.ts";
import { cut, drawnNoise, fullGrid, noiseOf, rampOf, withOutcome } from "./plan-worlds.ts";
import { pooledWithSpread } from "./series-draws.ts";
import { pooled } from "./series.ts";
import { savingOf } from "./size.ts";
import { OPTIONS } from "./types.ts";
import type { Adoption, Method, Options, TeamWeek } from "./types.ts";

export interface Schedule {
  readonly id: string;
  readonly title: string;
  /** Of every team. */
  readonly adoptions: readonly Adoption[];
}

export interface PlanOptions extends Options {
  /** Weeks from an adoption to its whole effect, as it is believed. */
  readonly rampWeeks: number;
  /** Quarters after the first adoption that are looked at. */
  readonly quarters: number;
  /** Worlds that are tried. */
  readonly worlds: number;
}

export const PLAN_OPTIONS: PlanOptions = { ...OPTIONS, rampWeeks: 8, quarters: 8, worlds: 200 };

export interface PlannedQuarter {
  /** When its last week has ended. */
  readonly at: Instant;
  readonly method: Method;
  readonly why: string;
  /** On the scale of savings, once whole; `null`: nothing can be seen. */
  readonly detectable: number | null;
  /** In which share of worlds a saving as large as the line is seen. */
  readonly power: number | null;
}

export interface PlannedSchedule extends Omit<Schedule, "adoptions"> {
  readonly quarters: readonly PlannedQuarter[];
  /** When a saving as large as the line is first seen in four of five worlds; `null`: not in the quarters that were looked at. */
  readonly earliest: Instant | null;
  readonly words: string;
}

export interface Plan {
  readonly schedules: readonly PlannedSchedule[];
  /** Teams in an order of chance, the same of the same seed. */
  readonly order: readonly string[];
  /** Weeks of the history. */
  readonly weeks: number;
  readonly words: readonly string[];
}

/** A shorter history does not say how weeks vary. */
export const LEAST_HISTORY = 26;
const QUARTER = 13;
/** In how many of ten worlds a saving is to be seen. */
const POWER = 0.8;

export function planSavings(
  rows: readonly TeamWeek[],
  schedules: readonly Schedule[],
  options: PlanOptions = PLAN_OPTIONS,
): Plan {
  const [first] = schedules;
  const teams = first === undefined ? [] : first.adoptions.map(({ team }) => team);
  const planned = schedules.map((schedule) => plannedSchedule(rows, schedule, options));
  const weeks = first === undefined ? 0 : gridOf(rows, first.adoptions).weeks;
  const order = shuffled(teams.toSorted(), random(options.seed));
  return { schedules: planned, order, weeks, words: planWords(planned, weeks, options) };
}

function plannedSchedule(
  rows: readonly TeamWeek[],
  { id, title, adoptions }: Schedule,
  options: PlanOptions,
): PlannedSchedule {
  const history = gridOf(rows, adoptions);
  const begin = Math.min(...history.adopted);
  if (history.weeks < LEAST_HISTORY || !Number.isFinite(begin))
    return { id, title, quarters: [], earliest: null, words: whyNothing(history.weeks) };
  const ends = Array.from({ length: options.quarters }, (_, quarter) => begin + (quarter + 1) * QUARTER);
  const whole = fullGrid(history, history.adopted, ends.at(-1) ?? begin);
  const noise = noiseOf(history);
  const draw = random(options.seed);
  const worlds = Array.from({ length: options.worlds }, () => drawnNoise(history, noise, whole.weeks, draw));
  const quarters = ends.map((end) => plannedQuarter(whole, end, worlds, options));
  const earliest = quarters.find(({ power }) => power !== null && power >= POWER)?.at ?? null;
  return { id, title, quarters, earliest, words: scheduleWords({ title, quarters }, options) };
}

function whyNothing(weeks: number): string {
  return weeks < LEAST_HISTORY
    ? `${weeks} weeks of history do not say how weeks vary; it takes ${LEAST_HISTORY}.`
    : "No team is to adopt.";
}

function plannedQuarter(
  whole: Grid,
  end: number,
  worlds: readonly Float64Array[],
  options: PlanOptions,
): PlannedQuarter {
  const teams = whole.teams.length;
  const cutOff = (values: Float64Array) => cut(values, teams, whole.weeks, end);
  const grid: Grid = { ...whole, weeks: end, outcome: cutOff(whole.outcome), weight: cutOff(whole.weight) };
  const decision = decided(grid, options);
  const said = { at: beginOf(whole, end), method: decision.method, why: decision.why };
  const risen = estimate(grid, decision, rampOf(grid, options.rampWeeks), options)?.mean ?? 0;
  if (risen <= 0) return { ...said, detectable: null, power: null };
  const reach = reachOf(grid, decision, worlds.slice(0, LOOKED_AT).map(cutOff), options);
  const needed = sortedNumbers(
    worlds.flatMap((world) => {
      const found = estimate(grid, decision, cutOff(world), options);
      return found === null ? [] : [(found.mean + reach * found.standardError) / risen];
    }),
  );
  const change = quantile(needed, POWER);
  const line = options.scale === "log" ? -Math.log1p(-options.line) : options.line;
  return {
    ...said,
    detectable: change === null ? null : savingOf(-change, options.scale),
    power: needed.filter((one) => one < line).length / needed.length,
  };
}

/** Worlds that say how far the interval reaches, in standard errors. */
const LOOKED_AT = 5;
const REACH_DRAWS = 400;

function reachOf(grid: Grid, decision: Decision, worlds: readonly Float64Array[], options: PlanOptions): number {
  const few = { ...options, draws: REACH_DRAWS };
  const errors = worlds.flatMap((outcome) => [
    ...(decision.cells === null
      ? spreadOfSeries({ ...grid, outcome }, few).studentised
      : (changeWithSpread(withOutcome(decision.cells, outcome), few)?.studentised ?? [])),
  ]);
  return quantile(sortedNumbers(errors), 0.95) ?? 0;
}

function spreadOfSeries(grid: Grid, options: Options) {
  const found = pooled(grid, { ...options, from: 0, to: grid.weeks });
  return found === null ? NOTHING : pooledWithSpread(grid, found, options);
}

const NOTHING = { mean: 0, standardError: 0, studentised: new Float64Array(0) } as const;

function estimate(grid: Grid, { cells, method }: Decision, outcome: Float64Array, options: PlanOptions) {
  if (method === "descriptive") return null;
  return cells === null
    ? spreadOfSeries({ ...grid, outcome }, { ...options, draws: 0 })
    : jackknifed(withOutcome(cells, outcome));
}
