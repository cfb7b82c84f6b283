/** A working agreement: that no change waits longer than so many hours. */
import type { Instant, Window } from "../time.ts";
import { HOUR, within } from "../time.ts";
import type { Opened } from "./work.ts";
import { byName, endOf } from "./work.ts";

export interface Agreement {
  /** Waiting for a first review, in review, or from its opening to its end. */
  readonly stage: "pickup" | "review" | "open";
  readonly hours: number;
}

export interface Breach {
  readonly change: Opened;
  /** When it was broken: from then on the change had waited longer than was agreed. */
  readonly at: Instant;
}

/**
 * When a change broke an agreement, in elapsed time; `null` when it did not by the end of the facts.
 *
 * A draft waits for nobody, so pickup begins when it is ready; what was merged or closed unreviewed waited until then.
 */
export function brokenAt(change: Opened, { stage, hours }: Agreement, until: Instant): Instant | null {
  const from = startOf(change, stage);
  if (from === null) return null;
  const at = from + hours * HOUR;
  const end = stage === "pickup" ? earliest(change.firstReviewAt, endOf(change)) : endOf(change);
  return at <= until && (end === null || at < end) ? at : null;
}

/** Those that were broken in a window, in order of time. */
export function breaches(
  changes: readonly Opened[],
  agreement: Agreement,
  window: Window,
  until: Instant,
): readonly Breach[] {
  return changes
    .flatMap((change): Breach[] => {
      const at = brokenAt(change, agreement, until);
      return within(at, window) ? [{ change, at }] : [];
    })
    .toSorted((a, b) => a.at - b.at || byName(a.change, b.change));
}

function startOf({ openedAt, readyAt, firstReviewAt }: Opened, stage: Agreement["stage"]): Instant | null {
  switch (stage) {
    case "open":
      return openedAt;
    case "pickup":
      return readyAt;
    case "review":
      return firstReviewAt;
  }
}

function earliest(...instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}
