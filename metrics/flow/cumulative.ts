/** Where all the work of a window stood as time went by: the layers of a cumulative flow diagram. */
import { firstFrom } from "../sample.ts";
import { sortedNumbers } from "../statistics/quantile.ts";
import type { Instant, Window } from "../time.ts";
import type { Opened } from "./work.ts";
import { endOf } from "./work.ts";

/** How many changes stood where at one instant. The first three together are in progress. */
export interface Standing {
  readonly coding: number;
  readonly pickup: number;
  readonly review: number;
  /** Merged to the default branch, and no production deployment had it. */
  readonly waiting: number;
  /** In production since the window began, or merged where nothing is ever deployed. */
  readonly done: number;
}

/** The half-open time in which a change stood somewhere; empty where it ends before it begins. */
type Stay = readonly [from: Instant, to: Instant];

/**
 * The standing at the end of each period, or where the facts end in it; `null` before the first change was opened. What was closed
 * without a merge leaves the diagram; what was done before the window began is not in it.
 *
 * @param changes those in progress in the window, and those that were waiting or became done in it; others change nothing.
 * @param parts in order of time.
 * @param isDeployed whether a change's service ever deployed to production: nobody waits for what never comes.
 */
export function cumulativeFlow(
  changes: readonly Opened[],
  parts: readonly Window[],
  { window, isDeployed }: { readonly window: Window; readonly isDeployed: (change: Opened) => boolean },
): readonly (Standing | null)[] {
  const instants = sortedNumbers(parts.map(({ to }) => Math.min(to, window.to)));
  const steps = STAYS.map(() => new Int32Array(parts.length + 1));
  let first = Infinity;
  for (const change of changes) {
    first = Math.min(first, change.openedAt);
    const passage = passageOf(change, window.from, isDeployed(change));
    for (const [index, stay] of STAYS.entries()) step(steps[index], instants, stay(passage));
  }
  const layers = steps.map((layer) => runningTotal(layer));
  return Array.from(instants, (at, index) => {
    const [coding = 0, pickup = 0, review = 0, waiting = 0, done = 0] = layers.map((layer) => layer[index] ?? 0);
    return at < first ? null : { coding, pickup, review, waiting, done };
  });
}

interface Steps {
  readonly opened: Instant;
  readonly ready: Instant;
  readonly reviewed: Instant;
  readonly ended: Instant;
  readonly merged: Instant;
  readonly done: Instant;
  /** Before the window, where nobody looks. */
  readonly isEarlier: boolean;
}

/** In the order of `Standing`, by the rules of `stageAt` and `isWaitingAt`. */
const STAYS: readonly ((steps: Steps) => Stay)[] = [
  ({ opened, ready, reviewed, ended }) => [opened, Math.min(ready, reviewed, ended)],
  ({ ready, reviewed, ended }) => [ready, Math.min(reviewed, ended)],
  ({ reviewed, ended }) => [reviewed, ended],
  ({ merged, done }) => [merged, done],
  ({ done, isEarlier }) => [isEarlier ? Infinity : done, Infinity],
];

/** What never came to pass is endlessly late. */
function passageOf(change: Opened, since: Instant, isDeployed: boolean): Steps {
  const { openedAt: opened, readyAt, firstReviewAt, mergedAt, deployedAt, isIntegrated, isBeforeRecord } = change;
  const merged = mergedAt ?? Infinity;
  const waits = isDeployed && isIntegrated && !isBeforeRecord;
  const done = waits ? Math.max(merged, deployedAt ?? Infinity) : merged;
  return {
    opened,
    ready: Math.max(opened, readyAt ?? Infinity),
    reviewed: Math.max(opened, firstReviewAt ?? Infinity),
    ended: endOf(change) ?? Infinity,
    merged,
    done,
    isEarlier: done < since,
  };
}

/** One more from the first instant of a stay on, and one less from its end on. */
function step(layer: Int32Array | undefined, instants: Float64Array, [from, to]: Stay): void {
  if (layer === undefined || to <= from) return;
  const [entered, left] = [firstFrom(instants, from), firstFrom(instants, to)];
  layer[entered] = (layer[entered] ?? 0) + 1;
  layer[left] = (layer[left] ?? 0) - 1;
}

function runningTotal(steps: Int32Array): Int32Array {
  let total = 0;
  return steps.map((one) => (total += one));
}
