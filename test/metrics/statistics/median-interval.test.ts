import { describe, expect, it } from "vitest";
import { medianInterval, medianIntervalPositions } from "#metrics/statistics/median-interval.ts";
import { known } from "./known.ts";

const ranks = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

/** P(fewer than `rank` heads in n throws), from exact whole numbers. */
function exactTail(n: number, rank: number): number {
  let ways = 1n;
  let below = 0n;
  for (let heads = 0; heads < rank; heads++) {
    below += ways;
    ways = (ways * BigInt(n - heads)) / BigInt(heads + 1);
  }
  return Number((below * 10n ** 18n) / 2n ** BigInt(n)) / 1e18;
}

describe("medianIntervalPositions", () => {
  it("are those of the two ends, from 0, and none of fewer than six values", () => {
    expect([10, 25, 6, 5, 0].map(medianIntervalPositions)).toEqual([[1, 8], [7, 17], [0, 5], [], []]);
  });
});

describe("medianInterval", () => {
  it("takes the second and the ninth of 10 values, with 97.9 %", () => {
    expect(medianInterval(ranks(10))).toEqual({ low: 2, high: 9, confidence: expect.closeTo(0.978515625, 12) });
  });

  it("takes the 8th and the 18th of 25 values, with 95.7 %", () => {
    expect(medianInterval(ranks(25))).toEqual({ low: 8, high: 18, confidence: expect.closeTo(0.9567147493, 10) });
  });

  it("needs six values", () => {
    expect(medianInterval([])).toBeNull();
    expect(medianInterval(ranks(1))).toBeNull();
    expect(medianInterval(ranks(5))).toBeNull();
    expect(medianInterval(ranks(6))).toEqual({ low: 1, high: 6, confidence: expect.closeTo(0.96875, 12) });
  });

  it("is the narrowest that covers with 95 %, whatever the number of values", () => {
    for (let n = 6; n <= 400; n++) {
      const { low, high, confidence } = known(medianInterval(ranks(n)));

      expect(low + high).toBe(n + 1);
      expect(confidence).toBeCloseTo(1 - 2 * exactTail(n, low), 12);
      expect(confidence).toBeGreaterThanOrEqual(0.95);
      expect(1 - 2 * exactTail(n, low + 1)).toBeLessThan(0.95);
    }
  });

  it("agrees with SciPy's binomial distribution for many values", () => {
    expect(medianInterval(ranks(1001))).toMatchObject({ low: 470, confidence: expect.closeTo(0.9500154764972, 11) });
    expect(medianInterval(ranks(10_000))).toMatchObject({
      low: 4902,
      confidence: expect.closeTo(0.95116705010362, 11),
    });
    expect(medianInterval(ranks(100_000))).toMatchObject({
      low: 49_690,
      high: 50_311,
      confidence: expect.closeTo(0.95044428533047, 11),
    });
  });
});
