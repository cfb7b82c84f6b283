/** What the events mean. Facts can always be rebuilt; only rows that differ are written, so that a sync costs what changed. */
import type { ServiceFacts } from "#metrics/facts.ts";
import type { Ids, Settled } from "#metrics/settled.ts";
import type { Window } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Scalar } from "./bulk.ts";
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
    const alerts = of === null ? null : facts.alerts.map(({ id }) => id);
    const changed =
      (await replace(transaction, commitTable, serviceId, facts.commits, of?.commit ?? null)) +
      (await replace(transaction, changeTable, serviceId, facts.changes, of?.change ?? null)) +
      (await replace(transaction, deploymentTable, serviceId, facts.deployments, of?.deployment ?? null)) +
      (await replace(transaction, incidentTable, serviceId, facts.incidents, of?.incident ?? null)) +
      (await replace(transaction, alertTable, serviceId, facts.alerts, alerts)) +
      (await replace(transaction, pipelineTable, serviceId, facts.pipelines, of?.pipeline ?? null));
    await keepSettled(transaction, serviceId, settled);
    const isChanged = (await markDerived(transaction, serviceId, facts, derivedFrom)) || changed > 0;
    if (isChanged) await countChange(transaction);
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
    .set({ ...derivedFrom, unplaced_commits: unplacedCommits })
    .where("id", "=", serviceId)
    .execute();
  return before !== undefined && before.unplaced_commits !== unplacedCommits;
}

async function replace<Fact, Row>(
  db: Kysely<Schema>,
  table: FactTable<Fact, Row>,
  serviceId: number,
  facts: readonly Fact[],
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
      if (before === undefined || before !== JSON.stringify(row)) different.push(row);
      stored.delete(id);
    }
    await upsert(db, table, different);
    changed += different.length;
  }
  if (stored.size > 0) await remove(db, table, serviceId, [...stored.keys()]);
  return changed + stored.size;
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

/** The columns by which facts are looked for; each has an index. */
const CLOCKS = {
  deployedAt: "deployed_at",
  committedAt: "committed_at",
  createdAt: "created_at",
  mergedAt: "merged_at",
  openedAt: "opened_at",
  fixedAt: "fixed_at",
  finishedAt: "finished_at",
  brokeAt: "broke_at",
} as const;

/** Facts of some services whose given instant lies in a window, in the order of that instant. */
export async function readFacts<Fact, Row>(
  db: Kysely<Schema>,
  table: FactTable<Fact, Row>,
  places: readonly Place[],
  clock: keyof typeof CLOCKS,
  { from, to }: Window,
): Promise<Fact[]> {
  const [at, key] = [sql.ref(CLOCKS[clock]), sql.ref(table.key[1] ?? "id")];
  const facts: Fact[] = [];
  for (const place of places) {
    const query = sql<Row>`select * from ${sql.table(table.table)}
      where service_id = ${place.serviceId} and ${at} >= ${from} and ${at} < ${to} order by ${at}, ${key}`;
    for (const row of await readAll(db, query, table.columns)) facts.push(table.toFact(row, place));
  }
  return facts;
}
