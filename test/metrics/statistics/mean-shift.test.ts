import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanShift } from "#metrics/statistics/mean-shift.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { known } from "./known.ts";
import { nile } from "./nile.ts";

const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 10, maxLength: 30 });

/** The squares around the means of both sides, as the definition has them. */
function squares(of: readonly number[], index: number): number {
  const around = (side: readonly number[]): number => {
    const mean = sum(side) / side.length;
    return sum(side.map((value) => (value - mean) ** 2));
  };
  return around(of.slice(0, index)) + around(of.slice(index));
}

/** Every way to put so many ones among zeros. */
function arrangements(length: number, ones: number): number[][] {
  const none: number[][] = length === 0 && ones === 0 ? [[]] : [];
  return length <= 0 || ones < 0
    ? none
    : [
        ...arrangements(length - 1, ones).map((rest) => [0, ...rest]),
        ...arrangements(length - 1, ones - 1).map((rest) => [1, ...rest]),
      ];
}

describe("meanShift", () => {
  it("finds the Nile's level fall after its 28th year", () => {
    expect(meanShift(nile)).toEqual({
      index: 28,
      before: 1097.75,
      after: expect.closeTo(849.97, 2),
      p: 1 / 2000,
    });
  });

  it("has the same answer whenever it is asked, and nearly the same with other chance", () => {
    const wave = [0, 7, 4, 1, 8, 5, 2, 9, 6, 3, 0, 7, 7, 4, 11, 8, 5, 12, 9, 6];

    expect(meanShift(wave)).toEqual(meanShift(wave));
    expect(known(meanShift(wave, 2)).p).toBeCloseTo(known(meanShift(wave)).p, 1);
  });

  it("has the p of all orders counted, as nearly as 1,999 of them can tell", () => {
    // Ten values have one split, five and five: at least as far apart are 2 · (1 + 25) of 252 orders with four or five ones ahead.
    const far = arrangements(10, 5).filter((order) => Math.abs(sum(order.slice(0, 5)) - 2.5) >= 1.5);

    expect(far).toHaveLength(52);
    expect(meanShift([1, 1, 1, 1, 0, 1, 0, 0, 0, 0])?.p).toBeCloseTo(52 / 252, 1);
  });

  it("sees no shift where nothing changes", () => {
    expect(meanShift(Array<number>(12).fill(0.1))).toEqual({ index: 5, before: 0.1, after: 0.1, p: 1 });
  });

  it("needs a level of five values on either side", () => {
    expect(meanShift([])).toBeNull();
    expect(meanShift([1, 1, 1, 1, 9, 9, 9, 9, 9])).toBeNull();
    expect(meanShift([1, 1, 1, 1, 1, 9, 9, 9, 9, 9])).toMatchObject({ index: 5, before: 1, after: 9 });
    expect(meanShift([1, 1, 1, 1, 1, 1, 1, 1, 1, 9])).toMatchObject({ index: 5 });
  });

  it("has the least squares of all places", () => {
    fc.assert(
      fc.property(values, (ordered) => {
        const { index } = known(meanShift(ordered));
        const places = ordered.map((_, place) => place).slice(5, ordered.length - 4);

        expect(places).toContain(index);
        expect(squares(ordered, index)).toBeCloseTo(Math.min(...places.map((place) => squares(ordered, place))), 8);
      }),
      { numRuns: 40 },
    );
  });

  it("moves with the values and keeps its p", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: -20, max: 20 }), (ordered, by) => {
        const { index, before, after, p } = known(meanShift(ordered));

        expect(meanShift(ordered.map((value) => 4 * value + by))).toEqual({
          index,
          before: expect.closeTo(4 * before + by, 9),
          after: expect.closeTo(4 * after + by, 9),
          p,
        });
      }),
      { numRuns: 40 },
    );
  });
});
