/** The values that a measure of a median looks at, found among those of some periods without sorting all of them. */
import { positionsRead } from "./measure.ts";
import { SECONDS_IN_HOUR } from "./segment.ts";

/** Others may have a turn after so many values, which take about a millisecond. */
export const PIECE = 2 ** 17;

/** Each octave of seconds is told apart in so many bits, so that a key of any number of them has no more than KEY_BITS. */
const [OCTAVE_BITS, KEY_BITS] = [6, 11];

/** The known values of each period. */
export interface Dealt {
  readonly values: Float64Array;
  /** About how large each is. */
  readonly keys: Uint16Array;
  /** Where there is room for each period; the last: where it ends. */
  readonly starts: Uint32Array;
  /** Where the values of each period end. */
  readonly ends: Uint32Array;
  /** How many more there are of each period, of unknown value. */
  readonly unknown: Uint32Array;
}

/** Memory for pools that are settled one after the other, so that not each of them asks the system for its own. */
export class Room {
  values = new Float64Array();
  keys = new Uint16Array();
  whole = new Float64Array();
  periods = new Float64Array();
  /** By group of values: how many there are; all 0 but while they are counted. */
  readonly counts = new Uint32Array(2 ** KEY_BITS);
  /** By group of values: where the next one goes; -1: nobody looks at it. */
  readonly next = new Int32Array(2 ** KEY_BITS);

  makeFor(size: number): void {
    if (size <= this.values.length) return;
    const length = Math.ceil(size * 1.25);
    this.values = new Float64Array(length);
    this.keys = new Uint16Array(length);
    this.whole = new Float64Array(length);
    this.periods = new Float64Array(length);
  }
}

/** The same or more for what is more: whole seconds by themselves, many of them as many to an octave. */
export function keyOf(hours: number): number {
  const seconds = Math.min(hours * SECONDS_IN_HOUR, MOST_SECONDS) | 0;
  const shift = Math.max(0, 31 - OCTAVE_BITS - Math.clz32(seconds));
  return (shift << OCTAVE_BITS) + (seconds >>> shift);
}

const MOST_SECONDS = 2 ** 31 - 1;

/**
 * As many as some periods have values, each that {@link positionsRead} names as if all were sorted, and anything in the places of the
 * others: values are counted by their keys, and only those are sorted that are alike in them with one that is looked at (selection by
 * distribution: Knuth, The Art of Computer Programming 3, §5.2.5 and §5.3.3).
 */
export function* placed(
  dealt: Dealt,
  first: number,
  last: number,
  into: Float64Array,
  { counts, next }: Room,
): Generator<void, Float64Array> {
  const runs = runsOf(dealt, first, last);
  let size = 0;
  for (const { start, end } of runs) size += end - start;
  const known = into.subarray(dealt.starts[first], (dealt.starts[first] ?? 0) + size);
  // A group for some two values: to look through empty ones takes time, too.
  const shift = Math.min(KEY_BITS, Math.max(0, KEY_BITS + 1 + Math.clz32(size) - 32));
  for (const { start, end, isLong } of runs) {
    count(dealt.keys, shift, counts, start, end);
    if (isLong) yield;
  }
  const lookedAt = groupsOf(counts.subarray(0, 2 ** (KEY_BITS - shift)), next, positionsRead(size));
  for (const { start, end, isLong } of runs) {
    collect(dealt, shift, next, known, start, end);
    if (isLong) yield;
  }
  for (const [start, end] of lookedAt) sortPart(known, start, end);
  return known;
}

/** Values that lie side by side, at most as many as a piece of work has. */
interface Run {
  readonly start: number;
  readonly end: number;
  /** Whether somebody else should have a turn behind it. */
  readonly isLong: boolean;
}

function runsOf({ starts, ends }: Dealt, first: number, last: number): readonly Run[] {
  const runs: Run[] = [];
  let size = 0;
  for (let period = first; period < last; period++) {
    const behind = ends[period] ?? 0;
    for (let start = starts[period] ?? 0; start < behind; start += PIECE) {
      const end = Math.min(behind, start + PIECE);
      size += end - start;
      runs.push({ start, end, isLong: size >= PIECE });
      if (size >= PIECE) size = 0;
    }
  }
  return runs;
}

/** Beyond so many values it is worth to have them sorted by the engine. */
const FEW = 24;

function sortPart(values: Float64Array, start: number, end: number): void {
  if (end - start > FEW) {
    values.subarray(start, end).sort();
    return;
  }
  for (let index = start + 1; index < end; index++) {
    const value = values[index] ?? 0;
    let place = index;
    for (; place > start && (values[place - 1] ?? 0) > value; place--) values[place] = values[place - 1] ?? 0;
    values[place] = value;
  }
}

function count(keys: Uint16Array, shift: number, counts: Uint32Array, from: number, to: number): void {
  for (let index = from; index < to; index++) {
    const group = (keys[index] ?? 0) >>> shift;
    counts[group] = (counts[group] ?? 0) + 1;
  }
}

function collect(
  { values, keys }: Dealt,
  shift: number,
  next: Int32Array,
  into: Float64Array,
  from: number,
  to: number,
): void {
  for (let index = from; index < to; index++) {
    const group = (keys[index] ?? 0) >>> shift;
    const place = next[group] ?? -1;
    if (place < 0) continue;
    into[place] = values[index] ?? 0;
    next[group] = place + 1;
  }
}

/** Says of each group where it begins if one of some positions lies in it, which are in order. @returns from where to where those lie. */
function groupsOf(
  counts: Uint32Array,
  next: Int32Array,
  positions: readonly number[],
): readonly (readonly [start: number, end: number])[] {
  const groups: (readonly [number, number])[] = [];
  let [start, wanted] = [0, 0];
  let position = positions[0] ?? Infinity;
  for (let group = 0; group < counts.length; group++) {
    const values = counts[group] ?? 0;
    if (values === 0) continue;
    const end = start + values;
    counts[group] = 0;
    next[group] = position < end ? start : -1;
    if (position < end) groups.push([start, end]);
    while (position < end) position = positions[++wanted] ?? Infinity;
    start = end;
  }
  return groups;
}
