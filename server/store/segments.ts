/** Segments in the database, and what was touched since they were made. */
import type { ListName } from "#metrics/lists.ts";
import type { Instant } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { trusted } from "./bulk.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";
import type { Kept, Shelf } from "./shelves.ts";
import { clearShelf, readShelf, tablesOf } from "./shelves.ts";
import { forgetStretches } from "./stretches.ts";

/** Months since 1970, of UTC. */
export type Month = number;

export function monthOf(at: Instant): Month {
  if (at >= latest.from && at < latest.to) return latest.month;
  const date = new Date(at);
  const month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  latest = { month, from: startOfMonth(month), to: startOfMonth(month + 1) };
  return month;
}

/** The month that was asked for last: facts come in the order of time, and dates are dear. */
let latest = { month: 0, from: 0, to: startOfMonth(1) };

export function startOfMonth(month: Month): Instant {
  return Date.UTC(1970, month);
}

/** All months at once. */
const ALL = -1_000_000;
const SEGMENTS: Shelf = { table: "segment", by: "month", all: ALL };
/** Beyond so many months of one list, all of it is forgotten at once. */
const MOST_MONTHS = 24;

/** A list as it is kept: elapsed and working time are two of them. */
export type KeptList = ListName | `${ListName}/working`;

export interface KeptSegment {
  readonly serviceId: number;
  readonly month: Month;
  /** What it was made by. */
  readonly definition: string;
  readonly body: Uint8Array;
}

/** The segments of some services from one month to another, both included, in the order of services and months. */
export async function readSegments(
  db: Kysely<Schema>,
  list: KeptList,
  services: readonly number[],
  from: Month,
  to: Month,
): Promise<readonly KeptSegment[]> {
  const isOf = phrasesOf(db).isAmong(sql`service_id`, services);
  const where = sql<boolean>`list = ${list} and ${isOf} and month between ${from} and ${to}`;
  return readShelf(db, SEGMENTS, where, (serviceId, month, definition, body) => ({
    serviceId,
    month,
    definition,
    body,
  }));
}

/**
 * Keeps segments that were made of facts of a version, but for those that were touched since: whoever made them may have read older
 * facts. In a transaction, so that nobody touches them between the look and the keeping: a server would let others.
 */
export async function keepSegments(
  db: Kysely<Schema>,
  list: KeptList,
  made: readonly KeptSegment[],
  version: number,
): Promise<void> {
  const name = list.replace("/working", "");
  const bodies = made.map(({ serviceId, month, definition, body }): Kept => [serviceId, month, definition, body]);
  await db.transaction().execute(async (transaction) => {
    for (const rows of tablesOf(transaction, SEGMENTS, bodies))
      await sql`insert into segment (list, service_id, month, definition, body)
        select ${list}, service_id, month, definition, ${phrasesOf(transaction).bytes(sql`hex`)} from ${rows} as made
        where not exists (select 1 from touched where touched.list = ${name} and touched.service_id = made.service_id
          and touched.month in (made.month, ${ALL}) and touched.version > ${version})
        on conflict (list, service_id, month) do update set definition = excluded.definition, body = excluded.body`.execute(
        transaction,
      );
  });
}

/** What was touched: by service and list, the months. */
export type Touches = ReadonlyMap<number, ReadonlyMap<ListName, ReadonlySet<Month>>>;

/** Forgets the segments of the months in which facts changed; `version` is that which the facts have after it. */
export async function touch(db: Kysely<Schema>, touches: Touches, version: number): Promise<void> {
  const rows: (readonly [serviceId: number, list: ListName, month: Month])[] = [];
  for (const [serviceId, lists] of touches)
    for (const [list, months] of lists)
      for (const month of months.size > MOST_MONTHS ? [ALL] : months) rows.push([serviceId, list, month]);
  await clearShelf(
    db,
    SEGMENTS,
    rows.flatMap(([serviceId, list, month]) => [
      [list, serviceId, month] as const,
      [`${list}/working`, serviceId, month] as const,
    ]),
  );
  await forgetStretches(
    db,
    rows.map(([serviceId, list, month]) => [serviceId, list, month === ALL ? null : month]),
  );
  const given = phrasesOf(db).rows(JSON.stringify(rows), { service_id: "integer", list: "text", month: "integer" });
  await sql`insert into touched (list, service_id, month, version)
    select list, service_id, month, ${version} from ${given} as given where true
    on conflict (list, service_id, month) do update set version = excluded.version`.execute(db);
}

export interface Touched {
  readonly list: ListName;
  readonly serviceId: number;
  /** `null`: all of them. */
  readonly month: Month | null;
}

/** What was touched after a version of the facts. */
export async function readTouched(db: Kysely<Schema>, version: number): Promise<readonly Touched[]> {
  const { rows } = await sql<{ page: string }>`
    select ${phrasesOf(db).lists(sql`list`, sql`service_id`, sql`month`)} as page from touched
    where version > ${version}`.execute(db);
  return trusted<[ListName, number, Month][]>(rows[0]?.page ?? "[]").map(([list, serviceId, month]) => ({
    list,
    serviceId,
    month: month === ALL ? null : month,
  }));
}

/** Of a service that is no longer there. A row stays that says so, by which its number is known to be taken (`services.ts`). */
export async function forgetSegments(db: Kysely<Schema>, serviceId: number, version: number): Promise<void> {
  await sql`delete from segment where service_id = ${serviceId}`.execute(db);
  await sql`delete from stretch where service_id = ${serviceId}`.execute(db);
  await sql`delete from touched where service_id = ${serviceId}`.execute(db);
  await touch(db, new Map([[serviceId, new Map([["deployments", new Set([ALL])]])]]), version);
  await db.deleteFrom("summary").where("service_id", "=", serviceId).execute();
}
