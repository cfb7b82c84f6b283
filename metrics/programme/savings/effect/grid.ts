/** A panel as a grid of teams and weeks, which is what estimators walk over. */
import { WEEK } from "../../../time.ts";
import type { Instant } from "../../../time.ts";
import type { Adoption, TeamWeek } from "./types.ts";

/** Of a team that has not adopted. */
export const NEVER = Infinity;

export interface Grid {
  readonly teams: readonly string[];
  /** Of the first week. */
  readonly begin: Instant;
  readonly weeks: number;
  /** By team, then week; `NaN` where there is no row. */
  readonly outcome: Float64Array;
  /** The same order; 0 where there is no row. */
  readonly weight: Float64Array;
  /** The first week since adoption, which may lie outside of the grid; `NEVER`. */
  readonly adopted: readonly number[];
}

/** Rows of teams that nobody lists are passed over; a second row of the same team and week is, too. */
export function gridOf(rows: readonly TeamWeek[], adoptions: readonly Adoption[]): Grid {
  const teams = adoptions.map(({ team }) => team);
  const place = new Map(teams.map((team, index) => [team, index]));
  const own = rows.filter(({ team, outcome }) => place.has(team) && Number.isFinite(outcome));
  let [begin, end] = [Infinity, -Infinity];
  for (const { week } of own) [begin, end] = [Math.min(begin, week), Math.max(end, week)];
  const weeks = own.length === 0 ? 0 : weekOf(end, begin) + 1;
  const outcome = new Float64Array(teams.length * weeks).fill(Number.NaN);
  const weight = new Float64Array(teams.length * weeks);
  for (const row of own) {
    const at = (place.get(row.team) ?? 0) * weeks + weekOf(row.week, begin);
    if (!Number.isNaN(outcome[at])) continue;
    outcome[at] = row.outcome;
    weight[at] = row.weight;
  }
  const adopted = adoptions.map(({ at }) => (at === null ? NEVER : Math.floor((at - begin) / WEEK + DAYLIGHT)));
  return { teams, begin: own.length === 0 ? 0 : begin, weeks, outcome, weight, adopted };
}

/** Weeks begin at midnight where the organisation is, an hour earlier or later in summer: as a share of a week. */
const DAYLIGHT = 1 / 168;

function weekOf(at: Instant, begin: Instant): number {
  return Math.round((at - begin) / WEEK);
}

/** When a week of the grid begins. */
export function beginOf({ begin }: Grid, week: number): Instant {
  return begin + week * WEEK;
}

export function isKnown({ outcome, weeks }: Grid, team: number, week: number): boolean {
  return !Number.isNaN(outcome[team * weeks + week]);
}

/** The mean of a team's known weeks in a span, and how many they are; `NaN` of none. */
export function meanOf(
  { outcome, weeks }: Grid,
  team: number,
  from: number,
  to: number,
): { readonly mean: number; readonly known: number } {
  let [total, known] = [0, 0];
  for (let week = Math.max(0, from); week < Math.min(to, weeks); week++) {
    const value = outcome[team * weeks + week] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    total += value;
    known += 1;
  }
  return { mean: total / known, known };
}
