/** By what name browsers know this installation: made with its database, and no secret. */
import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

export async function readInstallation(db: Kysely<Schema>): Promise<string> {
  return (await db.selectFrom("installation").select("name").executeTakeFirstOrThrow()).name;
}
