/**
 * The k-th smallest (from 1) of all differences between a value of a and a value of b, both ALREADY SORTED and not
 * empty, without building them: halves the range of values and counts, one pass over both samples a step.
 */
export function kthDifference(a: ArrayLike<number>, b: ArrayLike<number>, k: number): number {
  let low = at(a, 0) - at(b, b.length - 1);
  let high = at(a, a.length - 1) - at(b, 0);
  while (low < high) {
    const middle = low + (high - low) / 2;
    const { count, greatest, next } = splitAt(a, b, middle < high ? middle : low);
    if (count >= k) high = greatest;
    else low = next;
  }
  return low;
}

interface Split {
  /** How many differences do not exceed the limit. */
  readonly count: number;
  /** The greatest of them. */
  readonly greatest: number;
  /** The smallest difference above the limit. */
  readonly next: number;
}

function splitAt(a: ArrayLike<number>, b: ArrayLike<number>, limit: number): Split {
  let count = 0;
  let greatest = -Infinity;
  let next = Infinity;
  let j = 0;
  for (let i = 0; i < a.length; i++) {
    const value = at(a, i);
    while (j < b.length && value - at(b, j) > limit) j++;
    count += b.length - j;
    if (j < b.length) greatest = Math.max(greatest, value - at(b, j));
    if (j > 0) next = Math.min(next, value - at(b, j - 1));
  }
  return { count, greatest, next };
}

/** For indices known to be inside. */
function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? Number.NaN;
}
