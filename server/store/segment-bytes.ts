/** Segments as bytes: each column in the fewest that hold its numbers exactly. */
import type { Poured } from "#metrics/pool.ts";
import { ABSENT, ABSENT_WHOLE, SECONDS_IN_HOUR, UNKNOWN_WHOLE } from "#metrics/segment.ts";
import type { Kind, Marks, Pending, Segment } from "#metrics/segment.ts";
import { SECOND } from "#metrics/time.ts";
import { trusted } from "./bulk.ts";

/** Raised when the bytes mean something else than before, or other values are observed in the same facts. */
export const FORMAT = 3;

/** How the numbers of a column are written. */
const KIND = { none: 0, byte: 1, seconds: 2, whole: 3, any: 4 } as const;
const WIDTH = [0, 1, 4, 4, 8] as const;

/** In place of numbers that are none. */
const [UNKNOWN_BYTE, ABSENT_BYTE] = [254, 255];

/** Rows, columns, then how each column is written. */
const HEAD = 8;
/** Behind the columns of metrics: of how many lines a row is, and of which kind. */
const [LINES, KIND_OF_ROW, OF_MARKS] = [0, 1, 2];

export function toBytes({ at, bits, columns, marks }: Segment): Uint8Array {
  const rows = at.length;
  const all = [...columns.map(({ values }) => values), linesOf(marks), kindsOf(marks)];
  const kinds = all.map(kindOf);
  const whole = isAll(at, (value) => Number.isInteger(value / SECOND) && Math.abs(value / SECOND) < 2 ** 31);
  const names = new TextEncoder().encode(JSON.stringify(marks.kinds));
  const parts: ArrayBufferView[] = [
    Uint32Array.of(rows, all.length),
    Uint8Array.of(whole ? KIND.whole : KIND.any, ...kinds),
    whole ? Int32Array.from(at, (value) => value / SECOND) : at,
    bits,
    ...all.map((values, index) => written(values, kinds[index] ?? KIND.any)),
    ...columns.flatMap(({ pending }) => [Uint32Array.of(pending.length), pendingNumbers(pending)]),
    Uint32Array.of(names.length),
    names,
  ];
  let size = 0;
  for (const part of parts) size += padded(part.byteLength);
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
    offset += padded(part.byteLength);
  }
  return bytes;
}

/** Nothing at all where no row has any. */
function linesOf({ lines }: Marks): Float64Array {
  return isAll(lines, Number.isNaN) ? new Float64Array(lines.length).fill(ABSENT) : lines;
}

/** Nothing at all where all rows are of one kind. */
function kindsOf({ kind, kinds }: Marks): Float64Array {
  return kinds.length > 1 ? Float64Array.from(kind) : new Float64Array(kind.length).fill(ABSENT);
}

/** Each part begins where every kind of number may begin. */
function padded(size: number): number {
  return Math.ceil(size / 8) * 8;
}

/** A segment whose columns are read when somebody asks for them. */
export interface PackedSegment {
  readonly rows: number;
  /** Writes the instants and the bits of all rows behind those that are there already. */
  readonly frame: (at: Float64Array, bits: Uint16Array, from: number) => void;
  /** Writes a column. @returns what of it is pending, by rows of this segment. */
  readonly column: (index: number, values: Float64Array, from: number) => readonly Pending[];
  /** All rows with a column, where they lie as far as they can be read there. */
  readonly poured: (index: number) => Poured;
  /** What the rows can be chosen by. */
  readonly marks: () => Marks;
  /** The kinds of rows that there are. */
  readonly kinds: () => readonly Kind[];
}

const EMPTY: PackedSegment = {
  rows: 0,
  frame: () => undefined,
  column: () => [],
  poured: () => ({ at: new Float64Array(), unit: 1, bits: new Uint16Array(), values: new Float64Array() }),
  marks: () => ({ lines: new Float64Array(), kind: new Uint16Array(), kinds: [] }),
  kinds: () => [],
};

export function fromBytes(bytes: Uint8Array): PackedSegment {
  return bytes.length === 0 ? EMPTY : new Packed(bytes.byteOffset % 8 === 0 ? bytes : bytes.slice());
}

/** Thousands are opened for one answer, so that nothing is reckoned that nobody asks for. */
class Packed implements PackedSegment {
  readonly rows: number;
  readonly #bytes: Uint8Array;
  /** Columns of metrics and of marks. */
  readonly #count: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.rows = this.#wordAt(0);
    this.#count = this.#wordAt(4);
  }

  frame(at: Float64Array, bits: Uint16Array, from: number): void {
    const instants = this.#instants();
    if (instants instanceof Float64Array) at.set(instants, from);
    else for (let row = 0; row < instants.length; row++) at[from + row] = (instants[row] ?? 0) * SECOND;
    bits.set(this.#bits(), from);
  }

  column(index: number, values: Float64Array, from: number): readonly Pending[] {
    this.#read(index, values, from);
    return this.#pendingAt(this.#pendingStart(index));
  }

  poured(index: number): Poured {
    const at = this.#instants();
    const unit = at instanceof Float64Array ? 1 : SECOND;
    if (this.#kind(index) === KIND.seconds) return { at, unit, bits: this.#bits(), values: this.#wholeNumbers(index) };
    const values = new Float64Array(this.rows);
    this.#read(index, values, 0);
    return { at, unit, bits: this.#bits(), values };
  }

  marks(): Marks {
    const metrics = this.#count - OF_MARKS;
    const lines = new Float64Array(this.rows);
    this.#read(metrics + LINES, lines, 0);
    for (let row = 0; row < lines.length; row++) if (lines[row] === ABSENT) lines[row] = Number.NaN;
    const kind = new Float64Array(this.rows);
    this.#read(metrics + KIND_OF_ROW, kind, 0);
    // What is absent is the first, and the only one.
    return { lines, kind: new Uint16Array(kind), kinds: this.kinds() };
  }

  kinds(): readonly Kind[] {
    const start = this.#pendingStart(this.#count - OF_MARKS);
    return kindsIn(decoder.decode(this.#bytes.subarray(start + 8, start + 8 + this.#wordAt(start))));
  }

  /** Seconds, or milliseconds where one of them is no whole second. */
  #instants(): Int32Array | Float64Array {
    const { buffer, byteOffset } = this.#bytes;
    const start = byteOffset + this.#start(-1);
    return this.#kind(-1) === KIND.any
      ? new Float64Array(buffer, start, this.rows)
      : new Int32Array(buffer, start, this.rows);
  }

  #wholeNumbers(index: number): Int32Array {
    const { buffer, byteOffset } = this.#bytes;
    return new Int32Array(buffer, byteOffset + this.#start(index), this.rows);
  }

  #bits(): Uint16Array {
    const { buffer, byteOffset } = this.#bytes;
    return new Uint16Array(buffer, byteOffset + this.#start(-1) + this.#size(-1), this.rows);
  }

  #read(index: number, values: Float64Array, from: number): void {
    const { buffer, byteOffset } = this.#bytes;
    read(this.#kind(index), buffer, byteOffset + this.#start(index), this.rows, values, from);
  }

  /** How a column is written; -1: the instants. */
  #kind(index: number): number {
    return this.#bytes[HEAD + 1 + index] ?? KIND.any;
  }

  #size(index: number): number {
    return padded(this.rows * (WIDTH[this.#kind(index)] ?? 0));
  }

  #start(index: number): number {
    let start = HEAD + padded(this.#count + 1);
    if (index < 0) return start;
    start += this.#size(-1) + padded(this.rows * 2);
    for (let before = 0; before < index; before++) start += this.#size(before);
    return start;
  }

  /** Where it says what is pending of a column. */
  #pendingStart(index: number): number {
    let start = this.#start(this.#count);
    for (let before = 0; before < index; before++) start += 8 + padded(this.#wordAt(start) * PENDING * 8);
    return start;
  }

  #pendingAt(start: number): readonly Pending[] {
    const count = this.#wordAt(start);
    if (count === 0) return [];
    const numbers = new Float64Array(this.#bytes.buffer, this.#bytes.byteOffset + start + 8, count * PENDING);
    return Array.from({ length: count }, (_, place) => {
      const [at, value] = [numbers[place * PENDING + 1] ?? Number.NaN, numbers[place * PENDING + 2] ?? Number.NaN];
      return {
        row: numbers[place * PENDING] ?? 0,
        at: Number.isNaN(at) ? null : at,
        value: Number.isNaN(value) ? null : value,
      };
    });
  }

  /** Little-endian, as everything here that has typed arrays. */
  #wordAt(offset: number): number {
    const bytes = this.#bytes;
    const low = (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8);
    const high = (bytes[offset + 2] ?? 0) | ((bytes[offset + 3] ?? 0) << 8);
    return (low | (high << 16)) >>> 0;
  }
}

const decoder = new TextDecoder();

/** Most months of most services have rows of the same few kinds, in few orders. */
const known = new Map<string, readonly Kind[]>();
const MOST_KNOWN = 1000;

function kindsIn(text: string): readonly Kind[] {
  const found = known.get(text) ?? trusted<readonly Kind[]>(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, found);
  return found;
}

function kindOf(values: Float64Array): number {
  if (isAll(values, (value) => value === ABSENT)) return KIND.none;
  if (isAll(values, (value) => isNone(value) || (isWhole(value) && value >= 0 && value < UNKNOWN_BYTE)))
    return KIND.byte;
  if (isAll(values, (value) => isNone(value) || isWhole(value))) return KIND.whole;
  if (isAll(values, (value) => isNone(value) || isSeconds(value))) return KIND.seconds;
  return KIND.any;
}

function isAll(values: Float64Array, is: (value: number) => boolean): boolean {
  for (const value of values) if (!is(value)) return false;
  return true;
}

function isNone(value: number): boolean {
  return Number.isNaN(value) || value === ABSENT;
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && !Object.is(value, -0) && Math.abs(value) < 2 ** 31 - 2;
}

/** Hours that are so many seconds, and nothing else: the same number comes back. */
function isSeconds(value: number): boolean {
  const seconds = Math.round(value * SECONDS_IN_HOUR);
  return Math.abs(seconds) < 2 ** 31 - 2 && seconds / SECONDS_IN_HOUR === value && !Object.is(value, -0);
}

function written(values: Float64Array, kind: number): ArrayBufferView {
  switch (kind) {
    case KIND.none:
      return new Uint8Array();
    case KIND.byte:
      return Uint8Array.from(values, (value) =>
        Number.isNaN(value) ? UNKNOWN_BYTE : value === ABSENT ? ABSENT_BYTE : value,
      );
    case KIND.seconds:
    case KIND.whole: {
      const unit = kind === KIND.seconds ? SECONDS_IN_HOUR : 1;
      return Int32Array.from(values, (value) =>
        Number.isNaN(value) ? UNKNOWN_WHOLE : value === ABSENT ? ABSENT_WHOLE : Math.round(value * unit),
      );
    }
    default:
      return values;
  }
}

function read(
  kind: number,
  buffer: ArrayBufferLike,
  start: number,
  rows: number,
  values: Float64Array,
  from: number,
): void {
  switch (kind) {
    case KIND.none:
      values.fill(ABSENT, from, from + rows);
      return;
    case KIND.byte: {
      const bytes = new Uint8Array(buffer, start, rows);
      for (let row = 0; row < rows; row++) {
        const value = bytes[row] ?? UNKNOWN_BYTE;
        values[from + row] = value === UNKNOWN_BYTE ? Number.NaN : value === ABSENT_BYTE ? ABSENT : value;
      }
      return;
    }
    case KIND.seconds:
    case KIND.whole: {
      const unit = kind === KIND.seconds ? SECONDS_IN_HOUR : 1;
      const numbers = new Int32Array(buffer, start, rows);
      for (let row = 0; row < rows; row++) {
        const value = numbers[row] ?? UNKNOWN_WHOLE;
        values[from + row] = value === UNKNOWN_WHOLE ? Number.NaN : value === ABSENT_WHOLE ? ABSENT : value / unit;
      }
      return;
    }
    default:
      values.set(new Float64Array(buffer, start, rows), from);
  }
}

/** Row, instant, and the value or `NaN`. */
const PENDING = 3;

function pendingNumbers(pending: readonly Pending[]): Float64Array {
  return Float64Array.from(pending.flatMap(({ row, at, value }) => [row, at ?? Number.NaN, value ?? Number.NaN]));
}
