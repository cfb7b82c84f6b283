/** Where what was done is not what was said before anybody could know how it comes out. */
import type { TeamAdoption } from "./adoptions.ts";
import { mondayOf } from "./adoptions.ts";
import type { Method } from "./effect/types.ts";
import type { Registered } from "./registered.ts";
import { methodOf, outcomeOf } from "./registered.ts";

/** How it was evaluated. */
export interface Done {
  /** The fiscal quarter. */
  readonly quarter: string;
  /** The frozen baseline that it was held against. */
  readonly baseline: string | null;
  /** `null`: nothing could be compared. */
  readonly method: Method | null;
  readonly seed: number;
  /** Whether the effect is that of all that the plan speaks of, and of nobody else. */
  readonly isOfScope: boolean;
  readonly adoptions: readonly TeamAdoption[];
}

/** Each a sentence; none where all was done as it was said. */
export function deviations(said: Registered, done: Done): readonly string[] {
  const begun = done.adoptions.flatMap(({ week }) => week ?? []).toSorted()[0];
  return [
    ...(begun !== undefined && said.frozenOn > begun
      ? [`The plan was frozen on ${said.frozenOn}, after the first team began in the week of ${begun}.`]
      : []),
    ...ofEvaluation(said, done),
    ...ofSchedule(said, done),
  ];
}

function ofEvaluation(said: Registered, done: Done): readonly string[] {
  const method = methodOf(said, done.quarter);
  const isPlanned =
    method === null ? done.method === null || said.method.includes(done.method) : method === done.method;
  return [
    ...(said.baseline === null || said.baseline === done.baseline
      ? []
      : [
          `The plan names the baseline “${said.baseline}”; this is held against ${done.baseline === null ? "none that was frozen" : `“${done.baseline}”`}.`,
        ]),
    ...(isPlanned || done.method === null
      ? []
      : [`The plan says “${method ?? said.method}”; the data allow ${done.method}.`]),
    ...(outcomeOf(said) === null
      ? [`The plan names the outcome “${said.outcome}”, which is not evaluated: lost capacity and lead times are.`]
      : []),
    ...(said.seed === done.seed ? [] : [`The plan says the seed ${said.seed}; this was drawn with ${done.seed}.`]),
    ...(done.isOfScope ? [] : [`The plan is of ${said.scope}; this is of the whole organisation.`]),
  ];
}

function ofSchedule(said: Registered, done: Done): readonly string[] {
  const planned = said.schedule.flatMap(({ wave, teams, from }) => teams.map((team) => ({ wave, team, from })));
  const known = new Set(planned.map(({ team }) => team.toLowerCase()));
  return [
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
