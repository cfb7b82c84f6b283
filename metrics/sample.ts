/** Observations as columns: a million of them are looked at without an object for each. */
import type { Observation } from "./metric.ts";
import { isOngoing } from "./metric.ts";
import type { Instant, Window } from "./time.ts";

/** In order of time; all columns are of the same length. */
export interface Sample {
  readonly at: Float64Array;
  /** In the metric's unit; `NaN` of what cannot be known, and of what is not over. */
  readonly values: Float64Array;
  /** How long what is not over has lasted, `NaN` of all others; `null` where everything is over. */
  readonly openFor: Float64Array | null;
}

/** One by one, in any order, or as columns. */
export type Observations = readonly Observation[] | Sample;

export function sampleOf(observations: Observations): Sample {
  return "values" in observations && "openFor" in observations ? observations : columns(observations);
}

function columns(observations: readonly Observation[]): Sample {
  const isInOrder = observations.every(({ at }, index) => at >= (observations[index - 1]?.at ?? -Infinity));
  const ordered = isInOrder ? observations : observations.toSorted((a, b) => a.at - b.at);
  return {
    at: Float64Array.from(ordered, ({ at }) => at),
    values: Float64Array.from(ordered, ({ value }) => value ?? Number.NaN),
    openFor: ordered.some(isOngoing)
      ? Float64Array.from(ordered, (one) => (isOngoing(one) ? one.openFor : Number.NaN))
      : null,
  };
}

/** One by one, in order of time. */
export function listed({ at, values, openFor }: Sample): readonly Observation[] {
  return Array.from(at, (instant, index) => {
    const [value, open] = [values[index] ?? Number.NaN, openFor?.[index] ?? Number.NaN];
    if (!Number.isNaN(open)) return { at: instant, value: null, openFor: open };
    return { at: instant, value: Number.isNaN(value) ? null : value };
  });
}

/** Those of a window: a view, nothing is copied. */
export function partOf({ at, values, openFor }: Sample, { from, to }: Window): Sample {
  const [first, last] = [firstFrom(at, from), firstFrom(at, to)];
  return {
    at: at.subarray(first, last),
    values: values.subarray(first, last),
    openFor: openFor?.subarray(first, last) ?? null,
  };
}

/** The index of the first of some instants in order that is not before another. */
export function firstFrom(instants: ArrayLike<Instant>, at: Instant): number {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many there are of each. */
export interface Tally {
  readonly known: number;
  /** Known ones of the value 1. */
  readonly ones: number;
  readonly open: number;
}

export function tallyOf({ values, openFor }: Sample): Tally {
  let [known, ones, open] = [0, 0, 0];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isNaN(value)) known++;
    if (value === 1) ones++;
  }
  if (openFor !== null) for (const length of openFor) if (!Number.isNaN(length)) open++;
  return { known, ones, open };
}

/** What is known of a sample, sorted: the values, and how long the open ones have lasted. */
export interface Lengths {
  readonly known: Float64Array;
  readonly open: Float64Array;
}

/** Sorted once, since a sample is measured and then compared. */
export function lengthsOf(sample: Sample): Lengths {
  const before = sortedOnes.get(sample);
  if (before !== undefined) return before;
  const { values, openFor } = sample;
  const lengths = { known: sortedKnown(values), open: openFor === null ? NONE : sortedKnown(openFor) };
  sortedOnes.set(sample, lengths);
  return lengths;
}

const sortedOnes = new WeakMap<Sample, Lengths>();

const NONE = new Float64Array();

/** A sorted copy without what is unknown, which sorts last. */
function sortedKnown(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1])) count--;
  return sorted.subarray(0, count);
}
