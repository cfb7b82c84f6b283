import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kthDifference } from "#metrics/statistics/differences.ts";
import { shift } from "#metrics/statistics/hodges-lehmann.ts";
import { median, sortedNumbers } from "#metrics/statistics/quantile.ts";
import { known } from "./known.ts";

const treated = sortedNumbers([94, 197, 16, 38, 99, 141, 23]);
const control = sortedNumbers([52, 104, 146, 10, 51, 30, 40, 27, 46]);
const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 12 }).map(sortedNumbers);
const manyEnough = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 12 }).map(sortedNumbers);

function allDifferences(a: Float64Array, b: Float64Array): Float64Array {
  return sortedNumbers([...a].flatMap((left) => [...b].map((right) => left - right)));
}

/** Every way to choose `size` of the values. */
function subsets(from: readonly number[], size: number): number[][] {
  const [first, ...rest] = from;
  const empty: number[][] = size === 0 ? [[]] : [];
  return first === undefined || size === 0
    ? empty
    : [...subsets(rest, size - 1).map((chosen) => [first, ...chosen]), ...subsets(rest, size)];
}

/** Twice the number of pairs in which the first is larger, ties counting half: the definition, pair by pair. */
function doubledU(a: readonly number[], b: readonly number[]): number {
  let doubled = 0;
  for (const left of a) for (const right of b) doubled += 1 + Math.sign(left - right);
  return doubled;
}

/** The two-sided p over all arrangements of the pooled values. */
function enumeratedP(a: readonly number[], b: readonly number[]): number {
  const pooled = [...a, ...b];
  const observed = doubledU(a, b);
  const chosen = subsets([...pooled.keys()], a.length);
  const all = chosen.map((indices) =>
    doubledU(
      indices.map((index) => pooled[index] ?? Number.NaN),
      pooled.filter((_, index) => !indices.includes(index)),
    ),
  );
  const atMost = all.filter((u) => u <= observed).length;
  const atLeast = all.filter((u) => u >= observed).length;
  return Math.min(1, (2 * Math.min(atMost, atLeast)) / all.length);
}

describe("shift", () => {
  it("is the median of all differences, with an interval of ordered differences and the exact p", () => {
    const all = allDifferences(treated, control);

    expect(shift(treated, control)).toEqual({
      shift: median(all),
      low: all[12],
      high: all[50],
      p: expect.closeTo(0.6805944055944056, 12),
    });
  });

  it("agrees with every arrangement counted, ties included", () => {
    const few = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 5 }).map(sortedNumbers);
    fc.assert(
      fc.property(few, few, (a, b) => {
        expect(shift(a, b)?.p).toBeCloseTo(enumeratedP([...a], [...b]), 10);
      }),
      { numRuns: 40 },
    );
  });

  it("agrees with SciPy's approximation for larger samples with ties", () => {
    const a = sortedNumbers(Array.from({ length: 60 }, (_, index) => index % 17));
    const b = sortedNumbers(Array.from({ length: 50 }, (_, index) => ((index * 3) % 19) + 1));

    expect(shift(a, b)).toMatchObject({ shift: -2.5, p: expect.closeTo(0.019200866266807497, 10) });
  });

  it("takes the outermost differences of 4 and 4, and has no interval for fewer", () => {
    expect(shift([5, 6, 7, 8], [1, 2, 3, 4])).toEqual({ shift: 4, low: 1, high: 7, p: expect.closeTo(2 / 70, 12) });
    expect(shift([5, 6, 7], [1, 2, 3, 4])).toBeNull();
  });

  it("has an interval by the exact distribution of few values, where the normal one would be wider", () => {
    // The tables of Mann and Whitney have U = 13 for 8 and 8, and U = 5 for 5 and 7: the 14th and the 6th difference from either end.
    const [a, b] = [sortedNumbers([0, 3, 7, 16, 31, 64, 101, 190]), sortedNumbers([1, 2, 5, 11, 23, 46, 95, 180])];
    const [all, some] = [allDifferences(a, b), allDifferences(a.slice(0, 5), b.slice(0, 7))];

    expect(shift(a, b)).toMatchObject({ low: all[13], high: all[64 - 14] });
    expect(shift(a.slice(0, 5), b.slice(0, 7))).toMatchObject({ low: some[5], high: some[35 - 6] });
  });

  it("knows nothing without values on both sides", () => {
    expect(shift([], [1, 2, 3])).toBeNull();
    expect(shift([1, 2, 3], [])).toBeNull();
    expect(shift([], [])).toBeNull();
  });

  it("finds no difference where all values are the same, in few and in many", () => {
    const same = { shift: 0, low: 0, high: 0, p: 1 };

    expect(shift(new Float64Array(10), new Float64Array(10))).toEqual(same);
    expect(shift(new Float64Array(100), new Float64Array(100))).toEqual(same);
  });

  it("changes its sign, and not its p, when the samples change places", () => {
    fc.assert(
      fc.property(manyEnough, manyEnough, (a, b) => {
        const there = known(shift(a, b));
        const back = known(shift(b, a));

        expect(back.shift).toBeCloseTo(-there.shift, 12);
        expect(back.low).toBeCloseTo(-there.high, 12);
        expect(back.p).toBeCloseTo(there.p, 12);
      }),
    );
  });

  it("follows when one sample is moved", () => {
    fc.assert(
      fc.property(manyEnough, manyEnough, fc.integer({ min: -9, max: 9 }), (a, b, by) => {
        const before = known(shift(a, b));
        const after = shift(
          a.map((value) => value + by),
          b,
        );

        expect(after).toMatchObject({ shift: before.shift + by, low: before.low + by, high: before.high + by });
      }),
    );
  });

  it("joins the exact and the approximate interval without a jump", () => {
    const evens = (n: number): number[] => Array.from({ length: n }, (_, index) => index * 2);
    const exact = known(shift(evens(31), evens(31)));
    const approximate = known(shift(evens(32), evens(32)));

    expect(Math.abs(approximate.low - exact.low)).toBeLessThanOrEqual(2);
  });

  it("compares 10,000 with 10,000 values without building their differences", () => {
    const skewed = (offset: number): Float64Array =>
      sortedNumbers(Array.from({ length: 10_000 }, (_, index) => offset + Math.exp(((index * 7919) % 10_000) / 1000)));

    const result = known(shift(skewed(24), skewed(0)));

    expect(result.shift).toBeCloseTo(24, 6);
    expect(result.low).toBeLessThan(24);
    expect(result.high).toBeGreaterThan(24);
    expect(result.p).toBeLessThan(0.001);
  });
});

describe("kthDifference", () => {
  it("is what sorting all differences gives", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const found = Array.from({ length: a.length * b.length }, (_, index) => kthDifference(a, b, index + 1));

        expect(found.map((value) => value + 0)).toEqual([...allDifferences(a, b)].map((value) => value + 0));
      }),
    );
  });

  it("copes with fractions and with very different sizes", () => {
    const a = sortedNumbers([0.1, 1 / 3, 1e9, 1e-9]);
    const b = sortedNumbers([0.2, 0.3, 1e12]);
    const all = allDifferences(a, b);

    expect(Array.from(all, (_, index) => kthDifference(a, b, index + 1))).toEqual([...all]);
  });
});
