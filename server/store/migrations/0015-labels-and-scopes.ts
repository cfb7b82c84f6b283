/** The labels of changes, which are derived from events that are there already, and judgements about teams and systems. */
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

export const labelsAndScopes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable("change_fact").addColumn("labels", "text").execute();
    await db.schema
      .createIndex("change_fact_labels")
      .on("change_fact")
      .column("labels")
      .where(sql.ref("labels"), "<>", sql.lit("[]")) // most changes have none
      .execute();
    await db.schema.alterTable("judgement").addColumn("scope", "text").execute();
    await db.schema.alterTable("judgement").addColumn("rebases", "integer").execute();
  },
};
