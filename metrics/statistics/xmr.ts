import { mean } from "./mean.ts";

/** What a point says: outside a limit, the 8th or later in a row on one side, the 3rd of 4 nearer one limit. */
export type Signal = "outside" | "run-of-8" | "3-of-4";

export interface Xmr {
  readonly centre: number;
  readonly upper: number;
  readonly lower: number;
  /** Mean absolute difference between neighbouring baseline points. */
  readonly meanMovingRange: number;
  /** How many points the limits rest on. */
  readonly baseline: number;
  /** For every value the signals that it completes: later values change none of them while the limits are locked. */
  readonly signals: readonly (readonly Signal[])[];
}

/** Fewer points say too little about their own variation. */
const LEAST = 6;

/** Three standard deviations, one being the mean moving range over d₂ = 1.128. */
const LIMIT = 3 / 1.128;

/**
 * The process behaviour chart of single values in time order, in their unit: centre ± (3/1.128)·mean moving range,
 * from the first `baseline` values, or from all that there are when there are fewer (Wheeler 2000, "Understanding
 * Variation"; NIST/SEMATECH §6.3.2.2). The lower limit may be negative where the values cannot; clamp it for display.
 *
 * @returns `null` when the limits would rest on fewer than `least` points, 6 unless it is said.
 */
export function xmr(values: readonly number[], baseline = values.length, least = LEAST): Xmr | null {
  const base = values.slice(0, baseline);
  if (base.length < least) return null;
  const centre = mean(base);
  const meanMovingRange = mean(movingRanges(base));
  const upper = centre + LIMIT * meanMovingRange;
  const lower = centre - LIMIT * meanMovingRange;
  const recents = values.map((_, index) => values.slice(Math.max(0, index - 7), index + 1));
  const signals = recents.map((recent) => signalsOfLast(recent, { centre, upper, lower }));
  return { centre, upper, lower, meanMovingRange, baseline: base.length, signals };
}

type Lines = Pick<Xmr, "centre" | "upper" | "lower">;

/** The signals of the last of up to 8 values. */
function signalsOfLast(recent: readonly number[], lines: Lines): Signal[] {
  const signals: Signal[] = [];
  const [value = lines.centre] = recent.slice(-1);
  if (value > lines.upper || value < lines.lower) signals.push("outside");
  if (isRun(recent, lines.centre)) signals.push("run-of-8");
  if (isNearLimit(recent.slice(-4), lines)) signals.push("3-of-4");
  return signals;
}

function isRun(recent: readonly number[], centre: number): boolean {
  if (recent.length < 8) return false;
  return recent.every((value) => value > centre) || recent.every((value) => value < centre);
}

function isNearLimit(recent: readonly number[], { centre, upper, lower }: Lines): boolean {
  const high = (value: number): boolean => value > (centre + upper) / 2;
  const low = (value: number): boolean => value < (centre + lower) / 2;
  return isThirdOf(recent, high) || isThirdOf(recent, low);
}

/** Whether the last value is such a one and at least two before it are. */
function isThirdOf(recent: readonly number[], such: (value: number) => boolean): boolean {
  return recent.slice(-1).some(such) && recent.filter(such).length >= 3;
}

function movingRanges(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
}
