/** How likely each beginning, length and height of one rise of a share is, of weeks that are counts. */
import { sum } from "../statistics/sum.ts";
import type { Instant, Window } from "../time.ts";
import { WEEK } from "../time.ts";

interface Counted extends Window {
  readonly met: number;
  readonly of: number;
}

/** A length of the rise, from its first week to the whole effect, and how believable it is before anything was seen. */
export interface RampBelief {
  readonly weeks: number;
  readonly belief: number;
}

/** One rise: level up to the week `begin`, evenly up over `ramp` weeks, level since. */
export interface Rise {
  /** The place of its first week. */
  readonly begin: number;
  readonly ramp: number;
  readonly before: number;
  readonly after: number;
}

export interface Rises {
  /** Instants at which half of the rise may have been done, in order, with their probabilities, which add up to 1. */
  readonly middles: readonly { readonly at: Instant; readonly probability: number }[];
  readonly likeliest: Rise;
}

/** Levels are looked for at so many places that lie closer near 0 and 1 (evenly in the arcsine of the root, which is the prior of Jeffreys). */
const LEVELS = Array.from({ length: 20 }, (_, index) => Math.sin((Math.PI * (index + 0.5)) / 40) ** 2);
const PAIRS = LEVELS.flatMap((before, index) => LEVELS.slice(index + 1).map((after) => ({ before, after })));

/**
 * The posterior of where the middle of a rise is, over all levels, lengths and places, from the binomial likelihood of each week. Nobody knows how long a rise took, so what it may have
 * been is added up: of a rise of which one length is believed the date is wrong by half of the difference. Its middle is seen much better than its beginning, where little has happened yet.
 *
 * @param weeks all with items, in order.
 * @param least weeks at either end that are no rise, so that there is a level.
 * @param by how many times less weeks say than items drawn one by one would.
 * @returns `null` where there are too few weeks.
 */
export function rises(
  weeks: readonly Counted[],
  ramps: readonly RampBelief[],
  least: number,
  by: number,
): Rises | null {
  const found: { readonly rise: Rise; readonly log: number; readonly mass: number }[] = [];
  for (const { weeks: ramp, belief } of ramps) {
    const slope = slopeOf(ramp);
    for (let begin = least; begin <= weeks.length - least; begin++) {
      const one = atPlace(weeks, { begin, ramp, least, slope, by });
      if (one !== null) found.push({ ...one, mass: one.mass + Math.log(belief) });
    }
  }
  const [first, ...others] = found;
  if (first === undefined) return null;
  let best = first;
  let highest = first.mass;
  for (const one of others) {
    if (one.log > best.log) best = one;
    highest = Math.max(highest, one.mass);
  }
  const masses = new Map<number, number>();
  for (const { rise, mass } of found) {
    const middle = weeksBetween(weeks[0], weeks[rise.begin]) + rise.ramp / 2;
    masses.set(middle, (masses.get(middle) ?? 0) + Math.exp(mass - highest));
  }
  const all = sum([...masses.values()]);
  const start = weeks[0]?.from ?? 0;
  const middles = [...masses].map(([middle, mass]) => ({ at: start + middle * WEEK, probability: mass / all }));
  return { middles: middles.toSorted((a, b) => a.at - b.at), likeliest: best.rise };
}

/** The share that a rise has in a week, 0 to 1: its middle counts. */
export function shareAt({ begin, ramp, before, after }: Rise, weeks: readonly Window[], place: number): number {
  const passed = weeksBetween(weeks[begin], weeks[place]);
  if (passed < 0) return before;
  return passed >= ramp ? after : before + ((after - before) * (passed + 0.5)) / ramp;
}

/** For each week of a rise and each pair of levels: ln of the share, and of what is missing to 1. */
type Slope = readonly { readonly met: Float64Array; readonly missed: Float64Array }[];

function slopeOf(ramp: number): Slope {
  return Array.from({ length: ramp }, (_, week) => logs((week + 0.5) / ramp));
}

function logs(risen: number): { met: Float64Array; missed: Float64Array } {
  const shares = Float64Array.from(PAIRS, ({ before, after }) => before + (after - before) * risen);
  return { met: shares.map((share) => Math.log(share)), missed: shares.map((share) => Math.log1p(-share)) };
}

const [LOW, HIGH] = [logs(0), logs(1)];

interface Place {
  readonly begin: number;
  readonly ramp: number;
  readonly least: number;
  readonly slope: Slope;
  readonly by: number;
}

/** Over all pairs of levels; `null` where no level follows. */
function atPlace(
  weeks: readonly Counted[],
  { begin, ramp, least, slope, by }: Place,
): { readonly rise: Rise; readonly log: number; readonly mass: number } | null {
  const logOf = new Float64Array(PAIRS.length);
  const [before, after] = [
    { met: 0, of: 0, weeks: 0 },
    { met: 0, of: 0, weeks: 0 },
  ];
  for (const [place, { met, of }] of weeks.entries()) {
    const passed = place < begin ? -1 : weeksBetween(weeks[begin], weeks[place]);
    const step = passed < 0 ? undefined : slope[passed];
    if (step === undefined) {
      const level = passed < 0 ? before : after;
      level.met += met;
      level.of += of;
      level.weeks += 1;
    } else add(logOf, step, met, of);
  }
  if (after.weeks < least) return null;
  add(logOf, LOW, before.met, before.of);
  add(logOf, HIGH, after.met, after.of);
  let best = 0;
  for (let pair = 1; pair < logOf.length; pair++) if ((logOf[pair] ?? 0) > (logOf[best] ?? 0)) best = pair;
  const log = logOf[best] ?? 0;
  let mass = 0;
  for (const one of logOf) mass += Math.exp((one - log) / by);
  const levels = PAIRS[best] ?? { before: 0, after: 1 };
  return { rise: { begin, ramp, ...levels }, log, mass: log / by + Math.log(mass) };
}

function add(logOf: Float64Array, step: Slope[number], met: number, of: number): void {
  const missed = of - met;
  for (let pair = 0; pair < logOf.length; pair++)
    logOf[pair] = (logOf[pair] ?? 0) + met * (step.met[pair] ?? 0) + missed * (step.missed[pair] ?? 0);
}

/** Whole weeks, also where an hour is lost or won between. */
function weeksBetween(from: Window | undefined, to: Window | undefined): number {
  return Math.round(((to?.from ?? 0) - (from?.from ?? 0)) / WEEK);
}
