/** The salts of what a statement holds as a hash alone. */
import type { Kysely, Migration } from "kysely";
import { keepUnchanged, textType } from "./both.ts";

export const seals: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const text = textType(db);
    await db.schema
      .createTable("seal")
      .addColumn("subject", text, (column) => column.primaryKey())
      .addColumn("salt", text, (column) => column.notNull())
      .execute();
    await keepUnchanged(db, "seal", "A salt is never changed: statements hold hashes that were made with it.");
  },
};
