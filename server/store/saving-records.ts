/** What was frozen of savings before anybody looked: how the time before was, and how a saving will be measured. Rows are only ever added. */
import type { Instant } from "#metrics/time.ts";
import type { Kysely, Selectable } from "kysely";
import { record } from "./audit.ts";
import type { SavingRecordTable, Schema } from "./schema.ts";

export const RECORD_KINDS = ["baseline", "plan"] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export interface RecordWithdrawal {
  readonly reason: string;
  readonly actor: string;
  readonly madeAt: Instant;
}

export interface SavingRecordRow {
  readonly id: number;
  readonly kind: RecordKind;
  readonly name: string;
  /** The canonical text that was hashed. */
  readonly content: string;
  readonly hash: string;
  readonly actor: string;
  readonly madeAt: Instant;
  /** `null` while it holds. */
  readonly withdrawal: RecordWithdrawal | null;
}

/** Everything that was ever frozen, oldest first. @param name only this one. */
export async function readSavingRecords(
  db: Kysely<Schema>,
  name: string | null = null,
): Promise<readonly SavingRecordRow[]> {
  const rows = await db.selectFrom("saving_record").selectAll().orderBy("id").execute();
  const withdrawals = new Map(rows.map((row) => [row.withdraws, toWithdrawal(row)]));
  return rows.flatMap((row) => {
    const { id, content, hash, actor, made_at: madeAt } = row;
    const kind = RECORD_KINDS.find((one) => one === row.kind);
    if (kind === undefined || row.name === null || content === null || hash === null) return [];
    if (name !== null && row.name !== name) return [];
    return [{ id, kind, name: row.name, content, hash, actor, madeAt, withdrawal: withdrawals.get(id) ?? null }];
  });
}

/** @returns whether the name was free: one that was withdrawn keeps its name, so that a name never means two things. */
export async function addSavingRecord(
  db: Kysely<Schema>,
  { kind, name, content, hash, actor, madeAt }: Omit<SavingRecordRow, "id" | "withdrawal">,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { numInsertedOrUpdatedRows = 0n } = await transaction
      .insertInto("saving_record")
      .values({ kind, name, content, hash, actor, made_at: madeAt })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return false;
    const change = { action: "saving.freeze", subject: name, before: null, after: { kind, hash } } as const;
    await record(transaction, { actor, at: madeAt }, change);
    return true;
  });
}

/** @returns whether it still held. */
export async function withdrawSavingRecord(
  db: Kysely<Schema>,
  { id, name, hash }: Pick<SavingRecordRow, "id" | "name" | "hash">,
  { reason, actor, madeAt }: RecordWithdrawal,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { numInsertedOrUpdatedRows = 0n } = await transaction
      .insertInto("saving_record")
      .values({ withdraws: id, reason, actor, made_at: madeAt })
      .onConflict((conflict) => conflict.column("withdraws").doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return false;
    const change = { action: "saving.withdraw", subject: name, before: { hash }, after: { reason } } as const;
    await record(transaction, { actor, at: madeAt }, change);
    return true;
  });
}

function toWithdrawal({ reason, actor, made_at: madeAt }: Selectable<SavingRecordTable>): RecordWithdrawal {
  return { reason: reason ?? "", actor, madeAt };
}
