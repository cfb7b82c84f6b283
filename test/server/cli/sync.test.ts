import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { connect } from "#server/store/connection.ts";
import { Store } from "#server/store/store.ts";
import { aFolder, aRepository } from "#test/support/git-repository.ts";
import { asNobody } from "#test/support/nobody.ts";
import { Capture, aShop, headway, now } from "./support.ts";

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

describe("headway sync", () => {
  it("says what came of each source, and that nothing is new the second time", async () => {
    const { path } = aShop();

    const first = await headway(path, "sync");
    const second = await headway(path, "sync");

    expect(first.stdout).toMatch(/^shop: 1\d new events in \d+\.\d s\n/);
    expect(second.stdout).toMatch(/^shop: nothing new in \d+\.\d s\n/);
    expect([first.code, second.code]).toEqual([0, 0]);
  });

  it("tells its progress on stderr: plain lines in a file, one changing line in a terminal", async () => {
    const [file, terminal] = [new Capture(), new Capture(true, 40)];

    await headway(aShop().path, "sync", { stderr: file });
    await headway(aShop().path, "sync", { stderr: terminal });

    expect(file.text).toMatch(/^headway: collecting shop …\n/);
    expect(terminal.text.startsWith("\r\u001b[Kcollecting shop …")).toBe(true);
    expect(terminal.text).not.toContain("\n");
    expect(terminal.text.endsWith("\r\u001b[K")).toBe(true);
  });

  it("gives programs the outcomes", async () => {
    const { stdout } = await headway(aShop().path, "sync --json");

    expect(JSON.parse(stdout)).toMatchObject([{ name: "shop", changed: expect.any(Number), error: null, notices: [] }]);
  });

  it("collects the others when one source fails, and fails then", async () => {
    const { path } = aShop();
    writeFileSync(join(path, "headway.yaml"), "sources: [{ host: git, path: ../gone }, { host: git, path: . }]");

    const { code, stdout } = await headway(path, "sync");

    expect(stdout).toContain("gone: not collected.");
    expect(stdout).toContain("there is no such folder");
    expect(stdout).toMatch(/shop: \d+ new events/);
    expect(code).toBe(1);
  });

  it("stops when it is told to, and says that nothing is lost", async () => {
    const { code, stdout, stderr } = await headway(aShop().path, "sync", { signal: AbortSignal.abort() });

    expect(code).toBe(1);
    expect(stdout + stderr).not.toContain("should not have happened");
  });
});

describe("a source that cannot be read", () => {
  it("is a folder that is no repository", async () => {
    const { code, stdout } = await headway(aFolder(), "sync --repo .");

    expect(stdout).toContain("no git repository");
    expect(code).toBe(1);
  });

  it("is a repository without commits", async () => {
    const { code, stdout } = await headway(aRepository().path, "sync");

    expect(stdout).toMatch(/commit/);
    expect(code).toBe(1);
  });

  it.runIf(isRoot)("is a repository of another user, which git refuses to read", async () => {
    const { path, gitFolder } = aShop();
    chownSync(path, NOBODY, NOBODY);
    chownSync(gitFolder, NOBODY, NOBODY);

    const { code, stdout } = await headway(aFolder(), `sync --repo ${path}`);

    expect(stdout).toContain("git config --global --add safe.directory");
    expect(code).toBe(1);
  });

  it("is a repository that this user may not read", async () => {
    const { path, gitFolder } = aShop();
    const folder = aFolder();
    chmodSync(folder, 0o777);
    chmodSync(gitFolder, 0);

    await asNobody(async () => {
      const { code, stdout, stderr } = await headway(folder, `sync --repo ${path}`);

      expect(stdout + stderr).toContain("cannot be read");
      expect(code).toBe(1);
    });
    chmodSync(gitFolder, 0o700);
  });
});

describe("a database that cannot be used", () => {
  it("lies in what is no folder", async () => {
    const { path } = aShop();
    writeFileSync(join(path, "data"), "in the way");

    const { code, stderr } = await headway(path, "sync");

    expect(stderr).toContain("cannot be opened for writing, so nothing can be stored. Make its folder writable");
    expect(stderr).not.toContain("    at ");
    expect(code).toBe(1);
  });

  it("was made by a newer Headway", async () => {
    const { path } = aShop();
    await headway(path, "sync");
    const database = await connect(join(path, "data/headway.db"), "write");
    await database.run("INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-from-the-future', '')");
    await database.close();

    const { code, stderr } = await headway(path, "report");

    expect(stderr).toContain("was made by a newer Headway");
    expect(code).toBe(1);
  });

  it("is no database", async () => {
    const { path } = aShop();
    mkdirSync(join(path, "data"));
    writeFileSync(join(path, "data/headway.db"), "not a database, but long enough to look like one".repeat(200));

    const { code, stderr } = await headway(path, "sync");

    expect(stderr).toContain("is not a readable Headway database");
    expect(code).toBe(1);
  });
});

describe("two processes on one database", () => {
  it("do not collect one source at once: the second says who does", async () => {
    const { path } = aShop();
    const store = await Store.open(join(path, "data/headway.db"));
    const other = { host: hostname(), pid: process.ppid };
    await store.takeLease(`sync git:${path}`, other, now, () => true);

    const { code, stdout } = await headway(path, "sync");
    await store.close();

    expect(stdout).toContain(`Another Headway (process ${other.pid} on ${other.host}) is collecting this source`);
    expect(code).toBe(1);
  });

  it("read side by side", async () => {
    const { path } = aShop();
    await headway(path, "sync");
    const [first, second] = await Promise.all([headway(path, "report"), headway(path, "export commits")]);

    expect([first.code, second.code]).toEqual([0, 0]);
  });
});
