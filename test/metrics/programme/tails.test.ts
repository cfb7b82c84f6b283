import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { skewness, tailsOf } from "#metrics/programme/tails.ts";

const weeks = fc.integer({ min: 2, max: 200 });
const skew = fc.double({ min: -0.9, max: 0.9, noNaN: true });
const amounts = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 30 });

/** The amount of all weeks but one, each left out once. */
const without = (own: readonly number[]) =>
  own.map((_, left) => own.filter((_, week) => week !== left).reduce((total, one) => total + one, 0));

describe("where an interval of draws ends", () => {
  it("is 5 % and 95 % of many even weeks", () => {
    const { low, high } = tailsOf(100_000, 0);

    expect(low).toBeCloseTo(0.05, 4);
    expect(high).toBeCloseTo(0.95, 4);
    expect(tailsOf(1, 0).low).toBeCloseTo(0.05, 10);
  });

  it("is where Hesterberg's expanded percentiles are, of even weeks", () => {
    // t of 25 degrees 1.70814 × √(26 / 25) = 1.74196, beyond which 4.0758 % of a normal distribution lie.
    expect(tailsOf(26, 0).low).toBeCloseTo(0.040758, 5);
    expect(tailsOf(26, 0).high).toBeCloseTo(1 - 0.040758, 5);
  });

  it("is where Efron's BCa of a mean is, of many uneven weeks", () => {
    // a = z₀ = 0.05: 0.05 + (0.05 − 1.64485) / (1 + 0.05 × 1.59485) = −1.42706, and 0.05 + 1.69485 / (1 − 0.05 × 1.69485) = 1.90180.
    expect(tailsOf(1e6, 0.3).low).toBeCloseTo(0.07678, 4);
    expect(tailsOf(1e6, 0.3).high).toBeCloseTo(0.9714, 4);
  });

  it("lies further out the fewer weeks there are, and further up the more single weeks stand out", () => {
    fc.assert(
      fc.property(weeks, skew, skew, (count, one, other) => {
        const [lower, higher] = [Math.min(one, other), Math.max(one, other)].map((each) => tailsOf(count, each));

        expect(tailsOf(count, 0).low).toBeLessThan(tailsOf(count + 1, 0).low);
        // Skews that hardly differ give the same share, but for rounding.
        expect(higher?.high).toBeGreaterThanOrEqual(Number(lower?.high) - 1e-12);
        expect(tailsOf(count, one).low).toBeLessThan(0.5);
        expect(tailsOf(count, one).high).toBeGreaterThan(0.5);
      }),
    );
  });

  it("is the same seen from the other side", () => {
    fc.assert(
      fc.property(weeks, skew, (count, one) => {
        expect(tailsOf(count, -one).low).toBeCloseTo(1 - tailsOf(count, one).high, 10);
      }),
    );
  });
});

describe("the skewness of an estimate", () => {
  it("is that of its weeks by the root of their number, of a sum", () => {
    // Deviations −3, −1 and 4: 36 / 26^1.5.
    expect(skewness(without([2, 4, 9]))).toBeCloseTo(36 / 26 ** 1.5, 12);
  });

  it("is nothing where no week stands out, and turns with the weeks", () => {
    expect(skewness(without([5, 5, 5]))).toBe(0);
    expect(skewness([])).toBe(0);
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 9 }), (own, by) => {
        expect(skewness(without(own.map((one) => 100 - one)))).toBeCloseTo(-skewness(without(own)), 8);
        expect(skewness(without(own.map((one) => one * by)))).toBeCloseTo(skewness(without(own)), 8);
      }),
    );
  });
});
