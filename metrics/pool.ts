/**
 * The values of one metric, period by period, in no order of time: for percentiles by week of millions of rows, each of which is looked
 * at once.
 */
import type { Span } from "./grid.ts";
import type { Lengths } from "./sample.ts";
import { positionsRead } from "./measure.ts";
import { firstFrom } from "./sample.ts";
import { isDuring } from "./scopes.ts";
import { ABSENT } from "./segment.ts";
import type { Window } from "./time.ts";

/** The first of some rows, which are in order of time. */
export interface Poured {
  readonly rows: number;
  readonly at: Float64Array;
  readonly bits: Uint16Array;
  /** `NaN` where it is not known. */
  readonly values: Float64Array;
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

/** Values are told apart by at most so many of their first bits; those that are alike in them are sorted. */
const MOST_BITS = 11;

export class Pool {
  /** Where each period begins and the last one ends. */
  readonly #bounds: Float64Array;
  readonly #totals: Float64Array;
  #values = new Float64Array(2 ** 12);
  #period = new Uint16Array(2 ** 12);
  #size = 0;

  private constructor(bounds: readonly number[]) {
    this.#bounds = Float64Array.from(bounds);
    this.#totals = new Float64Array(bounds.length - 1);
  }

  /** @returns `null` where the periods are not all of the time that was observed, or too many. */
  static of({ observed, periods }: Span): Pool | null {
    const [first] = periods;
    if (observed === null || first === undefined || periods.length >= 2 ** 16) return null;
    const bounds = [first.observed.from, ...periods.map((period) => period.observed.to)];
    const isApart = periods.some((period, index) => period.observed.from !== bounds[index]);
    return isApart || bounds[0] !== observed.from || bounds.at(-1) !== observed.to ? null : new Pool(bounds);
  }

  /**
   * @param unseen rows that have any of these bits are left alone.
   * @param times when the rows count; `null`: always.
   * @returns false where a value is negative: then nothing here can be used.
   */
  add({ rows, at, bits, values }: Poured, unseen: number, times: readonly Window[] | null): boolean {
    const [bounds, totals] = [this.#bounds, this.#totals];
    const instants = at.subarray(0, rows);
    const end = firstFrom(instants, bounds.at(-1) ?? 0);
    let row = firstFrom(instants, bounds[0] ?? 0);
    this.#makeRoom(end - row);
    let [current, size] = [0, this.#size];
    for (; row < end; row++) {
      const instant = at[row] ?? 0;
      while (instant >= (bounds[current + 1] ?? Infinity)) current++;
      const value = values[row] ?? ABSENT;
      if (value === ABSENT || ((bits[row] ?? 0) & unseen) !== 0) continue;
      if (times !== null && !isDuring(instant, times)) continue;
      totals[current] = (totals[current] ?? 0) + 1;
      if (Number.isNaN(value)) continue;
      if (value < 0) return false;
      this.#values[size] = value + 0; // there is no negative nothing
      this.#period[size++] = current;
    }
    this.#size = size;
    return true;
  }

  /**
   * The values, each period's by themselves, and of these only those in their places that a measure looks at: nobody needs all of them
   * sorted. Yields now and then, so that others may have a turn.
   */
  *settled(): Generator<void, PooledSpan> {
    const [values, period] = [this.#values.subarray(0, this.#size), this.#period.subarray(0, this.#size)];
    const range = rangeOf(firstBits(values));
    const starts = startsOf(period, this.#totals.length);
    const byPeriod = new Float64Array(values.length);
    const next = starts.slice();
    for (const [start, end] of pieces(values.length)) {
      deal({ values, period }, byPeriod, next, start, end);
      yield;
    }
    const room = { range, starts: new Uint32Array(2 ** (MOST_BITS + 1)), next: new Int32Array(2 ** (MOST_BITS + 1)) };
    const whole = yield* placed(values, new Float64Array(values.length), room);
    const all = new Float64Array(values.length);
    let total = 0;
    const periods: Pooled[] = [];
    for (const [index, count] of this.#totals.entries()) {
      total += count;
      const [start, end] = [starts[index], starts[index + 1]];
      const known = yield* placed(byPeriod.subarray(start, end), all.subarray(start, end), room);
      periods.push({ total: count, lengths: { known, open: NONE } });
    }
    return { whole: { total, lengths: { known: whole, open: NONE } }, periods };
  }

  #makeRoom(more: number): void {
    if (this.#size + more <= this.#values.length) return;
    const length = Math.max(this.#size + more, this.#values.length * 2);
    const [values, period] = [new Float64Array(length), new Uint16Array(length)];
    values.set(this.#values.subarray(0, this.#size));
    period.set(this.#period.subarray(0, this.#size));
    [this.#values, this.#period] = [values, period];
  }
}

/** Where the values of each period begin, and the last ones end. */
function startsOf(period: Uint16Array, periods: number): Uint32Array {
  const starts = new Uint32Array(periods + 1);
  for (let index = 0; index < period.length; index++) {
    const after = (period[index] ?? 0) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let index = 1; index < starts.length; index++) starts[index] = (starts[index] ?? 0) + (starts[index - 1] ?? 0);
  return starts;
}

interface Values {
  readonly values: Float64Array;
  readonly period: Uint16Array;
}

/** From where to where each piece of some values goes. */
function* pieces(size: number): Generator<readonly [start: number, end: number]> {
  for (let start = 0; start < size; start += PIECE) yield [start, Math.min(size, start + PIECE)];
}

/** Some values, each behind those of its period that were dealt before. */
function deal({ values, period }: Values, into: Float64Array, next: Uint32Array, start: number, end: number): void {
  for (let index = start; index < end; index++) {
    const of = period[index] ?? 0;
    const place = next[of] ?? 0;
    into[place] = values[index] ?? 0;
    next[of] = place + 1;
  }
}

/** How the first bits of a value tell where about it belongs. */
interface Scale {
  readonly least: number;
  readonly shift: number;
}

/**
 * As many as there are values, each that {@link positionsRead} names as if all were sorted, and most others `NaN`: values are counted
 * by their first 32 bits, of which those that are not negative have the order of the values themselves, and only those are sorted that
 * are alike in them with one that is looked at (selection by distribution: Knuth, The Art of Computer Programming 3, §5.2.5 and §5.3.3).
 */
function* placed(values: Float64Array, into: Float64Array, room: Room): Generator<void, Float64Array> {
  const { range, starts, next } = room;
  const { least, most } = range;
  const size = values.length;
  const wanted = Math.min(MOST_BITS, 32 - Math.clz32(size));
  const scale = { least, shift: Math.max(0, 32 - Math.clz32(most - least + 1) - wanted) };
  const groups = (keyOf(most, least) >>> scale.shift) + 1;
  starts.fill(0, 0, groups + 1);
  for (let start = 0; start < size; start += PIECE) {
    if (start > 0) yield;
    count(values, scale, starts, start, Math.min(size, start + PIECE));
  }
  for (let group = 1; group <= groups; group++) starts[group] = (starts[group] ?? 0) + (starts[group - 1] ?? 0);
  const lookedAt = groupsOf(starts, positionsRead(size));
  next.fill(-1, 0, groups);
  for (const group of lookedAt) next[group] = starts[group] ?? 0;
  into.fill(Number.NaN);
  for (let start = 0; start < size; start += PIECE) {
    if (start > 0) yield;
    collect(values, scale, { next, into }, start, Math.min(size, start + PIECE));
  }
  for (const group of lookedAt) sortPart(into, starts[group] ?? 0, starts[group + 1] ?? 0);
  return into;
}

/** Where it is counted, once for all periods: there are thousands of them, each with few values. */
interface Room {
  readonly range: Range;
  /** By group of values: how many come before it. */
  readonly starts: Uint32Array;
  /** Where the next value of each group goes; -1: nobody looks at it. */
  readonly next: Int32Array;
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

function count(values: Float64Array, { least, shift }: Scale, counts: Uint32Array, start: number, end: number): void {
  const bits = firstBits(values);
  for (let index = start; index < end; index++) {
    const after = (keyOf(bits[2 * index + 1] ?? 0, least) >>> shift) + 1;
    counts[after] = (counts[after] ?? 0) + 1;
  }
}

function collect(
  values: Float64Array,
  { least, shift }: Scale,
  { next, into }: Pick<Room, "next"> & { readonly into: Float64Array },
  start: number,
  end: number,
): void {
  const bits = firstBits(values);
  for (let index = start; index < end; index++) {
    const group = keyOf(bits[2 * index + 1] ?? 0, least) >>> shift;
    const place = next[group] ?? -1;
    if (place < 0) continue;
    into[place] = values[index] ?? 0;
    next[group] = place + 1;
  }
}

/** The groups that some positions lie in, which are in order. */
function groupsOf(starts: Uint32Array, positions: readonly number[]): readonly number[] {
  const groups: number[] = [];
  let group = 0;
  for (const position of positions) {
    while ((starts[group + 1] ?? Infinity) <= position) group++;
    if (groups.at(-1) !== group) groups.push(group);
  }
  return groups;
}

/** Two for each value, the second of which begins with its exponent where bytes are little-endian, as they are where Node runs. */
function firstBits(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

/** 0 comes before all others, however far from them. */
function keyOf(bits: number, least: number): number {
  return bits < least ? 0 : bits - least + 1;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

/** Of those that are not 0. */
function rangeOf(bits: Uint32Array): Range {
  let [least, most] = [2 ** 31, 0];
  for (let index = 1; index < bits.length; index += 2) {
    const one = bits[index] ?? 0;
    if (one > most) most = one;
    if (one < least && one > 0) least = one;
  }
  return { least: Math.min(least, most), most };
}
