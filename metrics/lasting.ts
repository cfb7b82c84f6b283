/** Durations of which some are not over. */
import type { Observation, View } from "./metric.ts";
import type { Instant } from "./time.ts";

/**
 * What lasts from one instant to another, in hours: while it has no end, at least until the facts end. Unknown where it would end
 * before it begins, and where it begins after the facts end.
 *
 * @param at when it counts.
 */
export function lasting(at: Instant, from: Instant, to: Instant | null, { until, hours }: View): Observation {
  if (to !== null) return { at, value: hours(from, to) };
  const openFor = hours(from, until);
  return openFor === null ? { at, value: null } : { at, value: null, openFor };
}
