import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reviewRounds, secondRoundShare } from "#metrics/context/review-rounds.ts";
import type { ChangeFact } from "#metrics/facts.ts";
import { elapsed } from "#metrics/lens.ts";
import { measure } from "#metrics/measure.ts";
import type { ChangeMetric } from "#metrics/metric.ts";
import { reviewRounds as roundsOf } from "#metrics/review-rounds.ts";
import { DAY } from "#metrics/time.ts";
import { aChange, aChangeFact, aReview } from "#test/support/builders.ts";

const commits = (...at: readonly (number | null)[]) =>
  at.map((authoredAt, index) => ({ sha: `c${index}`, authoredAt }));

const measured = (metric: ChangeMetric, facts: readonly ChangeFact[]) =>
  measure(
    metric,
    facts.flatMap((fact) => metric.observe(fact, elapsed(2 * DAY)) ?? []),
    { from: 0, to: 2 * DAY },
  );

describe("rounds of review", () => {
  it.each<[string, readonly (number | null)[], readonly number[], number]>([
    ["no review is no round", [1, 2], [], 0],
    ["one review is one", [1, 2], [3], 1],
    ["reviews without a commit between them are one", [1], [3, 4, 5], 1],
    ["a commit without a review after it is none", [1, 4], [3], 1],
    ["a review after another commit is another", [1, 4], [3, 5], 2],
    ["several commits between two reviews are one", [1, 4, 5, 6], [3, 7], 2],
    ["each time counts", [1, 4, 6, 8], [3, 5, 7, 9], 4],
    ["a commit of the instant of a review came before it", [1, 5], [3, 5], 2],
    ["an unknown date is no commit between two reviews", [1, null], [3, 5], 1],
  ])("%s", (_, authored, reviewed, rounds) => {
    const change = aChange(1, { commits: commits(...authored), reviews: reviewed.map((at) => aReview(at)) });

    expect(roundsOf(change)).toBe(rounds);
  });

  it("are of people other than the author, and of reviews and not of remarks", () => {
    const others = [
      aReview(3, { kind: "comment" }),
      aReview(5, { authorKind: "bot" }),
      aReview(7, { byChangeAuthor: true }),
      aReview(9, { author: null }),
      aReview(11),
    ];

    expect(roundsOf(aChange(1, { commits: commits(1, 4, 6, 8, 10), reviews: others }))).toBe(1);
    expect(roundsOf(aChange(1, { commits: commits(1, 4), reviews: [aReview(3), aReview(5)], mergedAt: 4 }))).toBe(1);
  });

  it("do not depend on the order in which a host tells of them, and are at most as many as the reviews", () => {
    const instants = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 8 });
    fc.assert(
      fc.property(instants, instants, (authored, reviewed) => {
        const reviews = reviewed.map((at) => aReview(at));
        const change = aChange(1, { commits: commits(...authored), reviews });

        const rounds = roundsOf(change);

        expect(rounds).toBeLessThanOrEqual(reviews.length);
        expect(rounds > 0).toBe(reviews.length > 0);
        expect(roundsOf({ ...change, commits: change.commits.toReversed(), reviews: reviews.toReversed() })).toBe(
          rounds,
        );
      }),
    );
  });

  it("are measured over reviewed changes: 1, 1, 1, 2, 4 have a median of 1, and two of five were reviewed again", () => {
    const reviewed = [1, 1, 1, 2, 4].map((rounds) =>
      aChangeFact({ mergedAt: DAY, reviewRounds: rounds, firstReviewAt: DAY }),
    );
    const facts = [...reviewed, aChangeFact({ mergedAt: DAY, reviewRounds: 0, firstReviewAt: null })];

    expect(measured(reviewRounds, facts)).toMatchObject({ value: 1, n: 5 });
    expect(measured(secondRoundShare, facts)).toMatchObject({ k: 2, n: 5, value: 0.4 });
  });

  it("are unknown of a change of which nobody knows its reviews", () => {
    const fact = aChangeFact({ mergedAt: DAY, reviewRounds: null, firstReviewAt: 3 });

    expect(reviewRounds.observe(fact, elapsed(2 * DAY))?.value).toBeNull();
    expect(secondRoundShare.observe(fact, elapsed(2 * DAY))?.value).toBeNull();
  });
});
