/** Tokens with which programs push. Only a token's hash is stored: who reads the database cannot push with what it holds. */
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import type { Deed } from "./audit.ts";
import { record } from "./audit.ts";
import type { Schema } from "./schema.ts";

export interface TokenRecord {
  readonly id: number;
  readonly name: string;
  readonly scope: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

/** How exactly the last use is kept: not every push is worth a write. */
const EXACT_TO = MINUTE;

/** @returns `false` when a token of that name is in force. */
export async function addToken(
  db: Kysely<Schema>,
  token: { name: string; scope: string; hash: string; createdAt: Instant; expiresAt: Instant | null; actor: string },
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const same = await transaction
      .selectFrom("token")
      .select("id")
      .where("name", "=", token.name)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (same !== undefined) return false;
    const { name, scope, hash, createdAt, expiresAt, actor } = token;
    await transaction
      .insertInto("token")
      .values({ name, scope, hash, created_at: createdAt, expires_at: expiresAt })
      .execute();
    const after = { scope, expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() };
    await record(transaction, { actor, at: createdAt }, { action: "token.add", subject: name, before: null, after });
    return true;
  });
}

/** Every token there ever was, the newest first. */
export async function readTokens(db: Kysely<Schema>): Promise<readonly TokenRecord[]> {
  const rows = await db.selectFrom("token").selectAll().orderBy("id", "desc").execute();
  return rows.map(toRecord);
}

/** @returns `false` when no token of that name is in force. */
export async function revokeToken(db: Kysely<Schema>, name: string, deed: Deed): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable("token")
      .set({ revoked_at: deed.at })
      .where("name", "=", name)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await record(transaction, deed, { action: "token.revoke", subject: name, before: null, after: null });
    return true;
  });
}

/** The token with that hash, in force or not; `null` when there is none. */
export async function findToken(db: Kysely<Schema>, hash: string): Promise<TokenRecord | null> {
  const row = await db.selectFrom("token").selectAll().where("hash", "=", hash).executeTakeFirst();
  return row === undefined ? null : toRecord(row);
}

export async function useToken(db: Kysely<Schema>, { id, lastUsedAt }: TokenRecord, now: Instant): Promise<void> {
  if (lastUsedAt !== null && Math.abs(now - lastUsedAt) < EXACT_TO) return;
  await db.updateTable("token").set({ last_used_at: now }).where("id", "=", id).execute();
}

function toRecord(row: {
  id: number;
  name: string;
  scope: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}): TokenRecord {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
