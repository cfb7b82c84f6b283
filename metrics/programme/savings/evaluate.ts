/** From weeks of teams to a result: the effect first, then what it is worth. Plain data in and out, so that it can run in a thread and be run again by whoever checks it. */
import type { Assumption } from "../assumptions.ts";
import type { Intervention } from "../programme.ts";
import type { Adoption, Disturbance, TeamWeek as Row } from "./effect/types.ts";
import type { Estimate, Options, Panel } from "./effect/index.ts";
import { estimateEffect } from "./effect/index.ts";
import { DAY } from "../../time.ts";
import type { TeamAdoption } from "./adoptions.ts";
import { deviations } from "./deviations.ts";
import type { Registered } from "./registered.ts";
import { outcomeOf } from "./registered.ts";
import { Beliefs, termsIn } from "./beliefs.ts";
import type { EffectDraws, SavingsInput } from "./prepared.ts";
import { prepare } from "./prepared.ts";
import type { OneDraw, SavingsFigures } from "./result.ts";
import { LINE, savingsDrawn } from "./savings.ts";
import type { Calibration, TeamWeek } from "./team-week.ts";
import { hoursOf, lostShare } from "./team-week.ts";

/** How a result is evaluated, beside what it is reckoned from. */
export interface Evaluation {
  /** The fiscal quarter. */
  readonly quarter: string;
  /** What it is held against: the name of the baseline that was frozen; `null` where none was. */
  readonly baseline: string | null;
  readonly adoptions: readonly TeamAdoption[];
  readonly interventions: readonly Disturbing[];
  /** Whose effect is asked for; `null`: that of all teams. */
  readonly teams: readonly string[] | null;
  /** Of the estimate: draws of its bootstrap among them, and the method that was said before. */
  readonly options: EffectOptions;
  /** What was said before of how this is evaluated; `null`: nothing was. */
  readonly registered: Registered | null;
}

export interface Question extends Pick<Evaluation, "adoptions" | "interventions" | "teams" | "options"> {
  /** Its `effect` is found here. */
  readonly input: Omit<SavingsInput, "effect">;
}

/** What may have changed the outcome, too. */
export type Disturbing = Pick<Intervention, "kind" | "title" | "teams" | "from" | "to">;

/** The rest follows from the outcome, the period and the seed of the result. */
export type EffectOptions = Omit<Options, "scale" | "line" | "window" | "seed">;

export interface Evaluated {
  readonly figures: SavingsFigures;
  /** Of the figures, in the order in which they were drawn. */
  readonly draws: readonly OneDraw[];
  /** On the share of capacity that is lost. */
  readonly lost: Estimate;
  /** On the logarithm of the lead time, beside it. */
  readonly leadTime: Estimate;
}

export function evaluate({ input, adoptions, interventions, teams: asked, options: stated }: Question): Evaluated {
  const { period, seed } = input;
  const isAsked = (team: string): boolean => asked === null || asked.includes(team);
  const begun = adoptions.map(({ team, week }): Adoption => ({ team, at: week === null ? null : Date.parse(week) }));
  const disturbances = interventions.flatMap(disturbanceOf);
  const window = { from: Date.parse(period.from), to: Date.parse(period.to) };
  const options = { ...stated, line: LINE, window, seed };
  const control = upkeepRows(input.weeks).filter(({ team }) => isAsked(team));
  const panel = (all: readonly Row[]): Panel => {
    const rows = all.filter(({ team }) => isAsked(team));
    const teams = new Set(rows.map(({ team }) => team));
    return { rows, adoptions: begun.filter(({ team }) => teams.has(team)), disturbances, control };
  };
  const { calibrated, teams } = prepare({ ...input, effect: null });
  const { assumptions } = input.programme;
  const rows = lostRows(input.weeks, assumptions, dayBefore(period.to), calibrated.calibration);
  const lost = estimateEffect(panel(rows), { ...options, scale: "share" });
  const leadTime = estimateEffect(panel(leadTimeRows(input.weeks)), { ...options, scale: "log" });
  const leftOut = new Set(lost.counts.leftOut.map(({ team }) => team));
  const since = new Map(
    begun.filter(({ team }) => isAsked(team) && !leftOut.has(team)).map(({ team, at }) => [team, at]),
  );
  const compared = rows.filter(({ team, week }) => teams.includes(team) && week >= window.from && week < window.to);
  const effect = effectOf(lost, reachOf(compared, since));
  return { ...savingsDrawn({ ...input, effect }), lost, leadTime };
}

/** Where the evaluation is not what was said before; none where nothing was said. */
export function deviationsIn(
  { registered, quarter, baseline, teams, adoptions }: Evaluation,
  seed: number,
  { lost, leadTime }: Pick<Evaluated, "lost" | "leadTime">,
): readonly string[] {
  if (registered === null) return [];
  const { method } = outcomeOf(registered) === "lead-time" ? leadTime : lost;
  const isOfScope = teams !== null || registered.scope === "organisation";
  return deviations(registered, { quarter, baseline, method, seed, isOfScope, adoptions });
}

/**
 * A saving is a lost share that became less, of weeks since adoption; of all weeks it is as much less as there are others. `null` where nothing can be said.
 *
 * @param reach which share of all capacity lies in weeks since adoption, 0 to 1.
 */
export function effectOf({ size, draws }: Pick<Estimate, "size" | "draws">, reach: number): EffectDraws | null {
  if (size === null) return null;
  return { likely: -size.saving * reach, draws: Array.from(draws, (saving) => -saving * reach) };
}

/** 0 of nothing. A team of which nothing could be estimated saved nothing that anybody knows of. */
function reachOf(rows: readonly Row[], since: ReadonlyMap<string, number | null>): number {
  let [all, reached] = [0, 0];
  for (const { team, week, weight } of rows) {
    all += weight;
    if (week >= (since.get(team) ?? Infinity)) reached += weight;
  }
  return all === 0 ? 0 : reached / all;
}

/**
 * The share of capacity that was lost, for each week of a team of which it is known.
 *
 * @param day on which what is assumed holds, the same for all weeks: what people believe later changes no effect.
 */
export function lostRows(
  weeks: readonly TeamWeek[],
  assumptions: readonly Assumption[],
  day: string,
  calibration: Calibration,
): readonly Row[] {
  const beliefs = new Beliefs(assumptions, day);
  return weeks.flatMap((week): Row[] => {
    const terms = beliefs.termsOf(week);
    const hours = terms === null ? null : hoursOf(week, termsIn(beliefs.likely(), terms), calibration);
    const outcome = hours === null ? null : lostShare(hours);
    if (hours === null || outcome === null) return [];
    return [{ team: week.team, week: Date.parse(week.week), outcome, weight: hours.capacity }];
  });
}

/** The mean logarithm of lead times, for each week of a team in which something was deployed for the first time. */
export function leadTimeRows(weeks: readonly TeamWeek[]): readonly Row[] {
  return weeks.flatMap(({ team, week, logLeadTime }): Row[] =>
    logLeadTime === null ? [] : [{ team, week: Date.parse(week), outcome: logLeadTime, weight: 1 }],
  );
}

/**
 * The negative control: of the days of work that was planned (without rework) the share that went into upkeep, for each week of a team in which there were any. How work is
 * done does not decide what is worked on; a freeze, another mission of a team, or other ways to name changes do, and move what is lost as well.
 */
export function upkeepRows(weeks: readonly TeamWeek[]): readonly Row[] {
  return weeks.flatMap(({ team, week, work }): Row[] => {
    if (work === null) return [];
    const upkeep = work["planned-maintenance"];
    const planned = upkeep + work["new-value"] + work["security-remediation"];
    return planned === 0 ? [] : [{ team, week: Date.parse(week), outcome: upkeep / planned, weight: 1 }];
  });
}

/** What may change the outcome and is not what is judged. */
const DISTURBING: readonly Intervention["kind"][] = ["ai-tooling", "reorganisation", "freeze"];

function disturbanceOf({ kind, title, teams, from, to }: Disturbing): readonly Disturbance[] {
  return DISTURBING.includes(kind) ? [{ kind, title, teams, from: Date.parse(from), to: Date.parse(to) + DAY }] : [];
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 1).toISOString().slice(0, 10);
}
