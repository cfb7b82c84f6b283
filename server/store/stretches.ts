/** What single metrics observe in whole years, in the database: a coarser copy of segments, for questions about years. */
import type { ListName } from "#metrics/lists.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { PAGE, trusted } from "./bulk.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";
import type { KeptList, Month } from "./segments.ts";

/** Of UTC, as months are. */
export type Year = number;

const MONTHS = 12;

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
  const phrases = phrasesOf(db);
  const { rows } = await sql<{ page: string; bodies: Uint8Array | null }>`
    select ${phrases.lists(sql`service_id`, sql`year`, sql`definition`, sql`length(body)`)} as page,
      ${phrases.joined(sql`body`)} as bodies
    from (select service_id, year, definition, body from stretch
      where list = ${list} and ${phrases.isAmong(sql`service_id`, services)} and year between ${from} and ${to}
        and metric = ${metric}
      order by service_id, year) as stretch`.execute(db);
  const [{ page, bodies } = { page: "[]", bodies: null }] = rows;
  const bytes = bodies ?? NO_BYTES;
  let end = 0;
  return trusted<[number, Year, string, number][]>(page).map(([serviceId, year, definition, length]) => {
    const start = end;
    end += length;
    return { serviceId, year, definition, body: bytes.subarray(start, end) };
  });
}

const NO_BYTES = new Uint8Array();

/** Keeps those that were made of facts of a version, but for years in which a month was touched since. */
export async function keepStretches(
  db: Kysely<Schema>,
  { list, metric }: Strand,
  made: readonly Stretch[],
  version: number,
): Promise<void> {
  const name = list.replace("/working", "");
  const phrases = phrasesOf(db);
  for (let start = 0; start < made.length; start += PAGE) {
    const page = made
      .slice(start, start + PAGE)
      .map(({ serviceId, year, definition, body }) => [
        serviceId,
        year,
        definition,
        Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("hex"),
      ]);
    const rows = phrases.rows(JSON.stringify(page), {
      service_id: "integer",
      year: "integer",
      definition: "text",
      hex: "text",
    });
    await sql`insert into stretch (list, service_id, year, metric, definition, body)
      select ${list}, service_id, year, ${metric}, definition, ${phrases.bytes(sql`hex`)} from ${rows} as made
      where not exists (select 1 from touched where touched.list = ${name} and touched.service_id = made.service_id
        and (touched.month < 0 or touched.month between (made.year - 1970) * ${sql.lit(MONTHS)} and (made.year - 1970) * ${sql.lit(MONTHS)} + 11)
        and touched.version > ${version})
      on conflict (list, service_id, year, metric) do update set definition = excluded.definition, body = excluded.body`.execute(
      db,
    );
  }
}

/** Forgets the years of months in which facts changed, of every metric. */
export async function forgetStretches(
  db: Kysely<Schema>,
  touched: readonly (readonly [serviceId: number, list: ListName, month: Month | null])[],
): Promise<void> {
  const { rows: rowsOf, isAmong } = phrasesOf(db);
  const years = new Map<string, readonly [list: string, serviceId: number, year: Year]>();
  for (const [serviceId, list, month] of touched)
    for (const name of [list, `${list}/working`]) {
      const year = month === null ? ALL : yearOf(month);
      years.set(`${name} ${serviceId} ${year}`, [name, serviceId, year]);
    }
  const kept = [...years.values()];
  const given = rowsOf(JSON.stringify(kept), { list: "text", service_id: "integer", year: "integer" });
  const lists = [...new Set(kept.map(([list]) => list))];
  const services = [...new Set(kept.map(([, serviceId]) => serviceId))];
  await sql`delete from stretch where ${isAmong(sql`list`, lists)} and ${isAmong(sql`service_id`, services)}
    and ((list, service_id, year) in (select list, service_id, year from ${given} as given)
      or (list, service_id, ${ALL}) in (select list, service_id, year from ${given} as given))`.execute(db);
}

/** All years at once. */
const ALL = -1;
