/** Standard errors where neighbouring weeks hang together. */

/** ⌊4 (n/100)^(2/9)⌋, as Newey & West 1994 have it for weights that fall evenly. */
export function usualLag(n: number): number {
  return Math.floor(4 * (n / 100) ** (2 / 9));
}

/**
 * The variance of a sum of scores in time order, with Bartlett's weights 1 − l/(lag + 1) for weeks l apart (Newey & West 1987), without a correction for small samples.
 * What an estimate's weights times its residuals are, week by week, gives the variance of the estimate; summed over teams first, that where
 * teams have weeks in common (Driscoll & Kraay 1998).
 */
export function longRunVariance(scores: ArrayLike<number>, lag: number): number {
  let total = 0;
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] ?? 0;
    total += score * score;
    for (let apart = 1; apart <= Math.min(lag, at); apart++) {
      total += 2 * (1 - apart / (lag + 1)) * score * (scores[at - apart] ?? 0);
    }
  }
  return total;
}
