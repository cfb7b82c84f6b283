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
  const reviews = change.reviews.filter((review) => counts(review, change));
  const first = (wanted: (review: Review) => boolean) => earliest(reviews.filter(wanted).map(({ at }) => at));
  return {
    firstCommitAt: earliest(change.commits.map(({ authoredAt }) => authoredAt)),
    firstReviewAt: first(({ kind }) => kind !== "comment"),
    firstResponseAt: first(() => true),
    firstApprovalAt: first(({ kind }) => kind === "approval"),
  };
}

/** Whether a person other than the author looked at a change, and not only remarked on it. */
export function isReview(review: Review, change: Change): boolean {
  return review.kind !== "comment" && counts(review, change);
}

function counts({ author, authorKind, byChangeAuthor, at }: Review, { mergedAt }: Change): boolean {
  return author !== null && authorKind === "human" && !byChangeAuthor && (mergedAt === null || at <= mergedAt);
}

function earliest(instants: readonly (Instant | null)[]): Instant | null {
  let first: Instant | null = null;
  for (const at of instants) if (at !== null && (first === null || at < first)) first = at;
  return first;
}
