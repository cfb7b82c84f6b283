import { describe, expect, it } from "vitest";

import { happenedBetween, happenedIn, happenedWords, happenedWordsIn } from "#web/chart/happened.ts";
import { pictureOf } from "#web/chart/picture.ts";

import { aDefinition, aMeasure, anAnnotation, aPoint } from "./support.ts";

const weeks = ["2026-11-02", "2026-11-09", "2026-11-16"].map((day) => ({
  from: `${day}T00:00:00Z`,
  to: new Date(Date.parse(day) + 7 * 86_400_000).toISOString(),
}));

const days = (from: string, to: string) =>
  anAnnotation({ from, to, fromAt: `${from}T00:00:00Z`, toAt: `${to}T00:00:00Z` });

describe("what people noted, in a chart", () => {
  it.each([
    ["2026-11-18", "2026-11-19", [[2, 2]]],
    ["2026-11-06", "2026-11-10", [[0, 1]]],
    ["2026-10-01", "2026-11-30", [[0, 2]]],
    ["2026-11-08", "2026-11-09", [[0, 0]]],
    ["2026-11-01", "2026-11-02", []],
    ["2026-11-23", "2026-11-24", []],
  ])("from %s until before %s lies in the periods %j", (from, to, expected) => {
    expect(happenedIn([days(from, to)], weeks).map(({ first, last }) => [first, last])).toEqual(expected);
  });

  it("is told with its days and its name, and once in each period of the table", () => {
    const freeze = days("2026-11-06", "2026-11-10");

    expect(happenedWords(freeze)).toBe("2026-11-06 to 2026-11-09: Holiday freeze");
    expect(weeks.map((week) => happenedWordsIn([freeze], week))).toEqual([
      ["2026-11-06 to 2026-11-09: Holiday freeze"],
      ["2026-11-06 to 2026-11-09: Holiday freeze"],
      [],
    ]);
    expect(happenedWords(days("2026-11-06", "2026-11-07"))).toBe("2026-11-06: Holiday freeze");
  });

  it("is cut where an axis of time begins and ends", () => {
    const [from, to] = [Date.parse("2026-11-08T00:00:00Z"), Date.parse("2026-11-20T00:00:00Z")];
    const placed = happenedBetween(
      [days("2026-11-06", "2026-11-10"), days("2026-11-18", "2026-11-30"), days("2026-11-07", "2026-11-08")],
      from,
      to,
    );

    expect(placed.map((one) => [one.from, one.to].map((at) => new Date(at).toISOString().slice(0, 10)))).toEqual([
      ["2026-11-08", "2026-11-10"],
      ["2026-11-18", "2026-11-20"],
    ]);
  });

  it("begins new bands of normal variation where limits start anew", () => {
    const limits = { centre: 8, lower: 6, upper: 10, baseline: "" };
    const [, second, third] = weeks.map(({ from }) => from);
    const end = "2026-11-23T00:00:00.000Z";
    const measured = {
      metric: "x",
      whole: aMeasure(),
      previous: null,
      baseline: null,
      limits: { ...limits, from: String(third), to: end },
      formerLimits: [{ ...limits, centre: 2, from: String(weeks[0]?.from), to: String(second) }],
      rebased: "",
      trend: null,
      between: null,
      details: [],
      series: weeks.map((week) => aPoint(week)),
    };
    const annotations = [anAnnotation({ rebases: true })];

    const { bands, happened } = pictureOf(aDefinition(), measured, [], {
      interval: "week",
      zone: "UTC",
      now: end,
      annotations,
    });

    expect(bands.map(({ first, last, centre }) => [first, last, centre])).toEqual([
      [0, 0, 2],
      [2, 2, 8],
    ]);
    expect(happened).toMatchObject([{ first: 2, last: 2, rebases: true }]);
  });
});
