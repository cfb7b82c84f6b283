import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { xmr } from "#metrics/statistics/xmr.ts";
import { known } from "./known.ts";

const flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
/** Centre 10, mean moving range 2: limits at 10 ± 5.319, half-way at 10 ± 2.660. */
const steady = [9, 11, 9, 11, 9, 11, 9, 11, 9, 11];
const numbers = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 6, maxLength: 40 });

const signalsAfterSteady = (...later: number[]): (readonly string[])[] =>
  xmr([...steady, ...later], steady.length)?.signals.slice(steady.length) ?? [];

describe("xmr", () => {
  it("agrees with NIST's flow rates", () => {
    expect(xmr(flow)).toMatchObject({
      centre: expect.closeTo(50.81, 10),
      meanMovingRange: expect.closeTo(1.8778, 4),
      upper: expect.closeTo(55.8041, 4),
      lower: expect.closeTo(45.8159, 4),
      baseline: 10,
    });
  });

  it("finds nothing to say about NIST's flow rates", () => {
    expect(xmr(flow)?.signals.flat()).toEqual([]);
  });

  it("has one list of signals for each value", () => {
    expect(xmr(flow)?.signals).toHaveLength(flow.length);
  });

  it("needs six points to rest its limits on", () => {
    expect(xmr([])).toBeNull();
    expect(xmr([1, 2, 3, 4, 5])).toBeNull();
    expect(xmr([1, 2, 3, 4, 5, 6])).not.toBeNull();
    expect(xmr(flow, 5)).toBeNull();
  });

  it("takes its limits from the baseline alone", () => {
    const { signals: _, ...locked } = known(xmr([...steady, 100, 200], steady.length));

    expect(xmr(steady)).toMatchObject(locked);
  });

  it("takes what there is while there are fewer points than the baseline wants", () => {
    expect(xmr(flow, 20)).toEqual(xmr(flow));
  });

  it("may put the lower limit below zero", () => {
    expect(xmr([0, 4, 0, 4, 0, 4])?.lower).toBeLessThan(0);
  });

  it("signals a point outside a limit, on either side", () => {
    expect(signalsAfterSteady(15.4, 15.3, 4.6, 4.7)).toEqual([["outside"], [], ["outside"], []]);
  });

  it("signals the eighth point in a row on one side and those that go on", () => {
    const above = Array.from({ length: 8 }, () => 10.5);

    expect(signalsAfterSteady(9, ...above, 10.5, 9)).toEqual([...Array(8).fill([]), ["run-of-8"], ["run-of-8"], []]);
  });

  it("signals eight in a row below the centre", () => {
    expect(signalsAfterSteady(...Array<number>(8).fill(9.5)).at(-1)).toEqual(["run-of-8"]);
  });

  it("begins a run anew at a point on the centre", () => {
    expect(signalsAfterSteady(9, ...Array<number>(7).fill(10.5), 10, 10.5).flat()).toEqual([]);
  });

  it("signals the third of four points nearer one limit than the centre", () => {
    expect(signalsAfterSteady(13, 9, 13, 13, 9)).toEqual([[], [], [], ["3-of-4"], []]);
    expect(signalsAfterSteady(7, 7, 7)).toEqual([[], [], ["3-of-4"]]);
  });

  it("does not add points near the upper limit to points near the lower one", () => {
    expect(signalsAfterSteady(13, 7, 13, 7).flat()).toEqual([]);
  });

  it("does not signal two of four, nor three half-way", () => {
    expect(signalsAfterSteady(13, 9, 9, 13, 9, 9).flat()).toEqual([]);
    expect(signalsAfterSteady(12.6, 12.6, 12.6).flat()).toEqual([]);
  });

  it("finds nothing where nothing varies, not even rounding", () => {
    expect(xmr(Array<number>(12).fill(0.1))).toMatchObject({ centre: 0.1, upper: 0.1, lower: 0.1, meanMovingRange: 0 });
    expect(xmr(Array<number>(12).fill(0.1))?.signals.flat()).toEqual([]);
  });

  it("never takes a signal back when later points come and the limits are locked", () => {
    fc.assert(
      fc.property(numbers, numbers, (before, after) => {
        const then = xmr(before, 6)?.signals;

        expect(xmr([...before, ...after], 6)?.signals.slice(0, before.length)).toEqual(then);
      }),
    );
  });

  it("has the same limits whichever way time runs", () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const forwards = xmr(values);
        const backwards = xmr(values.toReversed());

        expect(backwards?.upper).toBeCloseTo(known(forwards).upper, 9);
        expect(backwards?.lower).toBeCloseTo(known(forwards).lower, 9);
      }),
    );
  });
});
