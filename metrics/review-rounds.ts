/** How often a change went back and forth. */
import type { Change } from "./events.ts";
import { isReview } from "./stages.ts";

/**
 * How many rounds of review a change took: one, and one more for each time that somebody reviewed it again after more commits.
 * Commits count by their author date, which an amended or rebased commit keeps, so there may have been more rounds.
 *
 * @returns 0 for a change without any review.
 */
export function reviewRounds(change: Change): number {
  if (change.reviews.length === 0) return 0;
  const commits = change.commits.flatMap(({ authoredAt }) => authoredAt ?? []);
  const reviews = change.reviews
    .filter((review) => isReview(review, change))
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
  let rounds = 0;
  let last = -Infinity;
  for (const at of reviews) {
    if (rounds === 0 || commits.some((commit) => commit > last && commit <= at)) rounds += 1;
    last = at;
  }
  return rounds;
}
