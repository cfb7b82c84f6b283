import { describe, expect, it } from "vitest";
import type { Level } from "#metrics/flow/levels.ts";
import { levelLimits } from "#metrics/flow/levels.ts";
import { WEEK } from "#metrics/time.ts";

/** One a week. */
function weeks(...open: readonly (number | null)[]): readonly Level[] {
  return open.map((one, index) => ({ from: index * WEEK, to: (index + 1) * WEEK, open: one, partial: false }));
}

const twenty = [5, 7, 5, 7, 5, 7, 5, 7, 5, 7, 5, 7, 5, 7, 5, 7, 5, 7, 5, 7];

describe("how much is in progress", () => {
  it("has limits from its first 20 weeks, which later ones do not move: 5 and 7 in turn are 6 ± 3 · 2 / 1.128", () => {
    const calm = levelLimits(weeks(...twenty, 6), "week", []);
    const wild = levelLimits(weeks(...twenty, 12, 6, 0), "week", []);

    expect(calm.limits).toEqual({
      from: 0,
      to: 21 * WEEK,
      centre: 6,
      lower: expect.closeTo(0.6809, 4),
      upper: expect.closeTo(11.3191, 4),
    });
    expect(calm.words).toBe("Within its normal variation. Limits rest on the first 20 complete weeks of this window.");
    expect(wild.limits).toMatchObject({ centre: 6, upper: calm.limits?.upper });
    expect(wild.signals.slice(20)).toEqual([
      "above the limits of normal variation",
      null,
      "below the limits of normal variation",
    ]);
    expect(wild.words).toMatch(/^2 signals in 23 weeks\. /);
  });

  it("says of a run of eight, and of three in four near a limit, that they are signals", () => {
    const run = levelLimits(weeks(...twenty, 7, 7, 7, 7, 7, 7, 7), "week", []);
    const near = levelLimits(weeks(...twenty, 2, 2, 2), "week", []);

    expect(run.signals.at(-1)).toBe("eighth in a row above the centre");
    expect(near.signals.at(-1)).toBe("third of four nearer the lower limit than the centre");
  });

  it("leaves out what is not a whole week and what nobody knows", () => {
    const [head, ...rest] = weeks(null, ...twenty, 99);
    const levels = [head, ...rest.slice(0, -1), { ...rest.at(-1), partial: true }] as readonly Level[];

    expect(levelLimits(levels, "week", [])).toMatchObject({
      limits: { centre: 6 },
      words: expect.stringMatching(/^Within its normal variation/),
    });
  });

  it("starts anew where the process changed", () => {
    const levels = weeks(50, 60, 50, 60, ...twenty);
    const { limits, signals, words } = levelLimits(levels, "week", [4 * WEEK, 99 * WEEK]);

    expect(limits).toMatchObject({ from: 4 * WEEK, centre: 6 });
    expect(signals.slice(0, 4)).toEqual([null, null, null, null]);
    expect(words).toContain("weeks of this window since the process changed.");
  });

  it("says why there are no limits", () => {
    expect(levelLimits(weeks(1, 2, 3), "week", [])).toEqual({
      limits: null,
      signals: [null, null, null],
      words: "No limits of normal variation: they need 10 complete weeks, and here are 3.",
    });
    expect(levelLimits(weeks(1), "month", []).words).toMatch(/10 complete months, and here is 1\.$/);
    expect(levelLimits([], "week", []).limits).toBeNull();
    expect(levelLimits(weeks(...twenty), "day", [])).toMatchObject({
      limits: null,
      words: expect.stringMatching(/^No limits of normal variation by day/),
    });
  });
});
