/** Durations of which some are not over. */
import type { Observation, View } from "./metric.ts";
import type { Instant } from "./time.ts";

/**
 * What lasts from one instant to another, in hours: while it has no end, at least until the facts end, or until it was given up.
 * Unknown where it would end before it begins, and where it begins after the facts end.
 *
 * @param at when it counts.
 * @param givenUpAt when nobody waited any longer although it had not ended: how long it would have lasted is not known.
 */
export function lasting(
  at: Instant,
  from: Instant,
  to: Instant | null,
  { openFor: lengthSince, hours }: View,
  givenUpAt: Instant | null = null,
): Observation {
  if (to !== null) return { at, value: hours(from, to) };
  const openFor = givenUpAt === null ? lengthSince(from) : hours(from, givenUpAt);
  return openFor === null ? { at, value: null } : { at, value: null, openFor };
}
