import { describe, expect, it } from "vitest";

import { FIRST_STEPS } from "#metrics/programme/first-assessment.ts";
import { nothingSaid, someSaid } from "#test/browser/support/programme.ts";
import { contentsOf, placeOfStep } from "#web/programme/contents-of.ts";
import { snapshotsOf } from "#web/programme/snapshots.ts";

describe("the contents of the page of the backbone", () => {
  const entries = contentsOf(someSaid).flatMap((group) => group.entries);
  const countOf = (id: string) => entries.find((entry) => entry.id === id)?.count;

  it("say how many there are, and how much of the assessment is known", () => {
    expect(countOf("assessment")).toBe("4 of 21");
    expect(countOf("useCases")).toBe("3");
    expect(countOf("drills")).toBe("0");
    expect(countOf("history")).toBeNull();
  });

  it("leave out what the page does not have", () => {
    const ids = contentsOf(nothingSaid).flatMap((group) => group.entries.map(({ id }) => id));

    expect(entries.map(({ id }) => id)).toEqual(expect.arrayContaining(["openings", "portfolio-title"]));
    expect(ids).not.toContain("openings");
    expect(ids).not.toContain("portfolio-title");
  });

  it("have a place for each step of a first assessment", () => {
    const ids = [...entries.map(({ id }) => id), "vision"];

    expect(FIRST_STEPS.map((id) => placeOfStep({ id, isDone: false, words: "" }))).toSatisfy((places: string[]) =>
      places.every((place) => ids.includes(place)),
    );
  });
});

describe("what can be agreed to", () => {
  it("is each review and each baseline that stands, by its hash and where it can be read", () => {
    const about = { kind: "wave" as const, id: "first", title: "First wave" };
    const reviews = [{ id: 2, about, heldAt: "2026-11-29T23:30:00.000Z", hash: "b".repeat(64) }];
    const withdrawal = { reason: "Wrong weeks", signer: "Ada", madeAt: "2026-11-02T00:00:00.000Z" };
    const baselines = [
      { name: "spring", hash: "c".repeat(64), withdrawal: null },
      { name: "winter", hash: "d".repeat(64), withdrawal },
    ];

    expect(snapshotsOf(reviews, baselines, "Europe/Berlin")).toEqual([
      { value: "b".repeat(64), words: "Review 2, 2026-11-30, First wave", link: "progress?review=2" },
      { value: "c".repeat(64), words: "The baseline “spring”", link: "leadership" },
    ]);
  });
});
