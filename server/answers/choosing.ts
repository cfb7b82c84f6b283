/** Which rows of a segment are asked for, by what is kept with them. */
import type { RowFilter } from "#metrics/attributes.ts";
import { areLinesAsked, isKindAsked } from "#metrics/attributes.ts";
import type { PackedSegment } from "../store/segment-bytes.ts";

/** What one service has in a month. */
export interface Found {
  readonly packed: PackedSegment;
  /** Rows that somebody left out by themselves. */
  readonly excluded: readonly number[];
  /** Which of the services that were asked for. */
  readonly place: number;
}

/** The rows of a part that are asked for. */
export function chosen({ packed, excluded, place }: Found, filter: RowFilter) {
  const isAsked = packed.kinds().map((one) => isKindAsked(filter, one));
  const rows = isAsked.includes(true) ? rowsOf(packed, isAsked, filter) : [];
  const left = new Set(excluded);
  return {
    packed: picking(packed, rows),
    excluded: left.size === 0 ? excluded : rows.flatMap((row, index) => (left.has(row) ? [index] : [])),
    place,
  };
}

function rowsOf(packed: PackedSegment, isAsked: readonly boolean[], filter: RowFilter): readonly number[] {
  const { kind, lines } = packed.marks();
  const rows: number[] = [];
  for (let row = 0; row < packed.rows; row++)
    if (isAsked[kind[row] ?? 0] === true && areLinesAsked(filter, numberOr(lines[row]))) rows.push(row);
  return rows;
}

function numberOr(value = Number.NaN): number | null {
  return Number.isNaN(value) ? null : value;
}

/** Some rows of a segment, in order. */
function picking(packed: PackedSegment, rows: readonly number[]): Pick<PackedSegment, "rows" | "frame" | "column"> {
  const order = Uint32Array.from(rows);
  return {
    rows: rows.length,
    frame: (at, bits, from) => {
      const [allAt, allBits] = [new Float64Array(packed.rows), new Uint16Array(packed.rows)];
      packed.frame(allAt, allBits, 0);
      pick(allAt, order, at.subarray(from));
      pick(allBits, order, bits.subarray(from));
    },
    column: (index, values, from) => {
      const all = new Float64Array(packed.rows);
      const pending = packed.column(index, all, 0);
      pick(all, order, values.subarray(from));
      const places = new Map(rows.map((row, place) => [row, place]));
      return pending.flatMap((one) => {
        const row = places.get(one.row);
        return row === undefined ? [] : [{ ...one, row }];
      });
    },
  };
}

interface Numbers {
  readonly length: number;
  [index: number]: number;
}

function pick(values: Numbers, order: Uint32Array, into: Numbers): void {
  for (let index = 0; index < order.length; index++) into[index] = values[order[index] ?? 0] ?? 0;
}
