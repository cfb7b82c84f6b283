/** Milestones of a roadmap: a metric that is to reach a value by a day. Their status is computed and not typed. */
import { dateOf, startOfDate } from "../calendar.ts";
import type { Instant } from "../time.ts";

export const MILESTONE_STATES = ["met", "on-course", "at-risk", "missed", "cannot-be-said"] as const;
export type MilestoneState = (typeof MILESTONE_STATES)[number];

export interface Milestone {
  readonly id: string;
  readonly title: string;
  /** A role or a team. */
  readonly owner: string;
  /** Whose numbers and which metric: `organisation`, `team:payments`. */
  readonly scope: string;
  readonly metric: string;
  readonly better: "lower" | "higher";
  /** When it was set, what the metric was then, and what it is to become, in the metric's unit. `from: null`: nobody knew. */
  readonly setOn: string;
  readonly from: number | null;
  readonly target: number;
  /** The last day on which it may be reached, 2026-11-28, in the organisation's zone. */
  readonly due: string;
}

/** What the metric was over a window that ended at an instant. In order of time. */
export interface MilestoneReading {
  readonly at: Instant;
  /** `null`: it could not be measured. */
  readonly value: number | null;
}

export interface MilestoneStatus {
  readonly state: MilestoneState;
  /** When it was first reached; `null`: never. */
  readonly reachedAt: Instant | null;
  /** Of the way from what it was to the target, 0 to 1 and beyond; `null` where nobody knows. */
  readonly progress: number | null;
  /** Where a straight line would be by now. */
  readonly expected: number | null;
  readonly words: string;
}

/** What may be lacking of the straight line before it is called a risk: numbers of weeks vary. */
export const LEEWAY = 0.1;

/**
 * *Met* when the last reading up to the due day has reached the target; *missed* when the due day is over and it had not. Until then *on course* when it is at most a tenth
 * of the way behind a straight line from the day on which it was set to the due day, else *at risk*. What was reached and lost again is not met.
 *
 * @param readings up to `now`, by which the status is told; those after the due day do not count.
 */
export function milestoneStatus(
  milestone: Milestone,
  readings: readonly MilestoneReading[],
  now: Instant,
  zone: string,
  leeway = LEEWAY,
): MilestoneStatus {
  // The due day is a whole day: it is over when the next one begins.
  const end = startOfDate(dateOf(startOfDate(milestone.due, zone) + 36 * 3_600_000, zone), zone);
  const counted = readings.filter(({ at }) => at <= Math.min(now, end));
  const known = counted.filter((reading): reading is MilestoneReading & { value: number } => reading.value !== null);
  const last = known.at(-1);
  const reachedAt = known.find(({ value }) => hasReached(milestone, value))?.at ?? null;
  const progress = last === undefined ? null : progressOf(milestone, last.value);
  const expected = expectedBy(startOfDate(milestone.setOn, zone), end, now);
  const state = stateOf(milestone, { last: last?.value ?? null, progress, expected, isOver: now >= end }, leeway);
  const found = { state, reachedAt, progress, expected };
  return { ...found, words: words(milestone, found, last?.value ?? null) };
}

interface Course {
  readonly last: number | null;
  readonly progress: number | null;
  readonly expected: number;
  readonly isOver: boolean;
}

function stateOf(milestone: Milestone, { last, progress, expected, isOver }: Course, leeway: number): MilestoneState {
  if (last === null) return "cannot-be-said";
  if (hasReached(milestone, last)) return "met";
  if (isOver) return "missed";
  if (progress === null) return "cannot-be-said";
  return progress >= expected - leeway ? "on-course" : "at-risk";
}

function hasReached({ better, target }: Milestone, value: number): boolean {
  return better === "lower" ? value <= target : value >= target;
}

/** `null` where nobody knows from where it began, or there was no way to go. */
function progressOf({ from, target }: Milestone, value: number): number | null {
  return from === null || from === target ? null : (value - from) / (target - from);
}

/** The share of the time that has passed. */
function expectedBy(begin: Instant, end: Instant, now: Instant): number {
  return end <= begin ? 1 : Math.min(1, Math.max(0, (now - begin) / (end - begin)));
}

function words(
  { metric, target, due }: Milestone,
  { state, progress, expected }: Omit<MilestoneStatus, "words">,
  last: number | null,
): string {
  const way = `${share(progress)} of the way is done`;
  switch (state) {
    case "cannot-be-said":
      return last === null
        ? `Cannot be said: ${metric} was not measured.`
        : `Cannot be said: nobody knows what ${metric} was when this was set; it is ${shown(last)}, and ${shown(target)} is due on ${due}.`;
    case "met":
      return `Met: ${metric} is ${shown(last)}, asked for was ${shown(target)} by ${due}.`;
    case "missed":
      return `Missed: ${metric} was ${shown(last)} on ${due}, asked for was ${shown(target)}.`;
    case "on-course":
      return `On course: ${way}, and ${share(expected)} of the time; ${shown(target)} is due on ${due}.`;
    case "at-risk":
      return `At risk: ${way} only, but ${share(expected)} of the time; ${shown(target)} is due on ${due}.`;
  }
}

function share(part: number | null): string {
  return `${Math.round((part ?? 0) * 100)} %`;
}

const decimals = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

function shown(value: number | null): string {
  return value === null ? "—" : decimals.format(value);
}
