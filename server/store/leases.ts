/** Who works on what: a row says it, a heartbeat keeps it, and a dead process loses it at once on the same machine, else when it expires. */
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

const VALID = MINUTE;

export interface Holder {
  readonly host: string;
  readonly pid: number;
}

/** Takes or renews the lease of that name. @returns `null` when it is ours now, else who holds it. */
export async function takeLease(
  db: Kysely<Schema>,
  name: string,
  mine: Holder,
  now: Instant,
  isAlive: (pid: number) => boolean,
): Promise<Holder | null> {
  return db.transaction().execute(async (transaction) => {
    const held = await transaction.selectFrom("lease").selectAll().where("name", "=", name).executeTakeFirst();
    if (held !== undefined) {
      const holder = parse(held.holder);
      const own = holder.host === mine.host && holder.pid === mine.pid;
      const dead = holder.host === mine.host && !isAlive(holder.pid);
      if (!own && !dead && held.expires_at > now) return holder;
    }
    const row = { holder: `${mine.pid}@${mine.host}`, expires_at: now + VALID };
    await transaction
      .insertInto("lease")
      .values({ name, ...row })
      .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
      .execute();
    return null;
  });
}

export async function releaseLease(db: Kysely<Schema>, name: string, { host, pid }: Holder): Promise<void> {
  await db.deleteFrom("lease").where("name", "=", name).where("holder", "=", `${pid}@${host}`).execute();
}

function parse(holder: string): Holder {
  const at = holder.indexOf("@");
  return { pid: Number(holder.slice(0, at)), host: holder.slice(at + 1) };
}
