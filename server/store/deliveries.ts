/** Webhooks that came before: whoever caught one on its way makes nothing happen by sending it again. */
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** So long one is known again; hosts send one again within three days. */
const KNOWN_FOR = 30 * DAY;

/** @param hash of what it says and to whom. @returns whether it came for the first time. */
export async function takeDelivery(db: Kysely<Schema>, hash: string, now: Instant): Promise<boolean> {
  await db
    .deleteFrom("delivery")
    .where("received_at", "<=", now - KNOWN_FOR)
    .execute();
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto("delivery")
    .values({ hash, received_at: now })
    .onConflict((conflict) => conflict.column("hash").doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}
