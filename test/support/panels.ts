/** Panels of teams and weeks whose truth is known, as the demo organisation is: an effect that grows over eight weeks, noise of each team, and weeks that all have in common. */
import type { Disturbance, Panel, TeamWeek } from "#metrics/programme/savings/effect/types.ts";
import { WEEK } from "#metrics/time.ts";
import { seeded } from "./builders.ts";

export interface PanelWorld {
  readonly teams: number;
  /** How many of them adopt, in the order of chance, so many weeks after each other from a week on. */
  readonly adopters: number;
  readonly first: number;
  readonly apart: number;
  readonly weeks: number;
  /** How much of capacity is saved in the end, 0.12 being 12 points; teams differ by `spread`. */
  readonly saving: number;
  readonly spread: number;
  readonly ramp: number;
  /** Standard deviation of a team's week, and its correlation with the week before. */
  readonly noise: number;
  readonly memory: number;
  /** The same of what all teams have in common, half as long a memory. */
  readonly common: number;
  /** Half the distance between the worst and the best time of the year. */
  readonly season: number;
  /** Of a team's weeks, the share without a row. */
  readonly missing: number;
  /** Teams adopt in the order of how badly their last eight weeks went, not in that of chance. */
  readonly worstFirst: boolean;
  /** A change that comes to every team in one week, such as a freeze; and one that comes to adopters with adopting. */
  readonly shift: { readonly at: number; readonly by: number };
  readonly beside: { readonly by: number; readonly isKnown: boolean };
  /** By how much another outcome moves for adopters, which the programme cannot have moved and which varies as much; `null`: there is none. */
  readonly control: number | null;
  /** A drift of each team per year, as a standard deviation. */
  readonly drift: number;
}

export const USUAL_PANEL: PanelWorld = {
  teams: 20,
  adopters: 13,
  first: 52,
  apart: 2,
  weeks: 104,
  saving: 0.12,
  spread: 0.02,
  ramp: 8,
  noise: 0.1,
  memory: 0.4,
  common: 0.03,
  season: 0.02,
  missing: 0,
  worstFirst: false,
  shift: { at: 0, by: 0 },
  beside: { by: 0, isKnown: false },
  control: null,
  drift: 0,
};

export interface SimulatedPanel {
  readonly panel: Panel;
  /** The mean saving over all team-weeks since adoption that are there, of the teams that adopt. */
  readonly truthOf: (isAsked: (team: string, week: number) => boolean) => number;
}

/** Wanted effects by team and week are known as `saved`. */
export function simulatedPanel(seed: number, world: PanelWorld): SimulatedPanel {
  const draw = seeded(seed * 7919 + 13);
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const common = autocorrelated(world.weeks, world.common, 0.2, normal);
  const noise = Array.from({ length: world.teams }, () =>
    autocorrelated(world.weeks, world.noise, world.memory, normal),
  );
  const drifts = noise.map(() => (world.drift * normal()) / 52);
  const levels = noise.map(() => 0.34 + 0.05 * normal());
  const holidays = noise.map((_, team) => (team % 3 === 0 ? 21 : 13));
  const order = noise.map((own, team) => ({
    team,
    key: world.worstFirst ? -sumOf(own.slice(world.first - 8, world.first)) : draw(),
  }));
  const turns = order.toSorted((a, b) => a.key - b.key).map(({ team }) => team);
  const savings = noise.map(() => world.saving + world.spread * normal());
  const adoptions = noise.map((_, team) => {
    const turn = turns.indexOf(team);
    return turn < world.adopters ? world.first + turn * world.apart : null;
  });
  const savedBy = (team: number, week: number) => {
    const since = week + 0.5 - (adoptions[team] ?? Infinity);
    return (savings[team] ?? 0) * Math.min(1, Math.max(0, since / world.ramp));
  };
  const rows: TeamWeek[] = [];
  for (const [team, own] of noise.entries()) {
    for (const [week, value] of own.entries()) {
      const season = world.season * Math.sin((2 * Math.PI * week) / 52);
      const holiday = week % 52 === 51 || week % 52 === holidays[team] ? 0.05 : 0;
      const shift = week >= world.shift.at ? world.shift.by : 0;
      const beside = week >= (adoptions[team] ?? Infinity) ? world.beside.by : 0;
      const outcome =
        (levels[team] ?? 0) +
        (drifts[team] ?? 0) * week +
        value +
        (common[week] ?? 0) +
        season +
        holiday +
        shift +
        beside -
        savedBy(team, week);
      if (draw() >= world.missing) rows.push({ team: `team ${team}`, week: week * WEEK, outcome, weight: 1 });
    }
  }
  // Drawn last, so that a world without a control is the same otherwise.
  const control = noise.map(() =>
    world.control === null ? [] : autocorrelated(world.weeks, world.noise, world.memory, normal),
  );
  return {
    panel: {
      rows,
      adoptions: adoptions.map((at, team) => ({ team: `team ${team}`, at: at === null ? null : at * WEEK })),
      disturbances: world.beside.isKnown ? [besideOf(adoptions)] : [],
      control: control.flatMap((own, team) =>
        own.map((value, week) => {
          const moved = week >= (adoptions[team] ?? Infinity) ? (world.control ?? 0) : 0;
          return { team: `team ${team}`, week: week * WEEK, outcome: 0.3 + value + moved, weight: 1 };
        }),
      ),
    },
    truthOf: (isAsked) => {
      const asked = rows.flatMap(({ team, week }) => {
        const [at, number] = [week / WEEK, Number(team.slice(5))];
        return at >= (adoptions[number] ?? Infinity) && isAsked(team, at) ? [savedBy(number, at)] : [];
      });
      return sumOf(asked) / asked.length;
    },
  };
}

function besideOf(adoptions: readonly (number | null)[]): Disturbance {
  const known = adoptions.filter((at) => at !== null);
  return {
    kind: "ai-tooling",
    title: "Assistants for everybody",
    teams: adoptions.flatMap((at, team) => (at === null ? [] : [`team ${team}`])),
    from: Math.min(...known) * WEEK,
    to: Math.max(...known) * WEEK,
  };
}

/** Stationary from the first week on. */
function autocorrelated(weeks: number, deviation: number, memory: number, normal: () => number): number[] {
  let last = deviation * normal();
  return Array.from({ length: weeks }, () => {
    const value = last;
    last = memory * last + deviation * Math.sqrt(1 - memory ** 2) * normal();
    return value;
  });
}

function sumOf(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
