/** What is another than what is stored: only rows that differ are written, so that a sync costs what changed. */
import type { ServiceFacts } from "#metrics/facts.ts";
import type { ListName } from "#metrics/lists.ts";
import type { Ids, Settled } from "#metrics/settled.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { alertTable } from "./alert-rows.ts";
import type { Scalar, Target } from "./bulk.ts";
import { FACTS_AT_ONCE, trusted } from "./bulk.ts";
import { changeTable } from "./change-rows.ts";
import { commitTable } from "./commit-rows.ts";
import { deploymentTable } from "./deployment-rows.ts";
import type { FactTable } from "./fact-rows.ts";
import { incidentTable } from "./incident-rows.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import { pipelineTable } from "./pipeline-rows.ts";
import type { Schema } from "./schema.ts";
import type { Month, Touches } from "./segments.ts";
import { monthOf } from "./segments.ts";

/** Which facts are given, where they are not all of a service's: those of these events. And what is settled from now on. */
export interface Extent {
  readonly of: Ids | null;
  readonly settled: Settled | null;
}

/** Facts of a service, and what they were derived from. */
export interface Derived {
  readonly serviceId: number;
  readonly facts: ServiceFacts;
  readonly derivedFrom: { readonly definition: string; readonly revision: number };
  readonly extent?: Extent | undefined;
}

/** Rows that are new or another than before. */
export interface Page {
  readonly table: Target["table"];
  /** A JSON list of up to {@link FACTS_AT_ONCE} rows, each with its values in the order of the table's columns. */
  readonly rows: string;
}

/** What else there is to be written. Plain data, as pages are: it may come from another thread. */
export interface Difference {
  /** Rows that are no more, by their own keys. */
  readonly gone: readonly {
    readonly table: Target["table"];
    readonly serviceId: number;
    readonly keys: readonly string[];
  }[];
  /** By service; `null`: nothing is known to be settled. */
  readonly settled: readonly (readonly [serviceId: number, settled: string | null])[];
  readonly marks: readonly Mark[];
  /** The services of which any row is another, and the months of those rows. */
  readonly changed: ReadonlySet<number>;
  readonly touches: Touches;
}

/** What a service says of its facts. */
export type Mark = readonly [serviceId: number, definition: string, revision: number, unplacedCommits: number | null];

/** @param put gets the rows page by page, so that those of a long history need not be held. */
export async function differenceOf(
  db: Kysely<Schema>,
  derived: readonly Derived[],
  put: (page: Page) => Promise<void>,
): Promise<Difference> {
  const changes = new Changes();
  const filled = await filledTables(db, derived);
  const compare = async <Fact, Row>(table: FactTable<Fact, Row>, pick: (one: Derived) => Some<Fact>): Promise<void> =>
    compareAll(
      db,
      table,
      derived.map((one) => ({
        serviceId: one.serviceId,
        hasRows: filled.has(`${one.serviceId} ${table.table}`),
        ...pick(one),
      })),
      changes,
      put,
    );
  await compare(commitTable, ({ facts, extent }) => ({ facts: facts.commits, of: extent?.of?.commit ?? null }));
  await compare(changeTable, ({ facts, extent }) => ({ facts: facts.changes, of: extent?.of?.change ?? null }));
  await compare(deploymentTable, ({ facts, extent }) => ({
    facts: facts.deployments,
    of: extent?.of?.deployment ?? null,
  }));
  await compare(incidentTable, ({ facts, extent }) => ({ facts: facts.incidents, of: extent?.of?.incident ?? null }));
  await compare(alertTable, ({ facts: { alerts }, extent }) => ({
    facts: alerts,
    of: (extent?.of ?? null) === null ? null : alerts.map(({ id }) => id),
  }));
  await compare(pipelineTable, ({ facts, extent }) => ({ facts: facts.pipelines, of: extent?.of?.pipeline ?? null }));
  return {
    gone: changes.gone,
    settled: derived.map(({ serviceId, extent }) => [serviceId, textOf(extent?.settled ?? null)]),
    marks: derived.map(({ serviceId, facts: { unplacedCommits }, derivedFrom: { definition, revision } }) => [
      serviceId,
      definition,
      revision,
      unplacedCommits,
    ]),
    changed: changes.services,
    touches: changes.touched(),
  };
}

function textOf(settled: Settled | null): string | null {
  return settled === null ? null : JSON.stringify(settled);
}

/** What is another than before. */
class Changes {
  readonly services = new Set<number>();
  readonly gone: Difference["gone"][number][] = [];
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

/** All tables of facts. */
export const TABLES = [commitTable, changeTable, deploymentTable, incidentTable, alertTable, pipelineTable];

/** Of services of which all facts are given: each with the tables in which it has any, so that first facts are compared with nothing. */
async function filledTables(db: Kysely<Schema>, derived: readonly Derived[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { serviceId, extent } of derived) {
    if ((extent?.of ?? null) !== null) continue;
    const each = TABLES.map(
      ({ table }) => sql`select ${sql.lit(table)} as name
        where exists (select 1 from ${sql.table(table)} where service_id = ${serviceId})`,
    );
    const { rows } = await sql<{ name: string }>`${sql.join(each, sql` union all `)}`.execute(db);
    for (const { name } of rows) found.add(`${serviceId} ${name}`);
  }
  return found;
}

/** Facts of one kind; `of`: the keys of those that are given, `null` where these are all. */
interface Some<Fact> {
  readonly facts: readonly Fact[];
  readonly of: readonly string[] | null;
}

async function compareAll<Fact, Row>(
  db: Kysely<Schema>,
  table: FactTable<Fact, Row>,
  derived: readonly (Some<Fact> & { readonly serviceId: number; readonly hasRows: boolean })[],
  changes: Changes,
  put: (page: Page) => Promise<void>,
): Promise<void> {
  const some = derived.filter(({ of }) => of?.length !== 0);
  const recent = await theseRows(
    db,
    table,
    some.flatMap(({ serviceId, of }) => (of ?? []).map((key) => [serviceId, key] as const)),
  );
  const { kept } = phrasesOf(db);
  const different: (readonly Scalar[])[] = [];
  const instants = table.lists.map(([column, list]): Instants => [table.columns.indexOf(column), list]);
  const putAll = async () => put({ table: table.table, rows: JSON.stringify(different.splice(0)) });
  for (const { serviceId, hasRows, facts } of some) {
    const stored =
      (hasRows ? await storedRows(db, table, serviceId) : recent.get(serviceId)) ?? new Map<string, string>();
    for (const fact of facts) {
      const row = table.toRow(serviceId, fact);
      const id = String(row[1]);
      const before = stored.get(id);
      stored.delete(id);
      if (before !== undefined && before === kept(JSON.stringify(row))) continue;
      note(changes, instants, serviceId, row, before);
      different.push(row);
      if (different.length === FACTS_AT_ONCE) await putAll();
    }
    for (const gone of stored.values()) note(changes, instants, serviceId, null, gone);
    if (stored.size > 0) changes.gone.push({ table: table.table, serviceId, keys: [...stored.keys()] });
  }
  if (different.length > 0) await putAll();
}

/** Where in a row the instant is by which it belongs to a list. */
type Instants = readonly [index: number, list: ListName];

/** Notes a row that is another than before, or is no more, and its months. */
function note(
  changes: Changes,
  instants: readonly Instants[],
  serviceId: number,
  row: readonly Scalar[] | null,
  before: string | undefined,
): void {
  changes.services.add(serviceId);
  const old = before === undefined ? null : trusted<Scalar[]>(before);
  for (const [index, list] of instants) {
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
  const columns = table.columns.map((column) => sql.ref(column));
  for (let after: string | null = ""; after !== null;) {
    const { rows }: { rows: { page: string; last: string | null }[] } = await sql<{
      page: string;
      last: string | null;
    }>`
      select ${phrasesOf(db).lists(...columns)} as page, max(${key}) as last
      from (select * from ${sql.table(table.table)} where service_id = ${serviceId} and ${key} > ${after} order by ${key} limit ${sql.lit(FACTS_AT_ONCE)}) as page`.execute(
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
  const phrases = phrasesOf(db);
  const { rows } = await sql<{ page: string }>`
    select ${phrases.lists(...table.columns.map((column) => sql.ref(`fact.${column}`)))} as page
    from ${phrases.rows(JSON.stringify(keys), { service: "integer", key: "text" })} as asked
    ${phrases.lookUp} ${sql.table(table.table)} as fact
      on fact.service_id = asked.service and ${sql.ref(`fact.${table.key[1] ?? "id"}`)} = asked.key`.execute(db);
  for (const row of trusted<[number, ...Scalar[]][]>(rows[0]?.page ?? "[]")) {
    const stored = found.get(row[0]) ?? new Map<string, string>();
    if (stored.size === 0) found.set(row[0], stored);
    stored.set(String(row[1]), JSON.stringify(row));
  }
  return found;
}
