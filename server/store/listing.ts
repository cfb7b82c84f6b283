/** Facts as lists: filtered, counted, sorted and cut by the database, so that a page costs what it shows and not what there is. */
import type { ChangeFact, DeploymentFact, IncidentFact } from "#metrics/facts.ts";
import { CHANGE_STATES, ONGOING, OPEN } from "#metrics/items/states.ts";
import { sum } from "#metrics/statistics/sum.ts";
import type { Instant, Window } from "#metrics/time.ts";
import type { Kysely, RawBuilder } from "kysely";
import { sql } from "kysely";
import { readAll } from "./bulk.ts";
import { changeTable } from "./change-rows.ts";
import { deploymentTable } from "./deployment-rows.ts";
import type { FactTable, Place } from "./fact-rows.ts";
import { incidentTable } from "./incident-rows.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";

/** A service with the parts of the window in which it belongs to what is asked for. */
export interface ListedPlace extends Place {
  readonly windows: readonly Window[];
  /** Whether it belongs there where the window ends: then what is not over concerns it, however old. */
  readonly isLast: boolean;
}

export interface ListQuestion {
  readonly places: readonly ListedPlace[];
  /** The end of the window. */
  readonly to: Instant;
  readonly now: Instant;
  readonly state: string;
  readonly text: string | null;
  readonly bots: "default" | "in" | "out";
  readonly sort: string;
  readonly direction: "ascending" | "descending";
  readonly limit: number;
  readonly offset: number;
}

export interface Listed<Fact> {
  readonly states: readonly { readonly state: string; readonly n: number }[];
  readonly total: number;
  readonly facts: readonly Fact[];
}

/** How facts of one kind are listed. */
interface Shape<Fact, Row extends { readonly service_id: number }> {
  readonly table: FactTable<Fact, Row>;
  readonly at: RawBuilder<number | null>;
  readonly state: RawBuilder<string>;
  /** Words for several states at once, or for a trait. */
  readonly also: Readonly<Record<string, RawBuilder<boolean>>>;
  readonly isOngoing: RawBuilder<boolean>;
  /** What is looked through, in lower case. */
  readonly text: RawBuilder<string>;
  /** Whose beginning is looked at. */
  readonly shas: RawBuilder<string | null>;
  readonly sorts: Readonly<Record<string, RawBuilder<number | null>>>;
  readonly bots: (bots: ListQuestion["bots"]) => RawBuilder<boolean>;
}

const EVERY = sql<boolean>`true`;
const words = (list: readonly string[]) => sql.join(list.map((word) => sql.lit(word)));

/** The same as `changeState`, which a test holds it to. */
const changeState = sql<string>`case
  when deployed_at is not null then 'deployed'
  when is_before_record = 1 then 'before-record'
  when merged_at is not null then case when is_integrated = 1 and exists (
    select 1 from deployment_fact where deployment_fact.service_id = f.service_id and deployment_fact.deployed_at is not null
      and deployment_fact.tier = 'production') then 'waiting' else 'merged' end
  when closed_at is not null then 'closed'
  when first_review_at is not null then 'review'
  when ready_at is not null then 'pickup'
  else 'coding' end`;

/** From one instant to another; unknown where it would be negative. */
const span = (from: RawBuilder<unknown>, to: RawBuilder<unknown>) =>
  sql<number | null>`case when ${to} >= ${from} then ${to} - ${from} end`;

const changes = (now: Instant): Shape<ChangeFact, Schema["change_fact"]> => {
  const ready = sql`coalesce(ready_at, opened_at)`;
  return {
    table: changeTable,
    at: sql`coalesce(deployed_at, merged_at, opened_at)`,
    state: changeState,
    also: { open: sql`state in (${words(OPEN)})`, reverted: sql`reverted_by is not null` },
    isOngoing: sql`state in (${words(ONGOING)})`,
    text: sql`lower('#' || number || ' !' || number || ' ' || id || ' ' || title)`,
    shas: sql`merge_commit`,
    sorts: {
      age: sql`case when state in (${words(ONGOING)}) then ${now} - coalesce(merged_at, opened_at) end`,
      lead: span(sql`first_commit_at`, sql`deployed_at`),
      coding: span(sql`first_commit_at`, ready),
      pickup: span(ready, sql`first_review_at`),
      review: span(sql`first_review_at`, sql`merged_at`),
      deploy: span(sql`merged_at`, sql`deployed_at`),
      lines: sql`additions + deletions`,
    },
    bots: (bots) => {
      if (bots === "in") return EVERY;
      return bots === "out" ? sql`author_kind <> 'bot'` : sql`not (author_kind = 'bot' and state in (${words(OPEN)}))`;
    },
  };
};

const deployments: Shape<DeploymentFact, Schema["deployment_fact"]> = {
  table: deploymentTable,
  at: sql`coalesce(deployed_at, created_at)`,
  state: sql`case
    when tier <> 'production' then 'elsewhere'
    when deployed_at is null then 'attempt'
    when failed_by <> '[]' then 'failed'
    when is_rework = 1 or is_rollback = 1 then 'repair'
    else 'good' end`,
  also: {},
  isOngoing: sql`false`,
  text: sql`lower(id || ' ' || environment)`,
  shas: sql`sha`,
  sorts: {
    changes: sql`changes`,
    commits: sql`commits`,
    recovery: sql`case when failed_by <> '[]' then recovered_at - deployed_at end`,
  },
  bots: () => EVERY,
};

const incidents: Shape<IncidentFact, Schema["incident_fact"]> = {
  table: incidentTable,
  at: sql`opened_at`,
  state: sql`case
    when false_alarm = 1 then 'false-alarm'
    when resolved_at is null then 'open'
    when deployment_id is null then 'unlinked'
    else 'linked' end`,
  also: {},
  isOngoing: sql`state = 'open'`,
  text: sql`lower(coalesce('#' || number, '') || ' ' || id || ' ' || title)`,
  shas: sql`cast(null as text)`,
  sorts: { recovery: sql`case when false_alarm = 0 then ${span(sql`opened_at`, sql`resolved_at`)} end` },
  bots: () => EVERY,
};

export async function listChanges(db: Kysely<Schema>, question: ListQuestion): Promise<Listed<ChangeFact>> {
  const listed = await list(db, changes(question.now), question);
  return { ...listed, states: inOrder(listed.states, CHANGE_STATES) };
}

export async function listDeployments(db: Kysely<Schema>, question: ListQuestion): Promise<Listed<DeploymentFact>> {
  return list(db, deployments, question);
}

export async function listIncidents(db: Kysely<Schema>, question: ListQuestion): Promise<Listed<IncidentFact>> {
  return list(db, incidents, question);
}

function inOrder(states: Listed<never>["states"], order: readonly string[]): Listed<never>["states"] {
  return states.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

async function list<Fact, Row extends { readonly service_id: number }>(
  db: Kysely<Schema>,
  shape: Shape<Fact, Row>,
  question: ListQuestion,
): Promise<Listed<Fact>> {
  const { table, at, state, sorts } = shape;
  const { places, sort, direction, limit, offset } = question;
  // Rows with their state, so that every condition can speak of it. From each span of a service to its rows, and not the other way
  // round: to look for a row's span among all of them costs as many times more as there are services.
  const { rows: rowsOf, lookUp } = phrasesOf(db);
  const spans = rowsOf(spansText(question), {
    span_service: "integer",
    span_from: "integer",
    span_to: "integer",
    span_is_now: "integer",
    span_place: "integer",
  });
  const all = sql`(select f.*, ${at} as listed_at, ${state} as state, span_from, span_to, span_is_now, span_place
    from ${spans} as span ${lookUp} ${sql.table(table.table)} as f on f.service_id = span_service)`;
  const found = sql`${all} as f where ${isListed(db, shape, question)}`;
  const only = isIn(shape, question.state);
  const { rows: counted } = await sql<{
    state: string;
    n: number;
    wanted: number;
  }>`select state, count(*) as n, sum(case when ${only} then 1 else 0 end) as wanted from ${found}
    group by state order by state`.execute(db);
  const by = sorts[sort] ?? sql`listed_at`;
  const turned = direction === "ascending" ? sql`asc` : sql`desc`;
  const key = sql.ref(table.key[1] ?? "id");
  const page = sql<Row>`select f.* from ${found} and ${only}
    order by ${by} is null, ${by} ${turned}, listed_at desc, span_place, ${key} limit ${limit} offset ${offset}`;
  const byId = new Map(places.map((place) => [place.serviceId, place]));
  const rows = await readAll(db, page, table.columns);
  return {
    states: counted.map(({ state: one, n }) => ({ state: one, n })),
    total: sum(counted.map(({ wanted }) => wanted)),
    facts: rows.flatMap((row) => {
      const place = byId.get(row.service_id);
      return place === undefined ? [] : table.toFact(row, place);
    }),
  };
}

/** In the window and in the times of its service, or not over; of those whom the question looks at. */
function isListed<Fact, Row extends { readonly service_id: number }>(
  db: Kysely<Schema>,
  { isOngoing, bots, text, shas }: Shape<Fact, Row>,
  { text: wanted, bots: whose }: ListQuestion,
): RawBuilder<boolean> {
  const told = (wanted ?? "").trim().toLowerCase();
  const { holds, begins } = phrasesOf(db);
  const isSha = told.length > 3 ? begins(shas, told) : sql`false`;
  const isMeant = told === "" ? EVERY : sql`(${holds(text, told)} or ${isSha})`;
  const isNow = sql`case when ${isOngoing} then 1 else 0 end`;
  const isInTime = sql`f.listed_at >= span_from and f.listed_at < span_to and span_is_now = ${isNow}`;
  return sql`${isInTime} and ${bots(whose)} and ${isMeant}`;
}

function isIn<Fact, Row extends { readonly service_id: number }>(
  { also }: Shape<Fact, Row>,
  state: string,
): RawBuilder<boolean> {
  return state === "all" ? EVERY : (also[state] ?? sql`state = ${state}`);
}

/**
 * `[service, from, to, 0, place]` for each part of the window, which do not overlap, and `[service, long ago, to, 1, place]` for what is not
 * over. The place is that among the services: their numbers say in which order they came to be known, which is another one elsewhere.
 */
function spansText({ places, to }: ListQuestion): string {
  return JSON.stringify(
    places.flatMap(({ serviceId, windows, isLast }, place) => [
      ...windows.map(({ from, to: end }) => [serviceId, from, end, 0, place]),
      ...(isLast ? [[serviceId, Number.MIN_SAFE_INTEGER, to, 1, place]] : []),
    ]),
  );
}
