/** What people decided, which only grows, and the signals of failures that they overruled. */
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

export const judgements: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("judgement")
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("service", "text")
      .addColumn("subject", "text")
      .addColumn("first_day", "text")
      .addColumn("day_after", "text")
      .addColumn("recovered_at", "double precision")
      .addColumn("reverses", "integer", (column) => column.unique().references("judgement.id"))
      .addColumn("reason", "text", (column) => column.notNull())
      .addColumn("actor", "text", (column) => column.notNull())
      .addColumn("made_at", "double precision", (column) => column.notNull())
      .execute();
    for (const verb of ["update", "delete"]) {
      await sql`create trigger ${sql.id(`judgement_no_${verb}`)} before ${sql.raw(verb)} on judgement
        begin select raise(abort, 'What was decided is never changed: it is reversed by another row.'); end`.execute(
        db,
      );
    }
    await db.schema
      .alterTable("deployment_fact")
      .addColumn("overruled", "text", (column) => column.notNull().defaultTo("[]"))
      .execute();
  },
};
