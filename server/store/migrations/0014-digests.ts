/** What was sent to whom, so that nothing is sent twice. */
import type { Kysely, Migration } from "kysely";

export const digests: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("digest_note")
      .addColumn("digest", "text", (column) => column.notNull())
      .addColumn("note", "text", (column) => column.notNull())
      .addColumn("noted_at", "double precision", (column) => column.notNull())
      .addPrimaryKeyConstraint("digest_note_key", ["digest", "note"])
      .execute();
  },
};
