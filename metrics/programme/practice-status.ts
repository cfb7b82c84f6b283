/** Whether a practice is lived: what its weeks say, part by part, and the weakest part decides. */
import { sum } from "../statistics/sum.ts";
import { wilson } from "../statistics/wilson.ts";
import { Z90 } from "../statistics/normal.ts";
import type { Interval } from "../statistics/interval.ts";
import type { Window } from "../time.ts";
import type { PartReadings } from "./practices/index.ts";
import type { Limits } from "./practices/limits.ts";
import type { Measured, Part, Practice, Reading } from "./practices/practice.ts";
import { partWords, statusWords } from "./practice-words.ts";

/** From the weakest. What is not asked of a service decides nothing. */
export const STATUSES = [
  "not-yet",
  "insufficient-data",
  "not-measurable",
  "practising",
  "adopted",
  "not-applicable",
] as const;
export type Status = (typeof STATUSES)[number];

/** How many weeks make a habit: what *practised* and *adopted* mean, so that it is the same everywhere. */
export interface Habit {
  /** So many … */
  readonly practisingWeeks: number;
  /** … of so many of the last weeks in which something of the kind happened. */
  readonly recentWeeks: number;
  readonly adoptedWeeks: number;
  readonly longWeeks: number;
  /** Weeks with items are looked for in so many times as many weeks: what is older says nothing of now. */
  readonly reach: number;
  /** A week's share of which less than this is known is not known. */
  readonly leastCoverage: number;
}

export const HABIT: Habit = {
  practisingWeeks: 4,
  recentWeeks: 6,
  adoptedWeeks: 12,
  longWeeks: 18,
  reach: 2,
  leastCoverage: 0.8,
};

/** One week of a part, as the page draws it. */
export interface WeekShare extends Window {
  readonly reading: Reading;
  /** `null` where nothing happened, or too little is known of it. */
  readonly isMet: boolean | null;
}

export interface PartStatus {
  readonly part: Part;
  readonly status: Status;
  /** Of the last weeks with items that the status looks at: met in so many of so many. */
  readonly weeksMet: number;
  readonly weeks: number;
  /** Items of the last twelve of them together, with the 90 % interval of their share; of a condition on weeks the weeks. */
  readonly met: number;
  readonly of: number;
  readonly interval: Interval | null;
  readonly threshold: number;
  readonly history: readonly WeekShare[];
  readonly words: string;
}

export interface PracticeStatus {
  readonly practice: Practice;
  readonly status: Status;
  /** The part that decided; `null` where none is asked of the service. */
  readonly weakest: PartStatus | null;
  /** What those parts say that can be measured at all; `null` where none can. */
  readonly measured: Status | null;
  readonly parts: readonly PartStatus[];
  readonly words: string;
}

/**
 * @param told the readings of each part, from `readWeeks`.
 * @param weeks the complete weeks that were read, in order.
 */
export function practiceStatus(
  practice: Practice,
  told: readonly PartReadings[],
  weeks: readonly Window[],
  limits: Limits,
  habit: Habit = HABIT,
): PracticeStatus {
  const parts = told.map((one) => partStatus(one, weeks, limits, habit));
  const asked = parts.filter(({ part, status }) => part.isRequired && status !== "not-applicable");
  const weakest = weakestOf(asked);
  const measured = weakestOf(asked.filter(({ status }) => status !== "not-measurable"))?.status ?? null;
  const status = weakest?.status ?? "not-applicable";
  return { practice, status, weakest, measured, parts, words: statusWords({ status, weakest, measured, parts }) };
}

/** Whether a service has a practice, be it for some weeks or for long. What is not asked of it does not hold it back. */
export function holds(status: Status): boolean {
  return status === "practising" || status === "adopted" || status === "not-applicable";
}

/** The first of the weakest: parts are in the order in which they are usually adopted. */
function weakestOf(parts: readonly PartStatus[]): PartStatus | null {
  for (const status of STATUSES) {
    const found = parts.find((one) => one.status === status);
    if (found !== undefined) return found;
  }
  return null;
}

/** The status of one part. */
export function partStatus(
  { part, readings }: PartReadings,
  weeks: readonly Window[],
  limits: Limits,
  habit: Habit = HABIT,
): PartStatus {
  const threshold = part.threshold(limits);
  const history: WeekShare[] = [];
  for (const [index, { from, to }] of weeks.entries()) {
    const reading = readings[index];
    if (reading !== undefined) history.push({ from, to, reading, isMet: weekMet(reading, part, threshold, habit) });
  }
  const pace = Math.max(1, part.pace(limits));
  const recent = lastWithItems(history, habit.recentWeeks, pace * habit.reach);
  const long = lastWithItems(history, habit.longWeeks, pace * habit.reach);
  const pooled = long
    .slice(-habit.adoptedWeeks)
    .flatMap(({ reading }) => (reading.kind === "measured" ? [reading] : []));
  const [met, of] = [sum(pooled.map((one) => one.met)), sum(pooled.map((one) => one.of))];
  const interval = wilson(met, of, Z90);
  // A condition on weeks asks for a share of them, which is that of the habit.
  const least = part.counts === "weeks" ? habit.adoptedWeeks / habit.longWeeks : threshold;
  const status = statusOf(history, { recent, long, interval }, least, habit);
  const shown = status === "adopted" ? long : recent;
  const found = { part, status, weeksMet: countMet(shown), weeks: shown.length, met, of, interval, threshold, history };
  return { ...found, words: partWords(found, limits, habit) };
}

/** In how many of the weeks that adopting asks for a part was met, of how many that there are. */
export function longWeeksOf(
  { part, history }: Pick<PartStatus, "part" | "history">,
  limits: Limits,
  habit: Habit = HABIT,
): { readonly met: number; readonly of: number } {
  const long = lastWithItems(history, habit.longWeeks, Math.max(1, part.pace(limits)) * habit.reach);
  return { met: countMet(long), of: long.length };
}

interface Looked {
  readonly recent: readonly WeekShare[];
  readonly long: readonly WeekShare[];
  readonly interval: Interval | null;
}

/**
 * *Practising*: 4 of the last 6 weeks with items meet the threshold. *Adopted*: it is practised, 12 of the last 18 do, and the 90 % interval of the share
 * of the last 12 does not lie below it (a team of few changes must not lose it to chance, nor have it by luck alone).
 */
function statusOf(
  history: readonly WeekShare[],
  { recent, long, interval }: Looked,
  least: number,
  habit: Habit,
): Status {
  if (history.length > 0 && history.every(({ reading }) => reading.kind === "not-applicable")) return "not-applicable";
  if (recent.length === 0)
    return history.at(-1)?.reading.kind === "not-measurable" ? "not-measurable" : "insufficient-data";
  const met = countMet(recent);
  if (met < habit.practisingWeeks) {
    const canStill = recent.length - met <= habit.recentWeeks - habit.practisingWeeks;
    return canStill ? "insufficient-data" : "not-yet";
  }
  const isLong = countMet(long) >= habit.adoptedWeeks;
  return isLong && (interval === null || interval.high >= least) ? "adopted" : "practising";
}

/**
 * The last weeks of which it is known whether they meet the threshold. Weeks without items are passed over: a holiday is neither a success nor a failure.
 * But only so far back as twice the weeks, since a habit of last year says nothing of today.
 */
function lastWithItems(history: readonly WeekShare[], count: number, reach: number): readonly WeekShare[] {
  return history
    .slice(-count * reach)
    .filter(({ isMet }) => isMet !== null)
    .slice(-count);
}

function weekMet(reading: Reading, part: Part, threshold: number, { leastCoverage }: Habit): boolean | null {
  if (reading.kind !== "measured") return null;
  if (reading.isCalm) return true;
  if (!isKnown(reading, leastCoverage)) return null;
  const share = reading.met / reading.of;
  return part.isStrict ? share > threshold : share >= threshold;
}

function isKnown({ of, unknown }: Measured, leastCoverage: number): boolean {
  return of > 0 && of / (of + unknown) >= leastCoverage;
}

function countMet(weeks: readonly WeekShare[]): number {
  return weeks.filter(({ isMet }) => isMet === true).length;
}
