/** What metrics observe, by service and month, and which months were touched since: made of facts, and rebuilt whenever it is missing. */
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

export const segments: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create table segment (
      list text not null, service_id integer not null, month integer not null,
      definition text not null, body blob not null,
      primary key (list, service_id, month)) without rowid`.execute(db);
    await sql`create table touched (
      list text not null, service_id integer not null, month integer not null, version integer not null,
      primary key (list, service_id, month)) without rowid`.execute(db);
    await sql`create index touched_version on touched (version)`.execute(db);
    await db.schema.createIndex("change_fact_opened").on("change_fact").columns(["service_id", "opened_at"]).execute();
    await sql`create index change_fact_ended on change_fact (service_id, coalesce(merged_at, closed_at))`.execute(db);
    await sql`create index change_fact_waiting on change_fact (service_id, merged_at)
      where deployed_at is null and is_integrated = 1 and is_before_record = 0`.execute(db);
    await db.schema
      .alterTable("service")
      .addColumn("derived", "integer", (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createTable("summary")
      .addColumn("service_id", "integer", (column) => column.primaryKey())
      .addColumn("derived", "integer", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
  },
};
