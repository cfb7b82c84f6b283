import { join } from "node:path";
import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RowHash } from "#server/store/row-hash.ts";
import { Store } from "#server/store/store.ts";
import { headway } from "#test/server/cli/support.ts";
import type { Row } from "#server/store/connection.ts";
import { DECLARED, inserted, selected } from "#test/support/declared.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { aDatabase, aFile, anInstallation, aStore, change, query, serve, synced } from "#test/support/installation.ts";
import { loggedIn } from "#test/support/people.ts";
import { aSender } from "#test/support/pushing.ts";

const deed = { actor: "Ada", at: at("2026-06-01") };

function aHost(): FakeHost {
  const host = new FakeHost();
  for (let release = 1; release <= 4; release++) {
    host.commit({ title: `Größe \u{1f680} "${release}" \\ ' zero:\0.` });
    host.commit();
    host.tag(`v1.${release}.0`);
  }
  return host;
}

/** A company on SQLite with something in almost every table. */
async function aCompany() {
  const file = aFile();
  const host = aHost();
  const installation = await anInstallation({ collectors: [host.collector()], database: file });
  await synced(installation);
  const { store } = installation;
  const sender = await aSender(installation);
  await sender.post("/api/deployments", {
    service: "sap",
    id: "d1",
    date: "2026-05-01T10:00:00Z",
    environment: "production",
  });
  for (const reason of ["First", "Second"])
    await change(
      file,
      `insert into judgement (kind, subject, first_day, reason, actor, made_at) values ('note', 'We moved', '2026-05-01', '${reason}', 'Ada', 5.5)`,
    );
  await loggedIn(installation, "admin", "Ada");
  await store.addShare({ hash: "of-flow", path: "flow", expiresAt: at("2027-01-01") }, deed);
  const folder = aFolder();
  writeFileSync(join(folder, "headway.yaml"), `database: ${file}\nsources: [{ host: git, path: . }]\n`);
  return { file, folder, installation, host };
}

const ANSWERS = [
  "/api/measures?from=2026-01-01",
  "/api/rows?metric=lead-time-commit&from=2026-01-01",
  "/api/export/commits",
  "/api/export/deployments",
  "/api/judgements",
];

async function answersOf(database: string, host: FakeHost): Promise<readonly string[]> {
  const installation = await anInstallation({ collectors: [host.collector()], database });
  const { get } = await serve(installation);
  const admin = await loggedIn(installation, "admin", "Ada");
  const answers = await Promise.all(ANSWERS.map(async (path) => get(path, admin)));
  await installation.store.close();
  expect(answers.map(({ status }) => status)).toEqual(ANSWERS.map(() => 200));
  return answers.map(({ text }) => text);
}

/** What people declared, decided and signed, by table. */
async function rowsOf(database: string): Promise<readonly (readonly Row[])[]> {
  return Promise.all(DECLARED.map(async (one) => query(database, selected(one))));
}

describe("headway move", () => {
  it("carries everything over, counts and compares it, and the other database answers as the first did", async () => {
    const { file, folder, installation, host } = await aCompany();
    await change(file, ...DECLARED.map(inserted));
    const before = await answersOf(file, host);
    await installation.store.close();
    const declared = await rowsOf(file);
    const target = aDatabase();
    await (await Store.open(await emptied(target))).close();

    const { code, stdout, stderr } = await headway(folder, `move --json --to ${target}`);

    expect(stderr).toBe("");
    expect(code).toBe(0);
    const { tables } = JSON.parse(stdout) as { tables: { table: string; rows: number; hash: string }[] };
    const counts = await Promise.all(
      tables.map(async ({ table }) => Number((await query(target, `select count(*) as n from ${table}`))[0]?.["n"])),
    );
    expect(counts).toEqual(tables.map(({ rows }) => rows));
    expect(tables.filter(({ rows }) => rows > 0).map(({ table }) => table)).toEqual(
      expect.arrayContaining([
        "event",
        "commit_fact",
        "deployment_fact",
        "segment",
        "judgement",
        "member",
        "token",
        "audit",
        "installation",
      ]),
    );
    expect(declared.every((rows) => rows.length > 0)).toBe(true);
    expect(await rowsOf(target)).toEqual(declared);
    expect(await answersOf(target, host)).toEqual(before.map((text) => text.replaceAll(String.raw`\u0000`, "\ufffd")));
  });

  it("goes on numbering where the file did, also after rows that are gone, and keeps what is never changed", async () => {
    const { file, folder, installation } = await aCompany();
    await installation.store.close();
    await change(
      file,
      "insert into share (id, hash, path, made_by, created_at, expires_at) values (70, 'x', '', 'Ada', 1, 1)",
      "delete from share where id = 70",
    );
    const target = await emptied(aDatabase());
    await headway(folder, `move --to ${target}`);
    const store = await aStore(target);

    await store.addShare({ hash: "h2", path: "flow", expiresAt: at("2027-01-01") }, deed);
    const [last] = await query(target, "select max(id) as id from share");

    expect(last).toEqual({ id: 71 });
    await expect(change(target, "update judgement set reason = 'x'")).rejects.toThrow("never changed");
    await expect(change(target, "delete from audit")).rejects.toThrow("never changed");
  });

  it.each([
    ["a row of Headway's", "insert into source (key, name, host, notices) values ('k', 'n', 'git', '[]')", "source"],
    ["another program's table", "create table theirs (a int)", "theirs"],
  ])("writes nothing over %s", async (_, statement, table) => {
    const { folder, installation } = await aCompany();
    await installation.store.close();
    const target = aDatabase();
    await aStore(target);
    await change(target, statement);

    const { code, stderr } = await headway(folder, "move --to ${ELSEWHERE}", { env: { ELSEWHERE: target } });

    expect(code).toBe(1);
    expect(stderr).toContain(`is not empty (there is something in "${table}")`);
    expect(stderr).toContain("Nothing was changed");
  });

  it("refuses a file that a Headway uses, and says what it needs", async () => {
    const { folder } = await aCompany();

    const used = await headway(folder, `move --to ${await emptied(aDatabase())}`);
    const nowhere = await headway(folder, "move");

    expect(used).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("is in use: a Headway serves or collects with it"),
    });
    expect(nowhere).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("needs the address of an empty database"),
    });
  });
});

/** A database on the server without a table. */
async function emptied(database: string): Promise<string> {
  await aStore(database);
  await change(database, "drop schema public cascade", "create schema public");
  return database;
}

describe("the hash of rows", () => {
  const row = fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { minLength: 1, maxLength: 3 });
  const printOf = (rows: readonly (readonly unknown[])[]) => {
    const hash = new RowHash();
    for (const one of rows) hash.add(one);
    return hash.print();
  };

  it("is the same in any order, and another one when a row is changed, lost or doubled", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const [first = []] = rows;

        expect(printOf(rows.toReversed())).toEqual(printOf(rows));
        expect(printOf([...rows, first]).hash).not.toBe(printOf(rows).hash);
        expect(printOf(rows.slice(1)).hash).not.toBe(printOf(rows).hash);
        expect(printOf([[...first, 1], ...rows.slice(1)]).hash).not.toBe(printOf(rows).hash);
      }),
    );
  });

  it("tells a text from a number, unknown from empty, and bytes from their digits", () => {
    const prints = [["1"], [1], [null], [""], [Buffer.from("aa", "hex")], ["aa"]].map((one) => printOf([one]).hash);

    expect(new Set(prints).size).toBe(prints.length);
  });
});
