import { describe, expect, it } from "vitest";
import type { Change, Review } from "#metrics/events.ts";
import { milestones } from "#metrics/stages.ts";
import { HOUR } from "#metrics/time.ts";
import { aChange, aHosted, aReview, factsOf } from "#test/support/builders.ts";

const reviewed = (...reviews: readonly Review[]) => milestones(aChange(1, { mergedAt: 9 * HOUR, reviews }));

describe("the first review", () => {
  it("is the earliest, in whatever order they are told", () => {
    expect(reviewed(aReview(5), aReview(3), aReview(4))).toMatchObject({ firstReviewAt: 3, firstResponseAt: 3 });
  });

  it.each<[string, Partial<Review>]>([
    ["a bot", { authorKind: "bot" }],
    ["an agent", { authorKind: "agent" }],
    ["the author of the change", { byChangeAuthor: true }],
    ["somebody deleted", { author: null }],
  ])("is never by %s, whatever they do", (_, by) => {
    const kinds = ["review", "approval", "comment"] as const;

    expect(reviewed(...kinds.map((kind) => aReview(1, { kind, ...by })), aReview(7))).toMatchObject({
      firstReviewAt: 7,
      firstResponseAt: 7,
      firstApprovalAt: null,
    });
  });

  it("is not after the merge; at its very instant it is one", () => {
    expect(reviewed(aReview(9 * HOUR + 1)).firstReviewAt).toBeNull();
    expect(reviewed(aReview(9 * HOUR)).firstReviewAt).toBe(9 * HOUR);
  });

  it("of an open change may be at any time", () => {
    expect(milestones(aChange(1, { reviews: [aReview(99 * HOUR)] })).firstReviewAt).toBe(99 * HOUR);
  });

  it("is no comment, which is a response; an approval is all three", () => {
    expect(reviewed(aReview(2, { kind: "comment" }), aReview(4, { kind: "approval" }))).toEqual({
      firstCommitAt: null,
      firstReviewAt: 4,
      firstResponseAt: 2,
      firstApprovalAt: 4,
    });
  });

  it("is unknown where there is none", () => {
    expect(reviewed()).toEqual({
      firstCommitAt: null,
      firstReviewAt: null,
      firstResponseAt: null,
      firstApprovalAt: null,
    });
  });
});

describe("the first commit", () => {
  const started = (...dates: readonly (number | null)[]) =>
    milestones(aChange(1, { commits: dates.map((authoredAt, index) => ({ sha: String(index), authoredAt })) }))
      .firstCommitAt;

  it("is the smallest author date, which a rebase keeps", () => {
    expect(started(5, 2, 7)).toBe(2);
  });

  it("is unknown where no date is", () => {
    expect(started(null, 3)).toBe(3);
    expect(started(null)).toBeNull();
    expect(started()).toBeNull();
  });
});

describe("the stages of a change", () => {
  const staged = (has: Partial<Change>) => {
    const [fact] = factsOf(aHosted([], { changes: [aChange(1, has)] })).changes;
    return [fact?.codingHours, fact?.pickupHours, fact?.reviewHours, fact?.deployHours];
  };
  const commits = [{ sha: "a", authoredAt: HOUR }];

  it("end one where the next begins: ready, reviewed, merged", () => {
    const reviews = [aReview(7 * HOUR)];

    expect(staged({ commits, openedAt: 3 * HOUR, mergedAt: 12 * HOUR, reviews })).toEqual([2, 4, 5, null]);
  });

  it("count a draft from when it was ready, and one that still is from when it was opened", () => {
    const reviews = [aReview(7 * HOUR)];

    expect(staged({ commits, openedAt: 3 * HOUR, readyAt: 6 * HOUR, reviews })).toEqual([5, 1, null, null]);
    expect(staged({ commits, openedAt: 3 * HOUR, readyAt: null, reviews })).toEqual([2, 4, null, null]);
  });

  it("are unknown where they would run backwards: a commit after the opening, a review of a draft", () => {
    const reviews = [aReview(4 * HOUR)];

    expect(staged({ commits, openedAt: 0, readyAt: 6 * HOUR, mergedAt: 9 * HOUR, reviews })).toEqual([
      5,
      null,
      5,
      null,
    ]);
    expect(staged({ commits, openedAt: 0, mergedAt: 9 * HOUR })).toEqual([null, null, null, null]);
  });

  it("leave out pickup and review where nobody reviewed it", () => {
    expect(staged({ commits, openedAt: 3 * HOUR, mergedAt: 12 * HOUR })).toEqual([2, null, null, null]);
  });
});
