import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WeekTerms } from "#metrics/programme/exposed-weeks.ts";
import { exposedWeeks, RETURN_HOURS } from "#metrics/programme/exposed-weeks.ts";
import type { Wait } from "#metrics/programme/waits.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { HOUR, WEEK } from "#metrics/time.ts";

const weeks = [0, 1, 2].map((index) => ({ from: index * WEEK, to: (index + 1) * WEEK }));
const aWait = (change: string, from: number, to: number, has: Partial<Wait> = {}): Wait => ({
  service: "shop",
  change,
  from: from * HOUR,
  to: to * HOUR,
  kind: "pause",
  system: "ERP",
  element: "core",
  certainty: "measured",
  hours: to - from,
  ...has,
});

const usual: WeekTerms = { lossesOf: () => 0, lossesAt: [], returnHours: RETURN_HOURS, priceOf: () => 1 };

describe("what systems are compared by", () => {
  it("is hours in the weeks in which they passed, and a return when the wait is over", () => {
    const found = exposedWeeks([aWait("1", 160, 178), aWait("1", 180, 181), aWait("2", 0, 8)], weeks, usual);

    expect(found).toEqual([
      {
        system: "ERP",
        element: "core",
        weeks: [
          { changes: 2, waitHours: 16, lostHours: 0.25, losses: 0 },
          { changes: 1, waitHours: 11, lostHours: 0.5, losses: 0 },
          { changes: 0, waitHours: 0, lostHours: 0, losses: 0 },
        ],
      },
    ]);
  });

  it("is apart for each part of a system, and leaves out what nobody knows", () => {
    const waits = [
      aWait("1", 0, 1, { element: "data" }),
      aWait("1", 1, 2),
      aWait("1", 2, 3, { system: null, certainty: "unknown" }),
      aWait("1", 3, 4, { kind: "unknown", certainty: "unknown" }),
    ];
    const losses = (system: string, { from }: { from: number }) => system.length * (1 + from / WEEK);

    const found = exposedWeeks(waits, weeks, {
      ...usual,
      lossesOf: losses,
      lossesAt: [
        { system: "ERP", element: "data" },
        { system: "MES", element: null },
      ],
      priceOf: ({ element }) => String(element).length + 1,
    });

    expect(found.map(({ system, element }) => [system, element])).toEqual([
      ["ERP", "core"],
      ["ERP", "data"],
      ["MES", null],
    ]);
    expect(found.map(({ weeks: its }) => its.map((week) => week.losses))).toEqual([
      [0, 0, 0],
      [3, 6, 9],
      [3, 6, 9],
    ]);
    expect(found[1]?.weeks[0]).toMatchObject({ changes: 1, waitHours: 5 });
  });

  it("counts a return where the wait took an hour or more, in the week in which it was over", () => {
    const lost = (from: number, to: number) =>
      exposedWeeks([aWait("1", from, to)], weeks, usual)[0]?.weeks.map(({ lostHours }) => lostHours);

    expect(lost(5, 6)).toEqual([0.25, 0, 0]);
    expect(lost(5, 5.99)).toEqual([0, 0, 0]);
    expect(lost(160, 168)).toEqual([0.25, 0, 0]);
    expect(lost(160, 169)).toEqual([0, 0.25, 0]);
    expect(lost(500, 600)).toEqual([0, 0, 0]);
  });

  it("counts a change once, and another of the same name in another service", () => {
    const waits = [aWait("1", 0, 1), aWait("1", 2, 3), aWait("1", 2, 3, { service: "till" }), aWait("9", 168, 169)];

    expect(exposedWeeks(waits, weeks, usual)[0]?.weeks.map(({ changes }) => changes)).toEqual([2, 1, 0]);
  });

  it("has all hours that passed in its weeks", () => {
    const waits = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 100 }))
        .map(([from, length]) => aWait("1", from, from + length)),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(waits, (drawn) => {
        const total = sum(exposedWeeks(drawn, weeks, usual).flatMap((one) => one.weeks.map((week) => week.waitHours)));

        expect(total).toBeCloseTo(sum(drawn.map(({ hours }) => hours)), 6);
      }),
    );
  });
});
