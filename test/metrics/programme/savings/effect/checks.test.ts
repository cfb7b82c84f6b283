import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellsOf } from "#metrics/programme/savings/effect/cells.ts";
import {
  disturbanceCheck,
  missingCheck,
  negativeControlCheck,
  ordersOf,
  permutationCheck,
  placeboCheck,
  preTrendCheck,
  pretended,
  seasonCheck,
  shuffled,
  twoSided,
} from "#metrics/programme/savings/effect/checks.ts";
import { NEVER } from "#metrics/programme/savings/effect/grid.ts";
import { comparing } from "#metrics/programme/savings/effect/method.ts";
import type { Disturbance } from "#metrics/programme/savings/effect/types.ts";
import { OPTIONS } from "#metrics/programme/savings/effect/types.ts";
import { random } from "#metrics/statistics/random.ts";
import { WEEK } from "#metrics/time.ts";
import { aGrid, always } from "./grids.ts";

/** An estimate, and by how many standard errors redrawn worlds lie off. */
const spread = (mean: number, studentised: readonly number[], standardError = 1) => ({
  mean,
  standardError,
  studentised: Float64Array.from(studentised),
});
const inOrder = (numbers: readonly number[]) => numbers.toSorted((a, b) => Number(a > b) - Number(a < b));
/** Of so many worlds none lies as far off as two. */
const calm = (count: number) => always(0.5, count);

describe("how often chance alone goes as far", () => {
  it("is the share of redrawn worlds that do, in either direction, the estimate's own with them", () => {
    expect(twoSided(spread(-2, [-3, 1, 2, 0.5]))).toBe(3 / 5);
    expect(twoSided(spread(6, [-3, 1, 2, 0.5], 3))).toBe(3 / 5);
    expect(twoSided(spread(0, [-3, 1]))).toBe(1);
    expect(twoSided(spread(1, [0.5, 0.2], 0))).toBe(1);
    expect(twoSided(spread(1, []))).toBe(1);
  });
});

describe("earlier dates", () => {
  it("are held against as many dates as were tried", () => {
    expect(placeboCheck([null, spread(-2, [-3, 1, 2, 0.5])])).toEqual({
      id: "placebo",
      passed: true,
      words: "Pretending that adoption came earlier shows no effect, at 1 date (p 0.60).",
    });
    expect(placeboCheck([spread(2, calm(4)), spread(0, calm(4))]).words).toContain("at 2 dates (p 0.40)");
    expect(placeboCheck([spread(0, calm(4)), spread(0, calm(4))]).words).toContain("(p 1.00)");
    expect(placeboCheck([spread(2, calm(99)), spread(0, calm(99)), spread(0, calm(99))])).toEqual({
      id: "placebo",
      passed: false,
      words: "Pretending that adoption came earlier shows an effect, too (p 0.03): something else moves these numbers.",
    });
    expect(placeboCheck([spread(2, calm(19))]).passed).toBe(false);
    expect(placeboCheck([null])).toEqual({
      id: "placebo",
      passed: null,
      words: "Too few weeks before adoption to pretend that it came earlier.",
    });
  });

  it("leave out what came since teams prepared for the real one", () => {
    const { outcome, adopted } = pretended(aGrid([[1, 2, 3, 4, 5], always(7, 5)], [4, NEVER]), 2, 1);

    expect([...outcome]).toEqual([1, 2, 3, NaN, NaN, 7, 7, 7, 7, 7]);
    expect(adopted).toEqual([2, NEVER]);
  });
});

describe("an outcome that the programme cannot have moved", () => {
  it("moved or did not", () => {
    expect(negativeControlCheck(spread(2, calm(18)), true)).toEqual({
      id: "negative-control",
      passed: true,
      words: "An outcome that the programme cannot have moved did not move (p 0.05).",
    });
    expect(negativeControlCheck(spread(2, calm(19)), true)).toEqual({
      id: "negative-control",
      passed: false,
      words: "An outcome that the programme cannot have moved moved, too (p 0.05).",
    });
  });

  it("tells nothing where none is named, or it is always the same", () => {
    const same = "The outcome that the programme cannot have moved has too few weeks, or is always the same.";

    expect([null, spread(1, [1], 0)].map((one) => negativeControlCheck(one, true))).toEqual([
      { id: "negative-control", passed: null, words: same },
      { id: "negative-control", passed: null, words: same },
    ]);
    expect(negativeControlCheck(null, false).words).toBe("No outcome is named that the programme cannot have moved.");
  });
});

describe("trends before adoption", () => {
  const WEEKS = 12;
  const rising = (slope: number) => Array.from({ length: WEEKS }, (_, week) => slope * week);
  /** Three teams that adopt in the tenth week with these slopes before, and three that never do. */
  const checked = (slopes: readonly number[], gapWeeks = 2) => {
    const flat = always(0, WEEKS);
    const grid = aGrid([...slopes.map(rising), flat, flat, flat], [...slopes.map(() => 9), NEVER, NEVER, NEVER]);
    return preTrendCheck(cellsOf(grid, comparing(grid, { baseWeeks: 6, gapWeeks, leastWeeks: 3 }, 0, WEEKS)));
  };

  it("are those of teams beside the mean of all that had not adopted, by Student's t", () => {
    // Beside five others the slopes are 0, 1.2 and 2.4: t is the root of 3, and with two degrees of freedom p is 1 − √(3 / 5).
    expect(checked([1, 2, 3])).toEqual({
      id: "pre-trend",
      passed: true,
      words: "Before they adopted, teams went the way of the others (p 0.23).",
    });
    // 5.4, 6.6 and 7.8: t² is 90.75.
    expect(checked([10, 11, 12])).toEqual({
      id: "pre-trend",
      passed: false,
      words:
        "Before they adopted, teams already went another way than the others (p 0.01): what came after may be more of the same.",
    });
    expect(checked([-10, -11, -12]).passed).toBe(false);
    // Who adopts in the week after the last had not adopted by then, and is one of the others.
    expect(checked([1, 2, 3], 0).words).toContain("(p 0.23)");
  });

  it("are not compared of fewer than three teams", () => {
    expect(checked([1, 2])).toEqual({
      id: "pre-trend",
      passed: null,
      words: "Too few teams adopted to compare trends before it.",
    });
  });
});

describe("other orders of the dates", () => {
  const WEEKS = 10;
  const options = { ...OPTIONS, baseWeeks: 4, gapWeeks: 1, leastWeeks: 2, orders: 39 };
  /** Eight teams, of which the first three adopt and become better by so much, with a little noise. */
  const cells = (better: number, teams = 8) => {
    const draw = random(3);
    const values = Array.from({ length: teams }, (_, team) =>
      Array.from({ length: WEEKS }, (_one, week) => draw(1000) / 1000 - (team < 3 && week >= 6 ? better : 0)),
    );
    const grid = aGrid(
      values,
      values.map((_, team) => (team < 3 ? 6 : NEVER)),
    );
    return cellsOf(grid, comparing(grid, options, 0, WEEKS));
  };

  it("have the same dates, and ask about the same weeks", () => {
    const all = cells(5);
    const orders = [...ordersOf(all, options)];

    expect(orders).toHaveLength(39);
    for (const { grid } of orders) expect(inOrder(grid.adopted)).toEqual(inOrder(all.grid.adopted));
    expect(new Set(orders.map(({ grid }) => grid.adopted.join())).size).toBeGreaterThan(10);
    const late = { ...all, cells: all.cells.filter(({ week }) => [7, 8].includes(week)) };
    const weeks = [...ordersOf(late, options)].flatMap((one) => one.cells.map(({ week }) => week));
    expect(inOrder([...new Set(weeks)])).toEqual([7, 8]);
  });

  it("show as much only where the same teams come first again", () => {
    const all = cells(50);
    const same = [...ordersOf(all, options)].filter(({ grid }) => grid.adopted.join() === all.grid.adopted.join());
    const p = Number(((100 * (1 + same.length)) / 40).toFixed(1));

    expect(permutationCheck(all, options)).toEqual({
      id: "permutation",
      passed: p <= 5,
      words: `Where the same dates are dealt to the teams in another order, ${p} % of 39 orders show as large a saving; at most 5 % may.`,
    });
  });

  it("nearly all show as much where it became worse", () => {
    expect(permutationCheck(cells(-50), options)).toMatchObject({ passed: false });
    expect(permutationCheck(cells(-50), options).words).toMatch(/ (?:9\d|100)(?:\.\d)? % of 39/);
  });

  it("are not tried of many teams", () => {
    expect(permutationCheck(cells(5, 20), { ...options, orders: 1 }).passed).toBe(false);
    expect(permutationCheck(cells(5, 21), options)).toEqual({
      id: "permutation",
      passed: null,
      words: "With more than 20 teams orders of the dates are not tried.",
    });
  });

  it("are shuffled without losing any", () => {
    const asked: number[] = [];
    const first = (below: number) => (asked.push(below), 0);

    expect(shuffled([1, 2, 3, 4], first)).toEqual([2, 3, 4, 1]);
    expect(asked).toEqual([4, 3, 2]);
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(), (items, seed) => {
        expect(inOrder(shuffled(items, random(seed)))).toEqual(inOrder(items));
      }),
    );
  });
});

describe("what else was done", () => {
  const grid = aGrid([always(0, 30), always(0, 30)], [10, 12]);
  const freeze: Disturbance = { kind: "freeze", title: "Freeze", teams: ["team 0"], from: 10 * WEEK, to: 11 * WEEK };
  const passed = (draft: Partial<Disturbance>) =>
    disturbanceCheck(grid, new Set([0]), [{ ...freeze, ...draft }]).passed;

  it("is near within eight weeks of an adoption of the same teams", () => {
    expect(passed({ from: 18 * WEEK, to: 19 * WEEK })).toBe(true);
    expect(passed({ from: 18 * WEEK - 1, to: 19 * WEEK })).toBe(false);
    expect(passed({ from: 0, to: 2 * WEEK })).toBe(true);
    expect(passed({ from: 0, to: 2 * WEEK + 1 })).toBe(false);
    expect(passed({ teams: ["team 1"] })).toBe(true);
    expect(passed({ teams: ["team 1", "team 0"] })).toBe(false);
  });

  it("is nothing of the programme itself", () => {
    expect((["training", "coaching", "tooling"] as const).map((kind) => passed({ kind }))).toEqual([true, true, true]);
    expect((["ai-tooling", "reorganisation"] as const).map((kind) => passed({ kind }))).toEqual([false, false]);
  });

  it("is named", () => {
    const both = [freeze, { ...freeze, title: "New cut", kind: "reorganisation" as const }];

    expect(disturbanceCheck(grid, new Set([1, 0]), both)).toEqual({
      id: "disturbance",
      passed: false,
      words:
        "Within 8 weeks of adopting the same teams had something else, whose effect cannot be told apart: Freeze, New cut.",
    });
    expect(disturbanceCheck(grid, new Set([1]), both)).toMatchObject({
      passed: true,
      words: expect.stringMatching(/^Nothing else is known to have been done to these teams within 8 weeks/),
    });
  });
});

describe("what is missing", () => {
  it("may be a fifth", () => {
    expect([0, 1, 2].map((missing) => missingCheck(missing, 5))).toEqual([
      { id: "missing", passed: true, words: "No week is missing." },
      { id: "missing", passed: true, words: "1 of 5 team-weeks are missing (20 %); nothing is put in their place." },
      { id: "missing", passed: false, words: "2 of 5 team-weeks are missing (40 %); nothing is put in their place." },
    ]);
    expect(missingCheck(0, 0).passed).toBe(true);
  });

  it("is a season where less than a year before adoption is known of any of the teams", () => {
    const grid = aGrid([always(0, 60), always(0, 60), always(0, 60)], [52, 51, 3]);

    expect(seasonCheck(grid, new Set([0]))).toEqual({
      id: "season",
      passed: true,
      words: "A year before adoption is known, and the season with it.",
    });
    expect(seasonCheck(grid, new Set([0, 1]))).toEqual({
      id: "season",
      passed: false,
      words: "Of 51 weeks before adoption, the season cannot be told from the effect.",
    });
  });
});
