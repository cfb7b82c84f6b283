/** Statements as they were handed out. Rows are only ever added, each after the one before. */
import type { Kysely } from "kysely";
import { record } from "./audit.ts";
import type { Signed } from "./savings.ts";
import type { Schema } from "./schema.ts";

export interface StoredStatement extends Signed {
  readonly month: string;
  /** The whole pack. */
  readonly content: string;
  /** The last of its chain, hexadecimal. */
  readonly hash: string;
  /** The hash of the one before; empty of the first. */
  readonly previous: string;
}

/** In the order in which they were issued. */
export async function readStatements(db: Kysely<Schema>): Promise<readonly StoredStatement[]> {
  const rows = await db.selectFrom("statement").selectAll().orderBy("id").execute();
  return rows.map(({ month, content, hash, previous, actor, made_at: madeAt }) => ({
    month,
    content,
    hash,
    previous,
    actor,
    madeAt,
  }));
}

/** @returns whether the month had none, and no other one follows the same statement. */
export async function addStatement(
  db: Kysely<Schema>,
  { month, content, hash, previous, actor, madeAt }: StoredStatement,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { numInsertedOrUpdatedRows = 0n } = await transaction
      .insertInto("statement")
      .values({ month, content, hash, previous, actor, made_at: madeAt })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return false;
    const change = { action: "statement.issue", subject: month, before: null, after: { hash } } as const;
    await record(transaction, { actor, at: madeAt }, change);
    return true;
  });
}
