/** What a PostgreSQL server says of itself and of what it holds. */
import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Schema } from "./schema.ts";

export interface ServerState {
  /** Such as "15.18". */
  readonly version: string;
  readonly bytes: number;
  /** The last migration it has, such as "0016-access". */
  readonly schema: string;
}

export async function readServerState(db: Kysely<Schema>): Promise<ServerState> {
  const { rows } = await sql<ServerState>`select split_part(current_setting('server_version'), ' ', 1) as version,
    pg_database_size(current_database()) as bytes, (select max(name) from kysely_migration) as schema`.execute(db);
  return rows[0] ?? { version: "unknown", bytes: 0, schema: "none" };
}
