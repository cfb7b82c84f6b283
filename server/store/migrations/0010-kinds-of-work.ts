/** What kind of work a change is, how many rounds its review took, what left by a timetable, and when a service began: all derived again. */
import type { Kysely, Migration } from "kysely";

export const kindsOfWork: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable("change_fact").addColumn("work_type", "text").execute();
    await db.schema.alterTable("change_fact").addColumn("review_rounds", "integer").execute();
    await db.schema.alterTable("change_fact").addColumn("is_by_train", "integer").execute();
    await db.schema.alterTable("deployment_fact").addColumn("is_train", "integer").execute();
    await db.schema.alterTable("deployment_fact").addColumn("began_at", "bigint").execute();
  },
};
