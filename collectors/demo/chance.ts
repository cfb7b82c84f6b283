/** Chance that belongs to one thing: it is drawn by name, so that nothing else that happens changes it. */
import { random } from "#metrics/statistics/random.ts";

export interface Chance {
  /** Uniform between 0 and 1, neither of them. */
  readonly unit: () => number;
  /** True for so large a share, from 0 to 1. */
  readonly isLess: (share: number) => boolean;
  /** Uniform in a span. */
  readonly between: (from: number, to: number) => number;
  /** Log-normal: half lies below the median; `spread` is the standard deviation of the logarithm. */
  readonly around: (median: number, spread: number) => number;
  /** Poisson: how many of what happens so often on average. */
  readonly count: (mean: number) => number;
  /** One of a list that is not empty. */
  readonly pick: <T>(items: readonly [T, ...T[]]) => T;
}

const RANGE = 2 ** 32;

/** The chance of the thing that these words name, always the same of the same seed. */
export function chance(seed: number, ...words: readonly (string | number)[]): Chance {
  const draw = random(hash(`${seed} ${words.join(" ")}`));
  const unit = () => (draw(RANGE) + 0.5) / RANGE;
  return {
    unit,
    isLess: (share) => unit() < share,
    between: (from, to) => from + unit() * (to - from),
    around: (median, spread) => median * Math.exp(spread * normal(unit)),
    count: (mean) => poisson(mean, unit),
    pick: ([first, ...rest]) => (rest.length === 0 ? first : (rest[draw(rest.length + 1) - 1] ?? first)),
  };
}

/** Box & Muller 1958. */
function normal(unit: () => number): number {
  return Math.sqrt(-2 * Math.log(unit())) * Math.cos(2 * Math.PI * unit());
}

/** Knuth's way, by multiplying: for the small means of days. */
function poisson(mean: number, unit: () => number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = unit(); product > floor; product *= unit()) count += 1;
  return count;
}

/** FNV-1a in 32 bits, and the finalizer of MurmurHash3, so that names that differ in one letter are nothing alike. */
function hash(text: string): number {
  let hashed = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hashed = Math.imul(hashed ^ text.charCodeAt(index), 0x01000193);
  hashed = Math.imul(hashed ^ (hashed >>> 16), 0x85ebca6b);
  hashed = Math.imul(hashed ^ (hashed >>> 13), 0xc2b2ae35);
  return hashed ^ (hashed >>> 16);
}
