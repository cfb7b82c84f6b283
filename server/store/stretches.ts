/** What single metrics observe in whole years, in the database: a coarser copy of segments, for questions about years. */
import type { ListName } from "#metrics/lists.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";
import type { KeptList, Month } from "./segments.ts";
import type { Kept, Shelf } from "./shelves.ts";
import { clearShelf, readShelf, tablesOf } from "./shelves.ts";

/** Of UTC, as months are. */
export type Year = number;

const MONTHS = 12;
/** All years at once. */
const ALL = -1;
const STRETCHES: Shelf = { table: "stretch", by: "year", all: ALL };

export function yearOf(month: Month): Year {
  return 1970 + Math.floor(month / MONTHS);
}

/** In order. */
export function monthsOf(year: Year): readonly Month[] {
  return Array.from({ length: MONTHS }, (_, index) => (year - 1970) * MONTHS + index);
}

export interface Stretch {
  readonly serviceId: number;
  readonly year: Year;
  /** What it was made by. */
  readonly definition: string;
  readonly body: Uint8Array;
}

/** What a metric observes in a list. */
export interface Strand {
  readonly list: KeptList;
  /** Its id. */
  readonly metric: string;
}

/** Those of some services from one year to another, both included; as one row, as segments are. */
export async function readStretches(
  db: Kysely<Schema>,
  { list, metric }: Strand,
  services: readonly number[],
  from: Year,
  to: Year,
): Promise<readonly Stretch[]> {
  const isOf = phrasesOf(db).isAmong(sql`service_id`, services);
  const where = sql<boolean>`list = ${list} and ${isOf} and year between ${from} and ${to} and metric = ${metric}`;
  return readShelf(db, STRETCHES, where, (serviceId, year, definition, body) => ({
    serviceId,
    year,
    definition,
    body,
  }));
}

/** Keeps those that were made of facts of a version, but for years in which a month was touched since; in a transaction, as segments are. */
export async function keepStretches(
  db: Kysely<Schema>,
  { list, metric }: Strand,
  made: readonly Stretch[],
  version: number,
): Promise<void> {
  const name = list.replace("/working", "");
  const bodies = made.map(({ serviceId, year, definition, body }): Kept => [serviceId, year, definition, body]);
  await db.transaction().execute(async (transaction) => {
    for (const rows of tablesOf(transaction, STRETCHES, bodies))
      await sql`insert into stretch (list, service_id, year, metric, definition, body)
        select ${list}, service_id, year, ${metric}, definition, ${phrasesOf(transaction).bytes(sql`hex`)} from ${rows} as made
        where not exists (select 1 from touched where touched.list = ${name} and touched.service_id = made.service_id
          and (touched.month < 0 or touched.month between (made.year - 1970) * ${sql.lit(MONTHS)} and (made.year - 1970) * ${sql.lit(MONTHS)} + 11)
          and touched.version > ${version})
        on conflict (list, service_id, year, metric) do update set definition = excluded.definition, body = excluded.body`.execute(
        transaction,
      );
  });
}

/** Forgets the years of months in which facts changed, of every metric. */
export async function forgetStretches(
  db: Kysely<Schema>,
  touched: readonly (readonly [serviceId: number, list: ListName, month: Month | null])[],
): Promise<void> {
  const years = new Map<string, readonly [list: string, serviceId: number, year: Year]>();
  for (const [serviceId, list, month] of touched)
    for (const name of [list, `${list}/working`]) {
      const year = month === null ? ALL : yearOf(month);
      years.set(`${name} ${serviceId} ${year}`, [name, serviceId, year]);
    }
  await clearShelf(db, STRETCHES, [...years.values()]);
}
