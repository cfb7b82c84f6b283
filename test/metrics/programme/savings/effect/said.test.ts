import { describe, expect, it } from "vitest";
import { countsOf } from "#metrics/programme/savings/effect/counts.ts";
import { graded } from "#metrics/programme/savings/effect/grade.ts";
import { NEVER } from "#metrics/programme/savings/effect/grid.ts";
import { weeksUntil } from "#metrics/programme/savings/effect/later.ts";
import { decided } from "#metrics/programme/savings/effect/method.ts";
import { scheduleWords, planWords } from "#metrics/programme/savings/effect/plan-words.ts";
import { detectableChange, savingDraws, savingOf, sizeOf } from "#metrics/programme/savings/effect/size.ts";
import { OPTIONS } from "#metrics/programme/savings/effect/types.ts";
import type { Check } from "#metrics/programme/savings/effect/types.ts";
import { forbidding, verdict } from "#metrics/programme/savings/effect/verdict.ts";
import { aGrid, always } from "./grids.ts";

const check = (id: Check["id"], passed: boolean | null): Check => ({ id, passed, words: `${id}.` });
const compared = { method: "difference-in-differences", isAlone: false } as const;

describe("how large a saving is", () => {
  it("is read from draws, each as far from the estimate as a redrawn world is from its truth", () => {
    const draws = savingDraws(
      { mean: -0.2, standardError: 0.1, studentised: Float64Array.from([1, -1, 0, 2]) },
      "share",
    );

    expect(Array.from(draws, (one) => one.toFixed(3))).toEqual(["0.100", "0.200", "0.300", "0.400"]);
    expect([savingOf(-0.2, "share"), savingOf(-Math.log(2), "log")]).toEqual([0.2, 0.5]);
  });

  it("has the percentiles of its draws, and the share that reaches the line", () => {
    const draws = Float64Array.from({ length: 101 }, (_, at) => at);

    expect(sizeOf(7, draws, 90)).toEqual({
      saving: 7,
      low: 5,
      p10: 10,
      p50: 50,
      p90: 90,
      high: 95,
      atLeastLine: 11 / 101,
    });
    expect(sizeOf(7, new Float64Array(0), 90)).toBeNull();
  });

  it("can be seen from where its interval is above 0 in four of five worlds", () => {
    const studentised = Float64Array.from({ length: 101 }, (_, at) => (100 - at) / 10);

    expect(detectableChange({ mean: 0, standardError: 2, studentised })).toBeCloseTo((9.5 + 8) * 2, 12);
    expect(detectableChange({ mean: 0, standardError: 2, studentised: new Float64Array(0) })).toBeNull();
  });
});

describe("a verdict", () => {
  const size = (low: number, high: number) => ({ saving: 0, low, high, p10: 0, p50: 0, p90: 0, atLeastLine: 0 });
  const line = { line: 0.1 };

  it("is yes above 0 unless a check forbids it, no below it or where enough would have been seen, else not yet", () => {
    const failed = [check("placebo", false)];

    expect(verdict(size(0.01, 0.2), compared, [], null, line)).toBe("yes");
    expect(verdict(size(0.01, 0.2), compared, failed, 0.01, line)).toBe("not yet");
    expect(verdict(size(0, 0.2), compared, [], 0.1, line)).toBe("no");
    expect(verdict(size(0, 0.2), compared, [], 0.11, line)).toBe("not yet");
    expect(verdict(size(0, 0.2), compared, [], null, line)).toBe("not yet");
    expect(verdict(size(-0.2, -0.01), compared, [], null, line)).toBe("no");
    expect(verdict(size(-0.2, 0), compared, [], null, line)).toBe("not yet");
    expect(verdict(size(0.01, 0.2), { isAlone: true }, [], 0.01, line)).toBe("not yet");
    expect(verdict(null, compared, [], 0.01, line)).toBe("not yet");
  });

  it("is forbidden by what shows where there cannot be an effect", () => {
    const all = (
      ["pre-trend", "placebo", "negative-control", "permutation", "disturbance", "missing", "season"] as const
    ).map((id) => check(id, false));

    expect(forbidding(all)).toEqual(["placebo", "negative-control", "permutation"]);
    expect(forbidding([check("placebo", true), check("permutation", null)])).toEqual([]);
  });
});

describe("a grade", () => {
  const caps = (...parameters: Parameters<typeof graded>) =>
    graded(...parameters).caps.map(({ grade, words }) => `${grade}: ${words}`);

  it("is A where teams are compared and every check passed", () => {
    expect(graded(compared, [check("placebo", true), check("permutation", false)])).toEqual({ grade: "A", caps: [] });
  });

  it("is C where a check failed, and B where one that it takes could not be made", () => {
    expect(
      caps(compared, [
        check("missing", false),
        check("pre-trend", null),
        check("placebo", null),
        check("season", null),
      ]),
    ).toEqual(["C: missing.", "B: pre-trend.", "B: placebo."]);
    expect(graded(compared, [check("missing", false), check("placebo", null)]).grade).toBe("C");
    expect(graded(compared, [check("placebo", null)]).grade).toBe("B");
  });

  it("is no better than its method", () => {
    expect(caps({ method: "interrupted-time-series", isAlone: true }, [check("placebo", null)])).toEqual([
      "C: Teams are compared with their own past alone: what came to everybody at the same time, such as a freeze, cannot be told apart from it.",
    ]);
    expect(caps({ method: "interrupted-time-series", isAlone: false }, [])).toEqual([
      "B: Few teams are compared with few others: what came to some of them alone is in it.",
    ]);
    expect(caps({ method: "descriptive", isAlone: true }, [])).toEqual(["D: There is nothing to compare with."]);
  });
});

describe("what an estimate stands on", () => {
  const nothing = always(Number.NaN, 8);
  const gaps = [1, 2, NaN, 4, 5, NaN, 7, NaN];
  const grid = aGrid(
    [gaps, always(1, 8), always(1, 8), nothing, [1, 1, 1, 1, 1, NaN, NaN, NaN], always(1, 8)],
    [5, 1, NEVER, NEVER, 5, 8],
  );
  const options = { ...OPTIONS, leastWeeks: 2, gapWeeks: 1, baseWeeks: 4 };
  const counts = countsOf(grid, { ...decided(grid, options), cells: null, pooled: null }, new Set([0]), options);

  it("is how many teams and weeks are known, and how many are missing between the first and the last of each", () => {
    expect(counts).toMatchObject({ teams: 5, adopted: 1, notYet: 2, weeks: 8, teamWeeks: 0, missing: 2 });
  });

  it("is without teams of which too little is known, and it says why", () => {
    expect(counts.leftOut).toEqual([
      { team: "team 1", words: "0 known weeks before its adoption, where it takes 2." },
      { team: "team 4", words: "No week since its adoption is known." },
    ]);
    expect(
      countsOf(grid, { ...decided(grid, options), cells: null, pooled: null }, new Set([1, 4]), options).leftOut,
    ).toEqual([
      {
        team: "team 0",
        words:
          "1 known week since its adoption, in none of which enough others were there to compare with, or too few for a trend.",
      },
    ]);
  });
});

describe("how long it takes to see as much as the line", () => {
  const weeks = 20;
  const options = { ...OPTIONS, leastWeeks: 4, gapWeeks: 0, baseWeeks: 8 };
  const values = Array.from({ length: 8 }, () => always(1, weeks));
  const grid = aGrid(values, [10, 10, 10, NEVER, NEVER, NEVER, NEVER, NEVER]);

  it("is no time where it can be seen, and never where nobody is there to compare with", () => {
    expect(weeksUntil(grid, compared, options, 0.1, 0.1)).toBe(0);
    expect(weeksUntil(grid, { ...compared, isAlone: true }, options, 0.1, 0.2)).toBeNull();
    expect(weeksUntil(grid, { method: "descriptive", isAlone: false }, options, 0.2, 0.1)).toBeNull();
    expect(
      weeksUntil(
        aGrid(values, always(NEVER, 8)),
        { method: "interrupted-time-series", isAlone: false },
        options,
        0.2,
        0.1,
      ),
    ).toBeNull();
  });

  it("is as many weeks as make the squares of the weights small enough", () => {
    // Ten weeks since of three against five and eight before: the squares are (1/3 + 1/5) (1/10 + 1/8). With 4 more weeks 1/14 in the place of 1/10, with 20 more 1/30.
    const shrunk = (more: number) => Math.sqrt((1 / (10 + more) + 1 / 8) / (1 / 10 + 1 / 8));

    expect(weeksUntil(grid, compared, options, 1, shrunk(4) + 1e-9)).toBe(4);
    expect(weeksUntil(grid, compared, options, 1, shrunk(4) - 1e-9)).toBe(8);
    expect(weeksUntil(grid, compared, options, 1, shrunk(20) + 1e-9)).toBe(20);
    expect(weeksUntil(grid, compared, options, 1, shrunk(104) + 1e-9)).toBe(104);
    expect(weeksUntil(grid, compared, options, 1, shrunk(104) - 1e-9)).toBeNull();
  });

  it("expects no more of teams without a row in the last eight weeks", () => {
    const until = (last: number) => {
      const [first = [], ...others] = values;
      const gone = [...first.slice(0, last + 1), ...always(Number.NaN, weeks - last - 1)];
      return weeksUntil(aGrid([gone, ...others], grid.adopted), compared, options, 1, 0.85);
    };

    // With n cells of a team of N in all and k in a week, the squares are 1/N + Σn²/8N² + Σk²/5N² + 1/40: with 24 more weeks of the others 0.1043, with 28 less than 0.1039.
    expect([11, 12].map(until)).toEqual([28, 12]);
  });
});

describe("a plan in words", () => {
  const quarter = (detectable: number | null, power: number | null) => ({
    at: 0,
    method: "difference-in-differences" as const,
    why: "Because.",
    detectable,
    power,
  });
  const told = (...quarters: readonly ReturnType<typeof quarter>[]) =>
    scheduleWords({ title: "Waves", quarters }, { line: 0.1 });

  it("says after how many quarters the line is seen, and the smallest that is", () => {
    expect(told(quarter(0.2, 0.3), quarter(0.08, 0.8), quarter(0.09, 0.7))).toBe(
      "Waves: after 2 quarters a saving of 10 % is seen in at least four of five worlds that go on as yours did, and at best one of 8 % or more in quarter 2.",
    );
    expect(told(quarter(0.05, 0.9), quarter(null, null))).toBe(
      "Waves: after 1 quarter a saving of 10 % is seen in at least four of five worlds that go on as yours did, and at best one of 5 % or more in quarter 1. Later nobody is left to compare with.",
    );
  });

  it("says what is seen at best where the line is not", () => {
    expect(told(quarter(0.3, 0.1), quarter(0.2, 0.79))).toBe(
      "Waves: at best a saving of 20 % or more in quarter 2 is seen in four of five worlds.",
    );
    expect(told(quarter(null, 0.1))).toBe("Waves: nothing is seen in four of five worlds. Because.");
    expect(told(quarter(null, null))).toBe(
      "Waves: nothing is seen in four of five worlds. Because. Nobody is left to compare with, so no effect could be told from what comes to everybody at the same time.",
    );
    expect(told()).toBe("");
  });

  it("says how sure it is, and what to do", () => {
    const advice =
      "Let chance say which teams come first, and let at least three adopt last: then those that come later show what would have happened without.";

    expect(planWords([{ title: "Waves", quarters: [quarter(null, 0.1)] }], 52, { line: 0.1, worlds: 400 })).toEqual([
      "Waves: nothing is seen in four of five worlds. Because.",
      "Each share is of 400 worlds, so chance alone puts it up to 4.9 % off.",
      advice,
    ]);
    expect(planWords([], 51, { line: 0.1, worlds: 100 })).toEqual([
      "Of 51 weeks of history the season is not known; a year says more.",
      "Each share is of 100 worlds, so chance alone puts it up to 9.8 % off.",
      advice,
    ]);
    expect(planWords([{ title: "Waves", quarters: [] }], 52, { line: 0.1, worlds: 100 })).toEqual([advice]);
  });
});
