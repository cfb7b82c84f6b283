/**
 * What Citus asks of tables that are spread over machines, looked for in the tables of PostgreSQL and in every statement that a company causes:
 * https://docs.citusdata.com/en/stable/develop/reference_workarounds.html. No Citus is here, so that it runs there is not shown.
 */
import pg from "pg";
import { describe, expect, it, vi } from "vitest";
import { MINUTE } from "#metrics/time.ts";
import { contract, exportKinds } from "#server/contract.ts";
import { aDatabase, aStore, columnsOf, query } from "#test/support/installation.ts";
import type { Headers } from "#test/support/people.ts";
import type { Fields } from "#test/support/whole-company.ts";
import { aWholeCompany, ORDERS, QUESTIONS } from "#test/support/whole-company.ts";

/** What grows without bound, and the column by which it is spread. */
const SPREAD: Readonly<Record<string, string>> = {
  event: "source_id",
  news: "source_id",
  settled: "service_id",
  summary: "service_id",
  segment: "service_id",
  stretch: "service_id",
  touched: "service_id",
  commit_fact: "service_id",
  deployment_fact: "service_id",
  change_fact: "service_id",
  incident_fact: "service_id",
  pipeline_fact: "service_id",
  alert_fact: "service_id",
};

/** What is on each machine as a whole, so that keys of spread tables may lead there. */
const EVERYWHERE = ["source", "service"];

/** What stays on one machine: what people do, which is little, and what each sync writes once. */
const ON_ONE = [
  "actual",
  "audit",
  "baseline",
  "delivery",
  "digest_note",
  "experiment",
  "facts",
  "installation",
  "judgement",
  "lease",
  "ledger_funding",
  "ledger_line",
  "ledger_transition",
  "member",
  "programme",
  "pushed_service",
  "review",
  "saving_record",
  "seal",
  "session",
  "share",
  "statement",
  "sync",
  "team_assessment",
  "token",
];

const names = Object.keys(SPREAD);
const list = names.map((name) => `'${name}'`).join(", ");

describe("tables that grow without bound", () => {
  it("are named here, as are all others", async () => {
    const database = aDatabase();
    await aStore(database);
    const tables = new Set((await columnsOf(database)).map((column) => column.replace(/\..*/, "")));

    expect([...tables].toSorted()).toEqual([...names, ...EVERYWHERE, ...ON_ONE].toSorted());
  });

  it("have the column by which they are spread, which is never empty, in each of their keys", async () => {
    const database = aDatabase();
    await aStore(database);
    const keys = await query(
      database,
      `select i.indrelid::regclass::text as name, i.indexrelid::regclass::text as key,
         array(select a.attname::text from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any(i.indkey)) as columns
       from pg_index i where i.indisunique and i.indrelid::regclass::text in (${list})`,
    );
    const optional = await query(
      database,
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and is_nullable = 'YES' and table_name in (${list})`,
    );

    expect(new Set(keys.map(({ name }) => name))).toEqual(new Set(names));
    expect(keys.filter(({ name, columns }) => !(columns as string[]).includes(columnOf(name)))).toEqual([]);
    expect(optional.filter(({ name }) => names.some((table) => name === `${table}.${columnOf(table)}`))).toEqual([]);
  });

  it("lead by keys to what is everywhere alone, number nothing by themselves, and have no trigger", async () => {
    const database = aDatabase();
    await aStore(database);
    const leading = await query(
      database,
      `select conrelid::regclass::text as name, confrelid::regclass::text as other from pg_constraint
       where contype = 'f' and (conrelid::regclass::text in (${list}) or confrelid::regclass::text in (${list}))`,
    );
    const numbered = await query(
      database,
      `select table_name from information_schema.columns
       where table_name in (${list}) and (is_identity = 'YES' or column_default like 'nextval%')`,
    );
    const triggers = await query(
      database,
      `select tgrelid::regclass::text as name from pg_trigger where not tgisinternal and tgrelid::regclass::text in (${list})`,
    );

    expect(new Set(leading.map(({ other }) => other))).toEqual(new Set(EVERYWHERE));
    expect([numbered, triggers]).toEqual([[], []]);
  });
});

it(
  "are joined, found and changed by the column by which they are spread alone, in all that a company asks and does",
  { timeout: 5 * MINUTE },
  async () => {
    const seen = vi.spyOn(pg.Client.prototype, "query");
    const refused = await aLifeOfACompany();
    const texts = new Set(seen.mock.calls.map(([said]) => String(said).replaceAll('"', "")));
    const statements = [...texts].filter((text) => spreadIn(text).length > 0);
    const several = statements.filter((text) => spreadIn(text).length > 1);

    expect(names.filter((name) => !statements.some((text) => spreadIn(text).includes(name)))).toEqual([]);
    expect(refused).toEqual([]);
    expect(statements.length).toBeGreaterThan(60);
    expect(several.length).toBeGreaterThan(1);
    expect(several.filter((text) => !isTied(text))).toEqual([]);
    expect(statements.filter(movesARow)).toEqual([]);
    expect(statements.filter(findsByOtherColumns)).toEqual([]);
    expect(statements.filter((text) => UNKNOWN.test(text))).toEqual([]);
    // Who writes waits for the one turn there is, which is taken on the machine that is asked.
    expect([...texts].filter((text) => text.includes("advisory"))).toEqual([
      expect.stringMatching(/^select pg_advisory_xact_lock\(\d+\)$/),
    ]);
  },
);

/** Locks of rows and of tables, cursors and walks, which are not for rows on several machines. */
const UNKNOWN = /\bfor (no key )?(update|share)\b|\bdeclare\b|with recursive|\block table\b|^\s*truncate\b/i;

/** Whether it changes the column by which a table is spread. */
function movesARow(text: string): boolean {
  const [, updated, set = ""] = /^\s*update (\w+) set (.*?)(?: where |$)/s.exec(text) ?? [];
  const [, inserted, other = ""] = /^\s*insert into (\w+)\b.* do update set (.*)$/s.exec(text) ?? [];
  return assigns(set, columnOf(updated)) || assigns(other, columnOf(inserted));
}

/** Whether it adds a row or changes the one that is there, and knows that one by other columns. */
function findsByOtherColumns(text: string): boolean {
  const [, table, target] = /^\s*insert into (\w+)\b.* on conflict \(([^)]*)\)/s.exec(text) ?? [];
  return target !== undefined && !target.includes(columnOf(table));
}

function columnOf(table: unknown): string {
  return SPREAD[String(table)] ?? "";
}

/** Which of those tables a statement names. */
function spreadIn(text: string): readonly string[] {
  return names.filter((name) => new RegExp(`\\b(from|join|into|update) ${name}\\b`).test(text));
}

/** Whether in each part of a union each of them but one is held to another by the column of both. */
function isTied(text: string): boolean {
  return text.split(/\bunion all\b/).every((part) => {
    const named = spreadIn(part);
    const tied = named.filter((name) =>
      new RegExp(`\\b${name}\\.${columnOf(name)} = \\w+\\.${columnOf(name)}\\b`).test(part),
    );
    return tied.length >= named.length - 1;
  });
}

function assigns(set: string, column: string): boolean {
  return column !== "" && new RegExp(`(^|,)\\s*${column}\\s*=`).test(set);
}

/** Collects, asks everything, decides everything and is asked again. @returns what was refused. */
async function aLifeOfACompany(): Promise<readonly string[]> {
  const { url, admin, pusher } = await aWholeCompany();
  const refused: string[] = [];
  const send = async (asked: string, init: RequestInit): Promise<void> => {
    const answer = await fetch(new URL(asked, url), init);
    await answer.arrayBuffer();
    if (!answer.ok) refused.push(`${answer.status} ${asked}`);
  };
  const ask = async (path: string, fields: Fields = {}): Promise<void> => {
    const question = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]));
    await send(`${path}?${question.toString()}`, { headers: admin });
  };
  const order = async (path: string, headers: Headers, fields: Fields): Promise<void> => {
    const json = { "content-type": "application/json", ...headers };
    await send(path, { method: "POST", headers: json, body: JSON.stringify(fields) });
  };
  for (const path of Object.keys(contract)) await ask(path, QUESTIONS[path]);
  for (const kind of exportKinds) await ask(`/api/export/${kind}`);
  for (const [path, fields] of Object.entries(ORDERS).filter(([one]) => one !== "/api/logout")) {
    await order(path, /\/(deployments|incidents|alerts)$/.test(path) ? pusher : admin, fields);
  }
  await ask("/api/measures");
  return refused;
}
