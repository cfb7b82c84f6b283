/** Services whose process stays as it is: any signal of theirs is chance. */
import type { WeeklySeries } from "#metrics/programme/calm.ts";
import { median, sortedNumbers } from "#metrics/statistics/quantile.ts";
import { WEEK } from "#metrics/time.ts";
import { poisson } from "./adoptions.ts";
import { seeded } from "./builders.ts";

export interface StableWorld {
  readonly weeks: number;
  /** Changes a week, on average. */
  readonly changes: number;
  /** The standard deviation of the logs of their lead times. */
  readonly spread: number;
  /** How much a week has in common with the one before, 0 to 1, in a part that all changes of a week share. */
  readonly memory: number;
  readonly shared: number;
  readonly series: number;
}

export const STABLE_WORLD: StableWorld = { weeks: 34, changes: 5, spread: 1, memory: 0, shared: 0, series: 2 };

/** Weekly medians of lead times in hours, some 20 on average; weeks without changes have none. Always the same of a seed. */
export function stableService(
  seed: number,
  world: StableWorld,
  worse: { from: number; by: number } = { from: Infinity, by: 1 },
): readonly WeeklySeries[] {
  const draw = seeded(seed);
  return Array.from({ length: world.series }, (_, index) => {
    let common = normal(draw);
    const weeks = Array.from({ length: world.weeks }, (_week, week) => {
      common = world.memory * common + Math.sqrt(1 - world.memory ** 2) * normal(draw);
      const times = Array.from({ length: poisson(world.changes, draw) }, () => {
        const log = Math.log(20) + world.shared * common + world.spread * normal(draw);
        return Math.exp(log) * (week >= worse.from ? worse.by : 1);
      });
      return { from: week * WEEK, to: (week + 1) * WEEK, value: median(sortedNumbers(times)), n: times.length };
    });
    return { metric: `m${index}`, title: `Metric ${index}`, better: "lower", weeks };
  });
}

/** Box and Muller 1958. */
function normal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
