import { describe, expect, it } from "vitest";
import { beginOf, gridOf, isKnown, meanOf, NEVER } from "#metrics/programme/savings/effect/grid.ts";
import { HOUR, WEEK } from "#metrics/time.ts";
import { aGrid } from "./grids.ts";

const BEGIN = 10 * WEEK;
const row = (team: string, week: number, outcome: number, weight = 1) => ({
  team,
  week: BEGIN + week * WEEK,
  outcome,
  weight,
});
const both = [
  { team: "a", at: BEGIN + 2 * WEEK },
  { team: "b", at: null },
];

describe("a grid", () => {
  it("has a place for each week between the first and the last row of any team", () => {
    const grid = gridOf([row("b", 0, 5), row("a", 1, 7, 3), row("a", 3, 8, 4)], both);

    expect(grid).toMatchObject({ teams: ["a", "b"], begin: BEGIN, weeks: 4, adopted: [2, NEVER] });
    expect([...grid.outcome]).toEqual([NaN, 7, NaN, 8, 5, NaN, NaN, NaN]);
    expect([...grid.weight]).toEqual([0, 3, 0, 4, 1, 0, 0, 0]);
    expect(beginOf(grid, 3)).toBe(BEGIN + 3 * WEEK);
  });

  it("passes over rows of teams that nobody lists, of which nothing is known, and that come a second time", () => {
    const rows = [row("a", 1, 7), row("stranger", 0, 1), row("a", 0, Number.NaN), row("a", 9, Infinity)];
    const grid = gridOf([...rows, row("a", 1, 99, 50), row("a", 2, 8)], both);

    expect(grid).toMatchObject({ begin: BEGIN + WEEK, weeks: 2, adopted: [1, NEVER] });
    expect([...grid.outcome]).toEqual([7, 8, NaN, NaN]);
    expect([...grid.weight]).toEqual([1, 1, 0, 0]);
  });

  it("has no weeks without rows", () => {
    expect(gridOf([], [{ team: "b", at: null }])).toMatchObject({ begin: 0, weeks: 0, adopted: [NEVER] });
  });

  it("takes weeks and adoptions for those they mean where summer time begins them an hour earlier or later", () => {
    const shifted = [row("a", 0, 1), { ...row("a", 1, 2), week: BEGIN + WEEK - HOUR }];
    const adoptedAt = (at: number) => gridOf(shifted, [{ team: "a", at }]).adopted[0];

    expect([...gridOf(shifted, both).outcome.subarray(0, 2)]).toEqual([1, 2]);
    expect([WEEK - HOUR, WEEK - 2 * HOUR, 0, WEEK + HOUR].map((at) => adoptedAt(BEGIN + at))).toEqual([1, 0, 0, 1]);
    expect(adoptedAt(BEGIN - 2 * HOUR)).toBe(-1);
  });
});

describe("the mean of a span", () => {
  const grid = aGrid(
    [
      [1, NaN, 6, 11],
      [NaN, NaN, 3, 4],
    ],
    [NEVER, NEVER],
  );

  it("is of the known weeks from the first to before the last, inside of the grid", () => {
    expect(meanOf(grid, 0, 0, 3)).toEqual({ mean: 3.5, known: 2 });
    expect(meanOf(grid, 0, -5, 99)).toEqual({ mean: 6, known: 3 });
    expect(meanOf(grid, 1, 2, 3)).toEqual({ mean: 3, known: 1 });
    expect(meanOf(grid, 1, 0, 2)).toEqual({ mean: NaN, known: 0 });
    expect([isKnown(grid, 0, 1), isKnown(grid, 1, 2)]).toEqual([false, true]);
  });
});
