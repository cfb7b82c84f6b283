/** What was sent by each digest, or looked at and found not worth sending. */
import type { Instant } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** Of some notes those that are not there yet. */
export async function newNotes(
  db: Kysely<Schema>,
  digest: string,
  notes: readonly string[],
): Promise<readonly string[]> {
  if (notes.length === 0) return [];
  const rows = await db
    .selectFrom("digest_note")
    .select("note")
    .where("digest", "=", digest)
    .where("note", "in", notes)
    .execute();
  const known = new Set(rows.map(({ note }) => note));
  return notes.filter((note) => !known.has(note));
}

export async function addNotes(
  db: Kysely<Schema>,
  digest: string,
  notes: readonly string[],
  at: Instant,
): Promise<void> {
  if (notes.length === 0) return;
  await db
    .insertInto("digest_note")
    .values(notes.map((note) => ({ digest, note, noted_at: at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
