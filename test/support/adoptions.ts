/** Teams whose weekly share rises once, or never: a known truth for what finds it afterwards. */
import type { AdoptionDate, WeekCount } from "#metrics/programme/adoption-date.ts";
import { adoptionDate } from "#metrics/programme/adoption-date.ts";
import { WEEK } from "#metrics/time.ts";
import { seeded } from "./builders.ts";

export interface World {
  readonly weeks: number;
  /** Items of a week, on average. */
  readonly items: readonly [number, number];
  /** The share before and since, each drawn between two values. */
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
  /** Weeks over which it rises: 0 overnight. */
  readonly ramp: number;
  /** How much more than by chance the share of weeks varies: the standard deviation of a week's own share. */
  readonly uneven: number;
  /** How much of that a week has in common with the one before, 0 to 1. */
  readonly memory: number;
}

/** Three to ten items a week, from some 10–45 % to some 75–95 %, in the middle half of a year. */
export const USUAL_WORLD: World = {
  weeks: 52,
  items: [3, 10],
  before: [0.1, 0.45],
  after: [0.75, 0.95],
  ramp: 0,
  uneven: 0,
  memory: 0,
};

export interface SimulatedTeam {
  readonly weeks: readonly WeekCount[];
  /** When its share began to rise, in the middle of a week as a rule. */
  readonly adoptedAt: number;
}

/** Always the same one of a seed. */
export function simulatedTeam(
  seed: number,
  { weeks, items, before, after, ramp, uneven, memory }: World,
): SimulatedTeam {
  const draw = seeded(seed);
  const between = ([low, high]: readonly [number, number]) => low + (high - low) * draw();
  const [mean, from, to] = [between(items), between(before), between(after)];
  const adoptedAt = weeks * (0.2 + 0.6 * draw()) * WEEK;
  let common = uneven === 0 ? 0 : nearlyNormal(draw);
  const counts = Array.from({ length: weeks }, (_, index): WeekCount => {
    const week = { from: index * WEEK, to: (index + 1) * WEEK };
    common = memory * common + Math.sqrt(1 - memory ** 2) * nearlyNormal(draw);
    const shift = uneven * common;
    const of = poisson(mean, draw);
    let met = 0;
    for (let item = 0; item < of; item++) {
      const at = week.from + draw() * WEEK;
      const risen = ramp === 0 ? Number(at >= adoptedAt) : Math.min(1, Math.max(0, (at - adoptedAt) / (ramp * WEEK)));
      if (draw() < from + (to - from) * risen + shift) met += 1;
    }
    return { ...week, met, of };
  });
  return { weeks: counts, adoptedAt };
}

/** Of mean 0 and variance 1: the sum of four. */
function nearlyNormal(draw: () => number): number {
  return (draw() + draw() + draw() + draw() - 2) * Math.sqrt(3);
}

/** By multiplying (Knuth, TAOCP 2, §3.4.1). */
export function poisson(mean: number, draw: () => number): number {
  let count = -1;
  for (let product = 1; product > Math.exp(-mean); count++) product *= 1 - draw();
  return count;
}

/** When half of its rise was done. */
function middleOf({ adoptedAt }: SimulatedTeam, { ramp }: World): number {
  return adoptedAt + (ramp / 2) * WEEK;
}

/** Whether the adoption is dated, and within two weeks of the truth. */
export function isNear(seed: number, world: World): boolean {
  const team = simulatedTeam(seed, world);
  const date = dateOf(team);
  return date !== null && Math.abs(date.at - middleOf(team, world)) <= 2 * WEEK;
}

/** Whether it is dated, and its interval holds the truth. */
export function isHeld(seed: number, world: World): boolean {
  const team = simulatedTeam(seed, world);
  const [date, truth] = [dateOf(team), middleOf(team, world)];
  return date !== null && date.from <= truth && truth <= date.to;
}

function dateOf({ weeks }: SimulatedTeam): AdoptionDate | null {
  return adoptionDate(weeks, 0.6).date;
}
