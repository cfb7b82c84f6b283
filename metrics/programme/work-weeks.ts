/** The work of a window week by week, as comparisons of lead times that know what has not arrived need it. */
import { periods } from "../calendar.ts";
import type { Instant, Window } from "../time.ts";
import { hoursBetween, within } from "../time.ts";
import type { WeekOfWork } from "./lead-time-ratio.ts";

/** A change or a commit on its way to production. */
export interface Work {
  /** When somebody began it; `null`: nobody knows. */
  readonly beganAt: Instant | null;
  /** When it came to the default branch, by which it belongs to a week. */
  readonly mergedAt: Instant;
  /** `null`: it has not arrived. */
  readonly deployedAt: Instant | null;
}

/**
 * Each week of a window with what was merged in it, as it stood when the window ended: what arrived later was still open then. So two windows are looked at alike, however
 * long ago they are. What began at no known time, or after it arrived, is left out.
 */
export function weeksOfWork(all: readonly Work[], window: Window, zone: string): readonly WeekOfWork[] {
  return periods(window, "week", zone).map((week) => {
    const arrived: number[] = [];
    const open: number[] = [];
    for (const { beganAt, mergedAt, deployedAt } of all) {
      if (beganAt === null || !within(mergedAt, week) || !within(mergedAt, window)) continue;
      if (deployedAt === null || deployedAt >= window.to) open.push(hoursBetween(beganAt, window.to) ?? 0);
      else if (deployedAt >= beganAt) arrived.push(hoursBetween(beganAt, deployedAt) ?? 0);
    }
    return { arrived, open };
  });
}
