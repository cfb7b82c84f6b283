/** Deployments that leave at fixed dates: what is merged waits for the next one, whatever it is. */
import type { Aftermath } from "./aftermath.ts";
import type { Beyond } from "./beyond.ts";
import { NOTHING_BEYOND } from "./beyond.ts";
import type { Rollout } from "./origins/sighting.ts";
import { median, sortedNumbers } from "./statistics/quantile.ts";
import type { Instant } from "./time.ts";
import { DAY, HOUR } from "./time.ts";

/** So many gaps in a row that are alike are no accident. */
const GAPS = 4;
/** What leaves more often makes nobody wait for a date. */
const SHORTEST = 2 * DAY;
/** A gap may differ from the middle one by this share of it, and by half a day in any case: a holiday moves a train. */
const TOLERANCE = 0.2;
const LEAST_TOLERANCE = 12 * HOUR;

/**
 * For each roll-out whether it left by a timetable: it and the four before it in its environment, without rollbacks and what
 * repaired others, are apart by gaps of at least two days, each within a fifth of the middle one. Only what came before counts,
 * so that what comes later changes nothing.
 *
 * @returns `null` for those that have no four gaps before them, for rollbacks and for repairs.
 */
export function trains(
  { rollouts }: { readonly rollouts: readonly Departure[] },
  after: Pick<Aftermath, "rollbacks" | "rework">,
  beyond: Beyond = NOTHING_BEYOND,
): readonly (boolean | null)[] {
  const last = new Map(beyond.regular);
  return rollouts.map((rollout, index) => {
    const instants = depart(last, rollout, index, after, beyond);
    return instants === null || instants.length <= GAPS ? null : isRegular(instants);
  });
}

type Departure = Pick<Rollout, "id" | "environment" | "deployedAt">;

/** By environment: when the last of some roll-outs were that a timetable is told by. */
export function departures(
  rollouts: readonly Departure[],
  after: Pick<Aftermath, "rollbacks" | "rework">,
  beyond: Beyond,
): ReadonlyMap<string, readonly Instant[]> {
  const last = new Map(beyond.regular);
  for (const [index, rollout] of rollouts.entries()) depart(last, rollout, index, after, beyond);
  return last;
}

/** @returns the last roll-outs of its environment, itself included; `null` of one that says nothing of a timetable. */
function depart(
  last: Map<string, readonly Instant[]>,
  { id, environment, deployedAt }: Departure,
  index: number,
  { rollbacks, rework }: Pick<Aftermath, "rollbacks" | "rework">,
  beyond: Beyond,
): readonly Instant[] | null {
  if (rollbacks.has(index) || rework.has(index) || beyond.rollouts.has(id)) return null;
  const instants = [...(last.get(environment) ?? []), deployedAt].slice(-GAPS - 1);
  last.set(environment, instants);
  return instants;
}

function isRegular(instants: readonly Instant[]): boolean {
  const gaps = sortedNumbers(instants.slice(1).map((at, index) => at - (instants[index] ?? at)));
  const usual = median(gaps) ?? 0;
  const most = Math.max(TOLERANCE * usual, LEAST_TOLERANCE);
  return gaps.every((gap) => gap >= SHORTEST && Math.abs(gap - usual) <= most);
}
