/** From what is said of calendars to when a team works. */
import type { WorkCalendar } from "#metrics/working-time.ts";
import type { Structure } from "./structure.ts";

/** What is known of somebody's working time so far. */
interface Known {
  readonly zone: string;
  readonly week: WorkCalendar["week"] | null;
  readonly holidays: readonly string[];
}

/**
 * When a team works: what it says itself, else what its calendar says, else the same of the team it is a part of, in the end the
 * organisation's. Its own calendar brings its own holidays.
 *
 * @param team `null`: the organisation as a whole.
 * @returns `null` where nobody said hours, since nine to five would be a guess.
 */
export function workCalendarOf(
  structure: Structure & { readonly timezone: string },
  team: string | null,
): WorkCalendar | null {
  const { zone, week, holidays } = knownOf(structure, team);
  return week === null ? null : { zone, week, holidays };
}

function knownOf(structure: Structure & { readonly timezone: string }, name: string | null): Known {
  const { timezone, calendar } = structure;
  if (name === null) return withCalendar({ zone: timezone, week: null, holidays: [] }, calendar, structure);
  const team = structure.teams.find((one) => one.name === name);
  if (team === undefined) return knownOf(structure, null);
  const { zone, week, holidays } = withCalendar(knownOf(structure, team.parent ?? null), team.calendar, structure);
  return { zone: team.timezone ?? zone, week: team.hours ?? week, holidays };
}

function withCalendar(known: Known, name: string | undefined, { calendars }: Structure): Known {
  const calendar = calendars.find((one) => one.name === name);
  if (calendar === undefined) return known;
  return {
    zone: calendar.timezone ?? known.zone,
    week: calendar.hours ?? known.week,
    holidays: calendar.holidays.map(({ date }) => date),
  };
}
