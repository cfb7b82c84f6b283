/** Services that are a part of their repository: how many commits nobody can give to them. */
import type { Kysely, Migration } from "kysely";

export const partsOfRepositories: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable("service").addColumn("unplaced_commits", "integer").execute();
  },
};
