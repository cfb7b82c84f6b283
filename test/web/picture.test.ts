import { describe, expect, it } from "vitest";

import { pictureOf, pointWords, unfinished } from "#web/chart/picture.ts";
import type { Measured, Point } from "#web/types.ts";

import { aDefinition, aMeasure, aPoint } from "./support.ts";

const context = { interval: "week", zone: "UTC", now: "2026-11-22T09:00:00Z", annotations: [] } as const;
const hours = aDefinition({ statistic: "median", unit: "hours" });

function measured(series: Point[], of: Partial<Measured> = {}): Measured {
  const nothing = {
    previous: null,
    baseline: null,
    limits: null,
    formerLimits: [],
    rebased: null,
    trend: null,
    between: null,
  };
  return { metric: "x", whole: aMeasure(), ...nothing, details: [], series, ...of };
}

it("draws what was frozen once for each period: a count as so many in it, on the scale of the rest", () => {
  const counting = aDefinition({ statistic: "count", unit: "deployments" });
  const frozen = (perWeek: number | null) => ({
    baseline: {
      measure: aMeasure({ value: 96, perWeek }),
      verdict: null,
      words: "",
      low: null,
      high: null,
      change: null,
    },
  });

  expect(pictureOf(hours, measured([aPoint({ value: 72 })], frozen(null)), [], context).baseline).toBe(4);
  expect(pictureOf(counting, measured([aPoint({ value: 3 })], frozen(7)), [], context).baseline).toBe(7);
  expect(
    pictureOf(counting, measured([aPoint({ value: 3 })], frozen(7)), [], { ...context, interval: "day" }).baseline,
  ).toBe(1);
  expect(pictureOf(counting, measured([aPoint({ value: 3 })], frozen(null)), [], context).baseline).toBeNull();
  expect(pictureOf(counting, measured([aPoint({ value: 3 })]), [], context).baseline).toBeNull();
});

it("leaves a gap where nothing is known", () => {
  expect(pictureOf(hours, measured([aPoint({ value: 3 }), aPoint({ value: null })]), [], context).values).toEqual([
    3,
    null,
  ]);
});

it("shows long durations in days, limits and the window before too", () => {
  const limits = {
    from: "2026-11-16T00:00:00Z",
    to: "2026-11-23T00:00:00Z",
    centre: 48,
    lower: 24,
    upper: 72,
    baseline: "",
  };
  const { values, before, bands, axis } = pictureOf(
    hours,
    measured([aPoint({ value: 72 })], { limits }),
    [aPoint({ value: 24 })],
    context,
  );
  expect({ values, before, bands, title: axis.title }).toEqual({
    values: [3],
    before: [1],
    bands: [{ first: 0, last: 0, centre: 2, lower: 1, upper: 3 }],
    title: "days",
  });
});

it("shows short durations in minutes", () => {
  const { values, axis } = pictureOf(hours, measured([aPoint({ value: 0.3 }), aPoint({ value: 1.5 })]), [], context);

  expect({ values, title: axis.title, words: axis.format(18) }).toEqual({
    values: [18, 90],
    title: "minutes",
    words: "18\u00a0min",
  });
});

it("turns to a logarithmic axis when a linear one would hide the small ones", () => {
  expect(
    pictureOf(hours, measured([aPoint({ value: 0.5 }), aPoint({ value: 40 })]), [], context).axis.isLogarithmic,
  ).toBe(true);
  expect(
    pictureOf(hours, measured([aPoint({ value: 10 }), aPoint({ value: 40 })]), [], context).axis.isLogarithmic,
  ).toBe(false);
});

it("ends the axis of a share at 100 %", () => {
  const rate = aDefinition({ statistic: "rate", unit: "share" });
  expect(pictureOf(rate, measured([aPoint({ value: 0.9 })]), [], context).axis.end).toBe(100);
  expect(pictureOf(rate, measured([aPoint({ value: 0.1 })]), [], context).axis.end).toBeNull();
});

it("does not draw more of the window before than of this one", () => {
  expect(pictureOf(hours, measured([aPoint()]), [aPoint(), aPoint()], context).before).toHaveLength(1);
});

describe("a period that is not whole", () => {
  it("is running while it goes on", () => {
    expect(unfinished(aPoint({ partial: true }), context.now)).toBe("running");
  });

  it("is partial when it is cut", () => {
    expect(unfinished(aPoint({ partial: true }), "2026-12-01T00:00:00Z")).toBe("partial");
  });

  it("is neither when it is whole", () => {
    expect(unfinished(aPoint(), context.now)).toBeNull();
  });
});

it("says a point in words", () => {
  expect(pointWords(aDefinition(), aPoint({ value: 1, low: 0.03, high: 5.6 }))).toEqual({
    value: "1\u00a0release",
    interval: "0.03 to 5.6",
  });
  expect(pointWords(hours, aPoint({ value: null }))).toEqual({ value: "—", interval: "—" });
});
