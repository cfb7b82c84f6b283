/** Where what was done is not what was said before anybody could know how it comes out. */
import type { TeamAdoption } from "./adoptions.ts";
import { mondayOf } from "./adoptions.ts";

/** What was frozen. */
export interface Registered {
  readonly baseline: string | null;
  readonly method: string;
  readonly schedule: readonly { readonly wave: string; readonly teams: readonly string[]; readonly from: string }[];
}

export interface Done {
  readonly baseline: string | null;
  readonly method: string | null;
  readonly adoptions: readonly TeamAdoption[];
}

/** Each a sentence; none where all was done as it was said. */
export function deviations(said: Registered, done: Done): readonly string[] {
  const planned = said.schedule.flatMap(({ wave, teams, from }) => teams.map((team) => ({ wave, team, from })));
  const known = new Set(planned.map(({ team }) => team.toLowerCase()));
  return [
    ...(said.baseline === null || said.baseline === done.baseline
      ? []
      : [
          `The plan names the baseline “${said.baseline}”; this is held against ${done.baseline === null ? "none that was frozen" : `“${done.baseline}”`}.`,
        ]),
    ...(done.method === null || said.method.includes(done.method)
      ? []
      : [`The plan says “${said.method}”; the data allow ${done.method}.`]),
    ...planned.flatMap(({ wave, team, from }) => {
      const own = done.adoptions.find((one) => one.team.toLowerCase() === team.toLowerCase());
      const week = own?.week ?? null;
      if (week === mondayOf(from)) return [];
      const when = week === null ? "has not begun" : `began in the week of ${week}`;
      return [`${team} was to begin in the week of ${mondayOf(from)} (${wave}) and ${when}.`];
    }),
    ...done.adoptions.flatMap(({ team, week }) =>
      week === null || known.has(team.toLowerCase())
        ? []
        : [`${team} began in the week of ${week} and is not in the plan.`],
    ),
  ];
}
