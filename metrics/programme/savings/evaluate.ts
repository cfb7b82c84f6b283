/** From weeks of teams to a result: the effect first, then what it is worth. Plain data in and out, so that it can run in a thread and be run again by whoever checks it. */
import type { Assumption } from "../assumptions.ts";
import type { Intervention } from "../programme.ts";
import type { Adoption, Disturbance, TeamWeek as Row } from "./effect/types.ts";
import type { Estimate, Panel } from "./effect/index.ts";
import { estimateEffect, OPTIONS } from "./effect/index.ts";
import { DAY } from "../../time.ts";
import type { TeamAdoption } from "./adoptions.ts";
import { Beliefs, termsIn } from "./beliefs.ts";
import type { EffectDraws, SavingsInput } from "./prepared.ts";
import { prepare } from "./prepared.ts";
import type { SavingsFigures } from "./result.ts";
import { LINE, savingsOf } from "./savings.ts";
import type { Calibration, TeamWeek } from "./team-week.ts";
import { hoursOf, lostShare } from "./team-week.ts";

export interface Question {
  /** Its `effect` is found here. */
  readonly input: Omit<SavingsInput, "effect">;
  readonly adoptions: readonly TeamAdoption[];
  readonly interventions: readonly Intervention[];
  /** Draws of the bootstrap. */
  readonly effectDraws: number;
}

export interface Evaluated {
  readonly figures: SavingsFigures;
  /** On the share of capacity that is lost. */
  readonly lost: Estimate;
  /** On the logarithm of the lead time, beside it. */
  readonly leadTime: Estimate;
}

export function evaluate({ input, adoptions, interventions, effectDraws }: Question): Evaluated {
  const { period, seed } = input;
  const begun = adoptions.map(({ team, week }): Adoption => ({ team, at: week === null ? null : Date.parse(week) }));
  const disturbances = interventions.flatMap(disturbanceOf);
  const window = { from: Date.parse(period.from), to: Date.parse(period.to) };
  const options = { ...OPTIONS, line: LINE, window, draws: effectDraws, seed };
  const control = upkeepRows(input.weeks);
  const panel = (rows: readonly Row[]): Panel => {
    const teams = new Set(rows.map(({ team }) => team));
    return { rows, adoptions: begun.filter(({ team }) => teams.has(team)), disturbances, control };
  };
  const lost = estimateEffect(panel(lostIn(input)), { ...options, scale: "share" });
  const leadTime = estimateEffect(panel(leadTimeRows(input.weeks)), { ...options, scale: "log" });
  return { figures: savingsOf({ ...input, effect: effectOf(lost) }), lost, leadTime };
}

/** A saving is a lost share that became less. `null` where nothing can be said. */
export function effectOf({ size, draws }: Pick<Estimate, "size" | "draws">): EffectDraws | null {
  return size === null ? null : { likely: -size.saving, draws: Array.from(draws, (saving) => -saving) };
}

function lostIn(input: Question["input"]): readonly Row[] {
  const { calibrated } = prepare({ ...input, effect: null });
  return lostRows(input.weeks, input.programme.assumptions, dayBefore(input.period.to), calibrated.calibration);
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

function disturbanceOf({ kind, title, teams, from, to }: Intervention): readonly Disturbance[] {
  return DISTURBING.includes(kind) ? [{ kind, title, teams, from: Date.parse(from), to: Date.parse(to) + DAY }] : [];
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 1).toISOString().slice(0, 10);
}
