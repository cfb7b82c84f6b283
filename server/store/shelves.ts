/**
 * Bodies of bytes by service and month or year, with what each was made by. Many are read and written as one row of a statement: each row of its own would cost
 * more than what is in it.
 */
import type { Kysely, RawBuilder } from "kysely";
import { sql } from "kysely";
import { PAGE, trusted } from "./bulk.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";

/** A table of bodies. */
export interface Shelf {
  readonly table: "segment" | "stretch";
  readonly by: "month" | "year";
  /** The number that stands for all months or years at once. */
  readonly all: number;
}

/** A body, and where it lies: a service, and a month or a year. */
export type Kept = readonly [serviceId: number, at: number, definition: string, body: Uint8Array];

/** Those that match, in the order of services and of months or years. */
export async function readShelf<T>(
  db: Kysely<Schema>,
  { table, by }: Shelf,
  where: RawBuilder<boolean>,
  make: (...kept: Kept) => T,
): Promise<readonly T[]> {
  const phrases = phrasesOf(db);
  const [from, at] = [sql.table(table), sql.ref(by)];
  const { rows } = await sql<{ page: string; bodies: Uint8Array | null }>`
    select ${phrases.lists(sql`service_id`, at, sql`definition`, sql`length(body)`)} as page,
      ${phrases.joined(sql`body`)} as bodies
    from (select service_id, ${at}, definition, body from ${from} where ${where} order by service_id, ${at}) as ${from}`.execute(
    db,
  );
  const [{ page, bodies } = { page: "[]", bodies: null }] = rows;
  const bytes = bodies ?? NO_BYTES;
  let end = 0;
  return trusted<[number, number, string, number][]>(page).map(([serviceId, number, definition, length]) => {
    const start = end;
    end += length;
    return make(serviceId, number, definition, bytes.subarray(start, end));
  });
}

const NO_BYTES = new Uint8Array();

/** Tables of so many bodies as a statement takes, each body in hexadecimal digits by the name of `hex`. */
export function* tablesOf(db: Kysely<Schema>, { by }: Shelf, made: readonly Kept[]): Iterable<RawBuilder<unknown>> {
  for (let start = 0; start < made.length; start += PAGE) {
    const page = made
      .slice(start, start + PAGE)
      .map(([serviceId, at, definition, body]) => [
        serviceId,
        at,
        definition,
        Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("hex"),
      ]);
    yield phrasesOf(db).rows(JSON.stringify(page), {
      service_id: "integer",
      [by]: "integer",
      definition: "text",
      hex: "text",
    });
  }
}

/** Lists and services are named beside the rows, since SQLite finds no row by several columns at once without reading all there are. */
export async function clearShelf(
  db: Kysely<Schema>,
  { table, by, all }: Shelf,
  touched: readonly (readonly [list: string, serviceId: number, at: number])[],
): Promise<void> {
  const { rows: rowsOf, isAmong } = phrasesOf(db);
  const at = sql.ref(by);
  const given = rowsOf(JSON.stringify(touched), { list: "text", service_id: "integer", [by]: "integer" });
  const lists = [...new Set(touched.map(([list]) => list))];
  const services = [...new Set(touched.map(([, serviceId]) => serviceId))];
  await sql`delete from ${sql.table(table)} where ${isAmong(sql`list`, lists)} and ${isAmong(sql`service_id`, services)}
    and ((list, service_id, ${at}) in (select list, service_id, ${at} from ${given} as given)
      or (list, service_id, ${all}) in (select list, service_id, ${at} from ${given} as given))`.execute(db);
}
