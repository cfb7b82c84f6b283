/** Events that hold more, alerts, and what a deployment carried as unknown where its commit is. */
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

export const moreOfEachEvent: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await completeEvents(db);
    await addFacts(db);
    await forgetUnknownLoads(db);
    await orderExports(db);
  },
};

/** What events hold since then is not known of those that are stored; hosts are read again from the beginning to learn it. */
async function completeEvents(db: Kysely<unknown>): Promise<void> {
  const added = {
    commit: { paths: null },
    change: { sourceBranch: null, requestedAt: null, paths: null },
    pipeline: { earlier: [] },
    incident: { labels: [] },
  };
  for (const [kind, fields] of Object.entries(added)) {
    const values = Object.entries(fields).flatMap(([name, value]) => [`$.${name}`, JSON.stringify(value)] as const);
    const pairs = sql.join(values.map((text, index) => (index % 2 === 0 ? sql`${text}` : sql`json(${text})`)));
    await sql`update event set body = json_set(body, ${pairs}) where kind = ${kind}`.execute(db);
  }
  await sql`update event set body = json_set(body, '$.said',
      json((select json_group_array(json_set(value, '$.labels', null)) from json_each(body, '$.said'))))
    where kind = 'incident' and body ->> 'said' is not null`.execute(db);
  await sql`update source set cursor = null where host in ('github', 'gitlab')`.execute(db);
}

async function addFacts(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("change_fact").addColumn("requested_at", "bigint").execute();
  await db.schema
    .createTable("alert_fact")
    .addColumn("service_id", "integer", (column) => column.notNull().references("service.id"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("scan", "text", (column) => column.notNull())
    .addColumn("severity", "text")
    .addColumn("url", "text")
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("opened_at", "bigint", (column) => column.notNull())
    .addColumn("fixed_at", "bigint")
    .addColumn("dismissed_at", "bigint")
    .addPrimaryKeyConstraint("alert_fact_key", ["service_id", "id"])
    .execute();
  await db.schema.createIndex("alert_fact_opened").on("alert_fact").columns(["service_id", "opened_at"]).execute();
  await db.schema.createIndex("alert_fact_fixed").on("alert_fact").columns(["service_id", "fixed_at"]).execute();
}

/** A deployment whose commit is unknown was said to carry nothing: nobody knows what it carried. */
async function forgetUnknownLoads(db: Kysely<unknown>): Promise<void> {
  for (const column of ["commits", "changes"]) {
    await db.schema.alterTable("deployment_fact").renameColumn(column, "counted").execute();
    await db.schema.alterTable("deployment_fact").addColumn(column, "integer").execute();
    await sql`update deployment_fact set ${sql.ref(column)} = counted where is_commit_known = 1`.execute(db);
    await db.schema.alterTable("deployment_fact").dropColumn("counted").execute();
  }
  await sql`update facts set version = version + 1`.execute(db);
}

/** In the order in which rows are exported, so that a page costs no more than its own rows. */
async function orderExports(db: Kysely<unknown>): Promise<void> {
  const never = sql.lit(-8_640_000_000_000_001); // earlier than any instant: rows without one come last
  await sql`create index commit_fact_exported on commit_fact
    (service_id, coalesce(deployed_at, committed_at, ${never}) desc, sha)`.execute(db);
  await sql`create index change_fact_exported on change_fact
    (service_id, coalesce(deployed_at, merged_at, opened_at, ${never}) desc, id)`.execute(db);
  await sql`create index deployment_fact_exported on deployment_fact
    (service_id, coalesce(deployed_at, created_at) desc, id)`.execute(db);
}
