/** Who can log in. Passwords and invitations are there as hashes alone. */
import type { Instant } from "#metrics/time.ts";
import type { Kysely, Selectable } from "kysely";
import { z } from "zod";
import type { Role } from "../auth/roles.ts";
import { isRole } from "../auth/roles.ts";
import type { Deed } from "./audit.ts";
import { record } from "./audit.ts";
import type { MemberTable, Schema } from "./schema.ts";

export interface Member {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  /** With its parameters and its salt; `null` of one who has none. */
  readonly password: string | null;
  readonly invitedUntil: Instant | null;
  /** Who this is to an identity provider. */
  readonly subject: string | null;
  readonly createdAt: Instant;
  /** The teams that are shown to them where viewers are shown some; `null`: nobody said. */
  readonly teams: readonly string[] | null;
}

/** By what a member is let in the first time. */
export interface Entry {
  readonly password: string | null;
  readonly invitation: { readonly hash: string; readonly until: Instant } | null;
  readonly subject: string | null;
}

/** Names that look alike are one name. */
export function keyOf(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

export async function hasMembers(db: Kysely<Schema>): Promise<boolean> {
  return (await db.selectFrom("member").select("id").limit(1).executeTakeFirst()) !== undefined;
}

export async function readMembers(db: Kysely<Schema>): Promise<readonly Member[]> {
  return (await db.selectFrom("member").selectAll().orderBy("key").execute()).map(toMember);
}

export async function findMember(
  db: Kysely<Schema>,
  by: { readonly name: string } | { readonly invitation: string } | { readonly subject: string },
): Promise<Member | null> {
  const all = db.selectFrom("member").selectAll();
  const found =
    "name" in by
      ? all.where("key", "=", keyOf(by.name))
      : "invitation" in by
        ? all.where("invitation", "=", by.invitation)
        : all.where("subject", "=", by.subject);
  const row = await found.executeTakeFirst();
  return row === undefined ? null : toMember(row);
}

/** @param first only where nobody is there. @returns `null` when the name is taken, or somebody was first. */
export async function addMember(
  db: Kysely<Schema>,
  { name, role, entry, first }: { name: string; role: Role; entry: Entry; first: boolean },
  deed: Deed,
): Promise<Member | null> {
  return db.transaction().execute(async (transaction) => {
    if (first && (await hasMembers(transaction))) return null;
    const { numInsertedOrUpdatedRows = 0n } = await transaction
      .insertInto("member")
      .values({
        key: keyOf(name),
        name,
        role,
        password: entry.password,
        invitation: entry.invitation?.hash ?? null,
        invited_until: entry.invitation?.until ?? null,
        subject: entry.subject,
        created_at: deed.at,
      })
      .onConflict((conflict) => conflict.column("key").doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return null;
    await record(transaction, deed, { action: "user.add", subject: name, before: null, after: { role } });
    return findMember(transaction, { name });
  });
}

/** What changes of a member; sessions end with each. */
export type Turn =
  | { readonly kind: "role"; readonly role: Role }
  | { readonly kind: "teams"; readonly teams: readonly string[] }
  | { readonly kind: "password"; readonly password: string }
  | { readonly kind: "invitation"; readonly hash: string; readonly until: Instant }
  | { readonly kind: "removal" };

export type Turned = "done" | "nobody" | "last-admin";

/** @returns `last-admin` where nobody would be left to say who may what; the last of all may go where that is allowed. */
export async function turnMember(
  db: Kysely<Schema>,
  name: string,
  turn: Turn,
  { deed, mayBeLast }: { readonly deed: Deed; readonly mayBeLast: boolean },
): Promise<Turned> {
  return db.transaction().execute(async (transaction) => {
    const member = await findMember(transaction, { name });
    if (member === null) return "nobody";
    const loses = turn.kind === "removal" || (turn.kind === "role" && turn.role !== "admin");
    const others = (await readMembers(transaction)).filter(({ id }) => id !== member.id);
    const isLast = !others.some(({ role }) => role === "admin");
    const isAlone = turn.kind === "removal" && others.length === 0 && mayBeLast;
    if (loses && member.role === "admin" && isLast && !isAlone) return "last-admin";
    // An invitation that nobody takes leaves everything as it was.
    if (turn.kind !== "invitation")
      await transaction.deleteFrom("session").where("member_id", "=", member.id).execute();
    await apply(transaction, member, turn);
    await record(transaction, deed, changeOf(member, turn));
    return "done";
  });
}

async function apply(db: Kysely<Schema>, { id }: Member, turn: Turn): Promise<void> {
  const update = db.updateTable("member").where("id", "=", id);
  switch (turn.kind) {
    case "role":
      await update.set({ role: turn.role }).execute();
      return;
    case "teams":
      await update.set({ teams: JSON.stringify(turn.teams.toSorted()) }).execute();
      return;
    case "password":
      await update.set({ password: turn.password, invitation: null, invited_until: null }).execute();
      return;
    case "invitation":
      await update.set({ invitation: turn.hash, invited_until: turn.until }).execute();
      return;
    case "removal":
      await db.deleteFrom("member").where("id", "=", id).execute();
  }
}

function changeOf({ name: subject, role, teams }: Member, turn: Turn) {
  switch (turn.kind) {
    case "role":
      return { action: "user.role", subject, before: { role }, after: { role: turn.role } } as const;
    case "teams":
      return { action: "user.role", subject, before: { role, teams }, after: { role, teams: turn.teams } } as const;
    case "password":
      return { action: "user.password", subject, before: null, after: null } as const;
    case "invitation":
      return { action: "user.invite", subject, before: null, after: null } as const;
    case "removal":
      return { action: "user.remove", subject, before: { role }, after: null } as const;
  }
}

export function toMember(row: Selectable<MemberTable>): Member {
  const { id, name, role, password, invited_until: invitedUntil, subject, created_at: createdAt } = row;
  // A role of a later version may nothing but read.
  const known = {
    id,
    name,
    role: isRole(role) ? role : ("viewer" as const),
    password,
    invitedUntil,
    subject,
    createdAt,
  };
  return { ...known, teams: teamsIn(row.teams) };
}

/** What is no list of names is nobody's. */
export function teamsIn(text: string | null): readonly string[] | null {
  return text === null ? null : z.array(z.string()).parse(JSON.parse(text));
}
