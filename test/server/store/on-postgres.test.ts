import { describe, expect, it } from "vitest";
import type { Batch } from "#collectors/collector.ts";
import { migrations, postgresMigrations } from "#server/store/migrations.ts";
import { StoreError } from "#server/store/errors.ts";
import { Store } from "#server/store/store.ts";
import { aBatch, aCommit, aRepositoryEvent } from "#test/support/events.ts";
import { at } from "#test/support/fake-host.ts";
import { declaredBy, inserted, selected } from "#test/support/declared.ts";
import { aDatabase, aStore, change, query } from "#test/support/installation.ts";
import { migrateTo } from "#test/support/old-databases.ts";

const monday = at("2026-03-02");

/** Saves, and again where nobody knows whether the connection broke before or after the end of a transaction, as the next sync does. */
async function saveForSure(store: Store, id: number, batch: Batch): Promise<void> {
  await store.save(id, batch, monday).catch(async (error: unknown) => {
    if (!(error instanceof StoreError) || error.reason !== "unavailable") throw error;
    await store.save(id, batch, monday);
  });
}

async function aSource() {
  const database = aDatabase();
  const store = await aStore(database);
  const { id } = await store.openSource({ key: "fake:shop", name: "shop", host: "git" });
  return { database, store, id };
}

/** What an operator does who stops the server, for those who are connected. */
const CUT =
  "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

describe("a store on PostgreSQL", () => {
  it("goes on when its connections were cut, and loses nothing", async () => {
    const { database, store, id } = await aSource();
    const batches = Array.from({ length: 30 }, (_, index) => aBatch({ events: [aCommit({ id: `c${index}` })] }));

    const saving = Promise.all(batches.map(async (batch) => saveForSure(store, id, batch)));
    for (let cuts = 0; cuts < 3; cuts++) await change(database, CUT);
    await saving;
    await change(database, CUT);

    expect(await store.sources(["fake:shop"])).toMatchObject([{ revision: 30 }]);
    expect(await query(database, "select count(*) as n from event")).toEqual([{ n: 30 }]);
  });

  it("tells of whoever changed anything, and of nothing while nobody does", async () => {
    const { database, store, id } = await aSource();
    const other = await aStore(database);
    const before = await store.change();

    await other.save(id, aBatch({ events: [aRepositoryEvent()] }), monday);

    expect(await store.change()).not.toBe(before);
  });

  it("says what to do when it does not answer, without the password", async () => {
    const opening = Store.open("postgres://headway:opensesame@127.0.0.1:1/headway");

    await expect(opening).rejects.toMatchObject({ name: "StoreError", reason: "unavailable" });
    await expect(opening).rejects.toThrow("postgres://headway@127.0.0.1:1/headway does not answer");
    await expect(opening).rejects.not.toThrow("opensesame");
  });

  it("says which database is not there", async () => {
    const database = aDatabase();

    await expect(Store.open(database)).rejects.toMatchObject({ name: "StoreError", reason: "missing" });
  });

  it("refuses what a newer Headway made", async () => {
    const { database } = await aSource();
    await change(database, "insert into kysely_migration (name, timestamp) values ('9999-future', '')");

    await expect(Store.open(database)).rejects.toMatchObject({ name: "StoreError", reason: "newer" });
  });

  it("is made once by several that open it at the same time", async () => {
    const { database } = await aSource();
    await change(database, "drop schema public cascade", "create schema public");

    const stores = await Promise.all(Array.from({ length: 3 }, async () => Store.open(database)));
    await Promise.all(stores.map(async (store) => store.close()));

    expect(await query(database, "select name from kysely_migration order by name")).toEqual(
      Object.keys(postgresMigrations).map((name) => ({ name })),
    );
    expect(Object.keys(postgresMigrations).at(-1)).toBe(Object.keys(migrations).toSorted().at(-1));
  });

  it.each(Object.keys(postgresMigrations).slice(0, -1))(
    "brings %s up to date, and keeps what people declared, decided and signed",
    async (version) => {
      const { database } = await aSource();
      await change(database, "drop schema public cascade", "create schema public");
      await migrateTo(database, version);
      const declared = declaredBy(version);
      await change(database, ...declared.map(inserted));
      const told: string[] = [];

      await (await Store.open(database, (sentence) => told.push(sentence))).close();

      expect(told).toEqual([expect.stringContaining("is upgraded to schema")]);
      expect(declared.length).toBeGreaterThan(5);
      for (const one of declared) expect(await query(database, selected(one))).toEqual([one.row]);
    },
  );

  it("compares every text by its bytes, whatever the language of the server", async () => {
    const { database } = await aSource();

    const others = await query(
      database,
      `select table_name, column_name from information_schema.columns where table_schema = 'public'
       and data_type in ('text', 'character varying') and table_name not like 'kysely%' and collation_name is distinct from 'C'`,
    );

    expect(others).toEqual([]);
  });

  it("has what grows without bound keyed by source or service first", async () => {
    const { database } = await aSource();

    const keys = await query(
      database,
      `select t.relname as name from pg_index i join pg_class t on t.oid = i.indrelid
       join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
       where i.indisunique and (t.relname like '%\\_fact' or t.relname in ('event', 'news', 'segment', 'touched', 'settled', 'summary'))
       and a.attname not in ('service_id', 'source_id')`,
    );

    expect(keys).toEqual([]);
  });
});
