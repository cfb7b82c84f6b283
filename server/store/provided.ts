/** Users whom an identity provider lets in: it says who they are, and its groups what they may. */
import type { Kysely } from "kysely";
import type { Role } from "../auth/roles.ts";
import type { Deed } from "./audit.ts";
import { record } from "./audit.ts";
import type { Member } from "./members.ts";
import { findMember, keyOf } from "./members.ts";
import type { Schema } from "./schema.ts";

/** What is kept of somebody, and nothing else of what the provider tells. */
export interface Provided {
  /** The provider's address and its own id of them: a name may be another one tomorrow. */
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
  readonly teams: readonly string[] | null;
}

/** Of two people of one name the second gets a number. */
const MOST_OF_A_NAME = 100;

/**
 * Makes them at their first login, and later gives them the role that their groups have now; the sessions of somebody whose role or
 * teams are others end. The provider has the last word, also where nobody is left to administer: `headway user add` makes somebody.
 *
 * @returns `null` where somebody who logs in otherwise has that name: nobody is taken for them.
 */
export async function followProvider(db: Kysely<Schema>, provided: Provided, deed: Deed): Promise<Member | null> {
  return db.transaction().execute(async (transaction) => {
    const { subject, role } = provided;
    const teams = provided.teams === null ? null : JSON.stringify(provided.teams);
    const before = await findMember(transaction, { subject });
    const name = await freeName(transaction, provided.name, before);
    if (name === null) return null;
    if (before === null) {
      const values = { key: keyOf(name), name, role, teams, subject, created_at: deed.at };
      const none = { password: null, invitation: null, invited_until: null };
      await transaction
        .insertInto("member")
        .values({ ...values, ...none })
        .execute();
      const after = { role, teams: provided.teams };
      await record(transaction, deed, { action: "user.add", subject: name, before: null, after });
      return findMember(transaction, { subject });
    }
    const isOther = before.role !== role || JSON.stringify(before.teams) !== JSON.stringify(provided.teams);
    if (!isOther && before.name === name) return before;
    await transaction
      .updateTable("member")
      .set({ key: keyOf(name), name, role, teams })
      .where("id", "=", before.id)
      .execute();
    if (before.name !== name)
      await record(transaction, deed, {
        action: "user.rename",
        subject: name,
        before: { name: before.name },
        after: { name },
      });
    if (isOther) {
      await transaction.deleteFrom("session").where("member_id", "=", before.id).execute();
      await record(transaction, deed, {
        action: "user.role",
        subject: name,
        before: { role: before.role, teams: before.teams },
        after: { role, teams: provided.teams },
      });
    }
    return findMember(transaction, { subject });
  });
}

async function freeName(db: Kysely<Schema>, wanted: string, own: Member | null): Promise<string | null> {
  for (let number = 1; number <= MOST_OF_A_NAME; number++) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    const other = await findMember(db, { name });
    if (other === null || other.id === own?.id) return name;
    if (other.subject === null) return null;
  }
  return null;
}
