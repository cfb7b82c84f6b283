/** Who can log in, where they are logged in, what they shared, and who changed what. */
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

export const access: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("member")
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("key", "text", (column) => column.notNull().unique())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("role", "text", (column) => column.notNull())
      .addColumn("password", "text")
      .addColumn("invitation", "text", (column) => column.unique())
      .addColumn("invited_until", "double precision")
      .addColumn("subject", "text", (column) => column.unique())
      .addColumn("created_at", "double precision", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("session")
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("hash", "text", (column) => column.notNull().unique())
      .addColumn("member_id", "integer", (column) => column.notNull().references("member.id"))
      .addColumn("began_at", "double precision", (column) => column.notNull())
      .addColumn("used_at", "double precision", (column) => column.notNull())
      .addColumn("expires_at", "double precision", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("session_member").on("session").column("member_id").execute();
    await db.schema
      .createTable("share")
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("hash", "text", (column) => column.notNull().unique())
      .addColumn("path", "text", (column) => column.notNull())
      .addColumn("made_by", "text", (column) => column.notNull())
      .addColumn("created_at", "double precision", (column) => column.notNull())
      .addColumn("expires_at", "double precision", (column) => column.notNull())
      .addColumn("last_used_at", "double precision")
      .addColumn("revoked_at", "double precision")
      .execute();
    await db.schema
      .createTable("audit")
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("at", "double precision", (column) => column.notNull())
      .addColumn("actor", "text", (column) => column.notNull())
      .addColumn("action", "text", (column) => column.notNull())
      .addColumn("subject", "text", (column) => column.notNull())
      .addColumn("before", "text")
      .addColumn("after", "text")
      .execute();
    await db.schema.createIndex("audit_subject").on("audit").columns(["action", "subject", "id"]).execute();
    for (const verb of ["update", "delete"]) {
      await sql`create trigger ${sql.id(`audit_no_${verb}`)} before ${sql.raw(verb)} on audit
        begin select raise(abort, 'What was written down of changes is never changed.'); end`.execute(db);
    }
  },
};
