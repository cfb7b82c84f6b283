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

describe("the teams that come last", () => {
  const days = (count: number) =>
    (
      SCHEDULES.find(({ id }) => id === "some-last")?.datesOf(
        Array.from({ length: count }, (_, index) => `${index}`),
        "2026-11-30",
      ) ?? []
    ).map(({ day }) => day);

  it("are three of eight and more, two of fewer, one of two, and nobody where one is alone", () => {
    const lasts = [1, 2, 3, 7, 8].map((count) => days(count).filter((day) => day === "2028-05-29").length);

    expect(lasts).toEqual([0, 1, 2, 2, 3]);
    expect(days(1)).toEqual(["2026-11-30"]);
  });

  it("follow two waves that are half a year apart, or a team every four weeks, where nobody waits for longer", () => {
    expect(datesOf("two-waves").map(({ day }) => day)).toEqual([
      ...Array.from({ length: 4 }, () => "2026-11-30"),
      ...Array.from({ length: 3 }, () => "2027-05-31"),
    ]);
    expect(
      datesOf("one-by-one")
        .slice(0, 3)
        .map(({ day }) => day),
    ).toEqual(["2026-11-30", "2026-12-28", "2027-01-25"]);
  });
});

describe("the order that is recommended", () => {
  const planned = (
    id: string,
    earliest: number | null,
    detectable: number | null,
    method: "difference-in-differences" | "interrupted-time-series" | "descriptive",
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
    expect(recommended([planned("never", null, 0.001, "difference-in-differences"), own])?.id).toBe("own");
    expect(recommended([planned("one", 20, 0.01, "difference-in-differences"), late])?.id).toBe("one");
  });

  it("counts a quarter that sees something, whatever the others see", () => {
    const seeing = planned("seeing", null, 0.03, "interrupted-time-series");
    const mixed = {
      ...seeing,
      id: "mixed",
      quarters: [...planned("", null, null, "descriptive").quarters, ...seeing.quarters],
    };

    expect(recommended([planned("blind", 1, null, "difference-in-differences"), mixed])?.id).toBe("mixed");
    expect(
      recommended([
        seeing,
        { ...mixed, quarters: [...mixed.quarters, ...planned("", 1, 0.02, "descriptive").quarters] },
      ])?.id,
    ).toBe("mixed");
  });

  it("is none where nothing can be seen", () => {
    expect(recommended([planned("blind", null, null, "interrupted-time-series")])).toBeNull();
    expect(recommended([])).toBeNull();
  });
});
