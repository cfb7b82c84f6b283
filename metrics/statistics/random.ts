/**
 * Chance that can be repeated: the same seed (a whole number) always draws the same whole numbers from 0 to below − 1.
 *
 * xoshiro128** (Blackman & Vigna 2021), its state spread from the seed by splitmix32.
 */
export function random(seed: number): (below: number) => number {
  const spread = splitmix(seed);
  const next = xoshiro(spread(), spread(), spread(), spread());
  return (below) => Math.floor((next() / 2 ** 32) * below);
}

/** xoshiro128** from a state of four 32-bit numbers that are not all 0: whole numbers from 0 to 2³² − 1. */
export function xoshiro(s0: number, s1: number, s2: number, s3: number): () => number {
  let [a, b, c, d] = [s0 | 0, s1 | 0, s2 | 0, s3 | 0];
  return () => {
    const drawn = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return drawn;
  };
}

function rotated(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by));
}

/** Steele, Lea & Flood 2014, in 32 bits with the finalizer of MurmurHash3: no two steps give the same number. */
function splitmix(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
}
