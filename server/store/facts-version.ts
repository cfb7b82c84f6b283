/** How often facts have changed: answers computed from an older version are not true any more. */
import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** @returns the new version. */
export async function countChange(db: Kysely<Schema>): Promise<number> {
  const { version } = await db
    .insertInto("facts")
    .values({ id: 1, version: 1 })
    .onConflict((conflict) => conflict.column("id").doUpdateSet((eb) => ({ version: eb("facts.version", "+", 1) })))
    .returning("version")
    .executeTakeFirstOrThrow();
  return version;
}

export async function readVersion(db: Kysely<Schema>): Promise<number> {
  const row = await db.selectFrom("facts").select("version").executeTakeFirst();
  return row?.version ?? 0;
}
