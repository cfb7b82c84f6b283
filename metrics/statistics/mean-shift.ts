import { mean } from "./mean.ts";
import { random } from "./random.ts";

export interface MeanShift {
  /** How many values lie before the shift. */
  readonly index: number;
  /** Mean of the values before the shift, in their unit, and of those after. */
  readonly before: number;
  readonly after: number;
  /** How often the same values in random order have a split that explains as much. */
  readonly p: number;
}

/** Fewer values are no level. */
const LEAST = 5;

const ORDERS = 1999;

/** Sums of the same values in another order may differ by this share and are still equal. */
const ROUNDING = 1e-9;

/**
 * Where the level of values in time order most likely changed, once: the split with the least squares around both means,
 * each of at least five values (Hawkins 1977). The p is that of the best split of 1,999 seeded random orders, so looking
 * for the best place is accounted for; values that depend on their neighbours or rise steadily have too small a p.
 *
 * @returns `null` below ten values.
 */
export function meanShift(values: readonly number[], seed = 1): MeanShift | null {
  if (values.length < 2 * LEAST) return null;
  const centre = mean(values);
  const deviations = Float64Array.from(values, (value) => value - centre);
  const { index, explained } = bestSplit(deviations);
  const draw = random(seed);
  let extreme = 1;
  for (let order = 0; order < ORDERS; order++) {
    shuffle(deviations, draw);
    if (hasSplit(deviations, explained * (1 - ROUNDING))) extreme += 1;
  }
  const [before, after] = [mean(values.slice(0, index)), mean(values.slice(index))];
  return { index, before, after, p: extreme / (ORDERS + 1) };
}

/** The first split that explains most, and by how much it lowers the sum of squares. */
function bestSplit(deviations: Float64Array): { index: number; explained: number } {
  const n = deviations.length;
  let best = { index: LEAST, explained: 0 };
  let cumulative = 0;
  for (let index = 1; index <= n - LEAST; index++) {
    cumulative += deviations[index - 1] ?? 0;
    const explained = (cumulative ** 2 * n) / (index * (n - index));
    if (index >= LEAST && explained > best.explained) best = { index, explained };
  }
  return best;
}

/** Whether the best split lowers the sum of squares by at least so much. */
function hasSplit(deviations: Float64Array, least: number): boolean {
  const n = deviations.length;
  let cumulative = 0;
  for (let index = 1; index <= n - LEAST; index++) {
    cumulative += deviations[index - 1] ?? 0;
    if (index >= LEAST && (cumulative ** 2 * n) / (index * (n - index)) >= least) return true;
  }
  return false;
}

/** Fisher–Yates, in place. */
function shuffle(values: Float64Array, draw: (below: number) => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const chosen = draw(last + 1);
    const value = values[chosen] ?? 0;
    values[chosen] = values[last] ?? 0;
    values[last] = value;
  }
}
