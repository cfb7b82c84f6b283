/** 95 % of a normal distribution lies within this many standard deviations of its mean. */
export const Z95 = 1.959963984540054;

/** The same of 90 %. */
export const Z90 = 1.6448536269514722;

/**
 * P(Z > z) of the standard normal distribution for z ≥ 0, to about 12 digits.
 *
 * Below 3 by the series, from 3 by the continued fraction (Abramowitz & Stegun 26.2.11 and 26.2.14).
 */
export function normalTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return z < 3 ? 0.5 - density * series(z) : density / continuedFraction(z);
}

function series(z: number): number {
  let sum = 0;
  let term = z;
  for (let odd = 3; term > 1e-17; odd += 2) {
    sum += term;
    term *= (z * z) / odd;
  }
  return sum;
}

function continuedFraction(z: number): number {
  let value = z;
  for (let depth = 100; depth > 0; depth--) value = z + depth / value;
  return value;
}
