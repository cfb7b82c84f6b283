/** Worlds that go on as a history did, to try a plan in. */
import type { Base, Cells } from "./cells.ts";
import type { Grid } from "./grid.ts";
import { meanOf } from "./grid.ts";

/** Weeks that follow each other are drawn together: a quarter, so that what is slow stays in. */
const BLOCK = 13;

/** By team of the history: what its weeks are off its own mean, as much larger as blocks of a short history are closer to its mean than to the truth; 0 where there is no row. */
export function noiseOf(history: Grid): Float64Array {
  const means = history.teams.map((_, team) => meanOf(history, team, 0, history.weeks).mean);
  const larger = 1 / Math.sqrt(1 - BLOCK / Math.max(history.weeks, 2 * BLOCK));
  return history.outcome.map((value, at) =>
    Number.isNaN(value) ? 0 : larger * (value - (means[Math.floor(at / history.weeks)] ?? 0)),
  );
}

/** So many weeks of all teams, in blocks drawn from the history, with what teams have in common in a week. */
export function drawnNoise(
  history: Grid,
  noise: Float64Array,
  weeks: number,
  draw: (below: number) => number,
): Float64Array {
  const found = new Float64Array(history.teams.length * weeks);
  for (let begin = 0; begin < weeks; begin += BLOCK) {
    const start = draw(history.weeks);
    for (let week = begin; week < Math.min(weeks, begin + BLOCK); week++) {
      const source = (start + week - begin) % history.weeks;
      for (let team = 0; team < history.teams.length; team++)
        found[team * weeks + week] = noise[team * history.weeks + source] ?? 0;
    }
  }
  return found;
}

/** A grid of which every week is known. */
export function fullGrid(history: Grid, adopted: readonly number[], weeks: number): Grid {
  const weight = new Float64Array(history.teams.length * weeks);
  for (const team of history.teams.keys()) {
    const own = history.weight.subarray(team * history.weeks, (team + 1) * history.weeks).filter((one) => one > 0);
    let total = 0;
    for (const one of own) total += one;
    weight.fill(own.length === 0 ? 1 : total / own.length, team * weeks, (team + 1) * weeks);
  }
  return { ...history, weeks, outcome: new Float64Array(weight.length), weight, adopted };
}

/** The first weeks of every team. */
export function cut(values: Float64Array, teams: number, from: number, to: number): Float64Array {
  const found = new Float64Array(teams * to);
  for (let team = 0; team < teams; team++) found.set(values.subarray(team * from, team * from + to), team * to);
  return found;
}

/** How much of the whole effect is there, by team, then week: it grows evenly over some weeks. */
export function rampOf(grid: Grid, rampWeeks: number): Float64Array {
  return grid.outcome.map((_, at) => {
    const since = (at % grid.weeks) + 0.5 - (grid.adopted[Math.floor(at / grid.weeks)] ?? 0);
    return rampWeeks === 0 ? Number(since > 0) : Math.min(1, Math.max(0, since / rampWeeks));
  });
}

/** The same comparison of other values. */
export function withOutcome(cells: Cells, outcome: Float64Array): Cells {
  const grid = { ...cells.grid, outcome };
  const renewed = new Map<Base, Base>();
  for (const base of new Set(cells.bases.values())) {
    const means = Float64Array.from(base.known, (_, one) => meanOf(grid, one, base.from, base.to).mean);
    renewed.set(base, { ...base, means });
  }
  const bases = new Map([...cells.bases].map(([team, base]) => [team, renewed.get(base) ?? base]));
  return { grid, cells: cells.cells, bases };
}
