/** What people froze. Rows are only ever added: a withdrawal is a row of its own. */
import type { Instant } from "#metrics/time.ts";
import type { Kysely, Selectable } from "kysely";
import { record } from "./audit.ts";
import type { BaselineTable, Schema } from "./schema.ts";

/** How a baseline was withdrawn. */
export interface Withdrawal {
  readonly reason: string;
  readonly signer: string;
  readonly madeAt: Instant;
}

export interface BaselineRow {
  readonly id: number;
  readonly name: string;
  /** The canonical text that was hashed. */
  readonly content: string;
  readonly hash: string;
  /** `null` while it can be compared with. */
  readonly withdrawal: Withdrawal | null;
}

/** Everything that was ever frozen, oldest first. @param name only this one. */
export async function readBaselines(db: Kysely<Schema>, name: string | null = null): Promise<readonly BaselineRow[]> {
  const frozen = db.selectFrom("baseline").selectAll().where("withdraws", "is", null).orderBy("id");
  const rows = await (name === null ? frozen : frozen.where("name", "=", name)).execute();
  const withdrawn = await db.selectFrom("baseline").selectAll().where("withdraws", "is not", null).execute();
  const withdrawals = new Map(withdrawn.map((row) => [row.withdraws, toWithdrawal(row)]));
  return rows.flatMap(({ id, name, content, hash }) =>
    name === null || content === null || hash === null
      ? []
      : [{ id, name, content, hash, withdrawal: withdrawals.get(id) ?? null }],
  );
}

/** Grows with every row. */
export async function baselinesVersion(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom("baseline")
    .select(({ fn }) => fn.max("id").as("version"))
    .executeTakeFirst();
  return row?.version ?? 0;
}

/** @returns whether the name was free: one that was withdrawn keeps its name, so that a name never means two things. */
export async function addBaseline(
  db: Kysely<Schema>,
  { name, content, hash, signer, madeAt }: Pick<BaselineRow, "name" | "content" | "hash"> & Omit<Withdrawal, "reason">,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { numInsertedOrUpdatedRows = 0n } = await transaction
      .insertInto("baseline")
      .values({ name, content, hash, signer, made_at: madeAt })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return false;
    const change = { action: "baseline.freeze", subject: name, before: null, after: { hash } } as const;
    await record(transaction, { actor: signer, at: madeAt }, change);
    return true;
  });
}

/** @returns whether a baseline of that number was still in force. */
export async function withdrawBaseline(
  db: Kysely<Schema>,
  id: number,
  { reason, signer, madeAt }: Withdrawal,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { numInsertedOrUpdatedRows = 0n } = await transaction
      .insertInto("baseline")
      .values({ withdraws: id, reason, signer, made_at: madeAt })
      .onConflict((conflict) => conflict.column("withdraws").doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return false;
    const frozen = await transaction
      .selectFrom("baseline")
      .select(["name", "hash"])
      .where("id", "=", id)
      .executeTakeFirst();
    const { name = null, hash = null } = frozen ?? {};
    const change = { action: "baseline.withdraw", subject: name ?? "", before: { hash }, after: { reason } } as const;
    await record(transaction, { actor: signer, at: madeAt }, change);
    return true;
  });
}

function toWithdrawal({ reason, signer, made_at: madeAt }: Selectable<BaselineTable>): Withdrawal {
  return { reason: reason ?? "", signer, madeAt };
}
