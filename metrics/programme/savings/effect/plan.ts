/**
 * How a saving could be measured, asked before a programme begins: `planSavings(history, schedules, options)`.
 *
 * In: rows of team × week of the time before, as for `estimateEffect`, and schedules that say when each team is to adopt (`null`: not in the time that is planned). Out: for each schedule and each quarter
 * after its first adoption the method that will be used, the smallest saving that is seen in four of five worlds which go on as the history did, and in which share of them a saving as large as
 * `options.line` is seen; and an order of the teams drawn by the seed, which is what makes those that adopt later comparable.
 */
import { sortedNumbers } from "../../../statistics/quantile.ts";
import { random } from "../../../statistics/random.ts";
import type { Instant } from "../../../time.ts";
import { shuffled } from "./checks.ts";
import { beginOf, gridOf } from "./grid.ts";
import type { Grid } from "./grid.ts";
import { decided } from "./method.ts";
import { ruleOf } from "./plan-rule.ts";
import { planWords, scheduleWords } from "./plan-words.ts";
import { cut, drawnWorld, noiseOf, patternOf, rampOf } from "./plan-worlds.ts";
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
  /** By how much teams differ in it: the standard deviation, as a share of the effect. */
  readonly spread: number;
  /** Whether an evaluation asks about the weeks of the quarter alone, or about all since adoption. */
  readonly isByQuarter: boolean;
  /** Quarters after the first adoption that are looked at: from the one, 1 being that which begins with it, to the other. */
  readonly firstQuarter: number;
  readonly quarters: number;
  /** Worlds that are tried. */
  readonly worlds: number;
}

export const PLAN_OPTIONS: PlanOptions = {
  ...OPTIONS,
  rampWeeks: 8,
  spread: 0.2,
  isByQuarter: true,
  firstQuarter: 1,
  quarters: 8,
  worlds: 400,
};

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
  const draw = random(options.seed);
  const whole = patternOf(history, history.adopted, ends.at(-1) ?? begin, draw);
  const noise = noiseOf(history);
  const worlds = Array.from({ length: options.worlds }, (): World => {
    const differ = whole.teams.map(() => 1 + options.spread * normal(draw));
    return { noise: drawnWorld(noise, whole, draw), differ };
  });
  const quarters = ends.slice(options.firstQuarter - 1).map((end) => plannedQuarter(whole, end, worlds, options));
  const earliest = quarters.find(({ power }) => power !== null && power >= POWER)?.at ?? null;
  return { id, title, quarters, earliest, words: scheduleWords({ title, quarters }, options) };
}

function whyNothing(weeks: number): string {
  return weeks < LEAST_HISTORY
    ? `${weeks} weeks of history do not say how weeks vary; it takes ${LEAST_HISTORY}.`
    : "No team is to adopt.";
}

interface World {
  readonly noise: Float64Array;
  /** By team: its effect by that of all. */
  readonly differ: readonly number[];
}

/** Mean 0, variance 1 (Box & Muller 1958). */
function normal(draw: (below: number) => number): number {
  const [radius, angle] = [(1 + draw(FINE)) / FINE, draw(FINE) / FINE];
  return Math.sqrt(-2 * Math.log(radius)) * Math.cos(2 * Math.PI * angle);
}

const FINE = 1_000_000;

/** Worlds that say how far the interval reaches. */
const LOOKED_AT = 12;
/** As often is the interval halved in which the smallest saving lies. */
const HALVINGS = 8;

function plannedQuarter(whole: Grid, end: number, worlds: readonly World[], options: PlanOptions): PlannedQuarter {
  const teams = whole.teams.length;
  const cutOff = (values: Float64Array) => cut(values, teams, whole.weeks, end);
  const grid: Grid = { ...whole, weeks: end, outcome: cutOff(whole.outcome), weight: cutOff(whole.weight) };
  const decision = decided(grid, options, options.isByQuarter ? end - QUARTER : 0, end);
  const said = { at: beginOf(whole, end), method: decision.method, why: decision.why };
  const own = worlds.map(({ noise, differ }) => ({ noise: cutOff(noise), differ }));
  const rule = decision.isAlone
    ? null
    : ruleOf(
        grid,
        decision,
        own.slice(0, LOOKED_AT).map(({ noise }) => noise),
        options,
      );
  const ramp = rampOf(grid, options.rampWeeks);
  if (rule === null || (rule.read(ramp) ?? 0) <= 0) return { ...said, detectable: null, power: null };
  const allowed = own.filter(({ noise }) => !rule.isForbidden(noise));
  const changed = ({ noise, differ }: World, change: number) =>
    noise.map((value, at) => value - change * (ramp[at] ?? 0) * (differ[Math.floor(at / end)] ?? 1));
  const line = options.scale === "log" ? -Math.log1p(-options.line) : options.line;
  const beyondOf = (change: number) => allowed.map((world) => rule.beyond(changed(world, change)));
  const seen = allowed.filter((world, turn) => {
    const outcome = changed(world, line);
    return rule.beyond(outcome) > 0 && !rule.isInAnyOrder(outcome, turn);
  }).length;
  // What other orders of the dates forbid is as if the interval had to lie so much further from 0.
  const further = Math.max(0, sortedNumbers(beyondOf(line)).at(-seen - 1) ?? 0);
  const isEnough = (change: number) =>
    beyondOf(change).filter((beyond) => beyond > further).length >= POWER * own.length;
  const change = smallest(isEnough, options.scale === "log" ? 3 : 1);
  return {
    ...said,
    detectable: change === null ? null : savingOf(-change, options.scale),
    power: seen / own.length,
  };
}

/** The smallest change up to a largest one that is seen often enough; `null`: none. */
function smallest(isEnough: (change: number) => boolean, largest: number): number | null {
  if (!isEnough(largest)) return null;
  let [unseen, seen] = [0, largest];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (unseen + seen) / 2;
    if (isEnough(middle)) seen = middle;
    else unseen = middle;
  }
  return seen;
}
