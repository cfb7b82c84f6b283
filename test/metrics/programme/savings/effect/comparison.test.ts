import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellsOf } from "#metrics/programme/savings/effect/cells.ts";
import type { Means } from "#metrics/programme/savings/effect/comparison.ts";
import { reading } from "#metrics/programme/savings/effect/comparison.ts";
import { gridOf } from "#metrics/programme/savings/effect/grid.ts";
import { jackknifeVariance, spreading } from "#metrics/programme/savings/effect/jackknife.ts";
import { weighed, weightsOf } from "#metrics/programme/savings/effect/linear.ts";
import { comparing } from "#metrics/programme/savings/effect/method.ts";
import { OPTIONS } from "#metrics/programme/savings/effect/types.ts";
import { known } from "#test/metrics/statistics/known.ts";
import { simulatedPanel, USUAL_PANEL } from "#test/support/panels.ts";

/** Eight teams of which five adopt, weeks missing, team-weeks of different weights. */
function comparisonOf(seed: number) {
  const world = { ...USUAL_PANEL, teams: 8, adopters: 5, missing: 0.1 };
  const { rows, adoptions } = simulatedPanel(seed, world).panel;
  const weighted = rows.map((row, at) => ({ ...row, weight: 1 + (at % 5) }));
  const grid = gridOf(weighted, adoptions);
  return { grid, cells: cellsOf(grid, comparing(grid, OPTIONS, 0, grid.weeks)) };
}

describe("a comparison that is made ready", () => {
  it("reads what its weights read, and its jackknife is that of estimates without each team", () => {
    fc.assert(
      fc.property(fc.nat(1000), (seed) => {
        const { grid, cells } = comparisonOf(seed);
        const without = grid.teams.map((_, team) => weighed(known(weightsOf(cells, team)), grid.outcome));
        const mean = weighed(known(weightsOf(cells)), grid.outcome);
        const found = known(reading(cells)(grid.outcome));

        expect(found.mean).toBeCloseTo(mean, 12);
        expect(found.standardError).toBeCloseTo(Math.sqrt(jackknifeVariance(mean, without)), 12);
      }),
      { numRuns: 10 },
    );
  });

  it("reads other values of the same team-weeks, and hands on the means of bases", () => {
    const { grid, cells } = comparisonOf(3);
    const [read, means]: [ReturnType<typeof reading>, Means] = [reading(cells), new Map()];
    const doubled = grid.outcome.map((value) => 2 * value);
    const once = known(read(grid.outcome));

    expect(known(read(doubled, means)).mean).toBeCloseTo(2 * once.mean, 12);
    expect(means.size).toBeGreaterThan(0);
    expect(read(doubled, means)).toEqual(read(doubled));
    expect(read(grid.outcome)).toEqual(once);
  });

  it("draws the same errors whichever way it is asked", () => {
    const { grid, cells } = comparisonOf(4);
    const spread = spreading(cells);
    const options = { ...OPTIONS, draws: 50 };

    expect(spread(grid.outcome, options)).toEqual(spread(grid.outcome.slice(), options));
    expect(known(spread(grid.outcome, { ...options, draws: 0 })).studentised).toHaveLength(0);
  });

  it("gives nothing where the estimate stands on nobody", () => {
    const { grid } = comparisonOf(5);
    const nobody = cellsOf({ ...grid, adopted: grid.adopted.map(() => Infinity) }, comparing(grid, OPTIONS, 0, 104));

    expect(reading(nobody)(grid.outcome)).toBeNull();
    expect(spreading(nobody)(grid.outcome, OPTIONS)).toBeNull();
  });
});
