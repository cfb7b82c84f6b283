/** Runs of pipelines as facts. They are derived from events that are there already, so that nothing is fetched again. */
import type { Kysely, Migration } from "kysely";

export const pipelines: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("pipeline_fact")
      .addColumn("service_id", "integer", (column) => column.notNull().references("service.id"))
      .addColumn("id", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("url", "text")
      .addColumn("sha", "text", (column) => column.notNull())
      .addColumn("branch", "text")
      .addColumn("on_default_branch", "integer", (column) => column.notNull())
      .addColumn("outcome", "text", (column) => column.notNull())
      .addColumn("attempts", "integer", (column) => column.notNull())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("begun_at", "bigint")
      .addColumn("started_at", "bigint")
      .addColumn("finished_at", "bigint")
      .addColumn("paused_at", "bigint")
      .addColumn("resumed_at", "bigint")
      .addColumn("is_flaky", "integer")
      .addColumn("broke_at", "bigint")
      .addColumn("green_at", "bigint")
      .addPrimaryKeyConstraint("pipeline_fact_key", ["service_id", "id"])
      .execute();
    for (const clock of ["created_at", "finished_at", "broke_at"])
      await db.schema
        .createIndex(`pipeline_fact_${clock}`)
        .on("pipeline_fact")
        .columns(["service_id", clock])
        .execute();
  },
};
