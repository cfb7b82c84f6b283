import fc from "fast-check";
import { expect, it } from "vitest";
import { histogramOf } from "#web/savings/histogram.ts";

const shares = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 60 });

it("counts each value once, in steps without gaps of which none lies on both sides of the line", () => {
  fc.assert(
    fc.property(shares, (values) => {
      const bins = histogramOf(values, 0.1);
      const between = bins.slice(1).map(({ from }, index) => from - Number(bins[index]?.to));

      expect(bins.map(({ count }) => count).reduce((sum, count) => sum + count, 0)).toBe(values.length);
      expect(between.filter((gap) => gap !== 0)).toEqual([]);
      expect(bins.filter(({ from, to }) => [from < 0.1, to > 0.1].every(Boolean))).toEqual([]);
    }),
  );
});

it("puts a value at the line above it, and says nothing of nothing", () => {
  expect(histogramOf([0.1, 0.16], 0.1)[0]).toEqual({ from: 0.1, to: 0.11, count: 1 });
  expect(histogramOf([0.05, 0.05], 0.1)).toEqual([{ from: 0.05, to: 0.051, count: 2 }]);
  expect(histogramOf([], 0.1)).toEqual([]);
});
