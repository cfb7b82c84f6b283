/** Where people are logged in. Only a session's hash is stored. */
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import type { Deed } from "./audit.ts";
import { record } from "./audit.ts";
import type { Member } from "./members.ts";
import { toMember } from "./members.ts";
import type { Schema } from "./schema.ts";

export interface Session {
  readonly id: number;
  readonly beganAt: Instant;
  readonly usedAt: Instant;
  readonly expiresAt: Instant;
}

export interface SessionOf extends Session {
  readonly name: string;
}

/** How exactly the last use is kept: not every request is worth a write. */
const EXACT_TO = MINUTE;

/** Those that are over go with it. */
export async function beginSession(
  db: Kysely<Schema>,
  session: { hash: string; memberId: number; now: Instant; expiresAt: Instant; idleSince: Instant },
): Promise<void> {
  const { hash, memberId, now, expiresAt, idleSince } = session;
  await db.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom("session")
      .where((is) => is.or([is("expires_at", "<=", now), is("used_at", "<=", idleSince)]))
      .execute();
    await transaction
      .insertInto("session")
      .values({ hash, member_id: memberId, began_at: now, used_at: now, expires_at: expiresAt })
      .execute();
  });
}

/** A session and whose it is, over or not; `null` when there is none. */
export async function findSession(
  db: Kysely<Schema>,
  hash: string,
): Promise<{ readonly session: Session; readonly member: Member } | null> {
  const row = await db
    .selectFrom("session")
    .innerJoin("member", "member.id", "session.member_id")
    .selectAll("member")
    .select(["session.id as session_id", "began_at", "used_at", "expires_at"])
    .where("hash", "=", hash)
    .executeTakeFirst();
  if (row === undefined) return null;
  const session = { id: row.session_id, beganAt: row.began_at, usedAt: row.used_at, expiresAt: row.expires_at };
  return { session, member: toMember(row) };
}

export async function useSession(db: Kysely<Schema>, { id, usedAt }: Session, now: Instant): Promise<void> {
  if (Math.abs(now - usedAt) < EXACT_TO) return;
  await db.updateTable("session").set({ used_at: now }).where("id", "=", id).execute();
}

/** The newest first. @param memberId only theirs. */
export async function readSessions(db: Kysely<Schema>, memberId: number | null): Promise<readonly SessionOf[]> {
  const all = db
    .selectFrom("session")
    .innerJoin("member", "member.id", "session.member_id")
    .select(["session.id as id", "began_at", "used_at", "expires_at", "name"])
    .orderBy("session.id", "desc");
  const rows = await (memberId === null ? all : all.where("member_id", "=", memberId)).execute();
  return rows.map(({ id, began_at, used_at, expires_at, name }) => ({
    id,
    beganAt: began_at,
    usedAt: used_at,
    expiresAt: expires_at,
    name,
  }));
}

/** Somebody logs out: when people come and go is nobody's business, so nothing is written down. */
export async function leaveSession(db: Kysely<Schema>, hash: string): Promise<void> {
  await db.deleteFrom("session").where("hash", "=", hash).execute();
}

/** @param memberId only where it is theirs. @returns whether there was one. */
export async function endSession(
  db: Kysely<Schema>,
  { id, memberId }: { id: number; memberId: number | null },
  deed: Deed,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const found = (await readSessions(transaction, memberId)).find((one) => one.id === id);
    if (found === undefined) return false;
    await transaction.deleteFrom("session").where("id", "=", id).execute();
    await record(transaction, deed, { action: "session.end", subject: found.name, before: null, after: null });
    return true;
  });
}
