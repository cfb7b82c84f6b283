/** Every version of the programme that was ever kept. */
import type { Kysely, Migration } from "kysely";
import { keepUnchanged, numbered, textType, wholeType } from "./both.ts";

export const programme: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("programme")
      .addColumn("id", wholeType(db), numbered(db))
      .addColumn("content", textType(db), (column) => column.notNull())
      .addColumn("hash", textType(db), (column) => column.notNull())
      .addColumn("reason", textType(db))
      .addColumn("actor", textType(db), (column) => column.notNull())
      .addColumn("made_at", "double precision", (column) => column.notNull())
      .execute();
    await keepUnchanged(db, "programme", "A version that was kept is never changed: another one follows it.");
  },
};
