/** The rows of several services, service by service. */
import type { Column, Pending } from "#metrics/segment.ts";
import type { Rows } from "./columns.ts";
import type { RowsByList } from "./memory.ts";

/** @param count how many services they are of. @returns those of each, in the order of the services, as if only it had been asked for. */
export function partsOf(rows: RowsByList, count: number): readonly RowsByList[] {
  const lists = Object.entries(rows).map(([list, all]) => [list, partsOfList(all, count)] as const);
  return Array.from(
    { length: count },
    (_, place) =>
      // oxlint-disable-next-line no-unsafe-type-assertion -- the same lists as before, whose names the entries forget
      Object.fromEntries(lists.map(([list, parts]) => [list, parts[place]])) as unknown as RowsByList,
  );
}

function partsOfList(rows: Rows, count: number): readonly Rows[] {
  const { at, bits, place, columns } = rows;
  const starts = startsOf(place, count);
  /** Where each row goes: those of one service together, in the order in which they were. */
  const target = new Uint32Array(place.length);
  const next = starts.slice();
  for (let row = 0; row < place.length; row++) {
    const of = place[row] ?? 0;
    const to = next[of] ?? 0;
    target[row] = to;
    next[of] = to + 1;
  }
  const sorted = {
    at: moved(at, target, new Float64Array(at.length)),
    bits: moved(bits, target, new Uint16Array(bits.length)),
    columns: [...columns].map(([id, { values, pending }]) => ({
      id,
      values: moved(values, target, new Float64Array(values.length)),
      pending: pendingOfEach(pending, place, { target, starts, count }),
    })),
  };
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [starts[index] ?? 0, starts[index + 1] ?? 0];
    const column = ({ id, values, pending }: (typeof sorted.columns)[number]): [string, Column] => [
      id,
      { values: values.subarray(from, to), pending: pending[index] ?? [] },
    ];
    return {
      at: sorted.at.subarray(from, to),
      bits: sorted.bits.subarray(from, to),
      place: new Uint32Array(to - from),
      columns: new Map(sorted.columns.map(column)),
    };
  });
}

/** Where the rows of each service begin, and where those of the last one end. */
function startsOf(place: Uint32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (const of of place) starts[of + 1] = (starts[of + 1] ?? 0) + 1;
  for (let index = 0; index < count; index++) starts[index + 1] = (starts[index + 1] ?? 0) + (starts[index] ?? 0);
  return starts;
}

interface Moves {
  readonly target: Uint32Array;
  readonly starts: Uint32Array;
  readonly count: number;
}

function pendingOfEach(
  pending: readonly Pending[],
  place: Uint32Array,
  { target, starts, count }: Moves,
): readonly (readonly Pending[])[] {
  const found = Array.from({ length: count }, (): Pending[] => []);
  for (const one of pending) {
    const of = place[one.row] ?? 0;
    found[of]?.push({ ...one, row: (target[one.row] ?? 0) - (starts[of] ?? 0) });
  }
  return found;
}

interface Numbers {
  readonly length: number;
  [index: number]: number;
}

function moved<Of extends Numbers>(values: Of, target: Uint32Array, into: Of): Of {
  for (let row = 0; row < target.length; row++) into[target[row] ?? 0] = values[row] ?? 0;
  return into;
}
