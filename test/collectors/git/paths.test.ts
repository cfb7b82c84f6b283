import { execFileSync } from "node:child_process";
import { readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aFolder, aRepository, treeOf } from "#test/support/git-repository.ts";
import type { GitRepository } from "#test/support/git-repository.ts";
import { aCollector, collect, ids, sorted } from "./collecting.ts";
import type { Setting } from "./collecting.ts";

/** What a collector that is asked for files says of each commit, by its sha. */
async function pathsOf({ path }: GitRepository, setting: Partial<Setting> = {}) {
  const { commits } = await collect(aCollector({ path }, { paths: true, ...setting }));
  return new Map(commits.map(({ id, paths }) => [id, paths]));
}

describe("the files that a commit changed", () => {
  it("are those that came, went and are different, at any depth, and not those that stayed", async () => {
    const repository = aRepository();
    repository.commit({ tree: repository.tree({ "a.ts": "1", "lib/b.ts": "1", "lib/deep/er/c.ts": "1", stays: "1" }) });
    const second = repository.commit({
      tree: repository.tree({ "a.ts": "2", "lib/deep/er/c.ts": "2", "new/d.ts": "1", stays: "1" }),
    });

    const paths = await pathsOf(repository);

    expect(paths.get(second)).toEqual(["a.ts", "lib/b.ts", "lib/deep/er/c.ts", "new/d.ts"]);
  });

  it("are all there are of a commit without parents, and none of one that changed nothing", async () => {
    const repository = aRepository();
    const tree = repository.tree({ "a.ts": "1", "lib/b.ts": "1" });
    const root = repository.commit({ tree });
    const empty = repository.commit({ tree });
    const orphan = repository.commit({ tree, parents: [], message: "Unrelated" });
    repository.tag("v1.0.0", { of: empty });

    const paths = await pathsOf(repository);

    expect([root, empty, orphan].map((sha) => paths.get(sha))).toEqual([
      ["a.ts", "lib/b.ts"],
      [],
      ["a.ts", "lib/b.ts"],
    ]);
  });

  it("are the old and the new path of one that was renamed, whatever git is set to", async () => {
    const repository = aRepository();
    repository.git("config", "diff.renames", "copies");
    const text = "The same text, long enough to be recognised.\n".repeat(20);
    repository.commit({ tree: repository.tree({ "old/name.ts": text }) });
    const renamed = repository.commit({ tree: repository.tree({ "new/name.ts": text }) });

    const paths = await pathsOf(repository);

    expect(paths.get(renamed)).toEqual(["new/name.ts", "old/name.ts"]);
  });

  it("are those of a merge that its first parent has otherwise, however many parents it has", async () => {
    const repository = aRepository();
    const base = repository.commit({ tree: repository.tree({ base: "1" }) });
    const main = repository.commit({ tree: repository.tree({ base: "1", main: "1" }) });
    const branches = ["one", "two"].map((name) =>
      repository.commit({ on: null, parents: [base], tree: repository.tree({ base: "1", [name]: "1" }) }),
    );
    const merge = repository.commit({
      parents: [main, ...branches],
      tree: repository.tree({ base: "mended by hand", main: "1", one: "1", two: "1" }),
    });

    const paths = await pathsOf(repository);

    expect(paths.get(merge)).toEqual(["base", "one", "two"]);
    expect(branches.map((sha) => paths.get(sha))).toEqual([["one"], ["two"]]);
  });

  it("are named whatever their names are: quotes, line ends, blanks, one letter, a commit's own sha, other scripts", async () => {
    const repository = aRepository();
    const first = repository.commit({ on: null, parents: [] });
    const names = [
      'say "hi"',
      "two\nlines",
      " blank ",
      "M",
      "tab\there",
      "grüße/日本語/🚀",
      "back\\slash",
      first,
      "-rf",
    ];
    const sha = repository.commit({
      parents: [first],
      tree: repository.tree(Object.fromEntries(names.map((name) => [name, "1"]))),
    });

    const paths = await pathsOf(repository);

    expect(paths.get(sha)?.toSorted()).toEqual(sorted(names));
    expect(paths.get(first)).toEqual([]);
  });

  it("are read as Latin-1 where their names are not UTF-8, and the others as what they are", async () => {
    const repository = aRepository();
    const id = repository.object("blob", "1");
    const names = [Buffer.from("caf\u00e9.txt", "latin1"), Buffer.from("caffè.txt")];
    const tree = repository.object("tree", treeOf(names.map((name) => ({ name, mode: "100644", id }))));
    const sha = repository.commit({ tree });

    const paths = await pathsOf(repository);

    expect(paths.get(sha)?.toSorted()).toEqual(sorted(["café.txt", "caffè.txt"]));
  });

  it("include a submodule that moved, although settings hide it", async () => {
    const repository = aRepository();
    repository.git("config", "diff.ignoreSubmodules", "all");
    repository.git("config", "submodule.vendor.ignore", "all");
    const at = (id: string) =>
      repository.object("tree", treeOf([{ name: Buffer.from("vendor"), mode: "160000", id: id.repeat(40) }]));
    repository.commit({ tree: at("1") });
    const moved = repository.commit({ tree: at("2") });

    const paths = await pathsOf(repository);

    expect(paths.get(moved)).toEqual(["vendor"]);
  });

  it("are complete for a commit of very many, which then fills its batch alone", async () => {
    const repository = aRepository();
    const id = repository.object("blob", "");
    const entry = (index: number) => ({ name: Buffer.from(`file-${index}.ts`), mode: "100644", id });
    const tree = repository.object("tree", treeOf(Array.from({ length: 60_000 }, (_, index) => entry(index))));
    repository.commits(2);
    repository.commit({ tree });

    const { batches } = await collect(aCollector({ path: repository.path }, { paths: true }));

    const commits = batches.map(({ events }) => events.filter((event) => event.kind === "commit"));
    expect(commits.map((batch) => batch.map(({ paths }) => paths?.length))).toEqual([[60_000], [0, 0], []]);
  });

  it("are unknown where nobody asked for them, and git compares nothing", async () => {
    const repository = aRepository();
    const tree = repository.tree({ "a.ts": "1" });
    repository.commit({ tree });
    renameSync(repository.objectFile(tree), `${repository.objectFile(tree)}.away`);

    const paths = await pathsOf(repository, { paths: false });

    expect([...paths.values()]).toEqual([null]);
  });
});

describe("files that are asked for later", () => {
  it("are read of every commit, once, and known from then on", async () => {
    const repository = aRepository();
    const all = repository.commits(3);
    const without = aCollector({ path: repository.path });
    const asking = aCollector({ path: repository.path }, { paths: true });

    const before = await collect(without);
    const later = await collect(asking, before.cursor);
    const next = repository.commit({ tree: repository.tree({ "a.ts": "1" }) });
    const last = await collect(asking, later.cursor);

    expect(before.commits.map(({ paths }) => paths)).toEqual([null, null, null]);
    expect(ids(later.commits)).toEqual(sorted(all));
    expect(later.commits.map(({ paths }) => paths)).toEqual([[], [], []]);
    expect(last.commits.map(({ id, paths }) => [id, paths])).toEqual([[next, ["a.ts"]]]);
    expect((await collect(asking, last.cursor)).batches).toEqual([]);
  });

  it("stay known while nobody asks, until a commit comes whose files are not", async () => {
    const repository = aRepository();
    repository.commits(2);
    const without = aCollector({ path: repository.path });
    const asking = aCollector({ path: repository.path }, { paths: true });

    const first = await collect(asking);
    const unasked = await collect(without, first.cursor);
    const again = await collect(asking, unasked.cursor);
    repository.commit();
    const unread = await collect(without, again.cursor);
    const all = await collect(asking, unread.cursor);

    expect([unasked.batches, again.batches]).toEqual([[], []]);
    expect([unread.commits.length, all.commits.length]).toEqual([1, 3]);
  });

  it("do not bring back a tag that went in the same moment", async () => {
    const repository = aRepository();
    repository.commits(2);
    repository.tag("v1.0.0");
    const { cursor } = await collect(aCollector({ path: repository.path }));

    repository.deleteTag("v1.0.0");
    const { removed, releases } = await collect(aCollector({ path: repository.path }, { paths: true }), cursor);

    expect([removed, releases]).toEqual([["v1.0.0"], []]);
  });
});

describe("the files of a clone", () => {
  it("are told without the contents of one", async () => {
    const repository = aRepository();
    repository.git("config", "uploadpack.allowFilter", "true");
    repository.commit({ tree: repository.tree({ "a.ts": "1", "lib/b.ts": "1" }) });
    const sha = repository.commit({ tree: repository.tree({ "a.ts": "2", "lib/b.ts": "1" }) });
    const dataFolder = aFolder();

    const { commits } = await collect(aCollector({ url: repository.url }, { dataFolder, paths: true }));

    expect(commits.find(({ id }) => id === sha)?.paths).toEqual(["a.ts"]);
    const clones = readdirSync(join(dataFolder, "clones")).map((name) => join(dataFolder, "clones", name));
    const list = ["cat-file", "--batch-all-objects", "--batch-check=%(objecttype)"];
    expect(clones).toHaveLength(1);
    for (const clone of clones) {
      expect(execFileSync("git", ["--git-dir", clone, ...list], { encoding: "utf8" })).not.toContain("blob");
    }
  });

  it("are, where a shallow one ends, all there are", async () => {
    const origin = aRepository();
    origin.commit({ tree: origin.tree({ "a.ts": "1" }) });
    const last = origin.commit({ tree: origin.tree({ "a.ts": "1", "b.ts": "1" }) });
    const path = join(aFolder(), "shallow");
    origin.git("clone", "--quiet", "--depth=1", origin.url, path);

    const { commits } = await collect(aCollector({ path }, { paths: true }));

    expect(commits.map(({ id, paths }) => [id, paths])).toEqual([[last, ["a.ts", "b.ts"]]]);
  });

  it("cannot be told by one that left folders out, and it says how to fetch them", async () => {
    const origin = aRepository();
    origin.git("config", "uploadpack.allowFilter", "true");
    origin.commit({ tree: origin.tree({ "lib/a.ts": "1" }) });
    origin.commit({ tree: origin.tree({ "lib/a.ts": "2" }) });
    const path = join(aFolder(), "treeless");
    origin.git("clone", "--quiet", "--no-checkout", "--filter=tree:0", origin.url, path);

    const reading = collect(aCollector({ path }, { paths: true }));

    await expect(reading).rejects.toMatchObject({ name: "HostError", reason: "unavailable" });
    await expect(reading).rejects.toThrow(/left out folders.*--refetch --filter=blob:none/);
  });
});

describe("a repository of which git tells nothing more in the middle", () => {
  it("is damaged, and no commit is taken for one that changed nothing", async () => {
    const repository = aRepository();
    const second = repository.tree({ "a.ts": "2" });
    for (const tree of [repository.tree({ "a.ts": "1" }), second, repository.tree({ "a.ts": "3" })]) {
      repository.commit({ tree });
    }
    renameSync(repository.objectFile(second), `${repository.objectFile(second)}.away`);

    const reading = collect(aCollector({ path: repository.path }, { paths: true }));

    await expect(reading).rejects.toMatchObject({ name: "HostError", reason: "unavailable" });
    await expect(reading).rejects.toThrow(/damaged.*git fsck/);
  });
});
