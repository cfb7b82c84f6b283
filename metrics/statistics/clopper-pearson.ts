import { bisect } from "./bisect.ts";
import type { Interval } from "./interval.ts";
import { logFactorial } from "./log-factorial.ts";

/** The exact 95 % interval for the share behind k in n, 0 to 1, for n ≥ 1 (Clopper & Pearson 1934). */
export function clopperPearson(k: number, n: number): Interval {
  return { low: lowest(k, n), high: 1 - lowest(n - k, n) };
}

/** The share under which k or more of n has a probability of 2.5 %. */
function lowest(k: number, n: number): number {
  return k === 0 ? 0 : bisect((share) => atLeast(k, n, share) - 0.025, 0, k / n);
}

/** P(X ≥ k) for X binomial (n, share), by summing outwards from k; quick for share ≤ k/n, where the terms fall. */
function atLeast(k: number, n: number, share: number): number {
  const choices = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  const odds = share / (1 - share);
  let term = Math.exp(choices + k * Math.log(share) + (n - k) * Math.log1p(-share));
  let sum = term;
  for (let i = k; term > sum * 1e-17; i++) {
    term *= ((n - i) / (i + 1)) * odds;
    sum += term;
  }
  return sum;
}
