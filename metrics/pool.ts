/**
 * The values of one metric, period by period, in no order of time: for percentiles by week of millions of rows, each of which is looked
 * at once.
 */
import type { Span } from "./grid.ts";
import type { Lengths } from "./sample.ts";
import { positionsRead } from "./measure.ts";
import { isDuring } from "./scopes.ts";
import { ABSENT, ABSENT_WHOLE, SECONDS_IN_HOUR, UNKNOWN_WHOLE } from "./segment.ts";
import type { Instant, Window } from "./time.ts";

/** Rows in order of time, as they are kept: they are looked at where they lie. */
export interface Poured {
  readonly at: Int32Array | Float64Array;
  /** How many milliseconds one of `at` is. */
  readonly unit: number;
  readonly bits: Uint16Array;
  /** Hours, or seconds of them, as a column is kept. */
  readonly values: Float64Array | Int32Array;
}

/** What is known of a window or a period. */
export interface Pooled {
  /** Rows, those of unknown value included. */
  readonly total: number;
  /** In order as far as a measure looks at them. */
  readonly lengths: Lengths;
}

export interface PooledSpan {
  readonly whole: Pooled;
  /** One for each period of the span. */
  readonly periods: readonly Pooled[];
}

const NONE = new Float64Array();
/** Others may have a turn after so many values, which take about a millisecond. */
const PIECE = 2 ** 17;

/** Each octave of seconds is told apart in so many bits, so that a key of any number of them has no more than KEY_BITS. */
const [OCTAVE_BITS, KEY_BITS] = [6, 11];

export class Pool {
  /** Where each period begins and the last one ends. */
  readonly #bounds: readonly Instant[];
  readonly #parts: Part[] = [];

  private constructor(bounds: readonly Instant[]) {
    this.#bounds = bounds;
  }

  /** @returns `null` where the periods are not all of the time that was observed. */
  static of({ observed, periods }: Span): Pool | null {
    const [first] = periods;
    if (observed === null || first === undefined) return null;
    const bounds = [first.observed.from, ...periods.map((period) => period.observed.to)];
    const isApart = periods.some((period, index) => period.observed.from !== bounds[index]);
    return isApart || bounds[0] !== observed.from || bounds.at(-1) !== observed.to ? null : new Pool(bounds);
  }

  /**
   * Rows must stay as they are until all is settled.
   *
   * @param unseen rows that have any of these bits are left alone.
   * @param times when the rows count; `null`: always.
   */
  add(poured: Poured, unseen: number, times: readonly Window[] | null): void {
    this.#parts.push({ ...poured, unseen, times, cuts: cutsOf(poured, this.#bounds) });
  }

  /**
   * The values, each period's by themselves, and of these only those in their places that a measure looks at: nobody needs all of them
   * sorted. Yields now and then, so that others may have a turn.
   *
   * @param room nobody else's meanwhile; what is returned lies in it, and holds until it is used again.
   * @returns `null` where a value is negative: then nothing here can be used.
   */
  *settled(room = new Room()): Generator<void, PooledSpan | null> {
    const dealt = yield* this.#dealt(room);
    if (dealt === null) return null;
    const periods: Pooled[] = [];
    let total = 0;
    for (const [period, unknown] of dealt.unknown.entries()) {
      const known = yield* placed(dealt, period, period + 1, room.periods, room);
      periods.push({ total: known.length + unknown, lengths: { known, open: NONE } });
      total += known.length + unknown;
    }
    const known = yield* placed(dealt, 0, periods.length, room.whole, room);
    return { whole: { total, lengths: { known, open: NONE } }, periods };
  }

  /** Part by part, as they lie in memory: to look for the rows of one period in each of them takes twice as long. */
  *#dealt(room: Room): Generator<void, Dealt | null> {
    const starts = new Uint32Array(this.#bounds.length);
    for (const { cuts } of this.#parts)
      for (let period = 0; period + 1 < starts.length; period++)
        starts[period + 1] = (starts[period + 1] ?? 0) + (cuts[period + 1] ?? 0) - (cuts[period] ?? 0);
    for (let period = 1; period < starts.length; period++)
      starts[period] = (starts[period] ?? 0) + (starts[period - 1] ?? 0);
    room.makeFor(starts.at(-1) ?? 0);
    const { values, keys } = room;
    const dealt = { values, keys, starts, ends: starts.slice(0, -1), unknown: new Uint32Array(starts.length - 1) };
    let rows = 0;
    for (const part of this.#parts) {
      for (let period = 0; period < dealt.ends.length; period++) if (!dealPeriod(part, period, dealt)) return null;
      rows += part.at.length;
      if (rows < PIECE) continue;
      rows = 0;
      yield;
    }
    return dealt;
  }
}

/** Rows that were poured. */
interface Part extends Poured {
  readonly unseen: number;
  readonly times: readonly Window[] | null;
  /** Where the rows of each period begin and those of the last one end. */
  readonly cuts: Uint32Array;
}

/** The known values of each period. */
interface Dealt {
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

/** Each is looked for near the one before, in steps that double. */
function cutsOf({ at, unit }: Poured, bounds: readonly Instant[]): Uint32Array {
  const cuts = new Uint32Array(bounds.length);
  let low = 0;
  for (let index = 0; index < cuts.length; index++) {
    const bound = (bounds[index] ?? Infinity) / unit;
    let step = 1;
    while (low + step <= at.length && (at[low + step - 1] ?? 0) < bound) {
      low += step;
      step *= 2;
    }
    let high = Math.min(at.length, low + step - 1);
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((at[middle] ?? Infinity) < bound) low = middle + 1;
      else high = middle;
    }
    cuts[index] = low;
  }
  return cuts;
}

/** @returns false where a value is negative. */
function dealPeriod(part: Part, period: number, dealt: Dealt): boolean {
  const { cuts, values } = part;
  const [first, end] = [cuts[period] ?? 0, cuts[period + 1] ?? 0];
  if (first === end) return true;
  const size =
    values instanceof Int32Array
      ? dealSeconds(values, first, end, part, dealt, period)
      : dealHours(values, first, end, part, dealt, period);
  dealt.ends[period] = size;
  return size >= 0;
}

/** @returns where the values of the period end now; -1 where one is negative. */
function dealSeconds(values: Int32Array, first: number, end: number, part: Part, dealt: Dealt, period: number): number {
  const { bits, unseen, times } = part;
  const { values: into, keys } = dealt;
  let size = dealt.ends[period] ?? 0;
  for (let row = first; row < end; row++) {
    const value = values[row] ?? ABSENT_WHOLE;
    if (value === ABSENT_WHOLE || ((bits[row] ?? 0) & unseen) !== 0) continue;
    if (times !== null && !isCounted(part, row, times)) continue;
    if (value >= 0) {
      const hours = value / SECONDS_IN_HOUR;
      keys[size] = keyOf(hours);
      into[size++] = hours;
    } else if (value === UNKNOWN_WHOLE) dealt.unknown[period] = (dealt.unknown[period] ?? 0) + 1;
    else return -1;
  }
  return size;
}

/** The same of hours. By itself, since a loop that has seen both kinds of numbers takes a fifth longer for all that is asked (docs/performance.md). */
function dealHours(values: Float64Array, first: number, end: number, part: Part, dealt: Dealt, period: number): number {
  const { bits, unseen, times } = part;
  const { values: into, keys } = dealt;
  let size = dealt.ends[period] ?? 0;
  for (let row = first; row < end; row++) {
    const value = values[row] ?? ABSENT;
    if (value === ABSENT || ((bits[row] ?? 0) & unseen) !== 0) continue;
    if (times !== null && !isCounted(part, row, times)) continue;
    if (value >= 0) {
      keys[size] = keyOf(value);
      into[size++] = value + 0; // there is no negative nothing
    } else if (Number.isNaN(value)) dealt.unknown[period] = (dealt.unknown[period] ?? 0) + 1;
    else return -1;
  }
  return size;
}

function isCounted({ at, unit }: Part, row: number, times: readonly Window[]): boolean {
  return isDuring((at[row] ?? 0) * unit, times);
}

/** Memory for pools that are settled one after the other: to get it from the system takes longer than all that is done in it. */
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
function keyOf(hours: number): number {
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
function* placed(
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
