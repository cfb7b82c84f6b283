/** What SQLite and PostgreSQL say differently. A statement takes its phrases from here, and is otherwise one text for both. */
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Kysely, QueryResult, RawBuilder } from "kysely";
import { PostgresAdapter } from "kysely";
import type { Schema } from "../schema.ts";
import { postgres } from "./postgres.ts";
import { sqlite } from "./sqlite.ts";

/** What a value of a JSON list becomes. */
export type Kind = "integer" | "text";

export type Columns = Readonly<Record<string, Kind>>;

export interface Phrases {
  /** A table of the rows of a JSON list, each a list of its values in the order of the columns. */
  readonly rows: (json: string, columns: Columns) => RawBuilder<unknown>;
  /** A table of events: kind, repository, id and body, which is the event without those and its source. Each event once, the last of several. */
  readonly events: (events: readonly DeliveryEvent[]) => RawBuilder<unknown>;
  /** The values of the rows of a JSON list as those columns of a table want them, and that list by the name of `value`. */
  readonly values: (db: Kysely<Schema>, table: string, columns: readonly string[]) => Promise<RawBuilder<unknown>>;
  /** JSON as it is once it was stored and read again. */
  readonly kept: (json: string) => string;
  readonly each: (json: string) => RawBuilder<unknown>;
  /** Joins a table of rows that were asked for with a large one, in which each of them is looked for. */
  readonly lookUp: RawBuilder<unknown>;
  readonly isAmong: (what: RawBuilder<unknown>, list: readonly (string | number)[]) => RawBuilder<boolean>;
  /** One value out of several. */
  readonly list: (...values: readonly RawBuilder<unknown>[]) => RawBuilder<string>;
  /** All rows of a query as one JSON text: a list of lists, or a list of objects with these columns. */
  readonly lists: (...values: readonly RawBuilder<unknown>[]) => RawBuilder<string>;
  readonly objects: (columns: readonly string[]) => RawBuilder<string>;
  /** A text as JSON, and JSON that lies in a text as part of more. */
  readonly quoted: (text: RawBuilder<unknown>) => RawBuilder<string>;
  readonly json: (text: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** A text without its first letter, which takes one byte. */
  readonly afterFirst: (text: RawBuilder<unknown>) => RawBuilder<string>;
  /** Whether a text holds another, and whether it begins with it; both as they are. */
  readonly holds: (text: RawBuilder<unknown>, part: string) => RawBuilder<boolean>;
  readonly begins: (text: RawBuilder<unknown>, part: string) => RawBuilder<boolean>;
  /** The bytes that a hexadecimal text stands for. */
  readonly bytes: (hex: RawBuilder<unknown>) => RawBuilder<Uint8Array>;
  /** The bytes of all rows of a query, one after the other in the order of {@link lists}; `null` of none. */
  readonly joined: (bytes: RawBuilder<unknown>) => RawBuilder<Uint8Array | null>;
  /** By what a row of a fact table is found again within a statement. */
  readonly rowKey: RawBuilder<unknown>;
  /** How many rows a statement wrote that gave nothing back. */
  readonly written: (db: Kysely<Schema>, result: QueryResult<unknown>) => Promise<number>;
  /** Another text after each transaction of anybody that changed anything in the database, other processes included. */
  readonly change: (db: Kysely<Schema>) => Promise<string>;
}

export function phrasesOf(db: Kysely<Schema>): Phrases {
  return isPostgres(db) ? postgres : sqlite;
}

/** For what is not a phrase but another way to go. */
export function isPostgres(db: Pick<Kysely<Schema>, "getExecutor">): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
