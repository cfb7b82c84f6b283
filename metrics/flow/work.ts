/** Changes on their way at a moment: what is open, in which stage and since when, and what is merged but not in production. */
import type { ChangeFact } from "../facts.ts";
import type { Instant } from "../time.ts";
import { HOUR } from "../time.ts";

export type OpenStage = "coding" | "pickup" | "review";

/** What is asked of a change on its way. */
export type Passage = Pick<
  ChangeFact,
  | "source"
  | "service"
  | "id"
  | "number"
  | "authorKind"
  | "openedAt"
  | "readyAt"
  | "firstReviewAt"
  | "mergedAt"
  | "closedAt"
  | "isIntegrated"
  | "deployedAt"
  | "isBeforeRecord"
  | "workType"
>;

/** A change of which its host says when it was opened. */
export type Opened = Passage & { readonly openedAt: Instant };

/** Those whose opening is known and, unless bots are asked for, not by a bot: nobody waits for a person with what a bot opened. */
export function openedChanges(changes: readonly Passage[], bots: "default" | "in" | "out"): readonly Opened[] {
  return changes.filter(
    (change): change is Opened => change.openedAt !== null && (bots === "in" || change.authorKind !== "bot"),
  );
}

/** The order of changes at one instant: the same however they came to be known. */
export function byName(a: Passage, b: Passage): number {
  if (a.service !== b.service) return a.service < b.service ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** When it was merged or closed without; `null` when neither is known. */
export function endOf({ mergedAt, closedAt }: Passage): Instant | null {
  return mergedAt ?? closedAt;
}

/** Whether it was in progress at an instant: opened by then, and neither merged nor closed by then. */
export function isOpenAt(change: Opened, at: Instant): boolean {
  const end = endOf(change);
  return change.openedAt <= at && (end === null || end > at);
}

/** Where an open change stands: a draft is still coded on, what is ready waits until somebody reviews it. */
export function stageAt({ readyAt, firstReviewAt }: Passage, at: Instant): OpenStage {
  if (firstReviewAt !== null && firstReviewAt <= at) return "review";
  return readyAt !== null && readyAt <= at ? "pickup" : "coding";
}

/** Whether it was merged to the default branch by an instant and no production deployment had it by then. */
export function isWaitingAt({ isIntegrated, mergedAt, deployedAt, isBeforeRecord }: Passage, at: Instant): boolean {
  if (!isIntegrated || isBeforeRecord || mergedAt === null || mergedAt > at) return false;
  return deployedAt === null || deployedAt > at;
}

/** Elapsed hours, of instants in order. */
export function hoursUntil(from: Instant, to: Instant): number {
  return (to - from) / HOUR;
}
