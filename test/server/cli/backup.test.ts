import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { DAY } from "#metrics/time.ts";
import { migrateTo, versions } from "#test/support/old-databases.ts";
import { change, query } from "#test/support/installation.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { Capture, aShop, headway, now } from "./support.ts";

describe("headway backup and restore", () => {
  it("copy while it serves, refuse to put back meanwhile, and put back once it has stopped", async () => {
    const { path } = aShop();
    const [stdout, stderr, stopping] = [new Capture(), new Capture(), new AbortController()];
    const serving = headway(path, "start --port 0", { stdout, stderr, signal: stopping.signal });
    onTestFinished(() => stopping.abort());
    await vi.waitFor(() => expect(stderr.text).toContain("new events"), 10_000);

    const taken = await headway(path, "backup data/copy.db");
    const again = await headway(path, "backup data/copy.db");
    const replaced = await headway(path, "backup data/copy.db --overwrite --json");
    const refused = await headway(path, "restore data/copy.db");
    stopping.abort();
    await serving;
    await change(join(path, "data/headway.db"), "delete from commit_fact");
    const restored = await headway(path, "restore data/copy.db");

    expect(taken).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringContaining("read all of it again: it is whole."),
    });
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("exists already and is left as it is") });
    expect(JSON.parse(replaced.stdout)).toMatchObject({ file: join(path, "data/copy.db"), schema: versions.at(-1) });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("is in use: a Headway serves") });
    expect(restored).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringContaining("The way back: headway restore "),
    });
    expect(await query(join(path, "data/headway.db"), "select count(*) as n from commit_fact")).toEqual([{ n: 10 }]);
    expect((await headway(path, "report --json")).code).toBe(0);
    expect(JSON.parse(readFileSync(join(path, "data/last-backup.json"), "utf8"))).toMatchObject({
      at: "2026-02-01T12:00:00.000Z",
      file: join(path, "data/copy.db"),
    });
  });

  it("put back where Headway never ran, in a folder of this user alone, and write down that they did", async () => {
    const { path } = aShop();
    await headway(path, "sync");
    await headway(path, "backup copy.db");
    const elsewhere = aFolder();
    const config = `sources: [{ host: git, path: ${JSON.stringify(path)} }]\n`;
    writeFileSync(join(elsewhere, "headway.yaml"), config);

    const restored = await headway(elsewhere, `restore ${join(path, "copy.db")}`);
    const written = await query(
      join(elsewhere, "data/headway.db"),
      "select actor, action, subject from audit where action = 'database.restore'",
    );

    expect(restored.code).toBe(0);
    expect(statSync(join(elsewhere, "data")).mode & 0o777).toBe(0o700);
    expect(restored.stdout).toContain("people.key is not there. Put it back");
    expect(written).toEqual([{ actor: "headway restore", action: "database.restore", subject: "copy.db" }]);
  });

  it("are of no use without the key that people's names are hidden with, and no other one is made", async () => {
    const { path } = aShop();
    await headway(path, "sync");
    const key = join(path, "data/people.key");
    const kept = readFileSync(key);
    rmSync(key);

    const [checked, synced] = [await headway(path, "check"), await headway(path, "sync")];
    const isThere = existsSync(key);
    writeFileSync(key, kept);
    const again = await headway(path, "sync");

    expect(checked.code).toBe(1);
    expect(checked.stdout.replaceAll(/\s+/g, " ")).toContain(
      "people.key is not there, and the database has pseudonyms",
    );
    expect([synced.code, isThere]).toEqual([1, false]);
    expect(synced.stderr).toContain("Put the file back");
    expect(again.code).toBe(0);
  });

  it("are asked for as soon as anything is there that no source knows", async () => {
    const { path } = aShop();
    const before = await headway(path, "check");
    await headway(path, "token create --name ci");
    const after = await headway(path, "check");

    expect(before.stdout).toMatch(/✓ backup +none, and all that is stored can be collected again/);
    expect(after.stdout).toMatch(/! backup +none yet, and users, tokens/);
  });

  it("need one file", async () => {
    const { path } = aShop();

    expect(await headway(path, "backup")).toMatchObject({ code: 2, stderr: expect.stringContaining("needs a file") });
    expect(await headway(path, "restore a b")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("one file, not 2"),
    });
    expect(await headway(path, `restore ${join(aFolder(), "no.db")}`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("There is no file"),
    });
    expect(existsSync(join(path, "data"))).toBe(false);
  });

  it("are told of by check: how old the last one is, and that none is a risk once people decided something", async () => {
    const { path } = aShop();
    const first = await headway(path, "check");
    await headway(path, "judge annotate Moved --from 2026-01-05 --reason Moved --by Ada");
    const decided = await headway(path, "check");
    await headway(path, "backup data/copy.db");
    const fresh = await headway(path, "check");
    const old = await headway(path, "check", { now: () => now + 9 * DAY });
    const behind = await headway(path, "check", { now: () => now - DAY });

    expect(first.stdout).toMatch(/✓ backup +none, and all that is stored can be collected again/);
    expect(decided.stdout).toMatch(/! backup +none, and 1 decision of people cannot/);
    expect(fresh.stdout).toMatch(/✓ backup +the last one was made just now/);
    expect(old.stdout).toMatch(/! backup +the last one was made 9 d ago/);
    expect(behind.stdout).toMatch(/! clock +this machine's clock says/);
  });

  it("say where a database lies as it was before it is upgraded", async () => {
    const { path } = aShop();
    const database = join(path, "data/headway.db");
    await headway(path, "sync");
    const older = join(aFolder(), "older.db");
    await migrateTo(older, String(versions[1]));
    await headway(path, `restore ${older}`);

    const { code, stderr } = await headway(path, "sync");

    expect(code).toBe(0);
    expect(stderr).toContain(`headway restore ${database}.before-${versions[2]?.slice(0, 4)}`);
  });
});
