/** Worlds that go on as a history did, to try a plan in. */
import { mean as meanOfAll } from "../../../statistics/mean.ts";
import type { Grid } from "./grid.ts";
import { isKnown, meanOf } from "./grid.ts";

/** News of weeks that follow each other are drawn together, so that what a memory of one week does not hold stays in. */
const BLOCK = 8;
/** Weeks before the first one, after which little is left of how a world began. */
const WARM_UP = 40;
/** A longer memory is a trend. */
const MOST_MEMORY = 0.95;

/** Noise that remembers the week before: by row, then week, what is new in it; `NaN` where it is not known. */
interface Part {
  readonly memory: number;
  readonly news: Float64Array;
  /** By row: the weeks of which it is known. */
  readonly known: readonly (readonly number[])[];
  readonly weeks: number;
}

/** How a history varies: what all teams have in common in a week, and what each has for itself. */
export interface Noise {
  readonly common: Part;
  readonly own: Part;
}

/** What a week's mean over teams takes of each team's own lies in what is in common; together they vary as much as the history, each team, differences between teams and means over them alike. */
export function noiseOf(history: Grid): Noise {
  const { weeks, teams, outcome } = history;
  const means = teams.map((_, team) => meanOf(history, team, 0, weeks).mean);
  const off = outcome.map((value, at) => value - (means[Math.floor(at / weeks)] ?? 0));
  const shared = Float64Array.from({ length: weeks }, (_, week) =>
    meanOfAll(teams.flatMap((_one, team) => (isKnown(history, team, week) ? [off[team * weeks + week] ?? 0] : []))),
  );
  return {
    common: partOf(shared, weeks),
    own: partOf(
      off.map((value, at) => value - (shared[at % weeks] ?? 0)),
      weeks,
    ),
  };
}

function partOf(values: Float64Array, weeks: number): Part {
  const rows = values.length / weeks;
  const memory = memoryOf(values, weeks);
  const lost = lostByBlocks(weeks);
  const news = values.map((value, at) =>
    at % weeks === 0 ? Number.NaN : lost * (value - memory * (values[at - 1] ?? 0)),
  );
  const known = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: weeks }, (_one, week) => week).filter((week) => !Number.isNaN(news[row * weeks + week])),
  );
  return { memory, news, known, weeks };
}

/**
 * Values around their own mean add up to 0, so sums of blocks of them vary too little: by the share of the history that a block is (Künsch 1989, "The jackknife and the bootstrap for general stationary
 * observations"; of single values it is the n − 1 of a variance).
 */
function lostByBlocks(weeks: number): number {
  return weeks > BLOCK ? 1 / Math.sqrt(1 - BLOCK / weeks) : 1;
}

/** The correlation with the week before, and what a mean that was found in so few weeks takes of it (Kendall 1954, "Note on bias in the estimation of autocorrelation"). */
function memoryOf(values: Float64Array, weeks: number): number {
  let [products, squares] = [0, 0];
  for (let at = 1; at < values.length; at++) {
    const [before, now] = [values[at - 1] ?? 0, values[at] ?? 0];
    if (at % weeks === 0 || Number.isNaN(before + now)) continue;
    products += before * now;
    squares += (before * before + now * now) / 2;
  }
  const seen = squares === 0 ? 0 : products / squares;
  return Math.min(MOST_MEMORY, Math.max(0, (weeks * seen + 1) / (weeks - 3)));
}

/** So many weeks of every team: what each has usually, what all have in common, and its own noise. `NaN` where `pattern` has no row. */
export function drawnWorld({ common, own }: Noise, pattern: Grid, draw: (below: number) => number): Float64Array {
  const { weeks, teams, outcome } = pattern;
  const shared = drawnPart(common, 1, weeks, draw);
  const alone = drawnPart(own, teams.length, weeks, draw);
  return alone.map((value, at) => (Number.isNaN(outcome[at]) ? Number.NaN : value + (shared[at % weeks] ?? 0)));
}

/** News of all rows are of the same drawn weeks. */
function drawnPart(
  { memory, news, known, weeks: of }: Part,
  rows: number,
  weeks: number,
  draw: (below: number) => number,
): Float64Array {
  const found = new Float64Array(rows * weeks);
  const last = new Float64Array(rows);
  const anybody = known.findIndex((one) => one.length > 0);
  if (anybody < 0) return found;
  let source = 0;
  for (let turn = 0; turn < WARM_UP + weeks; turn++) {
    source = turn % BLOCK === 0 ? draw(of) : (source + 1) % of;
    for (let row = 0; row < rows; row++) {
      const value = memory * (last[row] ?? 0) + newsOf(row, source);
      last[row] = value;
      if (turn >= WARM_UP) found[row * weeks + turn - WARM_UP] = value;
    }
  }
  return found;

  function newsOf(row: number, week: number): number {
    const there = news[row * of + week] ?? Number.NaN;
    if (!Number.isNaN(there)) return there;
    const place = (known[row]?.length ?? 0) > 0 ? row : anybody;
    const weeksOf = known[place] ?? [];
    return news[place * of + (weeksOf[draw(weeksOf.length)] ?? 0)] ?? 0;
  }
}

/** A grid of so many weeks, of which are missing such as are missing in the history: drawn in the same blocks. Values are 0. */
export function patternOf(
  history: Grid,
  adopted: readonly number[],
  weeks: number,
  draw: (below: number) => number,
): Grid {
  const weight = new Float64Array(history.teams.length * weeks);
  const outcome = new Float64Array(weight.length).fill(Number.NaN);
  const usual = history.teams.map((_, team) => usualWeight(history, team));
  let source = 0;
  for (let week = 0; week < weeks; week++) {
    source = week < history.weeks ? week : week % BLOCK === 0 ? draw(history.weeks) : (source + 1) % history.weeks;
    for (const team of history.teams.keys()) {
      if (!isKnown(history, team, source)) continue;
      outcome[team * weeks + week] = 0;
      weight[team * weeks + week] = usual[team] ?? 1;
    }
  }
  return { ...history, weeks, outcome, weight, adopted };
}

function usualWeight(history: Grid, team: number): number {
  const own = history.weight.subarray(team * history.weeks, (team + 1) * history.weeks).filter((one) => one > 0);
  return own.length === 0 ? 1 : meanOfAll([...own]);
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
