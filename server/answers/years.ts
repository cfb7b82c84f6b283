/** What one metric observes in the services of a scope, year by year: read from stretches, which are joined from segments where they are missing. */
import type { ListName } from "#metrics/lists.ts";
import type { Metric } from "#metrics/metric.ts";
import type { Column } from "#metrics/segment.ts";
import { metricsOf } from "#metrics/segment.ts";
import type { PackedSegment } from "../store/segment-bytes.ts";
import { fromBytes, toBytes } from "../store/segment-bytes.ts";
import type { KeptList, Month } from "../store/segments.ts";
import type { Store } from "../store/store.ts";
import type { Stretch, Year } from "../store/stretches.ts";
import { monthsOf, yearOf } from "../store/stretches.ts";
import type { Columns, OwnedPlace, Wanted } from "./columns.ts";
import { definitions, idsOf, startsOf } from "./columns.ts";
import type { Pace } from "./turns.ts";
import { readAhead } from "./turns.ts";

export interface AskedYears extends Omit<Wanted, "filter" | "metrics"> {
  readonly metric: Metric;
}

/** What a service has in a year, in order of time: the only column is that of the metric. */
export interface FoundYear {
  readonly packed: PackedSegment;
  /** Which of the services that were asked for. */
  readonly place: number;
}

export interface Reading {
  /** Of the facts, read before anything is read of them. */
  readonly version: number;
  readonly pace: Pace;
}

/** Stretches that are read at once: a few milliseconds of work. */
const MOST_STRETCHES = 300;

export class Years {
  readonly #store: Store;
  readonly #columns: Columns;

  constructor(store: Store, columns: Columns) {
    this.#store = store;
    this.#columns = columns;
  }

  /**
   * Looks at each year of each service that a window touches.
   *
   * @returns false where something is not over, so that nobody can tell its length without asking when.
   */
  async each(asked: AskedYears, reading: Reading, visit: (found: FoundYear) => void): Promise<boolean> {
    const months = await this.#columns.months(asked);
    const [first, last] = [months[0], months.at(-1)];
    if (first === undefined || last === undefined) return true;
    const years = { from: yearOf(first), to: yearOf(last) };
    const { places } = asked;
    const strand = { list: keptList(asked), metric: asked.metric.id };
    const step = Math.max(1, Math.floor(MOST_STRETCHES / (years.to - years.from + 1)));
    const read = async (start: number) =>
      this.#store.stretches(strand, idsOf(places.slice(start, start + step)), years.from, years.to);
    const definition = definitions(asked);
    for await (const [start, found] of readAhead(startsOf(places, step), read)) {
      const known = byService(found);
      const lacking: Lacking[] = [];
      for (const [offset, place] of places.slice(start, start + step).entries()) {
        await reading.pace.rest();
        const current = definition(place);
        const own = (known.get(place.serviceId) ?? []).filter((stretch) => stretch.definition === current);
        for (const { body } of own) if (body.length > 0) visit({ packed: fromBytes(body), place: start + offset });
        const missing = yearsWithout(years, own);
        if (missing.length > 0) lacking.push({ place, index: start + offset, years: missing, definition: current });
      }
      const made = await this.#make(asked, lacking, reading);
      if (made === null) return false;
      for (const { body, index } of made) if (body.length > 0) visit({ packed: fromBytes(body), place: index });
      if (made.length > 0) this.#store.keepStretches(strand, made, reading.version);
    }
    return true;
  }

  /** @returns `null` where something is not over. */
  async #make(
    asked: AskedYears,
    lacking: readonly Lacking[],
    { version, pace }: Reading,
  ): Promise<readonly (Stretch & { readonly index: number })[] | null> {
    if (lacking.length === 0) return [];
    const parts = new Map<string, Part[]>();
    for (const [index, { years }] of lacking.entries()) for (const year of years) parts.set(`${index} ${year}`, []);
    const years = [...new Set(lacking.flatMap((one) => one.years))].sort((a, b) => a - b);
    const wanted = { ...asked, places: lacking.map(({ place }) => place), metrics: [asked.metric] };
    await this.#columns.each(wanted, years.flatMap(monthsOf), { version, pace }, (month, { packed, place }) => {
      parts.get(`${place} ${yearOf(month)}`)?.push({ month, packed });
    });
    const column = metricsOf(asked.list).findIndex(({ id }) => id === asked.metric.id);
    const made: (Stretch & { readonly index: number })[] = [];
    for (const [index, one] of lacking.entries()) {
      await pace.rest();
      for (const year of one.years) {
        const body = joined(parts.get(`${index} ${year}`) ?? [], column);
        if (body === null) return null;
        made.push({ serviceId: one.place.serviceId, year, definition: one.definition, body, index: one.index });
      }
    }
    return made;
  }
}

interface Lacking {
  readonly place: OwnedPlace;
  /** Which of the services that were asked for. */
  readonly index: number;
  readonly years: readonly Year[];
  readonly definition: string;
}

interface Part {
  readonly month: Month;
  readonly packed: PackedSegment;
}

/** The months of a year with one of their columns; `null` where something in it is not over. */
function joined(parts: readonly Part[], column: number): Uint8Array | null {
  let count = 0;
  for (const { packed } of parts) count += packed.rows;
  if (count === 0) return EMPTY;
  const [at, bits, values] = [new Float64Array(count), new Uint16Array(count), new Float64Array(count)];
  let from = 0;
  for (const { packed } of parts.toSorted((a, b) => a.month - b.month)) {
    packed.frame(at, bits, from);
    if (packed.column(column, values, from).length > 0) return null;
    from += packed.rows;
  }
  const only: Column = { values, pending: [] };
  const marks = { lines: new Float64Array(count).fill(Number.NaN), kind: new Uint16Array(count), kinds: [] };
  return toBytes({ at, bits, columns: [only], marks });
}

const EMPTY = new Uint8Array();

function keptList({ list, time }: { readonly list: ListName; readonly time: Wanted["time"] }): KeptList {
  return time === "working" ? `${list}/working` : list;
}

function yearsWithout({ from, to }: { from: Year; to: Year }, known: readonly Stretch[]): readonly Year[] {
  const missing: Year[] = [];
  for (let year = from; year <= to; year++) if (!known.some((stretch) => stretch.year === year)) missing.push(year);
  return missing;
}

function byService(stretches: readonly Stretch[]): ReadonlyMap<number, readonly Stretch[]> {
  const found = new Map<number, Stretch[]>();
  for (const stretch of stretches) {
    const own = found.get(stretch.serviceId);
    if (own === undefined) found.set(stretch.serviceId, [stretch]);
    else own.push(stretch);
  }
  return found;
}
