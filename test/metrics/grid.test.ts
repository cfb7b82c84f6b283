import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startOf } from "#metrics/calendar.ts";
import type { Frame, Period } from "#metrics/grid.ts";
import { grid, horizon, overlap } from "#metrics/grid.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import type { Window } from "#metrics/time.ts";
import { utc } from "#test/support/builders.ts";

const weeksOfMarch: Frame = {
  window: { from: utc("2026-03-02"), to: utc("2026-03-30") },
  interval: "week",
  zone: "UTC",
};
const always: Window = { from: utc("2020-01-01"), to: utc("2030-01-01") };
const labels = (periods: readonly Period[]): string[] => periods.map(({ label }) => label);
const partials = (periods: readonly Period[]): boolean[] => periods.map(({ partial }) => partial);

describe("a window's periods", () => {
  it("are weeks that begin on Monday, labelled so", () => {
    const { periods } = grid(weeksOfMarch, always).now;

    expect(labels(periods)).toEqual(["2026-W10", "2026-W11", "2026-W12", "2026-W13"]);
    expect(partials(periods)).toEqual([false, false, false, false]);
    expect(periods.map(({ from }) => new Date(from).getUTCDay())).toEqual([1, 1, 1, 1]);
  });

  it("of eighteen months are eighteen", () => {
    const window = { from: utc("2025-01-01"), to: utc("2026-07-01") };
    const { periods } = grid({ window, interval: "month", zone: "UTC" }, always).now;

    expect(labels(periods)).toHaveLength(18);
    expect(labels(periods).at(-1)).toBe("2026-06");
  });

  it("are marked where the window cuts them, and whole all the same", () => {
    const window = { from: utc("2026-03-04"), to: utc("2026-03-18") };
    const { periods } = grid({ ...weeksOfMarch, window }, always).now;

    expect(labels(periods)).toEqual(["2026-W10", "2026-W11", "2026-W12"]);
    expect(partials(periods)).toEqual([true, false, true]);
    expect(periods[0]).toMatchObject({
      from: utc("2026-03-02"),
      to: utc("2026-03-09"),
      observed: { from: utc("2026-03-04"), to: utc("2026-03-09") },
    });
    expect(periods[2]?.observed).toEqual({ from: utc("2026-03-16"), to: utc("2026-03-18") });
  });

  it("begin with the first fact, whose period is partial", () => {
    const { periods, observed } = grid(weeksOfMarch, { ...always, from: utc("2026-03-18T12:00") }).now;

    expect(labels(periods)).toEqual(["2026-W12", "2026-W13"]);
    expect(partials(periods)).toEqual([true, false]);
    expect(observed).toEqual({ from: utc("2026-03-18T12:00"), to: utc("2026-03-30") });
  });

  it("end with the data, and the running one is partial", () => {
    const { periods } = grid(weeksOfMarch, { ...always, to: utc("2026-03-18T12:00") }).now;

    expect(labels(periods)).toEqual(["2026-W10", "2026-W11", "2026-W12"]);
    expect(partials(periods)).toEqual([false, false, true]);
    expect(periods[2]?.observed).toEqual({ from: utc("2026-03-16"), to: utc("2026-03-18T12:00") });
  });

  it("are complete when the data ends with them", () => {
    const { periods } = grid(weeksOfMarch, { ...always, to: utc("2026-03-16") }).now;

    expect(labels(periods)).toEqual(["2026-W10", "2026-W11"]);
    expect(partials(periods)).toEqual([false, false]);
  });

  it.each([
    ["there are no facts", null],
    ["the first fact comes with the window's end", { ...always, from: utc("2026-03-30") }],
    ["the data ended with the window's beginning", { ...always, to: utc("2026-03-02") }],
  ])("are none where %s", (_, reach) => {
    expect(grid(weeksOfMarch, reach).now).toEqual({
      window: weeksOfMarch.window,
      observed: null,
      periods: [],
      out: [],
    });
  });

  it("have the hours their zone gives them: summer time makes a week of 167 and one of 169", () => {
    const frame: Frame = {
      window: { from: utc("2026-03-22T23:00"), to: utc("2026-04-05T22:00") },
      interval: "week",
      zone: "Europe/Berlin",
    };
    const { periods } = grid(frame, always).now;
    const autumn = grid({ ...frame, window: { from: utc("2026-10-18T22:00"), to: utc("2026-10-25T23:00") } }, always)
      .now.periods;

    expect(periods.map(({ from, to }) => (to - from) / HOUR)).toEqual([167, 168]);
    expect(partials(periods)).toEqual([false, false]);
    expect(autumn.map(({ from, to }) => (to - from) / HOUR)).toEqual([169]);
  });
});

describe("the window before", () => {
  it("is as long and ends where the window begins", () => {
    expect(grid(weeksOfMarch, always).before.window).toEqual({ from: utc("2026-02-02"), to: utc("2026-03-02") });
  });

  it("is only as long as what has passed of a running window", () => {
    const { before } = grid(weeksOfMarch, { ...always, to: utc("2026-03-12") });

    expect(before.window).toEqual({ from: utc("2026-02-20"), to: utc("2026-03-02") });
  });

  it("of a window that has not begun is empty", () => {
    const { before } = grid(weeksOfMarch, { ...always, to: utc("2026-02-01") });

    expect(before).toEqual({
      window: { from: weeksOfMarch.window.from, to: weeksOfMarch.window.from },
      observed: null,
      periods: [],
      out: [],
    });
  });

  it("without facts has the window's length and nothing in it", () => {
    expect(grid(weeksOfMarch, null).before).toEqual({
      window: { from: utc("2026-02-02"), to: utc("2026-03-02") },
      observed: null,
      periods: [],
      out: [],
    });
  });
});

describe("the baseline", () => {
  it.each([
    ["day", "UTC", "2026-03-02", "2026-02-10", "2026-03-02"],
    ["week", "UTC", "2026-03-02", "2025-10-13", "2026-03-02"],
    ["week", "UTC", "2026-03-04", "2025-10-13", "2026-03-02"],
    ["month", "UTC", "2026-03-01", "2024-06-01", "2026-03-01"],
  ] as const)(
    "of %ss in %s before %s goes from %s to %s: at least 20 whole periods",
    (interval, zone, start, from, to) => {
      const window = { from: utc(start), to: utc("2026-04-01") };

      expect(grid({ window, interval, zone }, always).baseline.window).toEqual({ from: utc(from), to: utc(to) });
    },
  );

  it("is at least 20 complete periods whatever the interval, the zone and the day, and none of them in the window", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("day" as const, "week" as const, "month" as const),
        fc.constantFrom("UTC", "Europe/Berlin", "America/Santiago", "Pacific/Auckland"),
        fc.integer({ min: 0, max: 1000 }),
        (interval, zone, halfDays) => {
          const from = utc("2024-01-01") + (halfDays * DAY) / 2;
          const { baseline } = grid({ window: { from, to: from + 30 * DAY }, interval, zone }, always);
          expect(baseline.periods.length).toBeGreaterThanOrEqual(20);
          expect(baseline.periods.length).toBeLessThanOrEqual(21);
          expect(baseline.periods.filter(({ partial }) => partial)).toEqual([]);
          expect(baseline.window.to).toBe(startOf(interval, from, zone));
        },
      ),
    );
  });

  it("and the window before lie within the horizon", () => {
    expect(horizon(grid(weeksOfMarch, always))).toEqual({ from: utc("2025-10-13"), to: utc("2026-03-30") });

    const year = { ...weeksOfMarch, window: { from: utc("2025-03-03"), to: utc("2026-03-02") } };
    expect(horizon(grid(year, always))).toEqual({ from: utc("2024-03-04"), to: utc("2026-03-02") });
  });
});

describe("two windows", () => {
  it.each([
    [
      { from: 0, to: 5 },
      { from: 3, to: 9 },
      { from: 3, to: 5 },
    ],
    [
      { from: 3, to: 9 },
      { from: 0, to: 5 },
      { from: 3, to: 5 },
    ],
    [
      { from: 0, to: 9 },
      { from: 3, to: 5 },
      { from: 3, to: 5 },
    ],
    [{ from: 0, to: 5 }, { from: 5, to: 9 }, null],
    [{ from: 0, to: 5 }, { from: 6, to: 9 }, null],
    [{ from: 0, to: 0 }, { from: 0, to: 9 }, null],
    [{ from: 0, to: 5 }, null, null],
  ])("%o and %o share %o", (one, other, shared) => {
    expect(overlap(one, other)).toEqual(shared);
  });
});
