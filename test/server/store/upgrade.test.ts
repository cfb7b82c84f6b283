import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { restoreDatabase } from "#server/store/backup.ts";
import { Store } from "#server/store/store.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { aDatabase, anInstallation, change, contentOf, query, serve, synced } from "#test/support/installation.ts";
import { declaredBy, inserted, selected } from "#test/support/declared.ts";
import { aDatabaseOf, migrateTo, versions } from "#test/support/old-databases.ts";
import { aSmallDisk } from "#test/support/tmpfs.ts";

const [first = "", second = ""] = versions;
const last = versions.at(-1);
const released = versions.slice(0, -1);

const [earliest = expect.fail("There is no commit.")] = aHost().commits;

/** What a Headway of the first version had collected and pushed, with a token. */
const KEPT = [
  `insert into source (id, key, name, host, cursor, notices, revision) values (1, 'fake:shop', 'shop', 'git', null, '[]', 4)`,
  `insert into event values (1, 'commit', 'shop', '${earliest.id}', '${JSON.stringify({ ...earliest, title: "As it was", paths: undefined })}', 1)`,
  `insert into service values (1, 1, 'shop', 'shop', '{"derivation":1}', 4)`,
  `insert into token (name, scope, hash, created_at) values ('ci', 'push', 'h', 1)`,
  "insert into facts values (1, 7)",
];

function aHost(): FakeHost {
  const host = new FakeHost();
  for (let release = 1; release <= 4; release++) {
    host.commit();
    host.commit();
    host.tag(`v1.${release}.0`);
  }
  return host;
}

async function answersOf(database: string): Promise<readonly string[]> {
  const installation = await anInstallation({ collectors: [aHost().collector()], database });
  await synced(installation);
  const { get } = await serve(installation);
  const answers = await Promise.all(
    ["/api/measures?from=2026-01-01", "/api/rows?metric=lead-time-commit&from=2026-01-01", "/api/export/commits"].map(
      async (path) => (await get(path)).text,
    ),
  );
  return answers;
}

/** The names of what lies beside a database. */
function copiesOf(database: string): readonly string[] {
  return readdirSync(dirname(database))
    .filter((name) => name.includes(".before-"))
    .toSorted();
}

describe("a database of an earlier version", () => {
  it.each(released)("%s answers after the upgrade like one that was never older", async (version) => {
    const database = await aDatabaseOf(first, ...KEPT);
    await migrateTo(database, version);
    const declared = declaredBy(version);
    await change(database, ...declared.map(inserted));
    const told: string[] = [];

    await (await Store.open(database, (sentence) => told.push(sentence))).close();

    const next = versions[versions.indexOf(version) + 1]?.slice(0, 4);
    const copy = `${database}.before-${next}`;
    expect(told).toEqual([
      expect.stringContaining(`upgraded from schema ${version.slice(0, 4)} to ${last?.slice(0, 4)}`),
    ]);
    expect(told[0]).toContain(`headway restore ${copy}`);
    expect(copiesOf(database)).toEqual([basename(copy)]);
    expect(await query(copy, "select name from kysely_migration order by name desc limit 1")).toEqual([
      { name: version },
    ]);
    for (const one of declared) expect(await query(database, selected(one))).toEqual([one.row]);
    expect(await query(database, "select name from token")).toEqual([{ name: "ci" }]);
    const fresh = aDatabase();
    expect(await answersOf(database)).toEqual(await answersOf(fresh));
    expect((await contentOf(database))["commit_fact"]).toEqual((await contentOf(fresh))["commit_fact"]);
  });

  it("goes back to what it was, and comes again", async () => {
    const database = await aDatabaseOf(second, "insert into facts values (1, 7)");
    await (await Store.open(database)).close();
    await change(database, "update facts set version = 99");

    await restoreDatabase(`${database}.before-${versions[2]?.slice(0, 4)}`, database, at("2026-07-01"));

    expect(await query(database, "select version from facts")).toEqual([{ version: 7 }]);
    expect(await query(database, "select max(name) as name from kysely_migration")).toEqual([{ name: second }]);
    const again = await Store.open(database);
    await again.close();
    expect(copiesOf(database).filter((name) => !name.includes("restore"))).toHaveLength(2);
  });

  it("keeps the last three copies, and what is no copy of it", async () => {
    const database = await aDatabaseOf(second);
    writeFileSync(`${database}.before-lunch`, "");
    const older = ["0002", "0002-2", "0002-3"].map((name) => `${database}.before-${name}`);
    for (const [day, file] of older.entries()) {
      writeFileSync(file, "");
      utimesSync(file, day, day);
    }

    await (await Store.open(database)).close();

    expect(copiesOf(database)).toEqual(
      ["0002-2", "0002-3", versions[2]?.slice(0, 4), "lunch"].map((name) => `headway.db.before-${name}`),
    );
  });

  it("makes no copy of a new one, nor of one that is as it should be", async () => {
    const database = aDatabase();
    await (await Store.open(database)).close();
    await (await Store.open(database)).close();

    expect(copiesOf(database)).toEqual([]);
  });
});

const disk = aSmallDisk(4);

afterAll(() => disk?.remove());

describe.skipIf(disk === null)("an upgrade without room for a copy (skipped where no tmpfs may be mounted)", () => {
  it("is refused before anything is changed", async () => {
    const database = `${disk?.path}/headway.db`;
    await migrateTo(database, second);
    await change(
      database,
      "create table filler as with recursive n(i) as (select 1 union all select i + 1 from n where i < 150) select i, randomblob(8000) as body from n",
      "pragma wal_checkpoint(truncate)",
    );

    await expect(Store.open(database)).rejects.toMatchObject({
      reason: "full",
      message: expect.stringContaining("to upgrade the database and to keep a copy of it"),
    });

    expect(await query(database, "select max(name) as name from kysely_migration")).toEqual([{ name: second }]);
    expect(copiesOf(database)).toEqual([]);
  });
});
