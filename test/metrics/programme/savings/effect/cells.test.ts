import { describe, expect, it } from "vitest";
import { cellsOf, changeOf, firstAdoption, meanChange } from "#metrics/programme/savings/effect/cells.ts";
import type { Comparing } from "#metrics/programme/savings/effect/cells.ts";
import { NEVER } from "#metrics/programme/savings/effect/grid.ts";
import { known } from "#test/metrics/statistics/known.ts";
import { aGrid, always } from "./grids.ts";

const WEEKS = 8;
const asked: Comparing = {
  controls: "not-yet",
  baseWeeks: 2,
  gapWeeks: 1,
  basesBefore: 4,
  leastBase: 2,
  leastControls: 1,
  from: 0,
  to: WEEKS,
};
const flat = always(1, WEEKS);
const grid = aGrid([flat, flat, flat], [4, 6, NEVER]);
const told = (...parameters: Parameters<typeof cellsOf>) =>
  cellsOf(...parameters).cells.map(({ team, week, controls }) => `${team} in ${week} by ${controls.join(", ")}`);

describe("the first adoption", () => {
  const first = (...adopted: readonly number[]) =>
    firstAdoption(
      aGrid(
        adopted.map(() => always(0, 5)),
        adopted,
      ),
    );

  it("is the earliest that lies in the grid with a week before it", () => {
    expect(first(3, 2, NEVER)).toBe(2);
    expect(first(0, -4, 1)).toBe(1);
    expect(first(5, 9, 4)).toBe(4);
    expect(first(0, 5, NEVER)).toBe(NEVER);
  });
});

describe("what is compared", () => {
  it("is each week since adoption, with those that will not adopt so soon that they prepare for it", () => {
    expect(told(grid, asked)).toEqual([
      "0 in 4 by 1, 2",
      "0 in 5 by 2",
      "0 in 6 by 2",
      "0 in 7 by 2",
      "1 in 6 by 2",
      "1 in 7 by 2",
    ]);
    expect(told(grid, { ...asked, gapWeeks: 0 }).slice(0, 3)).toEqual([
      "0 in 4 by 1, 2",
      "0 in 5 by 1, 2",
      "0 in 6 by 2",
    ]);
  });

  it("is held against those that never adopt alone, where that is asked for", () => {
    const withLater = aGrid([flat, flat, flat, flat], [4, 6, NEVER, 30]);

    expect(told(withLater, { ...asked, controls: "never" })[0]).toBe("0 in 4 by 2");
    expect(told(withLater, asked)[0]).toBe("0 in 4 by 1, 2, 3");
  });

  it("is only what is asked about, and only where enough others are there", () => {
    expect(told(grid, { ...asked, from: 5, to: 7 })).toEqual(["0 in 5 by 2", "0 in 6 by 2", "1 in 6 by 2"]);
    expect(told(grid, { ...asked, to: 99 })).toHaveLength(6);
    expect(told(grid, { ...asked, leastControls: 2 })).toEqual(["0 in 4 by 1, 2"]);
  });

  it("is not weeks without a row, of the team or of others", () => {
    const gaps = aGrid([[1, 1, 1, 1, NaN, 1, 1, 1], flat, [1, 1, 1, 1, 1, 1, NaN, 1]], [4, NEVER, NEVER]);

    expect(told(gaps, asked)).toEqual(["0 in 5 by 1, 2", "0 in 6 by 1", "0 in 7 by 1, 2"]);
  });

  it("is nothing of teams that adopted at the beginning or after the end", () => {
    const { cells, bases } = cellsOf(aGrid([flat, flat, flat, flat], [0, -3, WEEKS, NEVER]), {
      ...asked,
      basesBefore: 1,
    });

    expect(cells).toEqual([]);
    expect([...bases.keys()]).toEqual([]);
  });
});

describe("the base", () => {
  it("is that before anybody adopted, the same for all, and not the weeks in which they prepare", () => {
    const values = aGrid([[9, 2, 4, 9, 0, 0, 0, 0], [9, 5, 7, 9, 0, 0, 0, 0], flat], [4, 6, NEVER]);
    const { bases } = cellsOf(values, asked);

    expect(bases.get(0)).toBe(bases.get(1));
    expect(bases.get(0)).toMatchObject({ from: 1, to: 3 });
    expect([...known(bases.get(0)).means]).toEqual([3, 6, 1]);
    expect([...known(bases.get(0)).known]).toEqual([2, 2, 2]);
  });

  it("is that before the own adoption where of the other too little is known", () => {
    const late = aGrid([flat, [NaN, NaN, 1, 4, 6, 0, 0, 0], flat], [4, 6, NEVER]);
    const { bases } = cellsOf(late, asked);

    expect(known(bases.get(1))).toMatchObject({ from: 3, to: 5 });
    expect(known(bases.get(1)).means[1]).toBe(5);
    expect(known(bases.get(0))).toMatchObject({ from: 1, to: 3 });
    // Of the late team only one of two weeks of that base is known.
    expect(told(late, asked)[0]).toBe("0 in 4 by 2");
  });

  it("is that before the own adoption where the other would come after it", () => {
    const { bases } = cellsOf(grid, { ...asked, basesBefore: 5 });

    expect([0, 1].map((team) => known(bases.get(team)).to)).toEqual([3, 4]);
    expect(known(cellsOf(grid, { ...asked, basesBefore: NEVER }).bases.get(1))).toMatchObject({ from: 3, to: 5 });
  });

  it("begins with the grid at the earliest, and with too few weeks there is none", () => {
    const early = aGrid([flat, flat], [2, NEVER]);

    expect(known(cellsOf(early, { ...asked, basesBefore: 2, leastBase: 1 }).bases.get(0))).toMatchObject({
      from: 0,
      to: 1,
    });
    expect(cellsOf(early, { ...asked, basesBefore: 2 }).bases.size).toBe(0);
  });
});

describe("a change", () => {
  const values = [
    [0, 10, 12, 0, 20, 21, 0, 0],
    [0, 4, 6, 0, 7, 0, 0, 0],
    [0, 1, 1, 0, 5, 3, 0, 0],
  ];
  const weights = [always(2, WEEKS), always(1, WEEKS), always(3, WEEKS)];
  const cells = cellsOf(aGrid(values, [4, 6, NEVER], weights), { ...asked, to: 6 });

  it("is what a team has more than in its base, less what the others have, by their weights", () => {
    // 20 − 11, less (1 · (7 − 5) + 3 · (5 − 1)) / 4; and 21 − 11 less 3 − 1.
    expect(cells.cells.map((cell) => changeOf(cells, cell))).toEqual([9 - 14 / 4, 10 - 2]);
    expect(cells.cells.map(({ weight }) => weight)).toEqual([2, 2]);
  });

  it("is pooled by the weights of the team-weeks", () => {
    const uneven = [[0, 0, 0, 0, 2, 6, 0, 0], always(1, WEEKS), always(3, WEEKS)];
    const weighed = cellsOf(aGrid(values, [4, 6, NEVER], uneven), { ...asked, to: 6 });

    expect(meanChange(weighed)).toBe((2 * 5.5 + 6 * 8) / 8);
    expect(meanChange(cellsOf(grid, { ...asked, to: 0 }))).toBeNaN();
  });
});
