/** What is frozen of savings before anybody looks, the ledger, what the books say was paid, and statements. Rows are only ever added. */
import type { Kysely, Migration } from "kysely";
import { keepUnchanged, numbered, textType, wholeType } from "./both.ts";

const WORDS = {
  saving_record: "What was frozen is never changed: it is withdrawn by another row.",
  ledger_line: "A line of the ledger is never changed: what becomes of it is a step of its own.",
  ledger_transition: "A step of the ledger is never changed: another one follows it.",
  ledger_funding: "Where a saving goes is never changed: another row says it anew.",
  actual: "What was imported is never changed: another version follows it.",
  statement: "A statement is never changed: what was wrong is put right in a later month.",
};

export const savings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const [text, whole] = [textType(db), wholeType(db)];
    const signed = (table: string) =>
      db.schema
        .createTable(table)
        .addColumn("id", whole, numbered(db))
        .addColumn("actor", text, (column) => column.notNull())
        .addColumn("made_at", "double precision", (column) => column.notNull());
    await signed("saving_record")
      .addColumn("kind", text)
      .addColumn("name", text, (column) => column.unique())
      .addColumn("content", text)
      .addColumn("hash", text)
      .addColumn("withdraws", whole, (column) => column.unique().references("saving_record.id"))
      .addColumn("reason", text)
      .execute();
    await signed("ledger_line")
      .addColumn("title", text, (column) => column.notNull())
      .addColumn("lever", text, (column) => column.notNull())
      .addColumn("owner", text, (column) => column.notNull())
      .addColumn("scope", text, (column) => column.notNull())
      .addColumn("from_month", text, (column) => column.notNull())
      .addColumn("amount", "double precision")
      .addColumn("hours", "double precision")
      .execute();
    // The number is the next of its line: of two who take a step at the same time one is refused.
    await signed("ledger_transition")
      .addColumn("line_id", whole, (column) => column.notNull().references("ledger_line.id"))
      .addColumn("number", whole, (column) => column.notNull())
      .addColumn("step", text, (column) => column.notNull())
      .addColumn("amount", "double precision")
      .addColumn("hours", "double precision")
      .addColumn("evidence", text, (column) => column.notNull())
      .addColumn("day", text, (column) => column.notNull())
      .addUniqueConstraint("ledger_transition_number", ["line_id", "number"])
      .execute();
    await signed("ledger_funding")
      .addColumn("line_id", whole, (column) => column.notNull().references("ledger_line.id"))
      .addColumn("number", whole, (column) => column.notNull())
      .addColumn("from_month", text, (column) => column.notNull())
      .addColumn("placements", text, (column) => column.notNull())
      .addColumn("reason", text)
      .addUniqueConstraint("ledger_funding_number", ["line_id", "number"])
      .execute();
    await signed("actual")
      .addColumn("cost_centre", text, (column) => column.notNull())
      .addColumn("month", text, (column) => column.notNull())
      .addColumn("number", whole, (column) => column.notNull())
      .addColumn("amount", "double precision", (column) => column.notNull())
      .addColumn("file_hash", text, (column) => column.notNull())
      .addUniqueConstraint("actual_number", ["cost_centre", "month", "number"])
      .execute();
    // Each follows one that no other follows; the first follows the empty text.
    await signed("statement")
      .addColumn("month", text, (column) => column.notNull().unique())
      .addColumn("content", text, (column) => column.notNull())
      .addColumn("hash", text, (column) => column.notNull())
      .addColumn("previous", text, (column) => column.notNull().unique())
      .execute();
    for (const [table, words] of Object.entries(WORDS)) await keepUnchanged(db, table, words);
  },
};
