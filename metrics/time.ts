/** A point in time: epoch milliseconds, UTC. */
export type Instant = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** A half-open span of time, `from` included and `to` excluded, so that adjacent windows never share an event. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/** Whether an instant lies in a window. Unknown instants lie in none. */
export function within(at: Instant | null, { from, to }: Window): at is Instant {
  return at !== null && at >= from && at < to;
}

/** Hours from one instant to another; `null` when either is unknown or the span would be negative (clock skew). */
export function hoursBetween(from: Instant | null, to: Instant | null): number | null {
  return from === null || to === null || to < from ? null : (to - from) / HOUR;
}
