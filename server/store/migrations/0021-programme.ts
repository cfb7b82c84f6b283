/** Every version of the programme that was ever kept. */
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

export const programme: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("programme")
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("content", "text", (column) => column.notNull())
      .addColumn("hash", "text", (column) => column.notNull())
      .addColumn("reason", "text")
      .addColumn("actor", "text", (column) => column.notNull())
      .addColumn("made_at", "double precision", (column) => column.notNull())
      .execute();
    for (const verb of ["update", "delete"]) {
      await sql`create trigger ${sql.id(`programme_no_${verb}`)} before ${sql.raw(verb)} on programme
        begin select raise(abort, 'A version that was kept is never changed: another one follows it.'); end`.execute(
        db,
      );
    }
  },
};
