/** What was known and said at each review, and what teams say of themselves. */
import type { Kysely, Migration } from "kysely";
import { keepUnchanged, numbered, textType, wholeType } from "./both.ts";

export const reviews: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("review")
      .addColumn("id", wholeType(db), numbered(db))
      .addColumn("kind", textType(db), (column) => column.notNull())
      .addColumn("about", textType(db), (column) => column.notNull())
      .addColumn("content", textType(db), (column) => column.notNull())
      .addColumn("hash", textType(db), (column) => column.notNull())
      .addColumn("actor", textType(db), (column) => column.notNull())
      .addColumn("made_at", "double precision", (column) => column.notNull())
      .execute();
    await keepUnchanged(db, "review", "What a review froze is never changed: another review follows it.");
    await db.schema
      .createTable("team_assessment")
      .addColumn("id", wholeType(db), numbered(db))
      .addColumn("team", textType(db), (column) => column.notNull())
      .addColumn("quarter", textType(db), (column) => column.notNull())
      .addColumn("role", textType(db), (column) => column.notNull())
      .addColumn("answers", textType(db), (column) => column.notNull())
      .addColumn("made_at", "double precision", (column) => column.notNull())
      .execute();
    await keepUnchanged(db, "team_assessment", "What a team said is never changed: it may answer once more.");
  },
};
