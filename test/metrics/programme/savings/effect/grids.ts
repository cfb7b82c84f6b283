/** Grids of teams and weeks for tests, value by value. */
import type { Grid } from "#metrics/programme/savings/effect/grid.ts";

/** The same value in each of so many weeks. */
export function always(value: number, weeks: number): readonly number[] {
  return Array.from({ length: weeks }, () => value);
}

/** By team, then week; `NaN` where there is no row. A team-week weighs 1 unless a test says otherwise. */
export function aGrid(
  values: readonly (readonly number[])[],
  adopted: readonly number[],
  weights: readonly (readonly number[])[] = values.map((weeks) => weeks.map(() => 1)),
): Grid {
  return {
    teams: values.map((_, team) => `team ${team}`),
    begin: 0,
    weeks: values[0]?.length ?? 0,
    outcome: Float64Array.from(values.flat()),
    weight: Float64Array.from(weights.flat()),
    adopted,
  };
}
