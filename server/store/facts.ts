/** What the events mean, as rows. Facts can always be rebuilt. */
import type { FactOf, ListName } from "#metrics/lists.ts";
import type { Instant, Window } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { alertTable } from "./alert-rows.ts";
import type { Target } from "./bulk.ts";
import { readAll, upsertPage } from "./bulk.ts";
import { changeTable } from "./change-rows.ts";
import { commitTable } from "./commit-rows.ts";
import { deploymentTable } from "./deployment-rows.ts";
import type { Derived, Difference, Mark, Page } from "./difference.ts";
import { differenceOf, TABLES } from "./difference.ts";
import type { FactTable, Place } from "./fact-rows.ts";
import { countChange } from "./facts-version.ts";
import { incidentTable } from "./incident-rows.ts";
import { pipelineTable } from "./pipeline-rows.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import { keepSettled } from "./recent.ts";
import type { Schema } from "./schema.ts";
import { touch } from "./segments.ts";

/** Replaces the facts of services, or some of them, in one transaction. @returns the services of which any row changed. */
export async function saveFacts(db: Kysely<Schema>, derived: readonly Derived[]): Promise<ReadonlySet<number>> {
  return db.transaction().execute(async (transaction) => {
    const difference = await differenceOf(transaction, derived, async (page) => putPage(transaction, page));
    return finish(transaction, difference);
  });
}

/** What is to be written of one service, as it was found without keeping others from writing. */
export interface Rewrite extends Difference {
  readonly serviceId: number;
  readonly pages: readonly Page[];
  /** How often its facts had been derived before those were read that the new ones were compared with. */
  readonly derived: number;
}

/** @returns the services of which any row changed; `null` where others wrote since, and nothing was written. */
export async function saveRewrite(db: Kysely<Schema>, rewrite: Rewrite): Promise<ReadonlySet<number> | null> {
  return db.transaction().execute(async (transaction) => {
    const known = await timesDerived(transaction, rewrite.serviceId);
    if (known !== rewrite.derived) return null;
    for (const page of rewrite.pages) await putPage(transaction, page);
    return finish(transaction, rewrite);
  });
}

/** For {@link saveRewrite}: compares all facts of a service with those that are stored. `null` when there is no such service. */
export async function rewriteOf(db: Kysely<Schema>, one: Derived): Promise<Rewrite | null> {
  const { serviceId } = one;
  // Before the facts: who writes after this has counted on by the time that they are read.
  const derived = await timesDerived(db, serviceId);
  if (derived === null) return null;
  const pages: Page[] = [];
  const difference = await differenceOf(db, [one], async (page) => {
    pages.push(page);
  });
  return { ...difference, serviceId, pages, derived };
}

async function timesDerived(db: Kysely<Schema>, serviceId: number): Promise<number | null> {
  const row = await db.selectFrom("service").select("derived").where("id", "=", serviceId).executeTakeFirst();
  return row?.derived ?? null;
}

const TARGETS = new Map<string, Target>(TABLES.map((table) => [table.table, table]));

function targetOf(table: Target["table"]): Target {
  const target = TARGETS.get(table);
  if (target === undefined) throw new Error(`No facts are in the table "${table}".`);
  return target;
}

async function putPage(db: Kysely<Schema>, { table, rows }: Page): Promise<void> {
  await upsertPage(db, targetOf(table), rows);
}

async function finish(
  db: Kysely<Schema>,
  { gone, settled, marks, changed, touches }: Difference,
): Promise<ReadonlySet<number>> {
  for (const { table, serviceId, keys } of gone) await remove(db, targetOf(table), serviceId, keys);
  await keepSettled(db, settled);
  const { others, isOfOther } = await markDerived(db, marks);
  const all = new Set([...changed, ...others]);
  // Answers are made of events, too: of what an archived repository, a list of files or an author says no fact may be another.
  const version = all.size > 0 || isOfOther ? await countChange(db) : 0;
  if (all.size > 0) await touch(db, touches, version);
  return all;
}

interface Marked {
  /** Those that say something else of themselves than before, which are others as well. */
  readonly others: readonly number[];
  /** Whether any was derived from other events or by other rules than before. */
  readonly isOfOther: boolean;
}

async function markDerived(db: Kysely<Schema>, marks: readonly Mark[]): Promise<Marked> {
  const given = phrasesOf(db).rows(JSON.stringify(marks), {
    service: "integer",
    given_definition: "text",
    given_revision: "integer",
    unplaced: "integer",
  });
  const isOther = sql`case when unplaced_commits is distinct from given.unplaced then 1 else 0 end`;
  const { rows } = await sql<{ id: number; is_other: number }>`select service.id as id, ${isOther} as is_other
    from ${given} as given join service on service.id = given.service
    where unplaced_commits is distinct from given.unplaced or revision is distinct from given_revision
      or definition is distinct from given_definition`.execute(db);
  await sql`update service set definition = given_definition, revision = given_revision, unplaced_commits = given.unplaced,
      derived = derived + 1
    from ${given} as given where service.id = given.service`.execute(db);
  return { others: rows.flatMap(({ id, is_other: is }) => (is === 1 ? [id] : [])), isOfOther: rows.length > 0 };
}

async function remove(
  db: Kysely<Schema>,
  { table, key }: Target,
  serviceId: number,
  keys: readonly string[],
): Promise<void> {
  await sql`delete from ${sql.table(table)} where service_id = ${serviceId}
    and ${phrasesOf(db).isAmong(sql.ref(key[1] ?? "id"), keys)}`.execute(db);
}

/** The facts of one list of a service in a window or at some instants, in the order of their instants. */
export async function readList(
  db: Kysely<Schema>,
  list: ListName,
  place: Place,
  when: Window | readonly Instant[],
): Promise<readonly FactOf<ListName>[]> {
  switch (list) {
    case "deployments":
    case "attempts":
      return readFacts(db, deploymentTable, list, place, when);
    case "deployed":
    case "committed":
      return readFacts(db, commitTable, list, place, when);
    case "delivered":
    case "merged":
    case "opened":
      return readFacts(db, changeTable, list, place, when);
    case "incidents":
      return readFacts(db, incidentTable, list, place, when);
    case "alerts":
    case "fixedAlerts":
      return readFacts(db, alertTable, list, place, when);
    case "finishedRuns":
    case "breaks":
      return readFacts(db, pipelineTable, list, place, when);
  }
}

/** From the first to after the last instant of a list of some services; `null` where it is empty. */
export async function extentOf(
  db: Kysely<Schema>,
  list: ListName,
  services: readonly number[],
): Promise<Window | null> {
  const { table, at } = keptIn(list);
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(${sql.ref(at)}) as first, max(${sql.ref(at)}) as last from ${sql.table(table)}
    where ${phrasesOf(db).isAmong(sql`service_id`, services)}`.execute(db);
  const { first, last } = rows[0] ?? { first: null, last: null };
  return first === null || last === null ? null : { from: first, to: last };
}

/** Where the facts of a list are: the column of their instants, and that of their own key. */
export function keptIn(list: ListName): { readonly table: Target["table"]; readonly at: string; readonly key: string } {
  for (const { table, key, lists } of TABLES) {
    const at = lists.find(([, name]) => name === list)?.[0];
    if (at !== undefined) return { table, at, key: key[1] ?? "id" };
  }
  throw new Error(`No table has the list "${list}".`);
}

/** Each column by which facts are looked for has an index. */
async function readFacts<Fact, Row>(
  db: Kysely<Schema>,
  { table, key, columns, lists, toFact }: FactTable<Fact, Row>,
  list: ListName,
  place: Place,
  when: Window | readonly Instant[],
): Promise<Fact[]> {
  const at = sql.ref(lists.find(([, name]) => name === list)?.[0] ?? "");
  const isThen = "from" in when ? sql`${at} >= ${when.from} and ${at} < ${when.to}` : phrasesOf(db).isAmong(at, when);
  const query = sql<Row>`select * from ${sql.table(table)}
    where service_id = ${place.serviceId} and ${isThen} order by ${at}, ${sql.ref(key[1] ?? "id")}`;
  return (await readAll(db, query, columns)).map((row) => toFact(row, place));
}
