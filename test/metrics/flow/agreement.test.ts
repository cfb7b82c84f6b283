import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Agreement } from "#metrics/flow/agreement.ts";
import { breaches, brokenAt } from "#metrics/flow/agreement.ts";
import { openedChanges } from "#metrics/flow/work.ts";
import type { Instant } from "#metrics/time.ts";
import { HOUR } from "#metrics/time.ts";
import { aChangeFact } from "#test/support/builders.ts";

const DAY = 24;
const at = (hours: number): Instant => hours * HOUR;
const NEVER = at(10_000);

function broken(fact: Parameters<typeof aChangeFact>[0], agreement: Agreement, until = NEVER): Instant | null {
  const [change] = openedChanges([aChangeFact({ authorKind: "human", ...fact })], "default");
  return change === undefined ? NaN : brokenAt(change, agreement, until);
}

const open = { openedAt: 0, readyAt: at(10), firstReviewAt: null, mergedAt: null, closedAt: null };
const pickup: Agreement = { stage: "pickup", hours: DAY };

describe("an agreement", () => {
  it("on pickup is broken when what is ready was not reviewed in time", () => {
    expect(broken(open, pickup)).toBe(at(34));
    expect(broken({ ...open, firstReviewAt: at(34) }, pickup)).toBeNull();
    expect(broken({ ...open, firstReviewAt: at(35) }, pickup)).toBe(at(34));
  });

  it("on pickup says nothing of a draft, nor of what was merged or closed in time without a review", () => {
    expect(broken({ ...open, readyAt: null }, pickup)).toBeNull();
    expect(broken({ ...open, mergedAt: at(20) }, pickup)).toBeNull();
    expect(broken({ ...open, closedAt: at(20) }, pickup)).toBeNull();
    expect(broken({ ...open, closedAt: at(50) }, pickup)).toBe(at(34));
  });

  it("on review runs from the first review to the end", () => {
    const review: Agreement = { stage: "review", hours: 5 };

    expect(broken(open, review)).toBeNull();
    expect(broken({ ...open, firstReviewAt: at(20) }, review)).toBe(at(25));
    expect(broken({ ...open, firstReviewAt: at(20), mergedAt: at(24) }, review)).toBeNull();
  });

  it("on what is open runs from the opening, drafts included", () => {
    expect(broken({ ...open, readyAt: null }, { stage: "open", hours: 3 })).toBe(at(3));
  });

  it("is not broken after the facts end", () => {
    expect(broken(open, pickup, at(33))).toBeNull();
    expect(broken(open, pickup, at(34))).toBe(at(34));
  });

  it("is broken as often in two halves of a window as in the whole", () => {
    const changes = fc.array(
      fc.record({ openedAt: fc.integer({ min: 0, max: 20 }), wait: fc.integer({ min: 0, max: 9 }) }),
    );
    fc.assert(
      fc.property(changes, fc.integer({ min: 0, max: 30 }), (drafts, middle) => {
        const all = openedChanges(
          drafts.map(({ openedAt, wait }) =>
            aChangeFact({ ...open, openedAt: at(openedAt), mergedAt: at(openedAt + wait) }),
          ),
          "in",
        );
        const count = (from: number, to: number): number =>
          breaches(all, { stage: "open", hours: 4 }, { from: at(from), to: at(to) }, NEVER).length;

        expect(count(0, middle) + count(middle, 40)).toBe(count(0, 40));
      }),
    );
  });

  it("is kept by what ends the moment it would be broken", () => {
    const anyStage: Agreement = { stage: "open", hours: 3 };

    expect(broken({ ...open, mergedAt: at(3) }, anyStage)).toBeNull();
    expect(broken({ ...open, mergedAt: at(3) + 1 }, anyStage)).toBe(at(3));
    expect(broken({ ...open, firstReviewAt: at(40), closedAt: at(34) }, pickup)).toBeNull();
  });

  it("on review is broken by what was merged too late, however soon it was reviewed", () => {
    const reviewed = { ...open, firstReviewAt: at(20), mergedAt: at(26) };

    expect(broken(reviewed, { stage: "review", hours: 5 })).toBe(at(25));
    expect(broken(reviewed, pickup)).toBeNull();
  });

  it("lists what was broken at one moment by service and id, in whichever order it came, and each change with it", () => {
    const all = openedChanges(
      [
        aChangeFact({ ...open, id: "2" }),
        aChangeFact({ ...open, id: "1" }),
        aChangeFact({ ...open, id: "2", service: "pay" }),
      ],
      "in",
    );
    const listed = (some: typeof all) =>
      breaches(some, pickup, { from: 0, to: NEVER }, NEVER).map(({ change, at: when }) => [
        `${change.service} ${change.id}`,
        when,
      ]);

    expect(listed(all)).toEqual([
      ["pay 2", at(34)],
      ["shop 1", at(34)],
      ["shop 2", at(34)],
    ]);
    expect(listed(all.toReversed())).toEqual(listed(all));
  });

  it("lists what broke it in order of time", () => {
    const all = openedChanges(
      [9, 3, 6].map((hours) => aChangeFact({ ...open, openedAt: at(hours) })),
      "in",
    );

    expect(
      breaches(all, { stage: "open", hours: 1 }, { from: 0, to: at(8) }, NEVER).map((one) => one.at / HOUR),
    ).toEqual([4, 7]);
  });
});
