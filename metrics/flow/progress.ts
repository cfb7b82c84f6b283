/** Work in progress over time, what is finished week by week, when the rest will be, and whether these three belong together. */
import { periods } from "../calendar.ts";
import { backtest } from "../statistics/backtest.ts";
import type { Backtest } from "../statistics/backtest.ts";
import { LEAST_SAMPLES, whenDone } from "../statistics/forecast.ts";
import type { Levels } from "../statistics/forecast.ts";
import { littlesLaw } from "../statistics/littles-law.ts";
import type { LittlesLaw } from "../statistics/littles-law.ts";
import { firstFrom } from "../sample.ts";
import { sortedNumbers } from "../statistics/quantile.ts";
import { sum } from "../statistics/sum.ts";
import type { Instant, Window } from "../time.ts";
import { HOUR, within } from "../time.ts";
import { counted } from "../words.ts";
import type { Opened } from "./work.ts";
import { endOf, hoursUntil } from "./work.ts";

/**
 * How many changes are in progress at the end of each period, or where the facts end in it; `null` before the first change
 * was opened, since nobody knows of anything then.
 */
export function inProgress(changes: readonly Opened[], parts: readonly Window[], until: Instant): (number | null)[] {
  const first = firstOpened(changes);
  // What ended before it was opened was never in progress.
  const passed = changes.filter((change) => change.openedAt < (endOf(change) ?? Infinity));
  const starts = sortedNumbers(passed.map(({ openedAt }) => openedAt));
  const ends = sortedNumbers(passed.map((change) => endOf(change) ?? Infinity));
  return parts.map(({ to }) => {
    const at = Math.min(to, until);
    return at < first ? null : countUntil(starts, at) - countUntil(ends, at);
  });
}

/** How many of some sorted instants are not after another. */
function countUntil(sorted: Float64Array, at: Instant): number {
  return firstFrom(sorted, at + 1);
}

export interface Week extends Window {
  readonly merged: number;
}

/** How many changes were merged in each complete week of a window since the first was opened; a week without any is 0. */
export function throughput(changes: readonly Opened[], window: Window, zone: string): readonly Week[] {
  const first = firstOpened(changes);
  const merged = sortedNumbers(changes.flatMap(({ mergedAt }) => mergedAt ?? []));
  return periods(window, "week", zone)
    .filter(({ from, to }) => from >= window.from && to <= window.to && to > first)
    .map((week) => ({ ...week, merged: firstFrom(merged, week.to) - firstFrom(merged, week.from) }));
}

export interface Finish {
  /** Weeks until all that is open now is merged, in 50, 85 and 95 % of the trials; `null` when it is refused, or beyond ten years. */
  readonly weeks: Levels<number | null> | null;
  readonly test: Backtest | null;
  /** The weeks of each interval of the back-test. */
  readonly testWeeks: number;
  readonly words: string;
}

/** The longest interval of a back-test: longer ones leave too few of them. */
const LONGEST = 8;

/** When as many changes as are open will have been merged, if the weeks to come are like those known. */
export function finish(weeks: readonly Week[], open: number): Finish {
  const refused = { weeks: null, test: null, testWeeks: 0 };
  if (open === 0) return { ...refused, words: "Nothing is open, so there is nothing to forecast." };
  const merged = weeks.map((week) => week.merged);
  const { levels, reason } = whenDone(merged, open);
  if (levels === null) return { ...refused, words: `No forecast: ${reason ?? `fewer than ${LEAST_SAMPLES} weeks.`}` };
  const testWeeks = Math.min(LONGEST, Math.max(1, levels.p85 ?? LONGEST));
  const test = backtest(merged, testWeeks);
  return { weeks: levels, test, testWeeks, words: `${levelWords(levels, open)} ${testWords(test, testWeeks)}` };
}

function levelWords({ p50, p85, p95 }: Levels<number | null>, open: number): string {
  const text = (weeks: number | null) => (weeks === null ? "more than ten years" : counted(weeks, "week"));
  return `As many changes as are open now (${open}) are merged within ${text(p50)} in half of the trials, ${text(p85)} in 85 % and ${text(p95)} in 95 %.`;
}

function testWords({ covered, intervals }: Backtest, weeks: number): string {
  if (covered === null) return "There are too few weeks to test this on the past.";
  const percent = Math.round(covered.p85 * 100);
  return `Tested on the past: in ${percent} % of ${counted(intervals, "interval")} of ${counted(weeks, "week")}, at least as much was merged as a forecast at 85 % had said.`;
}

export interface Stability {
  /** `null` when too little has ended to say. */
  readonly law: LittlesLaw | null;
  readonly words: string;
}

/** Fewer ended changes have no mean time worth a check. */
const LEAST_ENDED = 10;

/**
 * Whether what came in, how long it took and how much was in progress over a window belong together (Little 1961). Merged or
 * closed, both were in progress; the mean in progress is that over all instants of the window.
 */
export function stability(changes: readonly Opened[], window: Window): Stability {
  const ended = changes.flatMap((change) => {
    const end = endOf(change);
    return within(end, window) && end >= change.openedAt ? [end - change.openedAt] : [];
  });
  if (ended.length < LEAST_ENDED)
    return { law: null, words: `${counted(ended.length, "change")} ended: too few to check (from ${LEAST_ENDED}).` };
  const hours = hoursUntil(window.from, window.to);
  const opened = changes.filter(({ openedAt }) => within(openedAt, window)).length;
  // Whole milliseconds add up to the same in any order.
  const inside = sum(changes.map((change) => overlap(change, window))) / HOUR;
  const law = littlesLaw(opened / hours, sum(ended) / ended.length / HOUR, inside / hours);
  return { law, words: law === null ? "Nothing was in progress." : lawWords(law) };
}

/** Milliseconds. */
function overlap(change: Opened, { from, to }: Window): number {
  return Math.max(0, Math.min(to, endOf(change) ?? Infinity) - Math.max(from, change.openedAt));
}

function lawWords({ residual, stable }: LittlesLaw): string {
  const percent = Math.round(Math.abs(residual) * 100);
  if (stable) return `Stable: arrivals and times account for what is in progress, but for ${percent} % (Little's law).`;
  return `Unstable: arrivals and times account for ${percent} % ${residual < 0 ? "less" : "more"} than is in progress (Little's law), so a forecast from the past may not hold.`;
}

function firstOpened(changes: readonly Opened[]): Instant {
  let first = Infinity;
  for (const { openedAt } of changes) if (openedAt < first) first = openedAt;
  return first;
}
