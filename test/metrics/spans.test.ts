import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inBoth, lengthWithout, merged } from "#metrics/spans.ts";
import type { Window } from "#metrics/time.ts";

const windows = fc.array(
  fc.tuple(fc.nat(12), fc.nat(6)).map(([from, length]): Window => ({ from, to: from + length })),
  { maxLength: 6 },
);
const instants = Array.from({ length: 20 }, (_, at) => at);
const has = (all: readonly Window[], at: number) => all.some(({ from, to }) => from <= at && at < to);

describe("sets of time", () => {
  it("hold what lies in any window, in pieces that neither touch nor overlap", () => {
    fc.assert(
      fc.property(windows, (some) => {
        const found = merged(some);

        expect(instants.map((at) => has(found, at))).toEqual(instants.map((at) => has(some, at)));
        // Each end lies outside the set, and so does the instant before each beginning.
        expect(found.filter(({ from, to }) => [from - 1, to].some((at) => has(found, at)))).toEqual([]);
      }),
    );
  });

  it("share what lies in both, and leave the rest of a window", () => {
    fc.assert(
      fc.property(windows, windows, (some, others) => {
        const shared = instants.map((at) => [some, others].every((all) => has(all, at)));

        expect(instants.map((at) => has(inBoth(some, others), at))).toEqual(shared);
        expect(lengthWithout({ from: 0, to: 20 }, merged(some))).toBe(instants.filter((at) => !has(some, at)).length);
      }),
    );
  });
});
