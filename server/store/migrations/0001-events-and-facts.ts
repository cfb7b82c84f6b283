import type { Kysely, Migration } from "kysely";

export const eventsAndFacts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("source")
      .addColumn("id", "integer", (column) => column.primaryKey())
      .addColumn("key", "text", (column) => column.notNull().unique())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("host", "text", (column) => column.notNull())
      .addColumn("cursor", "text")
      .addColumn("synced_at", "bigint")
      .addColumn("error", "text")
      .addColumn("notices", "text", (column) => column.notNull())
      .addColumn("revision", "integer", (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createTable("sync")
      .addColumn("id", "integer", (column) => column.primaryKey())
      .addColumn("source_id", "integer", (column) => column.notNull().references("source.id"))
      .addColumn("started_at", "bigint", (column) => column.notNull())
      .addColumn("ended_at", "bigint")
      .addColumn("changed", "integer", (column) => column.notNull())
      .addColumn("requests", "integer", (column) => column.notNull())
      .addColumn("notices", "text", (column) => column.notNull())
      .addColumn("error", "text")
      .execute();
    await db.schema.createIndex("sync_source").on("sync").columns(["source_id", "started_at"]).execute();
    await db.schema
      .createTable("event")
      .addColumn("source_id", "integer", (column) => column.notNull().references("source.id"))
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("repository", "text", (column) => column.notNull())
      .addColumn("id", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("learnt_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("event_key", ["source_id", "kind", "repository", "id"])
      .execute();
    await db.schema
      .createTable("service")
      .addColumn("id", "integer", (column) => column.primaryKey())
      .addColumn("source_id", "integer", (column) => column.notNull().references("source.id"))
      .addColumn("repository", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("definition", "text")
      .addColumn("revision", "integer")
      .addUniqueConstraint("service_key", ["source_id", "name"])
      .execute();
    await facts(db);
    await db.schema
      .createTable("token")
      .addColumn("id", "integer", (column) => column.primaryKey())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("scope", "text", (column) => column.notNull())
      .addColumn("hash", "text", (column) => column.notNull().unique())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("expires_at", "bigint")
      .addColumn("last_used_at", "bigint")
      .addColumn("revoked_at", "bigint")
      .execute();
    await db.schema
      .createTable("pushed_service")
      .addColumn("name", "text", (column) => column.primaryKey())
      .addColumn("repository", "text")
      .addColumn("is_service", "integer", (column) => column.notNull())
      .addColumn("revision", "integer", (column) => column.notNull())
      .addColumn("received_at", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("lease")
      .addColumn("name", "text", (column) => column.primaryKey())
      .addColumn("holder", "text", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .execute();
  },
};

async function facts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("commit_fact")
    .addColumn("service_id", "integer", (column) => column.notNull().references("service.id"))
    .addColumn("sha", "text", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("author_kind", "text", (column) => column.notNull())
    .addColumn("authored_at", "bigint")
    .addColumn("committed_at", "bigint")
    .addColumn("is_merge", "integer", (column) => column.notNull())
    .addColumn("on_default_branch", "integer", (column) => column.notNull())
    .addColumn("integrated", "integer")
    .addColumn("is_revert", "integer", (column) => column.notNull())
    .addColumn("is_direct", "integer")
    .addColumn("change_number", "bigint")
    .addColumn("deployed_at", "bigint")
    .addColumn("deployment_id", "text")
    .addColumn("is_before_record", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("commit_fact_key", ["service_id", "sha"])
    .execute();
  await db.schema
    .createTable("deployment_fact")
    .addColumn("service_id", "integer", (column) => column.notNull().references("service.id"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("url", "text")
    .addColumn("environment", "text", (column) => column.notNull())
    .addColumn("tier", "text", (column) => column.notNull())
    .addColumn("route", "text", (column) => column.notNull())
    .addColumn("sha", "text")
    .addColumn("is_commit_known", "integer", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("deployed_at", "bigint")
    .addColumn("previous_deployed_at", "bigint")
    .addColumn("is_rollback", "integer", (column) => column.notNull())
    .addColumn("is_rework", "integer", (column) => column.notNull())
    .addColumn("failed_by", "text", (column) => column.notNull())
    .addColumn("incidents", "text", (column) => column.notNull())
    .addColumn("recovered_at", "bigint")
    .addColumn("commits", "integer", (column) => column.notNull())
    .addColumn("changes", "integer", (column) => column.notNull())
    .addColumn("patched_at", "bigint")
    .addColumn("is_feature_release", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("deployment_fact_key", ["service_id", "id"])
    .execute();
  await db.schema
    .createTable("change_fact")
    .addColumn("service_id", "integer", (column) => column.notNull().references("service.id"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("number", "bigint", (column) => column.notNull())
    .addColumn("url", "text")
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("author_kind", "text", (column) => column.notNull())
    .addColumn("opened_at", "bigint")
    .addColumn("ready_at", "bigint")
    .addColumn("first_commit_at", "bigint")
    .addColumn("first_review_at", "bigint")
    .addColumn("first_response_at", "bigint")
    .addColumn("first_approval_at", "bigint")
    .addColumn("merged_at", "bigint")
    .addColumn("closed_at", "bigint")
    .addColumn("merge_commit", "text")
    .addColumn("is_integrated", "integer", (column) => column.notNull())
    .addColumn("deployed_at", "bigint")
    .addColumn("deployment_id", "text")
    .addColumn("is_before_record", "integer", (column) => column.notNull())
    .addColumn("additions", "bigint")
    .addColumn("deletions", "bigint")
    .addColumn("reverted_by", "text")
    .addPrimaryKeyConstraint("change_fact_key", ["service_id", "id"])
    .execute();
  await db.schema
    .createTable("incident_fact")
    .addColumn("service_id", "integer", (column) => column.notNull().references("service.id"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("number", "bigint")
    .addColumn("url", "text")
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("opened_at", "bigint", (column) => column.notNull())
    .addColumn("resolved_at", "bigint")
    .addColumn("false_alarm", "integer", (column) => column.notNull())
    .addColumn("linked_by", "text", (column) => column.notNull())
    .addColumn("deployment_id", "text")
    .addPrimaryKeyConstraint("incident_fact_key", ["service_id", "id"])
    .execute();
  await db.schema
    .createIndex("commit_fact_deployed")
    .on("commit_fact")
    .columns(["service_id", "deployed_at"])
    .execute();
  await db.schema
    .createIndex("commit_fact_committed")
    .on("commit_fact")
    .columns(["service_id", "committed_at"])
    .execute();
  await db.schema
    .createIndex("deployment_fact_deployed")
    .on("deployment_fact")
    .columns(["service_id", "deployed_at"])
    .execute();
  await db.schema
    .createIndex("deployment_fact_created")
    .on("deployment_fact")
    .columns(["service_id", "created_at"])
    .execute();
  await db.schema
    .createIndex("change_fact_deployed")
    .on("change_fact")
    .columns(["service_id", "deployed_at"])
    .execute();
  await db.schema.createIndex("change_fact_merged").on("change_fact").columns(["service_id", "merged_at"]).execute();
  await db.schema
    .createIndex("incident_fact_opened")
    .on("incident_fact")
    .columns(["service_id", "opened_at"])
    .execute();
  await db.schema
    .createTable("facts")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("version", "integer", (column) => column.notNull())
    .execute();
}
