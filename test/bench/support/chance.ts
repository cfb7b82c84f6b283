/** Chances that are the same every time. */

export interface Chance {
  /** From 0 to below 1. */
  readonly draw: () => number;
  /** A span as spans of work are: mostly short and at times long, with this mean. Whole milliseconds, at most ten times the mean. */
  readonly long: (mean: number) => number;
  readonly isTrue: (share: number) => boolean;
}

/** Mulberry32. */
export function chanceFrom(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const draw = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    draw,
    long: (mean) => Math.round(Math.min(10, -Math.log(1 - draw())) * mean),
    isTrue: (share) => draw() < share,
  };
}
