/** Deployments that leave at fixed dates: what is merged waits for the next one, whatever it is. */
import type { Aftermath } from "./aftermath.ts";
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
  { rollouts }: { readonly rollouts: readonly Pick<Rollout, "environment" | "deployedAt">[] },
  { rollbacks, rework }: Pick<Aftermath, "rollbacks" | "rework">,
): readonly (boolean | null)[] {
  const before = new Map<string, Instant[]>();
  return rollouts.map(({ environment, deployedAt }, index) => {
    if (rollbacks.has(index) || rework.has(index)) return null;
    const last = [...(before.get(environment) ?? []), deployedAt].slice(-GAPS - 1);
    before.set(environment, last);
    return last.length <= GAPS ? null : isRegular(last);
  });
}

function isRegular(instants: readonly Instant[]): boolean {
  const gaps = sortedNumbers(instants.slice(1).map((at, index) => at - (instants[index] ?? at)));
  const usual = median(gaps) ?? 0;
  const most = Math.max(TOLERANCE * usual, LEAST_TOLERANCE);
  return gaps.every((gap) => gap >= SHORTEST && Math.abs(gap - usual) <= most);
}
