import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { copyDatabase, inspectDatabase, restoreDatabase } from "#server/store/backup.ts";
import { connect } from "#server/store/connection.ts";
import { Store } from "#server/store/store.ts";
import { DECLARED, inserted, selected } from "#test/support/declared.ts";
import { at, beforeBatch } from "#test/support/fake-host.ts";
import { aFolder } from "#test/support/git-repository.ts";
import {
  aDatabase,
  anInstallation,
  aStore,
  change,
  contentOf,
  query,
  serve,
  synced,
} from "#test/support/installation.ts";
import { asNobody } from "#test/support/nobody.ts";
import { aSmallDisk } from "#test/support/tmpfs.ts";
import { twoServices } from "#test/support/two-services.ts";

const now = at("2026-07-01T08:30");
const questions = ["/api/measures", "/api/rows?metric=lead-time-commit", "/api/services", "/api/flow"] as const;

async function aClosedDatabase(...statements: readonly string[]): Promise<string> {
  const database = aDatabase();
  await (await Store.open(database)).close();
  await change(database, ...statements);
  return database;
}

async function answers(database: string): Promise<readonly string[]> {
  const { shop } = twoServices();
  const { get } = await serve(await anInstallation({ collectors: [shop.collector()], database }));
  return Promise.all(questions.map(async (path) => (await get(path)).text));
}

describe("a backup", () => {
  it("taken amid a sync, restored and synced to the end, answers like a database that was left alone", async () => {
    const { shop } = twoServices();
    const undisturbed = await anInstallation({ collectors: [shop.collector({ batchSize: 100 })] });
    await synced(undisturbed);
    const file = join(aFolder(), "amid.db");
    const disturbed = await aClosedDatabase(...DECLARED.map(inserted));
    const taking: Promise<unknown>[] = [];
    const take = () => void taking.push(copyDatabase(disturbed, file));
    const amid = await anInstallation({
      collectors: [shop.collector({ batchSize: 100, before: beforeBatch(3, take) })],
      database: disturbed,
    });

    await synced(amid);
    await Promise.all(taking);
    const taken = await query(file, "select count(*) as n from event");
    const database = aDatabase();
    await (await Store.open(database)).close();
    await restoreDatabase(file, database, now);
    const restored = await anInstallation({ collectors: [shop.collector({ batchSize: 100 })], database });
    await synced(restored);

    expect(taken[0]?.["n"]).toBeGreaterThanOrEqual(300);
    expect(taken[0]?.["n"]).toBeLessThan(shop.commits.length);
    // That it was put back is written down, and nothing else is new.
    const isOld = ({ action }: { readonly action?: unknown }) => action !== "database.restore";
    for (const one of DECLARED) expect((await query(database, selected(one))).filter(isOld)).toEqual([one.row]);
    expect(await contentOf(database)).toEqual(await contentOf(undisturbed.config.database));
    expect(await contentOf(disturbed)).toEqual(await contentOf(undisturbed.config.database));
    expect(await answers(database)).toEqual(await answers(undisturbed.config.database));
  });

  it("is one file for this user alone, with what was committed and without what is being written", async () => {
    const database = await aClosedDatabase("insert into lease values ('a', '1@here', 1)");
    const file = join(aFolder(), "copy.db");
    const writer = await connect(database, "write");
    await writer.run("begin immediate");
    await writer.run("insert into lease values ('b', '1@here', 1)");

    const copied = await copyDatabase(database, file);
    await writer.run("commit");
    await writer.close();

    expect(copied).toMatchObject({ file, bytes: statSync(file).size });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(file))).toEqual(["copy.db"]);
    expect(await query(file, "select name from lease")).toEqual([{ name: "a" }]);
    expect(await query(database, "select name from lease")).toEqual([{ name: "a" }, { name: "b" }]);
  });

  it("never takes the place of a file, unless it is told to", async () => {
    const database = await aClosedDatabase();
    const file = join(aFolder(), "notes.txt");
    writeFileSync(file, "mine");

    await expect(copyDatabase(database, file)).rejects.toMatchObject({ reason: "exists" });
    expect(readFileSync(file, "utf8")).toBe("mine");
    await expect(copyDatabase(database, database, true)).rejects.toMatchObject({ reason: "exists" });
    await copyDatabase(database, file, true);

    expect(await inspectDatabase(file)).toMatchObject({ schema: expect.stringMatching(/^\d{4}-/) });
  });

  it("of two at once to one file is made by one", async () => {
    const database = await aClosedDatabase();
    const file = join(aFolder(), "copy.db");

    const both = await Promise.allSettled([copyDatabase(database, file), copyDatabase(database, file)]);

    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(readdirSync(dirname(file))).toEqual(["copy.db"]);
    await expect(inspectDatabase(file)).resolves.toBeDefined();
  });

  it("leaves nothing behind where it cannot be written, or there is nothing to copy", async () => {
    const database = await aClosedDatabase();
    const folder = aFolder();
    chmodSync(folder, 0o555);

    await asNobody(async () => {
      await expect(copyDatabase(database, join(folder, "copy.db"))).rejects.toMatchObject({
        message: expect.stringContaining("cannot be written (EACCES)"),
      });
    });
    await expect(copyDatabase(database, join(folder, "no/copy.db"))).rejects.toMatchObject({ reason: "read-only" });
    await expect(copyDatabase(join(folder, "none.db"), join(aFolder(), "copy.db"))).rejects.toMatchObject({
      reason: "missing",
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("of a damaged database is refused", async () => {
    const database = await aClosedDatabase();
    writeFileSync(database, Buffer.alloc(4096, 7), { flag: "r+" });
    const folder = aFolder();

    await expect(copyDatabase(database, join(folder, "copy.db"))).rejects.toMatchObject({ reason: "damaged" });

    expect(readdirSync(folder)).toEqual([]);
  });
});

const disk = aSmallDisk(1);
const place = disk?.path ?? "";

afterAll(() => disk?.remove());

describe.skipIf(disk === null)("a backup to a disk that is too small (skipped where no tmpfs may be mounted)", () => {
  it("says what it takes and what there is", async () => {
    const database = await aClosedDatabase(
      "create table filler as with recursive n(i) as (select 1 union all select i + 1 from n where i < 300) select i, randomblob(8000) as body from n",
    );

    const copying = copyDatabase(database, join(place, "copy.db"));

    await expect(copying).rejects.toMatchObject({
      reason: "full",
      message: expect.stringMatching(/it takes [\d.]+ MB, and [\d.]+ MB are free/),
    });
    expect(readdirSync(place)).toEqual([]);
  });
});

describe("a restore", () => {
  it("keeps what was there, and the same command goes back to it", async () => {
    const [earlier, later] = ["one", "two"].map((name) => `insert into lease values ('${name}', '1@here', 1)`);
    const file = join(aFolder(), "backup.db");
    const source = (name: string) =>
      `insert into source (key, name, host, notices) values ('${name}', '${name}', 'git', '[]')`;
    const database = await aClosedDatabase(source("one"), String(earlier));
    await copyDatabase(database, file);
    await change(database, source("two"), String(later));

    const { aside } = await restoreDatabase(file, database, now);

    expect(aside).toBe(`${database}.before-restore-20260701T083000Z`);
    expect(await query(database, "select key from source")).toEqual([{ key: "one" }]);
    expect(await query(database, "select * from lease")).toEqual([]);
    expect(statSync(database).mode & 0o777).toBe(0o600);
    const back = await restoreDatabase(String(aside), database, now);
    expect(back.aside).toBe(`${aside}-2`);
    expect(await query(database, "select key from source order by key")).toEqual([{ key: "one" }, { key: "two" }]);
  });

  it("into a place with nothing in it is the database", async () => {
    const file = join(aFolder(), "backup.db");
    await copyDatabase(await aClosedDatabase(), file);
    const database = join(aFolder(), "headway.db");

    expect(await restoreDatabase(file, database, now)).toMatchObject({ aside: null });

    expect(await (await aStore(database)).factsVersion()).toBe(0);
  });

  it("takes the place of a database that is damaged, which is kept with its journal", async () => {
    const file = join(aFolder(), "backup.db");
    await copyDatabase(await aClosedDatabase(), file);
    const database = await aClosedDatabase();
    writeFileSync(database, Buffer.alloc(4096, 7), { flag: "r+" });
    writeFileSync(`${database}-wal`, "rest");

    const { aside } = await restoreDatabase(file, database, now);

    expect(readFileSync(`${aside}-wal`, "utf8")).toBe("rest");
    expect(existsSync(`${database}-wal`)).toBe(false);
    await expect(inspectDatabase(database)).resolves.toBeDefined();
  });

  it("is refused while somebody has the database open, also when they do nothing", async () => {
    const file = join(aFolder(), "backup.db");
    const database = await aClosedDatabase();
    await copyDatabase(database, file);
    await aStore(database);

    const restoring = restoreDatabase(file, database, now);

    await expect(restoring).rejects.toMatchObject({
      reason: "locked",
      message: expect.stringContaining("is in use: a Headway serves or collects with it. Nothing was changed."),
    });
    expect(readdirSync(dirname(database)).filter((name) => /part|before/.test(name))).toEqual([]);
  });

  it.each([
    ["damaged inside", "damaged", (file: string) => writeFileSync(file, Buffer.alloc(9000, 7), { flag: "r+" })],
    ["cut off", "damaged", (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 50_000))],
    ["empty", "foreign", (file: string) => writeFileSync(file, "")],
    ["no database", "damaged", (file: string) => writeFileSync(file, "These are my notes.\n".repeat(100))],
    ["another program's", "foreign", async (file: string) => change(file, "drop table event")],
    [
      "of a newer Headway",
      "newer",
      async (file: string) =>
        change(file, "insert into kysely_migration values ('0999-from-the-future', '2030-01-01')"),
    ],
  ] as const)("of a file that is %s is refused, and the database stays as it was", async (_what, reason, spoil) => {
    const database = await aClosedDatabase();
    const file = join(aFolder(), "backup.db");
    await copyDatabase(database, file);
    await spoil(file);
    const before = readFileSync(database);

    await expect(restoreDatabase(file, database, now)).rejects.toMatchObject({ name: "StoreError", reason });

    expect(readFileSync(database).equals(before)).toBe(true);
    expect(readdirSync(dirname(database)).filter((name) => /part|before/.test(name))).toEqual([]);
  });

  it("of nothing, of a folder and of itself is refused", async () => {
    const database = await aClosedDatabase();

    await expect(restoreDatabase(join(aFolder(), "no.db"), database, now)).rejects.toMatchObject({ reason: "missing" });
    await expect(restoreDatabase(aFolder(), database, now)).rejects.toMatchObject({ reason: "missing" });
    await expect(restoreDatabase(database, database, now)).rejects.toMatchObject({ reason: "exists" });
  });
});
