import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Kysely } from "kysely";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { connect } from "#server/store/connection.ts";
import { sqliteDialect } from "#server/store/dialect.ts";
import { translate } from "#server/store/errors.ts";
import { saveBatch } from "#server/store/events.ts";
import type { Schema } from "#server/store/schema.ts";
import { openSource, readSources } from "#server/store/sources.ts";
import { Store } from "#server/store/store.ts";
import { aBatch, aCommit } from "#test/support/events.ts";
import { at, beforeBatch, FakeHost } from "#test/support/fake-host.ts";
import { aDatabase, anInstallation, contentOf, query, synced } from "#test/support/installation.ts";
import { aSmallDisk } from "#test/support/tmpfs.ts";

const full =
  /^The disk that holds .* is full\. What was stored before is safe; the rest is collected again next time\./;

describe("a database that may not grow", () => {
  it("says that the disk is full, keeps what it had, and goes on once it may", async () => {
    const database = aDatabase();
    await (await Store.open(database)).close();
    const connection = await connect(database, "write");
    const db = new Kysely<Schema>({ dialect: sqliteDialect(async () => [connection]) });
    onTestFinished(async () => db.destroy());
    const { id } = await openSource(db, { key: "fake:shop", name: "shop", host: "git" });
    await saveBatch(db, id, aBatch({ events: [aCommit({ id: "small" })], cursor: "one" }), at("2026-03-02"));
    const large = aBatch({
      events: Array.from({ length: 6000 }, (_, index) => aCommit({ id: `c${index}` })),
      cursor: "two",
    });
    const [{ page_count: pages } = {}] = await connection.all("pragma page_count");
    await connection.all(`pragma max_page_count = ${Number(pages) + 20}`);

    const failure = await saveBatch(db, id, large, at("2026-03-02")).catch((error: unknown) =>
      translate(error, database),
    );

    expect(failure).toMatchObject({ name: "StoreError", reason: "full", message: expect.stringMatching(full) });
    expect(await readSources(db, ["fake:shop"])).toMatchObject([{ cursor: "one", revision: 1 }]);
    expect(await query(database, "select id from event")).toEqual([{ id: "small" }]);

    await connection.all("pragma max_page_count = 1000000");
    expect(await saveBatch(db, id, large, at("2026-03-02"))).toBe(6000);
  });
});

const disk = aSmallDisk(6);
const place = disk?.path ?? "";
afterAll(() => disk?.remove());

describe.skipIf(disk === null)("a disk that is full (skipped where no tmpfs may be mounted)", () => {
  it("stops a sync with its sentence, and the next one on a disk with space is as if nothing had been", async () => {
    const database = join(place, "data/headway.db");
    const host = new FakeHost();
    for (let count = 0; count < 4000; count++) host.commit();
    host.tag("v1.0.0");
    const filler = join(place, "filler");
    const collectors = [host.collector({ batchSize: 500, before: beforeBatch(2, () => writeUntilFull(filler)) })];

    const small = await anInstallation({ collectors, database });
    await expect(synced(small)).rejects.toMatchObject({ name: "StoreError", reason: "full" });
    expect(await query(database, "pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
    expect(await query(database, "select count(*) as n from event")).toEqual([{ n: 1000 }]);
    rmSync(filler);
    await synced({
      ...small,
      sources: (await anInstallation({ collectors: [host.collector({ batchSize: 500 })] })).sources,
    });

    const elsewhere = await anInstallation({ collectors: [host.collector({ batchSize: 500 })] });
    await synced(elsewhere);
    expect(await contentOf(database)).toEqual(await contentOf(elsewhere.config.database));
  });

  it("refuses to open a database it has no space for", async () => {
    const filler = join(place, "filler");
    writeUntilFull(filler);

    await expect(Store.open(join(place, "new.db"))).rejects.toMatchObject({
      name: "StoreError",
      reason: "full",
    });

    rmSync(filler);
  });
});

function writeUntilFull(file: string): void {
  for (const size of [65_536, 4096, 1]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: "a" });
    } catch {
      // full at last
    }
  }
}
