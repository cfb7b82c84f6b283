/** What teams try, which only grows: an experiment that was set is never set anew. */
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

export const experiments: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("experiment")
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("scope", "text")
      .addColumn("metric", "text")
      .addColumn("tries", "text", (column) => column.notNull())
      .addColumn("usual", "double precision")
      .addColumn("target", "double precision")
      .addColumn("start_day", "text")
      .addColumn("weeks", "integer")
      .addColumn("promise", "double precision")
      .addColumn("withdraws", "integer", (column) => column.unique().references("experiment.id"))
      .addColumn("actor", "text", (column) => column.notNull())
      .addColumn("made_at", "double precision", (column) => column.notNull())
      .execute();
    for (const verb of ["update", "delete"]) {
      await sql`create trigger ${sql.id(`experiment_no_${verb}`)} before ${sql.raw(verb)} on experiment
        begin select raise(abort, 'What was set is never changed: it is withdrawn by another row.'); end`.execute(db);
    }
  },
};
