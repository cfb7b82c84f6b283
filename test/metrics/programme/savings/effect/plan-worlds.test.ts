import { describe, expect, it } from "vitest";
import { gridOf } from "#metrics/programme/savings/effect/grid.ts";
import { drawnWorld, noiseOf, patternOf } from "#metrics/programme/savings/effect/plan-worlds.ts";
import { mean } from "#metrics/statistics/mean.ts";
import { random } from "#metrics/statistics/random.ts";
import { simulatedPanel, USUAL_PANEL } from "#test/support/panels.ts";

const [TEAMS, WEEKS, QUARTER] = [30, 52, 13];
const calm = { ...USUAL_PANEL, teams: TEAMS, adopters: 0, weeks: WEEKS, memory: 0, season: 0, common: 0 };

/** What half of the teams have more than the other half in the mean of the last quarter. */
function differenceIn(world: Float64Array): number {
  const lastOf = (team: number) => mean(Array.from(world.subarray((team + 1) * WEEKS - QUARTER, (team + 1) * WEEKS)));
  const lasts = Array.from({ length: TEAMS }, (_, team) => lastOf(team));
  return mean(lasts.slice(0, TEAMS / 2)) - mean(lasts.slice(TEAMS / 2));
}

describe("worlds that go on as a history did", () => {
  it("let means of a quarter differ between teams as much as the weeks that are to come", () => {
    const squares = Array.from({ length: 80 }, (_, index) => {
      const { rows, adoptions } = simulatedPanel(index + 1, calm).panel;
      const history = gridOf(rows, adoptions);
      const [draw, noise] = [random(index), noiseOf(history)];
      const pattern = patternOf(history, history.adopted, WEEKS, draw);
      return mean(Array.from({ length: 20 }, () => differenceIn(drawnWorld(noise, pattern, draw)) ** 2));
    });
    const expected = (calm.noise ** 2 / QUARTER) * (4 / TEAMS);

    // Of blocks that were not put right it is 0.9 of what it ought to be; holidays, which the formula lacks, add a little.
    expect(mean(squares) / expected).toBeGreaterThan(0.95);
    expect(mean(squares) / expected).toBeLessThan(1.15);
  });
});
