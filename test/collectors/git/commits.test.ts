import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aRepository } from "#test/support/git-repository.ts";
import { aCollector, collect, ids, read, sorted } from "./collecting.ts";

describe("a commit", () => {
  it("carries who, when, what and after what, and no more", async () => {
    const repository = aRepository();
    const first = repository.commit();
    const second = repository.commit({
      author: "Ada",
      email: "Ada@Example.com",
      authored: "1767225600 +0100",
      committed: "1767229200 -0800",
      message: `Add a thing (#12)\n\nSecret reasons.\n\nThis reverts commit ${first}.\n(cherry picked from commit ${first})`,
    });

    const { commits } = await read(repository);

    expect(commits.find(({ id }) => id === second)).toEqual({
      kind: "commit",
      source: `git:${repository.path}`,
      repository: "shop",
      id: second,
      parents: [first],
      author: "someone like ada@example.com",
      authorKind: "human",
      authoredAt: Date.parse("2026-01-01T00:00:00Z"),
      committedAt: Date.parse("2026-01-01T01:00:00Z"),
      title: "Add a thing (#12)",
      changeNumber: 12,
      reverts: [{ sha: first }],
      cherryPickedFrom: [first],
      paths: null,
    });
  });

  it("keeps all parents of an octopus merge in order", async () => {
    const repository = aRepository();
    const base = repository.commit();
    const parents = ["a", "b", "c"].map((message) => repository.commit({ on: null, message, parents: [base] }));
    const octopus = repository.commit({ parents });

    const { commits } = await read(repository);

    expect(commits.find(({ id }) => id === octopus)?.parents).toEqual(parents);
    expect(commits).toHaveLength(5);
  });

  it("is read when its message is empty, two hundred thousand characters long, or has blank lines first", async () => {
    const repository = aRepository();
    repository.commit({ message: "" });
    repository.commit({ message: `${"x".repeat(200_000)}\n\n${"Long body. ".repeat(20_000)}` });
    repository.commit({ message: "\n\n  Title  \nbody" });

    const { commits } = await read(repository);

    expect(commits.map(({ title }) => title)).toEqual(["Title", "x".repeat(300), ""]);
  });

  it("is cut at whole characters when its title is long", async () => {
    const repository = aRepository();
    repository.commit({ message: "🚀".repeat(400) });

    const { commits } = await read(repository);

    expect(commits[0]?.title).toBe("🚀".repeat(300));
  });

  it("is read in the encoding it names, and as well as can be when its bytes are none", async () => {
    const repository = aRepository();
    repository.commit({ message: Buffer.from("Grüße", "latin1"), encoding: "ISO-8859-1" });
    repository.commit({ message: Buffer.from("Grüße", "latin1") });
    repository.commit({ message: "Grüße" });

    const { commits } = await read(repository);

    expect(commits.map(({ title }) => title)).toEqual(["Grüße", "Gr\uFFFD\uFFFDe", "Grüße"]);
  });

  it("is read whatever its author's name is", async () => {
    const repository = aRepository();
    repository.commit({ author: "", email: "" });
    repository.commit({ author: "Ada Lovelace", email: "" });
    repository.commit({ author: 'A "quoted" \\ name', email: "x y@z" });

    const { commits } = await read(repository);

    expect(commits.map(({ author }) => author)).toEqual(["someone like x y@z", "someone like Ada Lovelace", null]);
  });

  it("belongs to the person the mailmap names", async () => {
    const repository = aRepository();
    repository.commit({ author: "ada", email: "ada@old.example.com" });
    writeFileSync(join(repository.path, ".mailmap"), "Ada Lovelace <ada@example.com> <ada@old.example.com>\n");

    const { commits } = await read(repository);

    expect(commits[0]?.author).toBe("someone like ada@example.com");
  });

  it("is what was committed, not what a replacement or a graft shows instead", async () => {
    const repository = aRepository();
    const [first = "", second = ""] = repository.commits(2);
    repository.git("replace", first, repository.commit({ on: null, message: "Forged" }));
    writeFileSync(join(repository.gitFolder, "info", "grafts"), `${second}\n`);

    const { commits } = await read(repository);

    expect(ids(commits)).toEqual(sorted([first, second]));
    expect(commits.find(({ id }) => id === second)?.parents).toEqual([first]);
    expect(commits.find(({ id }) => id === first)?.title).toBe("Step 1");
  });
});

describe("a date", () => {
  it.each([
    ["0 +0000", 0],
    ["1 +0000", 1000],
    ["1767225600 +051800", 1_767_225_600_000],
    ["4102444800 +0000", 4_102_444_800_000],
    ["8640000000000 +0000", 8.64e15],
    ["8640000000001 +0000", null],
    ["9007199254740993 +0000", null],
    ["99999999999999999999 +0000", null],
    ["-5 +0000", null],
    ["soon +0000", null],
    ["", null],
  ])("of %j is read as %j", async (written, instant) => {
    const repository = aRepository();
    repository.commit({ authored: written, committed: "1767225600 +0000" });
    repository.commit({ authored: "1767225600 +0000", committed: written });

    const { commits } = await read(repository);

    const dates = commits.map(({ authoredAt, committedAt }) => [authoredAt, committedAt]);
    expect(dates).toHaveLength(2);
    expect(dates).toContainEqual([instant, 1_767_225_600_000]);
    expect(dates).toContainEqual([1_767_225_600_000, instant]);
  });
});

describe("settings of a repository or a user", () => {
  it("change nothing of what is read, and start no program", async () => {
    const repository = aRepository();
    repository.commits(3);
    repository.tag("v1.0.0", { annotated: true });
    const plain = await read(repository);
    const trap = join(repository.path, "trap");
    const settings = {
      "log.showSignature": "true",
      "log.date": "relative",
      "log.follow": "true",
      "format.pretty": "oneline",
      "i18n.logOutputEncoding": "UTF-16",
      "color.ui": "always",
      "core.quotePath": "true",
      "core.pager": `touch ${trap}`,
      "core.fsmonitor": `touch ${trap}`,
      "gpg.program": `touch ${trap}`,
      "core.abbrev": "5",
    };
    for (const [name, value] of Object.entries(settings)) repository.git("config", name, value);

    const { commits, releases } = await read(repository);

    expect({ commits, releases }).toEqual({ commits: plain.commits, releases: plain.releases });
    expect(() => rmSync(trap)).toThrow("ENOENT");
  });

  it("of git in the environment, as within a hook, do not redirect it", async () => {
    const [repository, other] = [aRepository(), aRepository()];
    repository.commits(2);
    other.commits(5);
    const env = { ...process.env, GIT_DIR: other.gitFolder, GIT_WORK_TREE: other.path, GIT_TRACE: "1" };

    const { commits } = await collect(aCollector({ path: repository.path }, { env }));

    expect(commits).toHaveLength(2);
  });
});
