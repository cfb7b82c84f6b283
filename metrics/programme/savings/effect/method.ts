/** Which method the data allows: decided by counts alone, so that nobody chooses it by what comes out. */
import { counted } from "../../../words.ts";
import { besideOthers } from "./beside.ts";
import type { Cells, Comparing } from "./cells.ts";
import { cellsOf, firstAdoption } from "./cells.ts";
import type { Grid } from "./grid.ts";
import { isKnown } from "./grid.ts";
import type { Pooled } from "./series.ts";
import { pooled } from "./series.ts";
import type { Method, Options } from "./types.ts";

/** Fewer teams make a comparison of few against few. */
export const LEAST_TEAMS = 8;
/** Fewer teams to compare with say more of themselves than of the time. */
export const LEAST_CONTROLS = 3;
/** A mean over fewer adopters is about them. */
const LEAST_ADOPTED = 2;

/** How teams are compared here: with all that have not adopted, and since before the first of all did. */
export function comparing(
  grid: Grid,
  { baseWeeks, gapWeeks, leastWeeks }: Pick<Options, "baseWeeks" | "gapWeeks" | "leastWeeks">,
  from: number,
  to: number,
): Comparing {
  return {
    controls: "not-yet",
    baseWeeks,
    gapWeeks,
    basesBefore: firstAdoption(grid),
    leastBase: leastWeeks,
    leastControls: LEAST_CONTROLS,
    from,
    to,
  };
}

export interface Decision {
  readonly method: Method;
  readonly why: string;
  /** What is compared, where the method compares teams. */
  readonly cells: Cells | null;
  /** Where it compares teams with their own past. */
  readonly pooled: Pooled | null;
  /** The values that are looked at: as they are, or beside others. */
  readonly grid: Grid;
  /** Whether there is nobody to compare with, so that what came to everybody cannot be told apart. */
  readonly isAlone: boolean;
  /** Team-weeks since adoption that were asked about, answered or not. */
  readonly asked: number;
}

export function decided(grid: Grid, options: Options, from = 0, to = grid.weeks): Decision {
  const { gapWeeks, leastWeeks } = options;
  const cells = cellsOf(grid, comparing(grid, options, from, to));
  const teams = grid.teams.filter((_, team) => hasRows(grid, team)).length;
  const asked = sinceAdoption(grid, from, to);
  const adopted = new Set(cells.cells.map(({ team }) => team)).size;
  const registered = options.method;
  if (registered === "descriptive") return described(SAID_BEFORE.descriptive, grid, asked);
  const mayCompare = registered !== "interrupted-time-series";
  if (mayCompare && teams >= LEAST_TEAMS && adopted >= LEAST_ADOPTED && 2 * cells.cells.length >= asked)
    return {
      method: "difference-in-differences",
      why: `${counted(teams, "team")} are at least ${LEAST_TEAMS}, and in ${cells.cells.length} of ${counted(asked, "team-week")} since adoption at least ${LEAST_CONTROLS} others had not adopted: teams are compared with those that had not yet.`,
      cells,
      pooled: null,
      grid,
      isAlone: false,
      asked,
    };
  const lacking = mayCompare ? lack(teams, adopted, cells.cells.length, asked) : SAID_BEFORE["interrupted-time-series"];
  const beside = besideOthers(grid, options);
  const compared = beside === null ? null : pooled(beside.grid, { gapWeeks, leastWeeks, from, to });
  if (beside !== null && compared !== null)
    return {
      method: "interrupted-time-series",
      why: `${lacking} So what each team has more or less than ${beside.others} others that had not adopted is compared with its own past, as level and trend would have gone on, for as long as they had been watched.`,
      cells: null,
      pooled: compared,
      grid: beside.grid,
      isAlone: false,
      asked,
    };
  const against = pooled(grid, { gapWeeks, leastWeeks, from, to });
  if (against !== null)
    return {
      method: "interrupted-time-series",
      why: `${lacking} So each team is compared with its own past, as its level and trend would have gone on, for as long as they had been watched.`,
      cells: null,
      pooled: against,
      grid,
      isAlone: true,
      asked,
    };
  return described(nothing(grid, asked, leastWeeks), grid, asked);
}

function described(why: string, grid: Grid, asked: number): Decision {
  return {
    method: "descriptive",
    why: `${why} Nothing is claimed.`,
    cells: null,
    pooled: null,
    grid,
    isAlone: true,
    asked,
  };
}

/** Of methods that were chosen before the data were there. */
const SAID_BEFORE = {
  "interrupted-time-series": "It was said before that teams would not be compared with others.",
  descriptive: "It was said before that nothing would be compared.",
} as const;

function lack(teams: number, adopted: number, answered: number, asked: number): string {
  if (teams < LEAST_TEAMS)
    return `${counted(teams, "team")} are fewer than the ${LEAST_TEAMS} that it takes to compare teams with others.`;
  if (adopted < LEAST_ADOPTED)
    return `It takes ${LEAST_ADOPTED} teams that adopted while ${LEAST_CONTROLS} others had not; here it is ${adopted}.`;
  return `In only ${answered} of ${counted(asked, "team-week")} since adoption had ${LEAST_CONTROLS} others not adopted.`;
}

function nothing(grid: Grid, asked: number, leastWeeks: number): string {
  if (grid.weeks === 0) return "No week of these teams is known.";
  if (asked === 0) return "No week since an adoption is known in the time that is asked about.";
  return `No team has ${counted(leastWeeks, "known week")} before its adoption and as many since.`;
}

function hasRows(grid: Grid, team: number): boolean {
  for (let week = 0; week < grid.weeks; week++) if (isKnown(grid, team, week)) return true;
  return false;
}

function sinceAdoption(grid: Grid, from: number, to: number): number {
  let count = 0;
  for (const [team, adopted] of grid.adopted.entries()) {
    for (let week = Math.max(0, adopted, from); week < Math.min(to, grid.weeks); week++) {
      if (isKnown(grid, team, week)) count += 1;
    }
  }
  return count;
}
