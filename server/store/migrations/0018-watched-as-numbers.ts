/** What settled services watch for is kept as numbers now. What was kept as names is made anew with the next thing that is new. */
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

export const watchedAsNumbers: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`delete from settled`.execute(db);
  },
};
