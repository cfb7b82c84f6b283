/** What the events mean. Facts can always be rebuilt; only rows that differ are written, so that a sync costs what changed. */
import type { ServiceFacts } from "#metrics/facts.ts";
import type { FactOf, ListName } from "#metrics/lists.ts";
import type { Ids, Settled } from "#metrics/settled.ts";
import type { Instant, Window } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Scalar, Target } from "./bulk.ts";
import { PAGE, readAll, trusted, upsert } from "./bulk.ts";
import { alertTable } from "./alert-rows.ts";
import { changeTable } from "./change-rows.ts";
import { commitTable } from "./commit-rows.ts";
import { deploymentTable } from "./deployment-rows.ts";
import type { FactTable, Place } from "./fact-rows.ts";
import { incidentTable } from "./incident-rows.ts";
import { pipelineTable } from "./pipeline-rows.ts";
import { countChange } from "./facts-version.ts";
import { keepSettled } from "./recent.ts";
import type { Schema } from "./schema.ts";
import type { Month } from "./segments.ts";
import { monthOf, touch } from "./segments.ts";

/** Which facts are given, where they are not all of a service's: those of these events. And what is settled from now on. */
export interface Extent {
  readonly of: Ids | null;
  readonly settled: Settled | null;
}

const ALL: Extent = { of: null, settled: null };

/** Replaces a service's facts, or some of them, and marks what they were derived from, in one transaction. @returns whether any row changed. */
export async function saveFacts(
  db: Kysely<Schema>,
  serviceId: number,
  facts: ServiceFacts,
  derivedFrom: { definition: string; revision: number },
  { of, settled }: Extent = ALL,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const touches = new Map<ListName, Set<Month>>();
    const alerts = of === null ? null : facts.alerts.map(({ id }) => id);
    const changed =
      (await replace(transaction, commitTable, serviceId, facts.commits, touches, of?.commit ?? null)) +
      (await replace(transaction, changeTable, serviceId, facts.changes, touches, of?.change ?? null)) +
      (await replace(transaction, deploymentTable, serviceId, facts.deployments, touches, of?.deployment ?? null)) +
      (await replace(transaction, incidentTable, serviceId, facts.incidents, touches, of?.incident ?? null)) +
      (await replace(transaction, alertTable, serviceId, facts.alerts, touches, alerts)) +
      (await replace(transaction, pipelineTable, serviceId, facts.pipelines, touches, of?.pipeline ?? null));
    await keepSettled(transaction, serviceId, settled);
    const isChanged = (await markDerived(transaction, serviceId, facts, derivedFrom)) || changed > 0;
    if (isChanged) await touch(transaction, serviceId, touches, await countChange(transaction));
    return isChanged;
  });
}

/** @returns whether the service says something else of itself than before. */
async function markDerived(
  db: Kysely<Schema>,
  serviceId: number,
  { unplacedCommits }: ServiceFacts,
  derivedFrom: { definition: string; revision: number },
): Promise<boolean> {
  const before = await db
    .selectFrom("service")
    .select("unplaced_commits")
    .where("id", "=", serviceId)
    .executeTakeFirst();
  await db
    .updateTable("service")
    .set((eb) => ({ ...derivedFrom, unplaced_commits: unplacedCommits, derived: eb("derived", "+", 1) }))
    .where("id", "=", serviceId)
    .execute();
  return before !== undefined && before.unplaced_commits !== unplacedCommits;
}

async function replace<Fact, Row>(
  db: Kysely<Schema>,
  table: FactTable<Fact, Row>,
  serviceId: number,
  facts: readonly Fact[],
  touches: Map<ListName, Set<Month>>,
  of: readonly string[] | null,
): Promise<number> {
  if (of?.length === 0) return 0;
  const stored = of === null ? await storedRows(db, table, serviceId) : await theseRows(db, table, serviceId, of);
  let changed = 0;
  for (let start = 0; start < facts.length; start += PAGE) {
    const different: (readonly Scalar[])[] = [];
    for (const fact of facts.slice(start, start + PAGE)) {
      const row = table.toRow(serviceId, fact);
      const id = String(row[1]);
      const before = stored.get(id);
      if (before === undefined || before !== JSON.stringify(row)) {
        different.push(row);
        note(touches, table, row, before);
      }
      stored.delete(id);
    }
    await upsert(db, table, different);
    changed += different.length;
  }
  for (const gone of stored.values()) note(touches, table, null, gone);
  if (stored.size > 0) await remove(db, table, serviceId, [...stored.keys()]);
  return changed + stored.size;
}

/** Notes the months in which a row is another than before, or is no more. */
function note<Fact, Row>(
  touches: Map<ListName, Set<Month>>,
  { columns, lists }: FactTable<Fact, Row>,
  row: readonly Scalar[] | null,
  before: string | undefined,
): void {
  const versions = [...(row === null ? [] : [row]), ...(before === undefined ? [] : [trusted<Scalar[]>(before)])];
  for (const [column, list] of lists) {
    const months = touches.get(list) ?? new Set<Month>();
    touches.set(list, months);
    const index = columns.indexOf(column);
    for (const version of versions) {
      const at = version[index];
      if (typeof at === "number") months.add(monthOf(at));
    }
  }
}

/** What is stored now, each row as text, by the fact's own key. */
async function storedRows<Fact, Row>(
  db: Kysely<Schema>,
  table: FactTable<Fact, Row>,
  serviceId: number,
): Promise<Map<string, string>> {
  const stored = new Map<string, string>();
  const key = sql.ref(table.key[1] ?? "id");
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  for (let after: string | null = ""; after !== null;) {
    const { rows }: { rows: { page: string; last: string | null }[] } = await sql<{
      page: string;
      last: string | null;
    }>`
      select json_group_array(json_array(${columns})) as page, max(${key}) as last
      from (select * from ${sql.table(table.table)} where service_id = ${serviceId} and ${key} > ${after} order by ${key} limit ${sql.lit(PAGE)})`.execute(
      db,
    );
    for (const row of trusted<Scalar[][]>(rows[0]?.page ?? "[]")) stored.set(String(row[1]), JSON.stringify(row));
    after = rows[0]?.last ?? null;
  }
  return stored;
}

/** The same, of the facts with these keys. */
async function theseRows<Fact, Row>(
  db: Kysely<Schema>,
  table: FactTable<Fact, Row>,
  serviceId: number,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  const { rows } = await sql<{ page: string }>`
    select json_group_array(json_array(${columns})) as page from ${sql.table(table.table)}
    where service_id = ${serviceId}
      and ${sql.ref(table.key[1] ?? "id")} in (select value from json_each(${JSON.stringify(keys)}))`.execute(db);
  return new Map(trusted<Scalar[][]>(rows[0]?.page ?? "[]").map((row) => [String(row[1]), JSON.stringify(row)]));
}

async function remove<Fact, Row>(
  db: Kysely<Schema>,
  table: FactTable<Fact, Row>,
  serviceId: number,
  keys: readonly string[],
): Promise<void> {
  await sql`delete from ${sql.table(table.table)} where service_id = ${serviceId}
    and ${sql.ref(table.key[1] ?? "id")} in (select value from json_each(${JSON.stringify(keys)}))`.execute(db);
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

const TABLES = [commitTable, changeTable, deploymentTable, incidentTable, alertTable, pipelineTable];

/** From the first to after the last instant of a list of some services; `null` where it is empty. */
export async function extentOf(
  db: Kysely<Schema>,
  list: ListName,
  services: readonly number[],
): Promise<Window | null> {
  const { table, at } = keptIn(list);
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(${sql.ref(at)}) as first, max(${sql.ref(at)}) as last from ${sql.table(table)}
    where service_id in (select value from json_each(${JSON.stringify(services)}))`.execute(db);
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
  const isThen =
    "from" in when
      ? sql`${at} >= ${when.from} and ${at} < ${when.to}`
      : sql`${at} in (select value from json_each(${JSON.stringify(when)}))`;
  const query = sql<Row>`select * from ${sql.table(table)}
    where service_id = ${place.serviceId} and ${isThen} order by ${at}, ${sql.ref(key[1] ?? "id")}`;
  return (await readAll(db, query, columns)).map((row) => toFact(row, place));
}
