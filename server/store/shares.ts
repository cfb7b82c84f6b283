/** Links to a view. Only a link's hash is stored: who reads the database cannot open what it leads to. */
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";
import type { Kysely, Selectable } from "kysely";
import type { Deed } from "./audit.ts";
import { record } from "./audit.ts";
import type { Schema, ShareTable } from "./schema.ts";

export interface Share {
  readonly id: number;
  /** A page with its filters, relative to the dashboard. */
  readonly path: string;
  readonly madeBy: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

/** How exactly the last use is kept: not every request is worth a write. */
const EXACT_TO = MINUTE;

export async function addShare(
  db: Kysely<Schema>,
  { hash, path, expiresAt }: { readonly hash: string; readonly path: string; readonly expiresAt: Instant },
  deed: Deed,
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const { id } = await transaction
      .insertInto("share")
      .values({ hash, path, made_by: deed.actor, created_at: deed.at, expires_at: expiresAt })
      .returning("id")
      .executeTakeFirstOrThrow();
    const after = { path, expiresAt: new Date(expiresAt).toISOString() };
    await record(transaction, deed, { action: "link.add", subject: String(id), before: null, after });
    return id;
  });
}

/** The newest first. @param madeBy only theirs. */
export async function readShares(db: Kysely<Schema>, madeBy: string | null): Promise<readonly Share[]> {
  const all = db.selectFrom("share").selectAll().orderBy("id", "desc");
  return (await (madeBy === null ? all : all.where("made_by", "=", madeBy)).execute()).map(toShare);
}

/** The link with that hash, in force or not; `null` when there is none. */
export async function findShare(db: Kysely<Schema>, hash: string): Promise<Share | null> {
  const row = await db.selectFrom("share").selectAll().where("hash", "=", hash).executeTakeFirst();
  return row === undefined ? null : toShare(row);
}

export async function useShare(db: Kysely<Schema>, { id, lastUsedAt }: Share, now: Instant): Promise<void> {
  if (lastUsedAt !== null && Math.abs(now - lastUsedAt) < EXACT_TO) return;
  await db.updateTable("share").set({ last_used_at: now }).where("id", "=", id).execute();
}

/** @param madeBy only where it is theirs. @returns whether there was one in force. */
export async function endShare(
  db: Kysely<Schema>,
  { id, madeBy }: { readonly id: number; readonly madeBy: string | null },
  deed: Deed,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const share = (await readShares(transaction, madeBy)).find((one) => one.id === id && one.revokedAt === null);
    if (share === undefined) return false;
    await transaction.updateTable("share").set({ revoked_at: deed.at }).where("id", "=", id).execute();
    const before = { path: share.path };
    await record(transaction, deed, { action: "link.end", subject: String(id), before, after: null });
    return true;
  });
}

function toShare(row: Selectable<ShareTable>): Share {
  return {
    id: row.id,
    path: row.path,
    madeBy: row.made_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
