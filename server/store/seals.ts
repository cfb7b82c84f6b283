/** Salts, by what is hashed with them. Rows are only ever added. */
import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** Those that there are, by subject. */
export async function readSeals(db: Kysely<Schema>): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom("seal").selectAll().execute();
  return new Map(rows.map(({ subject, salt }) => [subject, salt]));
}

/** Keeps a salt for each subject that has none yet: of two who do so at once the first one's holds. */
export async function addSeals(db: Kysely<Schema>, salts: ReadonlyMap<string, string>): Promise<void> {
  for (const [subject, salt] of salts)
    await db
      .insertInto("seal")
      .values({ subject, salt })
      .onConflict((conflict) => conflict.column("subject").doNothing())
      .execute();
}
