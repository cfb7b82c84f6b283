import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { weeksOfWork } from "#metrics/programme/work-weeks.ts";
import { DAY, HOUR, WEEK } from "#metrics/time.ts";
import { at } from "#test/support/fake-host.ts";

const window = { from: at("2026-03-02"), to: at("2026-03-16") };
const monday = window.from;

describe("the work of a window, week by week", () => {
  it("lies in the week of its merge, and is open as long as it has not arrived", () => {
    const weeks = weeksOfWork(
      [
        { beganAt: monday - DAY, mergedAt: monday, deployedAt: monday + DAY },
        { beganAt: monday + WEEK, mergedAt: monday + WEEK + HOUR, deployedAt: null },
      ],
      window,
      "UTC",
    );

    expect(weeks).toEqual([
      { arrived: [48], open: [] },
      { arrived: [], open: [168] },
    ]);
  });

  it("is told as it stood when the window ended, whatever arrived later", () => {
    const one = { beganAt: monday + WEEK, mergedAt: monday + WEEK + HOUR };
    const late = weeksOfWork([{ ...one, deployedAt: window.to }], window, "UTC");

    expect(late).toEqual(weeksOfWork([{ ...one, deployedAt: null }], window, "UTC"));
  });

  it("leaves out what began at no known time, and what was merged outside", () => {
    const all = [
      { beganAt: null, mergedAt: monday, deployedAt: monday },
      { beganAt: monday, mergedAt: window.to, deployedAt: null },
      { beganAt: monday - DAY, mergedAt: monday - 1, deployedAt: monday },
      { beganAt: monday + DAY, mergedAt: monday, deployedAt: monday },
    ];

    expect(weeksOfWork(all, window, "UTC").flatMap(({ arrived, open }) => [...arrived, ...open])).toEqual([]);
  });

  it("counts each work once, whatever the zone", () => {
    const works = fc.array(fc.integer({ min: window.from, max: window.to - 1 }), { maxLength: 30 });
    fc.assert(
      fc.property(works, fc.constantFrom("UTC", "Europe/Berlin", "America/Los_Angeles"), (merges, zone) => {
        const all = merges.map((mergedAt) => ({ beganAt: mergedAt - HOUR, mergedAt, deployedAt: mergedAt + HOUR }));
        const weeks = weeksOfWork(all, window, zone);

        expect(weeks.flatMap(({ arrived, open }) => [...arrived, ...open])).toHaveLength(merges.length);
      }),
    );
  });
});
