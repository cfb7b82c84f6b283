/**
 * The values of one metric, period by period, in no order of time: for percentiles by week of millions of rows, each of which is looked
 * at once.
 */
import type { Span } from "./grid.ts";
import type { Lengths } from "./sample.ts";
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

/** One pass of sorting looks at so many bits of a value. */
const DIGIT = 13;
const DIGITS = 2 ** DIGIT;
/** Beyond so many steps for each value they are too much alike to be sorted by their first bits. */
const MOST_STEPS = 16;

interface Values {
  readonly values: Float64Array;
  readonly period: Uint16Array;
}

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

  /** Sorts once, for the window and every period. Yields now and then, so that others may have a turn. */
  *sorted(): Generator<void, PooledSpan> {
    const { values, period } = yield* inTurn({
      values: this.#values.subarray(0, this.#size),
      period: this.#period.subarray(0, this.#size),
    });
    const starts = startsOf(period, this.#totals.length);
    const byPeriod = new Float64Array(values.length);
    const next = starts.slice();
    for (let index = 0; index < values.length; index++) {
      const of = period[index] ?? 0;
      const place = next[of] ?? 0;
      byPeriod[place] = values[index] ?? 0;
      next[of] = place + 1;
      if (index % PIECE === PIECE - 1) yield;
    }
    const whole = yield* settled(values);
    let total = 0;
    const periods: Pooled[] = [];
    for (const [index, count] of this.#totals.entries()) {
      total += count;
      const known = yield* settled(byPeriod.subarray(starts[index], starts[index + 1]));
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

/**
 * In the order of the first 32 bits of each value, of which those that are not negative have the order of the values themselves: by
 * digits, the lowest first (Knuth, The Art of Computer Programming 3, §5.2.5).
 */
function* inTurn(unsorted: Values): Generator<void, Values> {
  const { least, most } = rangeOf(firstBits(unsorted.values));
  const size = unsorted.values.length;
  let [from, into]: [Values, Values] = [unsorted, { values: new Float64Array(size), period: new Uint16Array(size) }];
  for (let shift = 0; 2 ** shift <= most - least + 1; shift += DIGIT) {
    const places = new Uint32Array(DIGITS + 1);
    const bits = firstBits(from.values);
    for (let index = 0; index < size; index++) {
      const digit = (keyOf(bits[2 * index + 1] ?? 0, least) >>> shift) & (DIGITS - 1);
      places[digit + 1] = (places[digit + 1] ?? 0) + 1;
    }
    for (let digit = 1; digit < DIGITS; digit++) places[digit] = (places[digit] ?? 0) + (places[digit - 1] ?? 0);
    for (let start = 0; start < size; start += PIECE) {
      yield;
      for (let index = start; index < Math.min(size, start + PIECE); index++) {
        const digit = (keyOf(bits[2 * index + 1] ?? 0, least) >>> shift) & (DIGITS - 1);
        const place = places[digit] ?? 0;
        into.values[place] = from.values[index] ?? 0;
        into.period[place] = from.period[index] ?? 0;
        places[digit] = place + 1;
      }
    }
    [from, into] = [into, from];
  }
  return from;
}

/** Two for each value, the second of which begins with its exponent where bytes are little-endian, as they are where Node runs. */
function firstBits(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

/** 0 comes before all others, however far from them. */
function keyOf(bits: number, least: number): number {
  return bits < least ? 0 : bits - least + 1;
}

/** Of those that are not 0. */
function rangeOf(bits: Uint32Array): { readonly least: number; readonly most: number } {
  let [least, most] = [2 ** 31, 0];
  for (let index = 1; index < bits.length; index += 2) {
    const one = bits[index] ?? 0;
    if (one > most) most = one;
    if (one < least && one > 0) least = one;
  }
  return { least: Math.min(least, most), most };
}

/** Sorts what is nearly in order, in its place. */
function* settled(values: Float64Array): Generator<void, Float64Array> {
  let left = values.length * MOST_STEPS;
  for (let index = 1; index < values.length; index++) {
    const value = values[index] ?? 0;
    let place = index;
    for (; place > 0 && (values[place - 1] ?? 0) > value; place--) values[place] = values[place - 1] ?? 0;
    values[place] = value;
    left -= index - place;
    if (left < 0) return values.sort();
    if (index % PIECE === PIECE - 1) yield;
  }
  return values;
}
