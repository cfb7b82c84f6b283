/**
 * The values of one metric, period by period, in no order of time: for percentiles by week of millions of rows, each of which is looked
 * at once.
 */
import type { Span } from "./grid.ts";
import type { Lengths } from "./sample.ts";
import { isDuring } from "./scopes.ts";
import { ABSENT, ABSENT_WHOLE, SECONDS_IN_HOUR, UNKNOWN_WHOLE } from "./segment.ts";
import type { Dealt } from "./selection.ts";
import { keyOf, PIECE, placed, Room } from "./selection.ts";
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

  /** Part by part, as they lie in memory. */
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
