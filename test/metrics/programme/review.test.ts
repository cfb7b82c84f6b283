import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Thing } from "#metrics/programme/review.ts";
import { THING_GROUPS, decisionsOf, thingChanges } from "#metrics/programme/review.ts";

const thing = (of: string, value: string): Thing => ({ group: "service", of, what: "stage", value });
const things = fc.uniqueArray(
  fc.record({
    group: fc.constantFrom(...THING_GROUPS),
    of: fc.string({ maxLength: 2 }),
    what: fc.string({ maxLength: 2 }),
    value: fc.string({ maxLength: 2 }),
  }),
  { selector: ({ group, of, what }) => JSON.stringify([group, of, what]) },
);

describe("what is different since a review", () => {
  it("is told thing by thing: what changed, what is gone and what has come", () => {
    const changes = thingChanges(
      [thing("shop", "1"), thing("till", "2"), thing("old", "0")],
      [thing("new", "0"), thing("till", "2"), thing("shop", "2")],
    );

    expect(changes.map(({ of, frozen, today }) => [of, frozen, today])).toEqual([
      ["shop", "1", "2"],
      ["old", "0", null],
      ["new", null, "0"],
    ]);
  });

  it("is nothing where everything is as it was, in any order", () => {
    fc.assert(
      fc.property(things, (all) => {
        expect(thingChanges(all, all.toReversed())).toEqual([]);
      }),
    );
  });

  it("leads from what was to what is, and is the same the other way round", () => {
    fc.assert(
      fc.property(things, things, (then, today) => {
        const back = thingChanges(today, then).map((one) => ({ ...one, frozen: one.today, today: one.frozen }));
        const sorted = (list: readonly object[]) =>
          list.map((one) => JSON.stringify(one, Object.keys(one).sort())).sort();

        expect(sorted(thingChanges(then, today))).toEqual(sorted(back));
      }),
    );
  });
});

describe("decisions", () => {
  it("are those that were given and those of the minutes, each once", () => {
    const minutes = "We looked.\n- Decision: Go on.\nDecision:  Ask finance. \nA decision: none of these.";

    expect(decisionsOf(["Go on.", "Freeze."], minutes)).toEqual(["Go on.", "Freeze.", "Ask finance."]);
    expect(decisionsOf([], "")).toEqual([]);
  });
});
