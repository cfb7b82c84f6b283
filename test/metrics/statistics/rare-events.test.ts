import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rareEvents } from "#metrics/statistics/rare-events.ts";
import { known } from "./known.ts";

/** Hours between failures of a valve (Montgomery 2013, §7.3.5). */
const valve = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96];
const gaps = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 5, maxLength: 30 });

describe("rareEvents", () => {
  it("has no signal for Montgomery's valve, with the limits that NumPy has", () => {
    const chart = known(rareEvents(valve));

    expect(chart).toMatchObject({
      centre: expect.closeTo(430.041, 3),
      upper: expect.closeTo(6937.933, 3),
      lower: null,
      baseline: 20,
    });
    expect(chart.signals.flat()).toEqual([]);
  });

  it("can be read from the sixth event, which ends the fifth gap", () => {
    expect(rareEvents([])).toBeNull();
    expect(rareEvents([5, 6, 5, 6])).toBeNull();
    expect(rareEvents([5, 6, 5, 6, 5])).toMatchObject({ baseline: 5 });
    expect(rareEvents(valve, 4)).toBeNull();
  });

  it("signals a gap that is too long, and one that is too short where gaps are even", () => {
    const even = [20, 22, 20, 22, 20, 22];

    expect(rareEvents(even)?.lower).toBeGreaterThan(10);
    expect(rareEvents([...even, 40, 21, 1], even.length)?.signals.slice(even.length)).toEqual([
      ["outside"],
      [],
      ["outside"],
    ]);
  });

  it("signals eight longer gaps in a row", () => {
    expect(rareEvents([...valve, ...Array<number>(8).fill(500)], valve.length)?.signals.at(-1)).toEqual(["run-of-8"]);
  });

  it("copes with events at the same moment", () => {
    expect(rareEvents([0, 0, 0, 0, 0])).toMatchObject({ centre: 0, upper: 0, lower: null });
    expect(rareEvents([0, 4, 0, 4, 0, 4])?.lower).toBeNull();
  });

  it("knows no unit: limits grow with the gaps, signals stay", () => {
    fc.assert(
      fc.property(gaps, (hours) => {
        const chart = known(rareEvents(hours));
        const minutes = known(rareEvents(hours.map((gap) => gap * 60)));

        expect(minutes.upper).toBeCloseTo(chart.upper * 60, 6);
        expect(minutes.centre).toBeCloseTo(chart.centre * 60, 6);
        expect(minutes.signals).toHaveLength(hours.length);
      }),
    );
  });

  it("never takes a signal back when later gaps come and the limits are locked", () => {
    fc.assert(
      fc.property(gaps, gaps, (before, after) => {
        expect(rareEvents([...before, ...after], 5)?.signals.slice(0, before.length)).toEqual(
          rareEvents(before, 5)?.signals,
        );
      }),
    );
  });
});
