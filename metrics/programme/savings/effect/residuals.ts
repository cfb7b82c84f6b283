/** What is left of a panel without what teams have always, what weeks have in common, and what adopting changed on average: its noise. */
import type { Grid } from "./grid.ts";

/** Levels of teams and weeks are found in turns, each as the means around the other (two-way fixed effects of what is untreated: Borusyak, Jaravel & Spiess 2024). */
const TURNS = 50;
/** Weeks since adoption that share one mean. */
const SPAN = 13;
/** A mean of fewer teams would take their own noise away, so their weeks share that of the span before. */
const FEWEST = 3;

/** By team, then week; 0 where there is no row. */
export function residualsOf(grid: Grid, gapWeeks: number): Float64Array {
  const isFree = (team: number, week: number) => week < (grid.adopted[team] ?? 0) - gapWeeks;
  const { own, shared } = levels(grid, isFree);
  const residuals = grid.outcome.map((value, at) =>
    Number.isNaN(value) ? 0 : value - (own[Math.floor(at / grid.weeks)] ?? 0) - (shared[at % grid.weeks] ?? 0),
  );
  const spans = spansOf(grid);
  const sums = new Float64Array(Math.max(1, Math.max(...spans) + 1));
  const counts = new Float64Array(sums.length);
  for (const [at, span] of spans.entries()) {
    if (span < 0) continue;
    sums[span] = (sums[span] ?? 0) + (residuals[at] ?? 0);
    counts[span] = (counts[span] ?? 0) + 1;
  }
  for (const [at, span] of spans.entries()) {
    if (span >= 0) residuals[at] = (residuals[at] ?? 0) - (sums[span] ?? 0) / (counts[span] ?? 1);
  }
  return residuals;
}

function levels(
  { outcome, weeks, teams }: Grid,
  isFree: (team: number, week: number) => boolean,
): { readonly own: Float64Array; readonly shared: Float64Array } {
  const [own, shared] = [new Float64Array(teams.length), new Float64Array(weeks)];
  const free = Uint8Array.from(outcome, (value, at) =>
    !Number.isNaN(value) && isFree(Math.floor(at / weeks), at % weeks) ? 1 : 0,
  );
  for (let turn = 0; turn < TURNS; turn++) {
    means(
      own,
      (at) => Math.floor(at / weeks),
      (at) => (outcome[at] ?? 0) - (shared[at % weeks] ?? 0),
      free,
    );
    means(
      shared,
      (at) => at % weeks,
      (at) => (outcome[at] ?? 0) - (own[Math.floor(at / weeks)] ?? 0),
      free,
    );
  }
  return { own, shared };
}

function means(
  into: Float64Array,
  placeOf: (at: number) => number,
  valueOf: (at: number) => number,
  free: Uint8Array,
): void {
  const counts = new Float64Array(into.length);
  into.fill(0);
  for (const [at, isFree] of free.entries()) {
    if (isFree === 0) continue;
    const place = placeOf(at);
    into[place] = (into[place] ?? 0) + valueOf(at);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  for (const [place, count] of counts.entries()) if (count > 0) into[place] = (into[place] ?? 0) / count;
}

/** Which span since adoption a value lies in; −1 before, and where there is no row. */
function spansOf(grid: Grid): Int32Array {
  const { outcome, weeks, adopted } = grid;
  const spans = Int32Array.from(outcome, (value, at) => {
    const since = (at % weeks) - (adopted[Math.floor(at / weeks)] ?? 0);
    return Number.isNaN(value) || since < 0 ? -1 : Math.floor(since / SPAN);
  });
  const members = new Map<number, Set<number>>();
  for (const [at, span] of spans.entries()) {
    const teams = members.get(span) ?? new Set();
    members.set(span, teams.add(Math.floor(at / weeks)));
  }
  let last = 0;
  while (last + 1 < members.size && (members.get(last + 1)?.size ?? 0) >= FEWEST) last += 1;
  return spans.map((span) => Math.min(span, last));
}
