/** Single facts, what belongs to them, and facts by what people call them. */
import type { ChangeFact, DeploymentFact, IncidentFact } from "#metrics/facts.ts";
import type { Instant } from "#metrics/time.ts";
import type { Kysely, RawBuilder } from "kysely";
import { sql } from "kysely";
import { readAll } from "./bulk.ts";
import { changeTable } from "./change-rows.ts";
import { deploymentTable } from "./deployment-rows.ts";
import type { FactTable, Place } from "./fact-rows.ts";
import { incidentTable } from "./incident-rows.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";

export interface FactOf {
  readonly change: ChangeFact;
  readonly deployment: DeploymentFact;
  readonly incident: IncidentFact;
}

/** The fact with this id, of the first of the services that has one; `null` when none has. */
export async function findFact<K extends keyof FactOf>(
  db: Kysely<Schema>,
  kind: K,
  places: readonly Place[],
  id: string,
): Promise<FactOf[K] | null> {
  const [fact = null] = await factsWhere(db, kind, places, sql`id = ${id}`, sql`service_id limit 1`);
  return fact;
}

/** The changes that a deployment was the first to carry, in the order of their merge. */
export async function carriedBy(db: Kysely<Schema>, place: Place, deployment: string): Promise<readonly ChangeFact[]> {
  return factsWhere(db, "change", [place], sql`deployment_id = ${deployment}`, sql`merged_at nulls first, number`);
}

export async function incidentsOf(
  db: Kysely<Schema>,
  place: Place,
  deployment: string,
): Promise<readonly IncidentFact[]> {
  return factsWhere(db, "incident", [place], sql`deployment_id = ${deployment}`, sql`opened_at, id`);
}

/** The production deployments just before an instant, and those from it on: at most 50 of them, in the order of time. */
export async function deploymentsAround(
  db: Kysely<Schema>,
  place: Place,
  at: Instant,
): Promise<{ readonly before: DeploymentFact | null; readonly after: readonly DeploymentFact[] }> {
  const production = sql<boolean>`tier = 'production'`;
  const [before = null] = await factsWhere(
    db,
    "deployment",
    [place],
    sql`${production} and deployed_at < ${at}`,
    sql`deployed_at desc, id desc limit 1`,
  );
  const after = await factsWhere(
    db,
    "deployment",
    [place],
    sql`${production} and deployed_at >= ${at}`,
    sql`deployed_at, id limit 50`,
  );
  return { before, after };
}

/** The change that has a commit, or is it; `null` where none has. */
export async function changeOfCommit(db: Kysely<Schema>, place: Place, sha: string): Promise<ChangeFact | null> {
  const [change = null] = await factsWhere(
    db,
    "change",
    [place],
    sql`number = (select change_number from commit_fact where service_id = ${place.serviceId} and sha = ${sha}) or merge_commit = ${sha}`,
    sql`number limit 1`,
  );
  return change;
}

/** Those that are called so first, then those whose title or id has the text; the newest first. */
export async function searchFacts(
  db: Kysely<Schema>,
  places: readonly Place[],
  text: string,
  limit: number,
): Promise<{ readonly [K in keyof FactOf]: readonly FactOf[K][] }> {
  const wanted = text.trim().toLowerCase();
  const name = wanted.replace(/^[#!]/, "");
  const isSha = /^[0-9a-f]{4,64}$/.test(wanted);
  const phrases = phrasesOf(db);
  const has = (sha: RawBuilder<unknown>) => (isSha ? phrases.begins(sha, wanted) : sql<boolean>`false`);
  const isNumber = sql`cast(number as text) = ${name}`;
  const part = (column: string) => phrases.holds(sql`lower(${sql.ref(column)})`, wanted);
  // A commit is found by itself, so that its change or its deployment is looked up by key.
  const commits = isSha
    ? sql`select service_id, change_number, deployment_id from commit_fact where ${inServices(db, places)}
        and sha >= ${wanted} and sha < ${`${wanted}g`}`
    : sql`select cast(null as bigint) as service_id, cast(null as bigint) as change_number, null as deployment_id where false`;
  const found = <K extends keyof FactOf>(
    kind: K,
    exact: RawBuilder<unknown>,
    loose: RawBuilder<unknown>,
    at: RawBuilder<unknown>,
  ) =>
    factsWhere(
      db,
      kind,
      places,
      sql`(${exact} or ${loose})`,
      sql`(case when ${exact} then 0 else 1 end), ${at} desc nulls last, id limit ${limit}`,
    );
  return {
    change: await found(
      "change",
      sql`(${isNumber} or lower(id) = ${wanted} or ${has(sql`merge_commit`)}
        or (service_id, number) in (select service_id, change_number from (${commits}) as found))`,
      sql`(${part("title")} or ${part("id")})`,
      sql`coalesce(deployed_at, merged_at, opened_at)`,
    ),
    deployment: await found(
      "deployment",
      sql`(lower(id) = ${wanted} or ${has(sql`sha`)})`,
      part("id"),
      sql`coalesce(deployed_at, created_at)`,
    ),
    incident: await found(
      "incident",
      sql`(${isNumber} or lower(id) = ${wanted})`,
      sql`(${part("title")} or ${part("id")})`,
      sql`opened_at`,
    ),
  };
}

function inServices(db: Kysely<Schema>, places: readonly Place[]): RawBuilder<boolean> {
  return phrasesOf(db).isAmong(
    sql`service_id`,
    places.map(({ serviceId }) => serviceId),
  );
}

async function factsWhere<K extends keyof FactOf>(
  db: Kysely<Schema>,
  kind: K,
  places: readonly Place[],
  where: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<readonly FactOf[K][]> {
  const read = READ[kind];
  // oxlint-disable-next-line no-unsafe-type-assertion -- the reader of a kind gives facts of that kind, which the index hides
  return read(db, places, where, order) as Promise<readonly FactOf[K][]>;
}

const READ = {
  change: reader(changeTable),
  deployment: reader(deploymentTable),
  incident: reader(incidentTable),
};

function reader<Fact, Row extends { readonly service_id: number }>(table: FactTable<Fact, Row>) {
  return async (
    db: Kysely<Schema>,
    places: readonly Place[],
    where: RawBuilder<unknown>,
    order: RawBuilder<unknown>,
  ): Promise<readonly Fact[]> => {
    const query = sql<Row>`select * from ${sql.table(table.table)} where ${inServices(db, places)} and (${where}) order by ${order}`;
    const byId = new Map(places.map((place) => [place.serviceId, place]));
    return (await readAll(db, query, table.columns)).flatMap((row) => {
      const place = byId.get(row.service_id);
      return place === undefined ? [] : table.toFact(row, place);
    });
  };
}
