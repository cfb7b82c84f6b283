/** Segments as bytes: each column in the fewest that hold its numbers exactly. */
import { ABSENT } from "#metrics/segment.ts";
import type { Pending, Segment } from "#metrics/segment.ts";
import { SECOND } from "#metrics/time.ts";

/** Raised when the bytes mean something else than before. */
export const FORMAT = 1;

/** How the numbers of a column are written. */
const KIND = { none: 0, byte: 1, seconds: 2, whole: 3, any: 4 } as const;
const WIDTH = [0, 1, 4, 4, 8] as const;

/** In place of numbers that are none: in bytes, and in whole numbers. */
const [UNKNOWN_BYTE, ABSENT_BYTE] = [254, 255];
const [UNKNOWN_WHOLE, ABSENT_WHOLE] = [-2_147_483_648, -2_147_483_647];
const SECONDS_IN_HOUR = 3600;

/** Rows, columns, then how each column is written. */
const HEAD = 8;

export function toBytes({ at, bits, columns }: Segment): Uint8Array {
  const rows = at.length;
  const kinds = columns.map(({ values }) => kindOf(values));
  const whole = isAll(at, (value) => Number.isInteger(value / SECOND) && Math.abs(value / SECOND) < 2 ** 31);
  const parts: ArrayBufferView[] = [
    Uint32Array.of(rows, columns.length),
    Uint8Array.of(whole ? KIND.whole : KIND.any, ...kinds),
    whole ? Int32Array.from(at, (value) => value / SECOND) : at,
    bits,
    ...columns.map(({ values }, index) => written(values, kinds[index] ?? KIND.any)),
    ...columns.flatMap(({ pending }) => [Uint32Array.of(pending.length), pendingNumbers(pending)]),
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
}

export function fromBytes(bytes: Uint8Array): PackedSegment {
  if (bytes.length === 0) return { rows: 0, frame: () => undefined, column: () => [] };
  const own = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset } = own;
  const [rows = 0, count = 0] = new Uint32Array(buffer, byteOffset, 2);
  const kinds = new Uint8Array(buffer, byteOffset + HEAD, count + 1);
  const atKind = kinds[0] ?? KIND.any;
  const atOffset = HEAD + padded(count + 1);
  const bitsOffset = atOffset + padded(rows * (WIDTH[atKind] ?? 0));
  const starts: number[] = [];
  let offset = bitsOffset + padded(rows * 2);
  for (let index = 0; index < count; index++) {
    starts.push(offset);
    offset += padded(rows * (WIDTH[kinds[index + 1] ?? KIND.any] ?? 0));
  }
  const pendingOffset = offset;
  return {
    rows,
    frame: (at, bits, from) => {
      if (atKind === KIND.any) at.set(new Float64Array(buffer, byteOffset + atOffset, rows), from);
      else {
        const seconds = new Int32Array(buffer, byteOffset + atOffset, rows);
        for (let row = 0; row < rows; row++) at[from + row] = (seconds[row] ?? 0) * SECOND;
      }
      bits.set(new Uint16Array(buffer, byteOffset + bitsOffset, rows), from);
    },
    column: (index, values, from) => {
      read(kinds[index + 1] ?? KIND.any, buffer, byteOffset + (starts[index] ?? 0), rows, values, from);
      return pendingAt(buffer, byteOffset + pendingOffset, index);
    },
  };
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

function pendingAt(buffer: ArrayBufferLike, start: number, wanted: number): readonly Pending[] {
  let offset = start;
  for (let index = 0; ; index++) {
    const [count = 0] = new Uint32Array(buffer, offset, 1);
    const size = padded(count * PENDING * 8);
    if (index < wanted) {
      offset += 8 + size;
      continue;
    }
    const numbers = new Float64Array(buffer, offset + 8, count * PENDING);
    return Array.from({ length: count }, (_, place) => {
      const [at, value] = [numbers[place * PENDING + 1] ?? Number.NaN, numbers[place * PENDING + 2] ?? Number.NaN];
      return {
        row: numbers[place * PENDING] ?? 0,
        at: Number.isNaN(at) ? null : at,
        value: Number.isNaN(value) ? null : value,
      };
    });
  }
}
