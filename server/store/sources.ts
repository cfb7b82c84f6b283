/** The sources and services known to the database, and how fresh they are. */
import type { Cursor, Notice } from "#collectors/collector.ts";
import type { Instant } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { trusted } from "./bulk.ts";
import type { Place } from "./fact-rows.ts";
import { FIRST } from "./news.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";

export interface SourceRecord {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly host: string;
  readonly cursor: Cursor | null;
  /** When it was last brought up to date; `null` when never. */
  readonly syncedAt: Instant | null;
  readonly error: string | null;
  readonly notices: readonly Notice[];
  readonly revision: number;
}

export interface ServiceRecord extends Place {
  readonly sourceId: number;
  readonly definition: string | null;
  readonly revision: number | null;
  /** How often its facts were derived. */
  readonly derived: number;
}

/** Whether its first facts are still to be derived: what is not known of it may well be there. */
export function isUnderived({ revision }: Pick<ServiceRecord, "revision">): boolean {
  return revision === null || revision === FIRST;
}

/** The source with this key, made when it is new. */
export async function openSource(
  db: Kysely<Schema>,
  { key, name, host }: { key: string; name: string; host: string },
): Promise<SourceRecord> {
  await db
    .insertInto("source")
    .values({ key, name, host, notices: "[]" })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ name, host }))
    .execute();
  const [source] = await readSources(db, [key]);
  if (source === undefined) throw new Error(`The source ${key} vanished while it was opened.`);
  return source;
}

/** The sources with these keys that the database knows, in no particular order. */
export async function readSources(db: Kysely<Schema>, keys: readonly string[]): Promise<readonly SourceRecord[]> {
  if (keys.length === 0) return [];
  const rows = await db.selectFrom("source").selectAll().where("key", "in", keys).execute();
  return rows.map(({ synced_at, notices, ...row }) => ({
    ...row,
    syncedAt: synced_at,
    notices: trusted<Notice[]>(notices),
  }));
}

/** How a sync ended. A failure keeps the time of the last success. */
export async function finishSync(
  db: Kysely<Schema>,
  sourceId: number,
  outcome: { syncedAt: Instant; notices: readonly Notice[] } | { error: string },
): Promise<void> {
  const values =
    "error" in outcome
      ? { error: outcome.error }
      : { error: null, synced_at: outcome.syncedAt, notices: JSON.stringify(outcome.notices) };
  await db.updateTable("source").set(values).where("id", "=", sourceId).execute();
}

/** The services of these sources, by name: as one text, since there may be thousands. */
export async function readServices(db: Kysely<Schema>, sources: readonly string[]): Promise<readonly ServiceRecord[]> {
  if (sources.length === 0) return [];
  const { lists, isAmong } = phrasesOf(db);
  const columns = ["id", "source_id", "key", "repository", "name", "definition", "revision", "derived"];
  const { rows } = await sql<{
    page: string;
  }>`select ${lists(...columns.map((column) => sql.ref(column)))} as page from (
    select service.id, source_id, key, repository, service.name, definition, service.revision, derived
    from service join source on source.id = source_id
    where ${isAmong(sql`key`, sources)} order by service.name) as known`.execute(db);
  return trusted<ServiceRow[]>(rows[0]?.page ?? "[]").map(
    ([serviceId, sourceId, source, repository, service, definition, revision, derived]) => ({
      serviceId,
      sourceId,
      source,
      repository,
      service,
      definition,
      revision,
      derived,
    }),
  );
}

type ServiceRow = readonly [
  id: number,
  sourceId: number,
  key: string,
  repository: string,
  name: string,
  definition: string | null,
  revision: number | null,
  derived: number,
];
