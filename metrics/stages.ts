/** When the stages of a change began and ended on its host. */
import type { Change, Review } from "./events.ts";
import type { Instant } from "./time.ts";

export interface Milestones {
  /** The smallest author date of its commits. */
  readonly firstCommitAt: Instant | null;
  /** The first review by a person who is neither the author nor a bot nor deleted, and not after the merge. */
  readonly firstReviewAt: Instant | null;
  /** The same, where comments count too. */
  readonly firstResponseAt: Instant | null;
  readonly firstApprovalAt: Instant | null;
}

export function milestones(change: Change): Milestones {
  let firstCommitAt: Instant | null = null;
  for (const { authoredAt } of change.commits) firstCommitAt = earlier(firstCommitAt, authoredAt);
  let firstReviewAt: Instant | null = null;
  let firstResponseAt: Instant | null = null;
  let firstApprovalAt: Instant | null = null;
  for (const review of change.reviews) {
    if (!counts(review, change)) continue;
    firstResponseAt = earlier(firstResponseAt, review.at);
    if (review.kind !== "comment") firstReviewAt = earlier(firstReviewAt, review.at);
    if (review.kind === "approval") firstApprovalAt = earlier(firstApprovalAt, review.at);
  }
  return { firstCommitAt, firstReviewAt, firstResponseAt, firstApprovalAt };
}

/** Whether a person other than the author looked at a change, and not only remarked on it. */
export function isReview(review: Review, change: Change): boolean {
  return review.kind !== "comment" && counts(review, change);
}

function counts({ author, authorKind, byChangeAuthor, at }: Review, { mergedAt }: Change): boolean {
  return author !== null && authorKind === "human" && !byChangeAuthor && (mergedAt === null || at <= mergedAt);
}

function earlier(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
