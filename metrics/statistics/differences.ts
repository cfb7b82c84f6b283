/**
 * The k-th smallest (from 1) of all differences between a value of a and a value of b, both ALREADY SORTED and not
 * empty, without building them: narrows the range in which it lies and counts, one pass over both samples a step. Where it is
 * looked for next follows from how many lie below either end; every third time it is the middle, whatever the values are like.
 */
export function kthDifference(a: ArrayLike<number>, b: ArrayLike<number>, k: number): number {
  let low = at(a, 0) - at(b, b.length - 1);
  let high = at(a, a.length - 1) - at(b, 0);
  let [below, upTo] = [0, a.length * b.length];
  for (let step = 1; low < high; step++) {
    const share = step % 3 === 0 ? 0.5 : (k - 0.5 - below) / (upTo - below);
    const guess = low + (high - low) * share;
    const { count, greatest, next } = splitAt(a, b, guess < high ? guess : low);
    if (count >= k) [high, upTo] = [greatest, count];
    else [low, below] = [next, count];
  }
  return low;
}

/** The difference that follows the k-th in order, which is `value`. */
export function nextDifference(a: ArrayLike<number>, b: ArrayLike<number>, k: number, value: number): number {
  const { count, next } = splitAt(a, b, value);
  return count > k ? value : next;
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
    if (j < b.length && value - at(b, j) > greatest) greatest = value - at(b, j);
    if (j > 0 && value - at(b, j - 1) < next) next = value - at(b, j - 1);
  }
  return { count, greatest, next };
}

/** For indices known to be inside. */
function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? Number.NaN;
}
