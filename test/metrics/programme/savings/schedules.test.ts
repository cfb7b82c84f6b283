import { describe, expect, it } from "vitest";

import { recommended, SCHEDULES } from "#metrics/programme/savings/schedules.ts";

const teams = ["a", "b", "c", "d", "e", "f", "g"];
const datesOf = (id: string) => SCHEDULES.find((one) => one.id === id)?.datesOf(teams, "2026-11-30") ?? [];

describe("an order of waves", () => {
  it("holds every team once, the first from the first day on, as evenly as can be", () => {
    for (const { datesOf: dates } of SCHEDULES) {
      const found = dates(teams, "2026-11-30");
      expect(found.map(({ team }) => team)).toEqual(teams);
      expect(found[0]?.day).toBe("2026-11-30");
    }
    expect(new Set(datesOf("together").map(({ day }) => day)).size).toBe(1);
    expect(datesOf("three-waves").map(({ day }) => day)).toEqual([
      "2026-11-30",
      "2026-11-30",
      "2026-11-30",
      "2027-03-01",
      "2027-03-01",
      "2027-05-31",
      "2027-05-31",
    ]);
    expect(datesOf("one-by-one")[6]?.day).toBe("2027-05-17");
    expect(datesOf("some-last").map(({ day }) => day)).toEqual([
      "2026-11-30",
      "2026-11-30",
      "2026-11-30",
      "2027-03-01",
      "2027-03-01",
      "2028-05-29",
      "2028-05-29",
    ]);
  });
});

describe("the order that is recommended", () => {
  const planned = (
    id: string,
    earliest: number | null,
    detectable: number | null,
    method: "difference-in-differences" | "interrupted-time-series",
  ) => ({
    id,
    title: id,
    words: "",
    earliest,
    quarters: [{ at: 1, method, why: "", detectable, power: null }],
  });

  it("sees a saving as large as the line first, then compares teams, then sees the smallest", () => {
    const own = planned("own", 10, 0.02, "interrupted-time-series");
    const compared = planned("compared", 10, 0.05, "difference-in-differences");
    const late = planned("late", 20, 0.01, "difference-in-differences");

    expect(recommended([late, own, compared])?.id).toBe("compared");
    expect(recommended([late, own])?.id).toBe("own");
    expect(recommended([late, planned("smaller", 20, 0.005, "difference-in-differences")])?.id).toBe("smaller");
  });

  it("is none where nothing can be seen", () => {
    expect(recommended([planned("blind", null, null, "interrupted-time-series")])).toBeNull();
    expect(recommended([])).toBeNull();
  });
});
