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
import type { Month, Touches } from "./segments.ts";
import { monthOf, touch } from "./segments.ts";

/** Which facts are given, where they are not all of a service's: those of these events. And what is settled from now on. */
export interface Extent {
  readonly of: Ids | null;
  readonly settled: Settled | null;
}

const ALL: Extent = { of: null, settled: null };

/** Facts of a service, and what they were derived from. */
export interface Derived {
  readonly serviceId: number;
  readonly facts: ServiceFacts;
  readonly derivedFrom: { readonly definition: string; readonly revision: number };
  readonly extent?: Extent | undefined;
}

/** Replaces the facts of services, or some of them, in one transaction. @returns the services of which any row changed. */
export async function saveFacts(db: Kysely<Schema>, derived: readonly Derived[]): Promise<ReadonlySet<number>> {
  return db.transaction().execute(async (transaction) => {
    const changes = new Changes();
    await replaceAll(transaction, commitTable, derived, changes, ({ facts, extent }) => ({
      facts: facts.commits,
      of: extent?.of?.commit ?? null,
    }));
    await replaceAll(transaction, changeTable, derived, changes, ({ facts, extent }) => ({
      facts: facts.changes,
      of: extent?.of?.change ?? null,
    }));
    await replaceAll(transaction, deploymentTable, derived, changes, ({ facts, extent }) => ({
      facts: facts.deployments,
      of: extent?.of?.deployment ?? null,
    }));
    await replaceAll(transaction, incidentTable, derived, changes, ({ facts, extent }) => ({
      facts: facts.incidents,
      of: extent?.of?.incident ?? null,
    }));
    await replaceAll(transaction, alertTable, derived, changes, ({ facts: { alerts }, extent }) => ({
      facts: alerts,
      of: (extent?.of ?? null) === null ? null : alerts.map(({ id }) => id),
    }));
    await replaceAll(transaction, pipelineTable, derived, changes, ({ facts, extent }) => ({
      facts: facts.pipelines,
      of: extent?.of?.pipeline ?? null,
    }));
    await keepSettled(
      transaction,
      derived.map(({ serviceId, extent = ALL }) => [serviceId, extent.settled]),
    );
    await markDerived(transaction, derived, changes);
    if (changes.services.size > 0) await touch(transaction, changes.touched(), await countChange(transaction));
    return changes.services;
  });
}

/** What is another than before. */
class Changes {
  readonly services = new Set<number>();
  readonly #touches = new Map<number, Map<ListName, Set<Month>>>();

  months(serviceId: number, list: ListName): Set<Month> {
    const lists = this.#touches.get(serviceId) ?? new Map<ListName, Set<Month>>();
    if (lists.size === 0) this.#touches.set(serviceId, lists);
    const months = lists.get(list) ?? new Set<Month>();
    if (months.size === 0) lists.set(list, months);
    return months;
  }

  touched(): Touches {
    return this.#touches;
  }
}

/** A service that says something else of itself than before is another as well. */
async function markDerived(db: Kysely<Schema>, derived: readonly Derived[], changes: Changes): Promise<void> {
  const rows = JSON.stringify(
    derived.map(({ serviceId, facts: { unplacedCommits }, derivedFrom: { definition, revision } }) => [
      serviceId,
      definition,
      revision,
      unplacedCommits,
    ]),
  );
  const { rows: others } = await sql<{ id: number }>`select service.id as id from jsonb_each(${rows}) as given
    join service on service.id = given.value ->> 0 where unplaced_commits is not (given.value ->> 3)`.execute(db);
  for (const { id } of others) changes.services.add(id);
  await sql`update service set definition = given.value ->> 1, revision = given.value ->> 2,
      unplaced_commits = given.value ->> 3, derived = derived + 1
    from jsonb_each(${rows}) as given where service.id = given.value ->> 0`.execute(db);
}

/** Facts of one kind; `of`: the keys of those that are given, `null` where these are all. */
interface Some<Fact> {
  readonly facts: readonly Fact[];
  readonly of: readonly string[] | null;
}

async function replaceAll<Fact, Row>(
  db: Kysely<Schema>,
  table: FactTable<Fact, Row>,
  derived: readonly Derived[],
  changes: Changes,
  pick: (derived: Derived) => Some<Fact>,
): Promise<void> {
  const some = derived.map((one) => ({ serviceId: one.serviceId, ...pick(one) })).filter(({ of }) => of?.length !== 0);
  const recent = await theseRows(
    db,
    table,
    some.flatMap(({ serviceId, of }) => (of ?? []).map((key) => [serviceId, key] as const)),
  );
  const different: (readonly Scalar[])[] = [];
  for (const { serviceId, facts, of } of some) {
    const stored =
      of === null ? await storedRows(db, table, serviceId) : (recent.get(serviceId) ?? new Map<string, string>());
    for (const fact of facts) {
      const row = table.toRow(serviceId, fact);
      const id = String(row[1]);
      const before = stored.get(id);
      stored.delete(id);
      if (before !== undefined && before === JSON.stringify(row)) continue;
      note(changes, table, serviceId, row, before);
      different.push(row);
      if (different.length === PAGE) await upsert(db, table, different.splice(0));
    }
    for (const gone of stored.values()) note(changes, table, serviceId, null, gone);
    if (stored.size > 0) await remove(db, table, serviceId, [...stored.keys()]);
  }
  await upsert(db, table, different);
}

/** Notes a row that is another than before, or is no more, and its months. */
function note<Fact, Row>(
  changes: Changes,
  { columns, lists }: FactTable<Fact, Row>,
  serviceId: number,
  row: readonly Scalar[] | null,
  before: string | undefined,
): void {
  changes.services.add(serviceId);
  const old = before === undefined ? null : trusted<Scalar[]>(before);
  for (const [column, list] of lists) {
    const index = columns.indexOf(column);
    const [at, was] = [row?.[index], old?.[index]];
    if (typeof at === "number") changes.months(serviceId, list).add(monthOf(at));
    if (typeof was === "number" && was !== at) changes.months(serviceId, list).add(monthOf(was));
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

/** The same of facts with these keys, by service. */
async function theseRows<Fact, Row>(
  db: Kysely<Schema>,
  table: FactTable<Fact, Row>,
  keys: readonly (readonly [number, string])[],
): Promise<ReadonlyMap<number, Map<string, string>>> {
  const found = new Map<number, Map<string, string>>();
  if (keys.length === 0) return found;
  const columns = sql.join(table.columns.map((column) => sql.ref(`fact.${column}`)));
  const { rows } = await sql<{ page: string }>`
    select json_group_array(json_array(${columns})) as page
    from (select value ->> 0 as service, value ->> 1 as key from jsonb_each(${JSON.stringify(keys)})) as asked
    cross join ${sql.table(table.table)} as fact
      on fact.service_id = asked.service and ${sql.ref(`fact.${table.key[1] ?? "id"}`)} = asked.key`.execute(db);
  for (const row of trusted<[number, ...Scalar[]][]>(rows[0]?.page ?? "[]")) {
    const stored = found.get(row[0]) ?? new Map<string, string>();
    if (stored.size === 0) found.set(row[0], stored);
    stored.set(String(row[1]), JSON.stringify(row));
  }
  return found;
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
