import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { migrations } from "#server/store/migrations.ts";
import { Store } from "#server/store/store.ts";
import { asNobody } from "#test/support/nobody.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { aDatabase, aStore, change, query } from "#test/support/installation.ts";

describe("a database that is opened", () => {
  it("is made with its folder, which git is told to ignore", async () => {
    const database = aDatabase();

    const store = await aStore(database);

    expect(await store.factsVersion()).toBe(0);
    expect(readFileSync(join(dirname(database), ".gitignore"), "utf8")).toBe("*\n");
  });

  it("leaves a folder alone that was there before", async () => {
    const database = join(aFolder(), "headway.db");

    await aStore(database);

    expect(existsSync(join(dirname(database), ".gitignore"))).toBe(false);
  });

  it("keeps what it holds when it is opened again", async () => {
    const database = aDatabase();
    const first = await Store.open(database);
    await first.openSource({ key: "fake:shop", name: "shop", host: "git" });
    await first.close();

    const second = await aStore(database);

    expect(await second.sources(["fake:shop"])).toMatchObject([{ key: "fake:shop", name: "shop", cursor: null }]);
  });

  it("is in WAL mode, so that readers and the writer do not wait for each other", async () => {
    const database = aDatabase();
    await aStore(database);

    expect(await query(database, "pragma journal_mode")).toEqual([{ journal_mode: "wal" }]);
  });

  it("is made whole when several open it at the same time", async () => {
    const database = aDatabase();

    const stores = await Promise.all(Array.from({ length: 3 }, async () => Store.open(database)));

    for (const store of stores) expect(await store.factsVersion()).toBe(0);
    for (const store of stores) await store.close();
    expect(await query(database, "select count(*) as n from kysely_migration")).toEqual([
      { n: Object.keys(migrations).length },
    ]);
  });

  it("is made whole when it was left empty by a process that was killed at once", async () => {
    const database = aDatabase();
    mkdirSync(dirname(database));
    writeFileSync(database, "");

    const store = await aStore(database);

    expect(await store.services(["fake:shop"])).toEqual([]);
  });

  it("is made whole when only the migration's own tables had been made", async () => {
    const database = aDatabase();
    await (await Store.open(database)).close();
    const tables = await query(
      database,
      "select name from sqlite_master where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'",
    );
    await change(
      database,
      "pragma foreign_keys = off",
      ...tables.map(({ name }) => `drop table "${String(name)}"`),
      "delete from kysely_migration",
    );

    const store = await aStore(database);

    expect(await store.services(["fake:shop"])).toEqual([]);
  });
});

describe("a database from a newer version", () => {
  it("is refused in a sentence, and nothing in it is touched", async () => {
    const database = aDatabase();
    await (await Store.open(database)).close();
    await change(database, "insert into kysely_migration values ('0999-from-the-future', '2030-01-01')");
    await change(database, "pragma wal_checkpoint(truncate)");
    const before = readFileSync(database);

    const opening = Store.open(database);

    await expect(opening).rejects.toMatchObject({
      name: "StoreError",
      reason: "newer",
      message: `${database} was made by a newer Headway (it has "0999-from-the-future"), which this one would misread. Update Headway, or name another file with \`database:\` in the configuration.`,
    });
    expect(readFileSync(database).equals(before)).toBe(true);
  });
});

describe("a database that cannot be used", () => {
  it("is refused when the file is something else, which stays as it was", async () => {
    const database = join(aFolder(), "notes.txt");
    writeFileSync(database, "These are my notes.\n".repeat(100));

    await expect(Store.open(database)).rejects.toMatchObject({ name: "StoreError", reason: "damaged" });

    expect(readFileSync(database, "utf8")).toBe("These are my notes.\n".repeat(100));
  });

  it("is refused when its beginning is overwritten", async () => {
    const database = aDatabase();
    await (await Store.open(database)).close();
    writeFileSync(database, Buffer.alloc(4096, 7), { flag: "r+" });

    await expect(Store.open(database)).rejects.toMatchObject({ name: "StoreError", reason: "damaged" });
  });

  it("is refused when its path is a folder", async () => {
    await expect(Store.open(aFolder())).rejects.toMatchObject({ name: "StoreError", reason: "read-only" });
  });

  it("is refused when its folder is a file", async () => {
    const file = join(aFolder(), "data");
    writeFileSync(file, "");

    await expect(Store.open(join(file, "headway.db"))).rejects.toMatchObject({
      name: "StoreError",
      reason: "read-only",
      message: expect.stringContaining("Make its folder writable for this user"),
    });
  });

  it("is refused when its folder may not be written", async () => {
    const folder = aFolder();
    chmodSync(folder, 0o555);

    await asNobody(async () => {
      await expect(Store.open(join(folder, "headway.db"))).rejects.toMatchObject({ reason: "read-only" });
      await expect(Store.open(join(folder, "data/headway.db"))).rejects.toMatchObject({ reason: "read-only" });
    });
  });

  it("refuses to store when the file may only be read, and stores once it may be written", async () => {
    const folder = aFolder();
    const database = join(folder, "headway.db");
    const source = { key: "fake:shop", name: "shop", host: "git" };
    await (await Store.open(database)).close();
    chmodSync(folder, 0o777);
    chmodSync(database, 0o444);

    await asNobody(async () => {
      const storing = Store.open(database).then(async (store) => {
        onTestFinished(async () => store.close());
        return store.openSource(source);
      });
      await expect(storing).rejects.toMatchObject({ name: "StoreError", reason: "read-only" });
    });
    chmodSync(database, 0o666);

    expect(await (await aStore(database)).openSource(source)).toMatchObject(source);
  });
});
