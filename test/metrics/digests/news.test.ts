import { describe, expect, it } from "vitest";
import type { Charted, Week } from "#metrics/digests/news.ts";
import { news } from "#metrics/digests/news.ts";
import { WEEK } from "#metrics/time.ts";
import { theMetric } from "#test/support/builders.ts";

const OUTSIDE = "above the limits of normal variation";
const RUN = "eighth point in a row above the centre";

/** Weeks of 2026 with values, the last of them as a test says. */
function weeks(values: readonly (number | null)[], has: Partial<Week> = {}): readonly Week[] {
  return values.map((value, index) => ({
    from: index * WEEK,
    to: (index + 1) * WEEK,
    label: `2026-W0${index + 1}`,
    value,
    perWeek: null,
    beyond: null,
    partial: false,
    signal: null,
    ...(index === values.length - 1 && has),
  }));
}

function chart(id: string, has: Partial<Charted> = {}): Charted {
  return {
    metric: theMetric(id),
    weeks: weeks([20, 90], { signal: OUTSIDE }),
    limits: { centre: 24, lower: 10, upper: 60 },
    ...has,
  };
}

const END = 2 * WEEK;
const told = (...charts: readonly Charted[]) => news(charts, END)?.map(({ words }) => words);

describe("the news of a week", () => {
  it("are what left its limits, with the number, the limits and what it means", () => {
    expect(told(chart("lead-time-change"))).toEqual([
      "Change lead time (commit clock, per change): 3.75 d in 2026-W02, which is worse. It was above the limits of normal variation (normally 10 h to 2.5 d).",
    ]);
    expect(
      told(
        chart("deployment-frequency", {
          weeks: weeks([3, 12], { signal: OUTSIDE, perWeek: 12 }),
          limits: { centre: 4, lower: 0, upper: 9 },
        }),
      ),
    ).toEqual([
      "Deployment frequency: 12 a week in 2026-W02, which is better. It was above the limits of normal variation (normally 0 a week to 9 a week).",
    ]);
  });

  it("are none where nothing left its limits, where there are none, and of context", () => {
    expect(told(chart("lead-time-change", { weeks: weeks([20, 25]) }))).toEqual([]);
    expect(told(chart("lead-time-change", { limits: null }))).toEqual([]);
    expect(told(chart("lead-time-change", { weeks: weeks([20, 25]) }), chart("stage-pickup"))).toEqual([]);
  });

  it("tell of a run once, when it is complete, and of a week outside each time", () => {
    const twice = (signal: string, hours: number) => ({
      weeks: weeks([hours, hours]).map((week) => ({ ...week, signal })),
    });

    expect(told(chart("lead-time-change", twice(RUN, 50)))).toEqual([]);
    expect(told(chart("lead-time-change", twice(OUTSIDE, 90)))).toHaveLength(1);
    expect(told(chart("lead-time-change", { weeks: weeks([20, 50], { signal: RUN }) }))).toHaveLength(1);
  });

  it("go on with a run at the very limits, since only what lies beyond them is outside", () => {
    const run = (hours: number) => ({ weeks: weeks([hours, hours]).map((week) => ({ ...week, signal: RUN })) });

    expect(told(chart("lead-time-change", run(60)))).toEqual([]);
    expect(told(chart("lead-time-change", run(10)))).toEqual([]);
    expect(told(chart("lead-time-change", run(9.9)))).toHaveLength(1);
  });

  it("lead to the rows of the week", () => {
    expect(news([chart("lead-time-change")], END)).toMatchObject([
      { metric: "lead-time-change", window: { from: WEEK, to: 2 * WEEK } },
    ]);
  });

  it("are told of one lead time: per change where there is one, else per commit", () => {
    const metrics = (...charts: readonly Charted[]) => news(charts, END)?.map(({ metric }) => metric);
    const nothing = { weeks: weeks([null, null]) };

    expect(metrics(chart("lead-time-change"), chart("lead-time-commit"), chart("lead-time-merge"))).toEqual([
      "lead-time-change",
    ]);
    expect(metrics(chart("lead-time-change", nothing), chart("lead-time-commit"))).toEqual(["lead-time-commit"]);
  });

  it("are three at most", () => {
    const five = ["deployment-frequency", "lead-time-change", "recovery-time", "change-fail-rate", "rework-rate"];

    expect(told(...five.map((id) => chart(id)))).toHaveLength(3);
  });

  it("are unknown, not none, while the week is not known in full", () => {
    expect(told(chart("lead-time-change", { weeks: weeks([20, 90], { partial: true }) }))).toBeUndefined();
    expect(told(chart("lead-time-change", { weeks: weeks([20]) }))).toBeUndefined();
    expect(news([], END)).toBeNull();
  });

  it("know what a median is longer than", () => {
    const open = weeks([20, null], { beyond: 100, signal: OUTSIDE });

    expect(told(chart("recovery-time", { weeks: open }))).toEqual([
      expect.stringContaining("> 4.17 d in 2026-W02, which is worse"),
    ]);
  });
});
