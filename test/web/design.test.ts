import { describe, expect, it } from "vitest";

import { sorted } from "#web/design/sort.ts";
import { isWeak } from "#web/design/weak.ts";
import { HEIGHT, pathOf, stretches, WIDTH } from "#web/design/spark-path.ts";

import { aMeasure } from "./support.ts";

describe("a sparkline", () => {
  it("is broken where nothing is known", () => {
    expect(stretches([1, 2, null, 3]).map((part) => part.length)).toEqual([2, 1]);
  });

  it("stays inside its box, whatever the values", () => {
    const spots = stretches([0, 5, -2, 1e9]).flat();
    const [across, up] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];

    expect(Math.min(...across, ...up)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...across)).toBeLessThanOrEqual(WIDTH);
    expect(Math.max(...up)).toBeLessThanOrEqual(HEIGHT);
  });

  it("lies on the ground when everything is zero", () => {
    expect(
      new Set(
        stretches([0, 0, 0])
          .flat()
          .map(({ y }) => y),
      ),
    ).toEqual(new Set([HEIGHT - 4]));
  });

  it("shows a lone value as a dot", () => {
    expect(pathOf([{ x: 4, y: 8 }])).toBe("M4.0 8.0h0.01");
  });

  it("is nothing without values", () => {
    expect(stretches([])).toEqual([]);
  });
});

describe("a number is weak", () => {
  it("when too few were observed to have an interval", () => {
    expect(isWeak(aMeasure({ n: 5 }), "within-variation")).toBe(true);
  });

  it("when there are few and too few to compare", () => {
    expect(isWeak(aMeasure({ n: 19 }), "too-few")).toBe(true);
    expect(isWeak(aMeasure({ n: 19 }), "worse")).toBe(false);
  });

  it("but not for want of a window before", () => {
    expect(isWeak(aMeasure({ n: 142 }), "too-few")).toBe(false);
  });

  it("when most of what belongs to it is unknown", () => {
    expect(isWeak(aMeasure({ caution: "Only 79 of 100 are known." }), null)).toBe(true);
    expect(isWeak(aMeasure({ caution: null }), null)).toBe(false);
  });
});

describe("a sorted table", () => {
  it("puts what is unknown last in both directions", () => {
    const rows = [null, 2, 10, null, 1];
    expect(sorted(rows, (row) => row, "ascending")).toEqual([1, 2, 10, null, null]);
    expect(sorted(rows, (row) => row, "descending")).toEqual([10, 2, 1, null, null]);
  });

  it("sorts names as people do", () => {
    expect(sorted(["v10", "v9"], (row) => row, "ascending")).toEqual(["v9", "v10"]);
  });
});
