/** What the books say was paid, by cost centre and month. Every version that was ever imported is kept; the last one holds. */
import type { Actual } from "#metrics/programme/savings/ledger/reconcile.ts";
import type { Kysely } from "kysely";
import { record } from "./audit.ts";
import type { Signed } from "./savings.ts";
import type { Schema } from "./schema.ts";

export interface StoredActual extends Actual, Signed {
  /** Counts up with each version of the cost centre and month. */
  readonly number: number;
  readonly fileHash: string;
}

/** Every version, oldest first. */
export async function readActuals(db: Kysely<Schema>): Promise<readonly StoredActual[]> {
  const rows = await db.selectFrom("actual").selectAll().orderBy("id").execute();
  return rows.map(
    ({ cost_centre: costCentre, file_hash: fileHash, made_at: madeAt, month, number, amount, actor }) => ({
      costCentre,
      month,
      number,
      amount,
      fileHash,
      actor,
      madeAt,
    }),
  );
}

/** All of a file or nothing. @returns whether nobody imported other versions of the same meanwhile. */
export async function addActuals(
  db: Kysely<Schema>,
  rows: readonly (Actual & { readonly number: number })[],
  { fileHash, actor, madeAt }: Signed & { readonly fileHash: string },
): Promise<boolean> {
  try {
    await db.transaction().execute(async (transaction) => {
      for (const { costCentre: cost_centre, month, number, amount } of rows) {
        const { numInsertedOrUpdatedRows = 0n } = await transaction
          .insertInto("actual")
          .values({ cost_centre, month, number, amount, file_hash: fileHash, actor, made_at: madeAt })
          .onConflict((conflict) => conflict.columns(["cost_centre", "month", "number"]).doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 0n) throw new Taken();
      }
      const after = { fileHash, rows: rows.length };
      await record(
        transaction,
        { actor, at: madeAt },
        { action: "actuals.import", subject: "actuals", before: null, after },
      );
    });
    return true;
  } catch (error) {
    if (error instanceof Taken) return false;
    throw error;
  }
}

/** Takes the whole transaction back. */
class Taken extends Error {
  override readonly name = "Taken";
}
