import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WeeklySeries } from "#metrics/programme/calm.ts";
import { calm } from "#metrics/programme/calm.ts";
import { studentQuantile, studentTail } from "#metrics/programme/student.ts";
import { WEEK } from "#metrics/time.ts";
import { STABLE_WORLD, stableService } from "#test/support/stable-services.ts";
import type { StableWorld } from "#test/support/stable-services.ts";

const series = (values: readonly (number | null)[], better: "lower" | "higher" = "lower"): WeeklySeries => ({
  metric: "lead-time",
  title: "Lead time",
  better,
  weeks: values.map((value, index) => ({ from: index * WEEK, to: (index + 1) * WEEK, value, n: 5 })),
});

/** Of so many services: the share that is held back. */
function heldBack(services: number, world: StableWorld, worse?: { from: number; by: number }): number {
  const held = Array.from({ length: services }, (_, seed) => calm(stableService(seed + 1, world, worse)).isCalm);
  return held.filter((isCalm) => isCalm === false).length / services;
}

describe("Student's t", () => {
  it("has the values of the tables", () => {
    expect(studentQuantile(0.025, 1)).toBeCloseTo(12.706, 3);
    expect(studentQuantile(0.025, 10)).toBeCloseTo(2.228, 3);
    expect(studentQuantile(0.005, 15)).toBeCloseTo(2.947, 3);
    expect(studentQuantile(0.0005, 25)).toBeCloseTo(3.725, 3);
    expect(studentTail(0, 7)).toBeCloseTo(0.5, 12);
    expect(studentTail(1, 1)).toBeCloseTo(0.25, 12);
    expect(studentTail(Math.SQRT2, 2)).toBeCloseTo(0.5 * (1 - Math.SQRT2 / 2), 12);
  });

  it("is smaller the farther out, and the more degrees of freedom", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 8, noNaN: true }), fc.integer({ min: 1, max: 60 }), (t, degrees) => {
        expect(studentTail(t + 0.1, degrees)).toBeLessThan(studentTail(t, degrees));
        expect(studentTail(t, degrees + 1)).toBeLessThan(studentTail(t, degrees) + 1e-15);
      }),
    );
  });
});

describe("calm", () => {
  const past = Array.from({ length: 20 }, (_, week) => [20, 26, 18, 24][week % 4] ?? 20);

  it("is broken by a value far above the past, and not by one far below it", () => {
    const high = calm([series([...past, 20, 20, 20, 90, 20, 20, 20, 20])]);

    expect(high).toMatchObject({ isCalm: false, signals: [{ metric: "lead-time", value: 90, from: 23 * WEEK }] });
    expect(high.signals[0]?.limit).toBeGreaterThan(26);
    expect(high.words).toBe("1 signal outside the limits in the last 8 weeks: Lead time.");
    expect(calm([series([...past, 20, 20, 20, 1, 20, 20, 20, 20])]).isCalm).toBe(true);
    expect(calm([series([...past, 20, 20, 20, 1, 20, 20, 20, 20], "higher")]).isCalm).toBe(false);
  });

  it("names each series that has a signal, and looks at a week of nothing as at none", () => {
    const later = [20, 20, 20, 90, 90, 20, 20, 20];
    const [wild, steady] = [
      series([...past, ...later]),
      { ...series([...past, ...past.slice(0, 8)]), metric: "calm", title: "Recovery" },
    ];
    const nothing = { ...wild, weeks: wild.weeks.map((week) => ({ ...week, n: 5 * Number(week.value !== 90) })) };

    expect(calm([steady, wild]).words).toBe("2 signals outside the limits in the last 8 weeks: Lead time.");
    expect(calm([{ ...wild, metric: "other", title: "Recovery" }, wild]).words).toBe(
      "4 signals outside the limits in the last 8 weeks: Recovery, Lead time.",
    );
    expect(calm([nothing])).toEqual({
      isCalm: true,
      signals: [],
      words: "Nothing unfavourable was outside its limits in the last 8 weeks.",
    });
    expect(calm([]).words).toBe("It takes 12 weeks with a number before the last 8 to say what is usual.");
  });

  it("asks more of each point the more series there are, and less of a past of more weeks", () => {
    const limit = (weeks: number, ...others: readonly WeeklySeries[]) =>
      Number(calm([series([...past.slice(-weeks), ...past.slice(0, 7), 900]), ...others]).signals[0]?.limit);

    expect(limit(20, series(past))).toBeGreaterThan(limit(20));
    expect(limit(12)).toBeGreaterThan(limit(20));
  });

  it("cannot be said of a past of less than twelve weeks with numbers", () => {
    expect(calm([series(past.slice(0, 19))])).toMatchObject({ isCalm: null });
    expect(
      calm([series([...past.slice(0, 11), ...Array.from({ length: 9 }, () => null), ...past.slice(0, 8)])]).isCalm,
    ).toBeNull();
    expect(calm([series(past.slice(0, 20))])).toMatchObject({ isCalm: true });
    expect(calm([]).isCalm).toBeNull();
  });

  it("has no zero on its scale, so that what is shorter than a minute counts as one", () => {
    expect(calm([series([...past.map(() => 0), ...past.slice(0, 7).map(() => 0), 1 / 60])]).isCalm).toBe(true);
    expect(calm([series([...past.map(() => 0), ...past.slice(0, 7).map(() => 0), 1])]).isCalm).toBe(false);
  });

  it("does not depend on the unit", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 28, maxLength: 34 }),
        fc.integer({ min: 2, max: 60 }),
        (values, by) => {
          expect(calm([series(values.map((value) => value * by))]).isCalm).toBe(calm([series(values)]).isCalm);
        },
      ),
    );
  });

  it("holds back at most one stable service in fifty", () => {
    expect(heldBack(1000, STABLE_WORLD)).toBeLessThanOrEqual(0.02);
    expect(heldBack(1000, { ...STABLE_WORLD, changes: 2, series: 1 })).toBeLessThanOrEqual(0.02);
    expect(heldBack(1000, { ...STABLE_WORLD, weeks: 20, spread: 1.5 })).toBeLessThanOrEqual(0.02);
  });

  it("holds back a service whose lead time has become ten times as long", () => {
    expect(heldBack(200, STABLE_WORLD, { from: 28, by: 10 })).toBeGreaterThan(0.95);
  });
});
