import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column, Kind, Marks, Segment } from "#metrics/segment.ts";
import type { Poured } from "#metrics/pool.ts";
import { ABSENT, ABSENT_WHOLE, UNKNOWN_WHOLE } from "#metrics/segment.ts";
import { SECOND } from "#metrics/time.ts";
import { fromBytes, toBytes } from "#server/store/segment-bytes.ts";

const rare = fc.constantFrom(Number.NaN, ABSENT);
/** Columns as metrics make them, and at the edges of each way in which they are written. */
const kinds: readonly fc.Arbitrary<number>[] = [
  fc.constant(ABSENT),
  rare,
  fc.oneof(rare, fc.integer({ min: 0, max: 255 })),
  fc.oneof(rare, fc.integer()),
  fc.oneof(
    rare,
    fc.integer().map((seconds) => seconds / 3600),
  ),
  fc.double(),
  fc.constantFrom(0, -0, 253, 254, 255, -1, 2 ** 31 - 3, 2 ** 31 - 2, -(2 ** 31) + 1, -(2 ** 31), 2 ** 53, Infinity),
];
const instants = fc.constantFrom(SECOND, 1).chain((unit) => fc.integer({ min: 0, max: 2 ** 31 }).map((n) => n * unit));
const pending = fc.record({
  row: fc.nat(1000),
  at: fc.option(instants),
  value: fc.option(fc.double({ noNaN: true })),
});

function columnOf(rows: number): fc.Arbitrary<Column> {
  const column = fc.constantFrom(...kinds).chain((kind) => fc.array(kind, { minLength: rows, maxLength: rows }));
  return fc.record({
    values: column.map((values) => Float64Array.from(values)),
    pending: fc.array(pending, { maxLength: 3 }),
  });
}

const kind: fc.Arbitrary<Kind> = fc.record({
  authorKind: fc.constantFrom(null, "human", "bot", "agent"),
  labels: fc.option(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 3 })),
  pipeline: fc.option(fc.string()),
});

function marksOf(rows: number): fc.Arbitrary<Marks> {
  return fc.array(kind, { minLength: 1, maxLength: 300 }).chain((all) =>
    fc.record({
      lines: fc
        .array(fc.oneof(fc.constant(Number.NaN), fc.nat()), { minLength: rows, maxLength: rows })
        .map((lines) => Float64Array.from(lines)),
      kind: fc
        .array(fc.nat(all.length - 1), { minLength: rows, maxLength: rows })
        .map((places) => Uint16Array.from(places)),
      kinds: fc.constant(all),
    }),
  );
}

/** Of rows of one kind, of whose lines nothing is known. */
function unmarked(rows: number): Marks {
  return { lines: new Float64Array(rows).fill(Number.NaN), kind: new Uint16Array(rows), kinds: [] };
}

const segments: fc.Arbitrary<Segment> = fc.integer({ min: 1, max: 12 }).chain((rows) =>
  fc.record({
    at: fc.array(instants, { minLength: rows, maxLength: rows }).map((at) => Float64Array.from(at).sort()),
    bits: fc.array(fc.nat(2 ** 16 - 1), { minLength: rows, maxLength: rows }).map((bits) => Uint16Array.from(bits)),
    columns: fc.array(columnOf(rows), { maxLength: 6 }),
    marks: marksOf(rows),
  }),
);

/** What is read from bytes, with its rows behind some that are there already. */
function read(bytes: Uint8Array, columns: number, before = 0): Segment {
  const packed = fromBytes(bytes);
  const [at, bits] = [new Float64Array(before + packed.rows), new Uint16Array(before + packed.rows)];
  packed.frame(at, bits, before);
  const all = Array.from({ length: columns }, (_, index) => {
    const values = new Float64Array(before + packed.rows);
    return { pending: packed.column(index, values, before), values: values.subarray(before) };
  });
  return { at: at.subarray(before), bits: bits.subarray(before), columns: all, marks: packed.marks() };
}

/** Rows where they lie, whatever is kept in seconds as hours again. */
function hours({ at, unit, bits, values }: Poured) {
  const none = new Map([
    [ABSENT_WHOLE, ABSENT],
    [UNKNOWN_WHOLE, Number.NaN],
  ]);
  return {
    at: Array.from(at, (instant) => instant * unit),
    bits: [...bits],
    values: values instanceof Int32Array ? Array.from(values, (value) => none.get(value) ?? value / 3600) : [...values],
  };
}

/** Numbers that are the same to the last bit, `NaN` and the sign of 0 included. */
function plain({ at, bits, columns, marks }: Segment) {
  return {
    marks: { lines: [...marks.lines], kind: [...marks.kind], kinds: marks.kinds },
    at: [...at],
    bits: [...bits],
    columns: columns.map(({ values, pending: waiting }) => ({ values: [...values], pending: waiting })),
  };
}

describe("a segment", () => {
  it("comes back from its bytes as it was, whatever its columns hold", () => {
    fc.assert(
      fc.property(segments, (segment) => {
        expect(plain(read(toBytes(segment), segment.columns.length))).toEqual(plain(segment));
      }),
      { numRuns: 500 },
    );
  });

  it("comes back behind the rows of others, and from bytes that begin anywhere", () => {
    fc.assert(
      fc.property(segments, fc.nat(5), fc.nat(9), (segment, before, shift) => {
        const bytes = toBytes(segment);
        const moved = new Uint8Array(bytes.length + shift);
        moved.set(bytes, shift);

        const found = read(moved.subarray(shift), segment.columns.length, before);

        expect(plain(found)).toEqual(plain(segment));
      }),
    );
  });

  it("has the same rows where they lie in its bytes", () => {
    fc.assert(
      fc.property(segments, (segment) => {
        const packed = fromBytes(toBytes(segment));

        const found = segment.columns.map((_, index) => hours(packed.poured(index)));

        const { at, bits } = segment;
        expect(found).toEqual(
          segment.columns.map(({ values }) => ({ at: [...at], bits: [...bits], values: [...values] })),
        );
      }),
      { numRuns: 300 },
    );
    const empty = fromBytes(new Uint8Array()).poured(0);
    expect(hours(empty)).toEqual({ at: [], bits: [], values: [] });
  });

  it("leaves alone what stands before its rows", () => {
    const segment = {
      at: Float64Array.of(5),
      bits: Uint16Array.of(3),
      columns: [{ values: Float64Array.of(7), pending: [] }],
      marks: unmarked(1),
    };
    const [at, bits, values] = [Float64Array.of(1, 0), Uint16Array.of(2, 0), Float64Array.of(4, 0)];
    const packed = fromBytes(toBytes(segment));

    packed.frame(at, bits, 1);
    packed.column(0, values, 1);

    expect([[...at], [...bits], [...values]]).toEqual([
      [1, 5],
      [2, 3],
      [4, 7],
    ]);
  });

  it("of no bytes has no rows and waits for nothing", () => {
    expect(read(new Uint8Array(), 2)).toEqual({
      at: new Float64Array(),
      bits: new Uint16Array(),
      columns: [
        { values: new Float64Array(), pending: [] },
        { values: new Float64Array(), pending: [] },
      ],
      marks: unmarked(0),
    });
  });

  it.each([
    ["which it does not look at", ABSENT, 0],
    ["that is a small number", 253, 8],
    ["that is a number of lines", 254, 32],
    ["that is a duration in seconds", 10 / 3600, 32],
    ["that is any other number", 1 / 7, 64],
  ])("takes for a value %s (%d) %d bytes for eight rows", (_, value, size) => {
    const at = Float64Array.from({ length: 8 }, (__, index) => index * SECOND);
    const columns = (count: number) =>
      Array.from({ length: count }, () => ({ values: new Float64Array(8).fill(value), pending: [] }));
    const [one, two] = [1, 2].map(
      (count) => toBytes({ at, bits: new Uint16Array(8), columns: columns(count), marks: unmarked(8) }).length,
    );

    // Eight more of each column say how many of it are pending.
    expect(Number(two) - Number(one) - 8).toBe(size);
  });
});
