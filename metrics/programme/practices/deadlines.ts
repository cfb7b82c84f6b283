/** When it is decided whether something came in time. */
import type { Instant } from "../../time.ts";

/**
 * When it was done in time, else when its time was over: an item belongs to the week in which this is, so that later news changes no week, and what
 * never comes is missed as surely as what comes late.
 *
 * @param limit in milliseconds; what takes exactly so long is late.
 * @returns `null` while it is not decided yet.
 */
export function decidedAt(from: Instant, done: Instant | null, limit: number, until: Instant): Instant | null {
  if (done !== null && done >= from && done - from < limit) return done;
  return from + limit < until ? from + limit : null;
}
