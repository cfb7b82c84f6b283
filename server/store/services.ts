/** Which services there are: those that the configuration makes of the repositories, and those that only pushes know. */
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { countChange } from "./facts-version.ts";
import { isPostgres } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";
import { forgetSegments } from "./segments.ts";

/** A repository that was collected, wholly or in part. */
export interface RepositoryRecord {
  readonly sourceId: number;
  /** The key of its source. */
  readonly source: string;
  readonly repository: string;
}

/** A service as it should be known. */
export interface WantedService {
  readonly sourceId: number;
  readonly repository: string;
  readonly name: string;
}

/** The repositories of these sources, by name. */
export async function readRepositories(
  db: Kysely<Schema>,
  sources: readonly string[],
): Promise<readonly RepositoryRecord[]> {
  if (sources.length === 0) return [];
  const rows = await db
    .selectFrom("source")
    .innerJoin("event", "event.source_id", "source.id")
    .select(["source.id", "source.key", "event.repository"])
    .where("source.key", "in", sources)
    .where("event.kind", "=", "repository")
    .orderBy("event.repository")
    .execute();
  return rows.map(({ id, key, repository }) => ({ sourceId: id, source: key, repository }));
}

/**
 * Makes the services of some sources those that are wanted, in one transaction: others are closed, and one that moved to another
 * repository keeps its facts until they are derived again.
 */
export async function settleServices(
  db: Kysely<Schema>,
  sources: readonly string[],
  wanted: readonly WantedService[],
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const known = await transaction
      .selectFrom("service")
      .innerJoin("source", "source.id", "service.source_id")
      .select(["service.id", "service.source_id", "service.repository", "service.name"])
      .where("source.key", "in", sources)
      .execute();
    const missing = new Map(wanted.map((service) => [keyOf(service.sourceId, service.name), service]));
    let changed = 0;
    for (const { id, source_id, repository, name } of known) {
      const service = missing.get(keyOf(source_id, name));
      if (service === undefined) await forgetService(transaction, id);
      if (service?.repository === repository) missing.delete(keyOf(source_id, name));
      else changed += 1;
    }
    for (const { sourceId, repository, name } of missing.values())
      await openService(transaction, { source_id: sourceId, repository, name });
    if (changed + missing.size > 0) await countChange(transaction);
  });
}

function keyOf(sourceId: number, name: string): string {
  return JSON.stringify([sourceId, name]);
}

/** SQLite gives the highest number once more where its row is gone, and whoever remembers something of a service knows it by its number. */
const NEVER_GIVEN = sql<number>`(select 1 + coalesce(max(id), 0)
  from (select id from service union all select service_id from touched))`;

/** Makes a service known, or moves it to the repository it is now configured for. */
export async function openService(
  db: Kysely<Schema>,
  service: { source_id: number; repository: string; name: string },
): Promise<void> {
  await db
    .insertInto("service")
    .values(isPostgres(db) ? service : { ...service, id: NEVER_GIVEN })
    .onConflict((conflict) => conflict.columns(["source_id", "name"]).doUpdateSet({ repository: service.repository }))
    .execute();
}

/** Forgets a service and its facts, because what was pushed for it turned out to be another one's. The events stay. */
export async function closeService(db: Kysely<Schema>, serviceId: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await forgetService(transaction, serviceId);
  });
}

async function forgetService(db: Kysely<Schema>, serviceId: number): Promise<void> {
  for (const table of [
    "commit_fact",
    "change_fact",
    "deployment_fact",
    "incident_fact",
    "alert_fact",
    "pipeline_fact",
    "settled",
  ] as const)
    await db.deleteFrom(table).where("service_id", "=", serviceId).execute();
  await forgetSegments(db, serviceId, await countChange(db));
  await db.deleteFrom("service").where("id", "=", serviceId).execute();
}
