/** The ordinary bootstrap: samples as large as the one that is there, drawn from it with replacement (Efron & Tibshirani 1993, ch. 6). */
import { random } from "../../../statistics/random.ts";

/** Beyond this, samples are drawn instead of listed. */
const MOST = 20_000;

/** A statistic of each sample, sorted: of all nⁿ where they are few, each once, else of so many drawn by the seed. None of no values. */
export function bootstrapped(
  values: readonly number[],
  statistic: (sample: readonly number[]) => number,
  draws: number,
  seed: number,
): Float64Array {
  const n = values.length;
  if (n === 0) return new Float64Array(0);
  const all = n ** n;
  const draw = random(seed);
  const pick = all <= MOST ? (turn: number) => digits(turn, n) : () => values.map(() => draw(n));
  return Float64Array.from({ length: all <= MOST ? all : draws }, (_, turn) =>
    statistic(pick(turn).map((at) => values[at] ?? 0)),
  ).sort();
}

/** A number in base n, as n places. */
function digits(number: number, n: number): number[] {
  return Array.from({ length: n }, (_, place) => Math.floor(number / n ** place) % n);
}
