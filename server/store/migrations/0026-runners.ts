/** On which kinds of runners the jobs of a run ran, and for how long: derived again from events that are there already. */
import type { Kysely, Migration } from "kysely";
import { textType } from "./both.ts";

export const runners: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable("pipeline_fact").addColumn("runner_minutes", textType(db)).execute();
  },
};
