/** What each sync did: when, how much came in, what was to be known, and why it failed if it did. */
import type { Notice } from "#collectors/collector.ts";
import type { Instant } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { trusted } from "./bulk.ts";
import type { Schema } from "./schema.ts";

export interface SyncEntry {
  /** The source's key. */
  readonly source: string;
  readonly startedAt: Instant;
  /** `null` while it runs, and when it was killed. */
  readonly endedAt: Instant | null;
  /** Events that were new, different or removed. */
  readonly changed: number;
  readonly requests: number;
  readonly notices: readonly Notice[];
  readonly error: string | null;
}

export type SyncResult = Omit<SyncEntry, "source" | "startedAt" | "endedAt"> & { readonly endedAt: Instant };

/** Entries kept of each source. */
export const KEPT = 200;

/** @returns the entry's number. */
export async function beginSync(db: Kysely<Schema>, sourceId: number, startedAt: Instant): Promise<number> {
  const { id } = await db
    .insertInto("sync")
    .values({ source_id: sourceId, started_at: startedAt, changed: 0, requests: 0, notices: "[]" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .deleteFrom("sync")
    .where("source_id", "=", sourceId)
    .where("id", "not in", (newest) =>
      newest.selectFrom("sync").select("id").where("source_id", "=", sourceId).orderBy("id", "desc").limit(KEPT),
    )
    .execute();
  return id;
}

export async function endSync(
  db: Kysely<Schema>,
  id: number,
  { endedAt, changed, requests, notices, error }: SyncResult,
): Promise<void> {
  const values = { ended_at: endedAt, changed, requests, notices: JSON.stringify(notices), error };
  await db.updateTable("sync").set(values).where("id", "=", id).execute();
}

/** The latest syncs of these sources, newest first. */
export async function readSyncs(db: Kysely<Schema>, keys: readonly string[], limit: number): Promise<SyncEntry[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .selectFrom("sync")
    .innerJoin("source", "source.id", "sync.source_id")
    .select([
      "source.key",
      "sync.started_at",
      "sync.ended_at",
      "sync.changed",
      "sync.requests",
      "sync.notices",
      "sync.error",
    ])
    .where("source.key", "in", keys)
    .orderBy("sync.id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ key, started_at, ended_at, notices, ...row }) => ({
    ...row,
    source: key,
    startedAt: started_at,
    endedAt: ended_at,
    notices: trusted<Notice[]>(notices),
  }));
}
