/** Backbones with a known bottleneck. */
import type { ExposedSystem, ExposedWeek } from "#metrics/programme/worlds.ts";
import type { Interval } from "#metrics/statistics/interval.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { poisson } from "./adoptions.ts";
import { seeded } from "./builders.ts";

export function aWeek(has: Partial<ExposedWeek> = {}): ExposedWeek {
  return { changes: 10, waitHours: 100, lostHours: 2, losses: 0, ...has };
}

export const PLANTED = "s5";
const [WEEKS, CHANGES, SLOW, USUAL] = [26, 6, 30, 10];

/** The hours that changes wait for the bottleneck on average. */
export const TRUTH = WEEKS * CHANGES * SLOW;

/** Eight systems over half a year, of which one makes each change wait three times as long as the others: exponential waits. Always the same of a seed. */
export function plantedBackbone(seed: number): readonly ExposedSystem[] {
  const draw = seeded(seed);
  return Array.from({ length: 8 }, (_, index) => {
    const system = `s${index}`;
    const mean = system === PLANTED ? SLOW : USUAL;
    const weeks = Array.from({ length: WEEKS }, () => {
      const changes = poisson(CHANGES, draw);
      const waitHours = sum(Array.from({ length: changes }, () => -mean * Math.log(1 - draw())));
      return aWeek({ changes, waitHours });
    });
    return { system, element: "core", group: "core", weeks, chance: 0.5, cost: 1000 };
  });
}

export function holds(interval: Interval | null, truth: number): boolean {
  return interval !== null && interval.low <= truth && truth <= interval.high;
}
