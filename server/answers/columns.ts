/** What metrics observe in the facts of a scope, month by month: merged from segments, which are made of facts where they are missing. */
import type { RowFilter } from "#metrics/attributes.ts";
import type { Lens } from "#metrics/lens.ts";
import { viewOf } from "#metrics/lens.ts";
import type { FactOf, ListName } from "#metrics/lists.ts";
import type { Metric } from "#metrics/metric.ts";
import { isAlways, isDuring } from "#metrics/scopes.ts";
import type { Column, Pending } from "#metrics/segment.ts";
import { metricsOf, segmentOf } from "#metrics/segment.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { BIT } from "#metrics/traits.ts";
import { createHash } from "node:crypto";
import type { Place } from "../store/fact-rows.ts";
import type { PackedSegment } from "../store/segment-bytes.ts";
import { FORMAT, fromBytes, toBytes } from "../store/segment-bytes.ts";
import type { KeptList, KeptSegment, Month, Touched } from "../store/segments.ts";
import { monthOf, startOfMonth } from "../store/segments.ts";
import type { Store } from "../store/store.ts";
import type { Structure } from "../structure.ts";
import type { Found } from "./choosing.ts";
import { chosen } from "./choosing.ts";
import type { Judged } from "./judged.ts";
import type { Pace } from "./turns.ts";
import { readAhead } from "./turns.ts";

/** A service with the times in which what it has belongs to what is asked for. */
export type OwnedPlace = Place & { readonly times: readonly Window[] };

/** Rows of one list, in order of time and, at the same instant, of their services. */
export interface Rows {
  readonly at: Float64Array;
  readonly bits: Uint16Array;
  /** Which of the services that were asked for. */
  readonly place: Uint32Array;
  /** By metric. */
  readonly columns: ReadonlyMap<string, Column>;
}

export interface Wanted {
  readonly places: readonly OwnedPlace[];
  readonly list: ListName;
  /** Of this list. */
  readonly metrics: readonly Metric[];
  readonly window: Window;
  readonly time: Lens["time"];
  readonly structure: Structure;
  readonly judged: Judged;
  /** Which rows are asked for; `null`: all. */
  readonly filter: RowFilter | null;
}

/** Bytes of rows that are kept; those asked for longest ago go first. */
const MOST_BYTES = 384 * 2 ** 20;
/** Segments that are read at once: a few milliseconds of work. */
const MOST_SEGMENTS = 500;
const MOST_SERVICES = 100;
/** Beyond so many months nobody asks for each: where the facts begin and end is looked up first. */
const MANY_MONTHS = 240;

interface Kept {
  readonly list: ListName;
  readonly month: Month;
  readonly services: ReadonlySet<number>;
  readonly rows: Promise<Rows>;
  /** 0 until it is known. */
  size: number;
}

export class Columns {
  readonly #store: Store;
  /** Those asked for longest ago first. */
  readonly #kept = new Map<string, Kept>();
  /** Of all that is kept, as far as it is known; counted as it comes and goes, since there are thousands of months. */
  #bytes = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Forgets the months in which facts changed. */
  forget(touched: readonly Touched[]): void {
    if (touched.length === 0) return;
    const months = new Map<string, Set<number>>();
    const note = (key: string, serviceId: number) =>
      void months.set(key, (months.get(key) ?? new Set()).add(serviceId));
    for (const { list, serviceId, month } of touched) note(`${list} ${month ?? "all"}`, serviceId);
    for (const [key, { list, month, services }] of this.#kept) {
      const gone = [months.get(`${list} ${month}`), months.get(`${list} all`)];
      if (gone.some((ids) => ids !== undefined && [...ids].some((id) => services.has(id)))) this.#drop(key);
    }
  }

  /** All rows of the months that a window touches. */
  async rows(wanted: Wanted, version: number, pace: Pace): Promise<Rows> {
    const months = await this.months(wanted);
    const scope = scopeKey(wanted);
    const missing = months.filter((month) => !this.#kept.has(`${scope} ${month}`));
    if (missing.length > 0) this.#load(wanted, scope, missing, version, pace);
    // Taken before anything is waited for, since what is kept may be forgotten meanwhile.
    const asked = months.flatMap((month) => {
      const key = `${scope} ${month}`;
      const kept = this.#kept.get(key);
      if (kept === undefined) return [];
      this.#kept.delete(key);
      this.#kept.set(key, kept); // asked for last
      return [kept.rows];
    });
    return joined(await Promise.all(asked), wanted.metrics);
  }

  /** Those that a window touches. */
  async months({ places, list, window }: Pick<Wanted, "places" | "list" | "window">): Promise<readonly Month[]> {
    let [from, to] = [monthOf(window.from), monthOf(window.to - 1)];
    if (to - from > MANY_MONTHS) {
      const extent = await this.#store.extent(list, idsOf(places));
      if (extent === null) return [];
      [from, to] = [Math.max(from, monthOf(extent.from)), Math.min(to, monthOf(extent.to))];
    }
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  }

  #load(wanted: Wanted, scope: string, months: readonly Month[], version: number, pace: Pace): void {
    const { list, places } = wanted;
    const read = this.#read(wanted, months, version, pace);
    const services = new Set(places.map(({ serviceId }) => serviceId));
    for (const month of months) {
      const key = `${scope} ${month}`;
      const rows = read.then((found) => found.get(month) ?? NO_ROWS);
      const kept: Kept = { list, month, services, rows, size: 0 };
      this.#kept.set(key, kept);
      rows.then(
        (found) => {
          if (this.#kept.get(key) !== kept) return;
          kept.size = sizeOf(found);
          this.#bytes += kept.size;
          this.#forgetTooMuch();
        },
        () => this.#kept.get(key) === kept && this.#drop(key),
      );
    }
  }

  #forgetTooMuch(): void {
    for (const key of this.#kept.keys()) {
      if (this.#bytes <= MOST_BYTES) return;
      this.#drop(key);
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.size ?? 0;
    this.#kept.delete(key);
  }

  async #read(
    wanted: Wanted,
    months: readonly Month[],
    version: number,
    pace: Pace,
  ): Promise<ReadonlyMap<Month, Rows>> {
    const { filter } = wanted;
    const parts = new Map<Month, Part[]>(months.map((month) => [month, []]));
    await this.each(wanted, months, { version, pace }, (month, part) => {
      const kept = filter === null ? part : chosen(part, filter);
      if (kept.packed.rows > 0) parts.get(month)?.push(kept);
    });
    const found = new Map<Month, Rows>();
    for (const [month, ofMonth] of parts) {
      await pace.rest();
      found.set(month, merged(wanted, ofMonth));
    }
    return found;
  }

  /** Each segment of some months, service by service; those that are missing are made. */
  async each(
    wanted: Omit<Wanted, "filter">,
    months: readonly Month[],
    { version, pace }: { readonly version: number; readonly pace: Pace },
    visit: (month: Month, part: Found) => void,
  ): Promise<void> {
    const { places, time } = wanted;
    const [first, last] = [months[0], months.at(-1)];
    if (first === undefined || last === undefined) return;
    const list: KeptList = time === "working" ? `${wanted.list}/working` : wanted.list;
    const step = Math.max(1, Math.min(MOST_SERVICES, Math.floor(MOST_SEGMENTS / (last - first + 1))));
    const read = async (start: number) =>
      this.#store.segments(list, idsOf(places.slice(start, start + step)), first, last);
    const definition = definitions(wanted);
    for await (const [start, found] of readAhead(startsOf(places, step), read)) {
      const known = byService(found);
      const made: KeptSegment[] = [];
      for (const [offset, place] of places.slice(start, start + step).entries()) {
        await pace.rest();
        const current = definition(place);
        const judged = wanted.judged.judgesRowsOf(place.service);
        const lacking = new Set(months);
        for (const { month, body, definition: by } of judged ? [] : (known.get(place.serviceId) ?? []))
          if (by === current && lacking.delete(month) && body.length > 0)
            visit(month, { packed: fromBytes(body), excluded: NONE, place: start + offset });
        for (const run of lacking.size === 0 ? [] : runsOf([...lacking]))
          for (const { month, body, excluded } of await this.#make(wanted, place, run)) {
            visit(month, { packed: fromBytes(body), excluded, place: start + offset });
            if (!judged) made.push({ serviceId: place.serviceId, month, definition: current, body });
          }
      }
      if (made.length > 0) this.#store.keepSegments(list, made, version);
    }
  }

  /** From facts. Where somebody judged single rows they are noted, since nobody can tell a row of a segment from another. */
  async #make(
    { list, time, structure, judged }: Omit<Wanted, "filter">,
    place: OwnedPlace,
    months: readonly Month[],
  ): Promise<readonly { month: Month; body: Uint8Array; excluded: readonly number[] }[]> {
    const [first = 0, last = 0] = [months[0], months.at(-1)];
    const window = { from: startOfMonth(first), to: startOfMonth(last + 1) };
    const view = viewOf(0, structure.timeOf(place.service), { bots: "default", open: "kept", time });
    const byMonth = new Map<Month, FactOf<ListName>[]>(months.map((month) => [month, []]));
    const at = instantOf(list);
    for (const fact of await this.#store.facts(list, place, window)) byMonth.get(monthOf(at(fact)))?.push(fact);
    return [...byMonth].map(([month, facts]) => ({
      month,
      body: facts.length === 0 ? EMPTY : toBytes(segmentOf(list, facts, at, view)),
      excluded: facts.flatMap((fact, row) => (judged.excludesRow(list, fact) ? [row] : [])),
    }));
  }
}

export function idsOf(places: readonly Place[]): readonly number[] {
  return places.map(({ serviceId }) => serviceId);
}

/** Where each group begins of places that are read together. */
export function startsOf(places: readonly Place[], step: number): readonly number[] {
  return Array.from({ length: Math.ceil(places.length / step) }, (_, index) => index * step);
}

function byService(segments: readonly KeptSegment[]): ReadonlyMap<number, readonly KeptSegment[]> {
  const found = new Map<number, KeptSegment[]>();
  for (const segment of segments) {
    const own = found.get(segment.serviceId);
    if (own === undefined) found.set(segment.serviceId, [segment]);
    else own.push(segment);
  }
  return found;
}

/** Months in order, those in a row together. */
function runsOf(months: readonly Month[]): readonly (readonly Month[])[] {
  const runs: Month[][] = [];
  for (const month of months) {
    const last = runs.at(-1);
    if (last?.at(-1) === month - 1) last.push(month);
    else runs.push([month]);
  }
  return runs;
}

const NONE: readonly number[] = [];
const EMPTY = new Uint8Array();
const NO_ROWS: Rows = {
  at: new Float64Array(),
  bits: new Uint16Array(),
  place: new Uint32Array(),
  columns: new Map(),
};

/** What one service adds to a month. */
interface Part {
  readonly packed: Pick<PackedSegment, "rows" | "frame" | "column">;
  /** Rows that somebody left out by themselves. */
  readonly excluded: readonly number[];
  /** Which of the services that were asked for. */
  readonly place: number;
}

/** The same for the same services in the same times, looked at in the same way. */
function scopeKey({ places, list, metrics, time, structure, judged, filter }: Wanted): string {
  const hash = createHash("sha1");
  for (const place of places) {
    const times = isAlways(place.times) ? "" : JSON.stringify(place.times.map(({ from, to }) => [from, to]));
    hash.update(
      `${place.serviceId}\n${place.source}\n${place.service}\n${structure.hoursKeyOf(place.service)}${times}\n`,
    );
  }
  const looked = `${list} ${time} ${metrics.map(({ id }) => id).join()}`;
  const asked = filter === null ? "" : JSON.stringify(filter);
  return `${looked} ${judged.keyFor(places)} ${hash.digest("base64")} ${asked}`;
}

/** All that a segment of a service depends on beside the facts. */
export function definitions({
  list,
  time,
  structure,
}: Pick<Wanted, "list" | "time" | "structure">): (place: OwnedPlace) => string {
  const metrics = metricsOf(list);
  const versions = hashOf(metrics.map(({ id, version }) => `${id}:${version}`).join());
  const needsHours = time === "working" || metrics.some(({ needs }) => needs === "hours");
  return ({ service }) => `${FORMAT} ${versions} ${needsHours ? structure.hoursKeyOf(service) : ""}`;
}

const hashes = new Map<string, string>();

function hashOf(text: string): string {
  const hash = hashes.get(text) ?? createHash("sha1").update(text).digest("base64").slice(0, 12);
  hashes.set(text, hash);
  return hash;
}

/** By which instant a fact is in a list. */
export function instantOf(list: ListName): (fact: object) => Instant {
  const field = FIELDS[list];
  return (fact) => {
    const at: unknown = Reflect.get(fact, field);
    return typeof at === "number" ? at : Number.NaN;
  };
}

const FIELDS = {
  deployments: "deployedAt",
  attempts: "createdAt",
  deployed: "deployedAt",
  committed: "committedAt",
  delivered: "deployedAt",
  merged: "mergedAt",
  opened: "openedAt",
  incidents: "openedAt",
  alerts: "openedAt",
  fixedAlerts: "fixedAt",
  finishedRuns: "finishedAt",
  breaks: "brokeAt",
} as const satisfies Record<ListName, string>;

/** The parts of a month in one order. */
function merged({ list, metrics, places, judged }: Wanted, parts: readonly Part[]): Rows {
  let count = 0;
  for (const { packed } of parts) count += packed.rows;
  const [at, bits, place] = [new Float64Array(count), new Uint16Array(count), new Uint32Array(count)];
  const all = metricsOf(list);
  const columns = metrics.map((metric) => ({
    index: all.findIndex(({ id }) => id === metric.id),
    values: new Float64Array(count),
    pending: [] as Pending[],
  }));
  let from = 0;
  for (const { packed, excluded, place: index } of parts) {
    packed.frame(at, bits, from);
    place.fill(index, from, from + packed.rows);
    for (const row of excluded) bits[from + row] = (bits[from + row] ?? 0) | BIT.excluded;
    for (const { index: column, values, pending } of columns)
      for (const one of packed.column(column, values, from)) pending.push({ ...one, row: one.row + from });
    from += packed.rows;
  }
  const rows = {
    at,
    bits,
    place,
    columns: new Map(metrics.map(({ id }, index) => [id, columns[index] ?? { values: at, pending: [] }])),
  };
  leaveOutDays(rows, places, judged);
  return inOrder(rows, places);
}

function leaveOutDays({ at, bits, place }: Rows, places: readonly OwnedPlace[], judged: Judged): void {
  const days = places.map(({ service }) => judged.daysOf(service));
  if (days.every((windows) => windows.length === 0)) return;
  for (let row = 0; row < at.length; row++)
    if (isDuring(at[row] ?? 0, days[place[row] ?? 0] ?? [])) bits[row] = (bits[row] ?? 0) | BIT.excluded;
}

/** In order of time, without what does not belong to the scope. */
function inOrder(rows: Rows, places: readonly OwnedPlace[]): Rows {
  const order = orderOf(rows, places);
  if (order === null) return rows;
  const { at, bits, place, columns } = rows;
  const moved = new Map<number, number>();
  const hasPending = [...columns.values()].some(({ pending }) => pending.length > 0);
  if (hasPending) for (const [to, from] of order.entries()) moved.set(from, to);
  return {
    at: picked(at, order, new Float64Array(order.length)),
    bits: picked(bits, order, new Uint16Array(order.length)),
    place: picked(place, order, new Uint32Array(order.length)),
    columns: new Map(
      [...columns].map(([id, { values, pending }]) => [
        id,
        {
          values: picked(values, order, new Float64Array(order.length)),
          pending: pending.flatMap((one) => {
            const row = moved.get(one.row);
            return row === undefined ? [] : [{ ...one, row }];
          }),
        },
      ]),
    ),
  };
}

interface Numbers {
  readonly length: number;
  [index: number]: number;
}

function picked<Of extends Numbers>(values: Of, order: Uint32Array, into: Of): Of {
  for (let index = 0; index < order.length; index++) into[index] = values[order[index] ?? 0] ?? 0;
  return into;
}

/** So many rows of a month can be told apart below the milliseconds of it. */
const ROOM = 2 ** 21;

/** Which row comes when; `null` where all are there in order already. */
function orderOf({ at, place }: Rows, places: readonly OwnedPlace[]): Uint32Array | null {
  const isWhole = places.map(({ times }) => isAlways(times));
  const all = new Uint32Array(at.length);
  let [count, before] = [0, -Infinity];
  let [isInOrder, isPackable] = [true, at.length < ROOM];
  for (let row = 0; row < at.length; row++) {
    const [index, instant] = [place[row] ?? 0, at[row] ?? 0];
    if (isWhole[index] !== true && !isDuring(instant, places[index]?.times ?? [])) continue;
    all[count++] = row;
    isInOrder &&= instant >= before;
    isPackable &&= Number.isInteger(instant);
    before = instant;
  }
  const rows = all.subarray(0, count);
  if (isInOrder) return count === at.length ? null : rows;
  if (!isPackable) return rows.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
  const base = startOfMonth(monthOf(at[0] ?? 0));
  const keys = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const row = rows[index] ?? 0;
    keys[index] = ((at[row] ?? 0) - base) * ROOM + row;
  }
  keys.sort();
  for (let index = 0; index < count; index++) rows[index] = (keys[index] ?? 0) % ROOM;
  return rows;
}

function joined(months: readonly Rows[], metrics: readonly Metric[]): Rows {
  const [only, another] = months;
  if (only !== undefined && another === undefined) return only;
  let count = 0;
  for (const { at } of months) count += at.length;
  const [at, bits, place] = [new Float64Array(count), new Uint16Array(count), new Uint32Array(count)];
  const columns = new Map<string, { values: Float64Array; pending: Pending[] }>(
    metrics.map(({ id }) => [id, { values: new Float64Array(count), pending: [] }]),
  );
  let from = 0;
  for (const month of months) {
    at.set(month.at, from);
    bits.set(month.bits, from);
    place.set(month.place, from);
    for (const [id, { values, pending }] of columns) {
      const part = month.columns.get(id);
      if (part === undefined) continue;
      values.set(part.values, from);
      for (const one of part.pending) pending.push({ ...one, row: one.row + from });
    }
    from += month.at.length;
  }
  return { at, bits, place, columns };
}

function sizeOf({ at, columns }: Rows): number {
  return at.length * (14 + 8 * columns.size) + 1000;
}
