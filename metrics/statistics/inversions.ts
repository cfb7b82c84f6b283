import { untiedRankSums } from "./ranks.ts";
import { sum } from "./sum.ts";

/**
 * The probability of each number of inversions (pairs in falling order, the number being the index) when values come in
 * random order: the exact distribution behind Kendall's S, ties included (Mann 1945; Kendall 1970, ch. 5).
 *
 * Each group of equal values adds its Mann–Whitney distribution against the values before it. Takes O(n⁴): up to some
 * 50 values.
 *
 * @param groups how many values are equal, for each different value: `[1, 1, 1]` for three different ones.
 */
export function inversions(groups: readonly number[]): Float64Array {
  return groups.every((size) => size === 1) ? untied(groups.length) : inversionsOf(groups);
}

/** Of so many different values: most series are such, and of few lengths. */
const known = new Map<number, Float64Array>();
const MOST_REMEMBERED = 200;

function untied(length: number): Float64Array {
  const chances = known.get(length) ?? inversionsOf(Array<number>(length).fill(1));
  if (known.size < MOST_REMEMBERED) known.set(length, chances);
  return chances;
}

function inversionsOf(groups: readonly number[]): Float64Array {
  let chances = Float64Array.of(1);
  let before = 0;
  for (const size of groups) {
    chances = added(chances, inversionsBetween(before, size));
    before += size;
  }
  return chances;
}

function inversionsBetween(before: number, size: number): Float64Array {
  const ways = untiedRankSums(size, before);
  const all = sum(ways);
  return ways.map((count) => count / all);
}

/** The distribution of the sum of two independent whole numbers. */
function added(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const chances = new Float64Array(a.length + b.length - 1);
  for (const [i, left] of a.entries()) {
    for (let j = 0; j < b.length; j++) chances[i + j] = (chances[i + j] ?? 0) + left * (b[j] ?? 0);
  }
  return chances;
}
