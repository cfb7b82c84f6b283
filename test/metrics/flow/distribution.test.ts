import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distribution } from "#metrics/flow/distribution.ts";
import type { WorkType } from "#metrics/work-type.ts";

const types = (counts: Partial<Record<WorkType, number>>, untold = 0) => [
  ...Object.entries(counts).flatMap(([type, count]) =>
    Array.from({ length: count }, () => ({ workType: KINDS.find((kind) => kind === type) ?? null })),
  ),
  ...Array.from({ length: untold }, () => ({ workType: null })),
];
const KINDS = ["feature", "fix", "revert", "dependency", "upkeep"] as const;

describe("the distribution of work", () => {
  it("gives each kind its share of what says what it is, with Wilson's interval: 81 of 263", () => {
    const { kinds, changes, untold, words } = distribution(types({ feature: 182, fix: 81 }, 3));

    expect([changes, untold]).toEqual([266, 3]);
    expect(kinds.map(({ type, changes: count }) => [type, count])).toEqual([
      ["feature", 182],
      ["fix", 81],
      ["revert", 0],
      ["dependency", 0],
      ["upkeep", 0],
    ]);
    expect(kinds[1]?.share).toBe(81 / 263);
    expect(kinds[1]?.low).toBeCloseTo(0.2553, 4);
    expect(kinds[1]?.high).toBeCloseTo(0.3662, 4);
    expect(words).toBe("Features are 69 % of 263 changes that say what they are (proxy).");
  });

  it("says how little is told where it is", () => {
    expect(distribution(types({ fix: 3 }, 2)).words).toBe(
      "Fixes are 100 % of 3 changes that say what they are (proxy). Only 60 % of 5 changes say what they are: the rest may be otherwise.",
    );
    expect(distribution(types({}, 2))).toMatchObject({
      untold: 2,
      kinds: [{ share: null, low: null, high: null }, {}, {}, {}, {}],
    });
    expect(distribution(types({}, 2)).words).toMatch(/^None of 2 changes says what it is/);
    expect(distribution([]).words).toBe("No change was merged in this window.");
  });

  it("says nothing of the rest where four of five say what they are, and more where it is one less", () => {
    expect(distribution(types({ fix: 4 }, 1)).words).toBe(
      "Fixes are 100 % of 4 changes that say what they are (proxy).",
    );
    expect(distribution(types({ fix: 79 }, 21)).words).toContain("Only 79 % of 100 changes say what they are");
  });

  it("calls each kind by its name, and of equal ones the first", () => {
    const only = (kind: WorkType) => distribution(types({ [kind]: 1 })).words;

    expect(KINDS.map(only)).toEqual(
      ["Features", "Fixes", "Reverts", "Dependency updates", "Upkeep"].map(
        (title) => `${title} are 100 % of 1 change that say what they are (proxy).`,
      ),
    );
    expect(distribution([]).kinds.map(({ title }) => title)).toEqual([
      "Features",
      "Fixes",
      "Reverts",
      "Dependency updates",
      "Upkeep",
    ]);
    expect(distribution(types({ upkeep: 1, fix: 1 })).words).toMatch(/^Fixes are 50 % of 2 changes/);
    expect(distribution(types({}, 1)).words).toBe(
      "None of 1 change says what it is: give them a prefix (fix: …), a label (bug) or a branch (fix/…).",
    );
  });

  it("has parts that add up to the whole, whatever their order", () => {
    const one = fc.record({ workType: fc.constantFrom(...KINDS, null) });
    fc.assert(
      fc.property(fc.array(one), (changes) => {
        const found = distribution(changes);

        const sum = found.kinds.map((kind) => kind.changes).reduce((a, b) => a + b, found.untold);
        expect(sum).toBe(changes.length);
        expect(distribution(changes.toReversed())).toEqual(found);
        const told = changes.length - found.untold;
        const shares = found.kinds.map(({ share }) => Number(share)).reduce((a, b) => a + b, 0);
        expect(shares).toBeCloseTo(Math.min(1, told), 10);
      }),
    );
  });
});
