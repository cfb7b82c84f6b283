/** The numbers that people froze, which only grow. */
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

export const baselines: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("baseline")
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("name", "text", (column) => column.unique())
      .addColumn("content", "text")
      .addColumn("hash", "text")
      .addColumn("withdraws", "integer", (column) => column.unique().references("baseline.id"))
      .addColumn("reason", "text")
      .addColumn("signer", "text", (column) => column.notNull())
      .addColumn("made_at", "double precision", (column) => column.notNull())
      .execute();
    for (const verb of ["update", "delete"]) {
      await sql`create trigger ${sql.id(`baseline_no_${verb}`)} before ${sql.raw(verb)} on baseline
        begin select raise(abort, 'What was frozen is never changed: it is withdrawn by another row.'); end`.execute(
        db,
      );
    }
  },
};
