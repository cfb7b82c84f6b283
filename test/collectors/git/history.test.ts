import { renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aFolder, aRepository } from "#test/support/git-repository.ts";
import { aCollector, collect, ids, read, sorted } from "./collecting.ts";

describe("nothing new", () => {
  it("reads no history: not even one that is gone", async () => {
    const repository = aRepository();
    const [sha = ""] = repository.commits(1);
    repository.tag("v1.0.0", { annotated: true });
    const { cursor } = await read(repository);
    rmSync(repository.objectFile(sha));

    const later = await read(repository, cursor);

    expect(later.batches).toEqual([]);
  });
});

describe("since the last sync", () => {
  it("only new commits and the new head are read", async () => {
    const repository = aRepository();
    repository.commits(3);
    const { cursor } = await read(repository);

    const next = repository.commits(2);
    const later = await read(repository, cursor);

    expect(ids(later.commits)).toEqual(sorted(next));
    expect(later.repository).toMatchObject({ head: next[1], defaultBranch: "main" });
  });

  it("commits known from a tag are not read again when they are merged", async () => {
    const repository = aRepository();
    const base = repository.commit();
    const fix = repository.commit({ on: null, message: "Fix", parents: [base] });
    repository.tag("v1.0.1", { of: fix });
    const { cursor } = await read(repository);

    const merge = repository.merge([fix]);
    const later = await read(repository, cursor);

    expect(ids(later.commits)).toEqual([merge]);
  });

  it("a head moved back is a new head without new commits", async () => {
    const repository = aRepository();
    const [first = ""] = repository.commits(3);
    const { cursor } = await read(repository);

    repository.branch("main", first);
    const later = await read(repository, cursor);

    expect(later.repository?.head).toBe(first);
    expect(later.commits).toEqual([]);
  });

  it("a force-push brings its own commits only", async () => {
    const repository = aRepository();
    const [first = ""] = repository.commits(3);
    const { cursor } = await read(repository);

    const forced = repository.commit({ parents: [first], message: "Rewritten" });
    const later = await read(repository, cursor);

    expect(ids(later.commits)).toEqual([forced]);
    expect(later.repository?.head).toBe(forced);
  });

  it("a force-push after which the old history was pruned is read like any other", async () => {
    const repository = aRepository();
    const [first = "", second = "", third = ""] = repository.commits(3);
    const { cursor } = await read(repository);

    const forced = repository.commit({ parents: [first], message: "Rewritten" });
    rmSync(repository.objectFile(second));
    rmSync(repository.objectFile(third));
    const later = await read(repository, cursor);

    expect(ids(later.commits)).toEqual(sorted([first, forced]));
    expect(later.repository?.head).toBe(forced);
  });

  it("an unrelated history in the same place replaces the old one", async () => {
    const folder = join(aFolder(), "shop");
    const old = aRepository({ folder });
    old.commits(3);
    old.tag("v1.0.0");
    const { cursor } = await read(old);
    rmSync(folder, { recursive: true });
    const other = aRepository({ folder });
    const orphans = other.commits(2, { author: "Grace", email: "grace@example.com" });
    other.tag("v2.0.0");

    const later = await read(other, cursor);

    expect(ids(later.commits)).toEqual(sorted(orphans));
    expect(ids(later.releases)).toEqual(["v2.0.0"]);
    expect(later.removed).toEqual(["v1.0.0"]);
    expect(later.repository?.head).toBe(orphans[1]);
  });

  it("another default branch is a new head", async () => {
    const repository = aRepository();
    const [first = ""] = repository.commits(2);
    repository.branch("stable", first);
    const { cursor } = await read(repository);

    const later = await read(repository, cursor, { branch: "stable" });

    expect(later.repository).toMatchObject({ defaultBranch: "stable", head: first });
    expect(later.commits).toEqual([]);
  });

  it("a bookmark of another version makes it read everything again", async () => {
    const repository = aRepository();
    repository.commits(2);
    repository.tag("v1.0.0");

    for (const cursor of ['{"version":0}', "not json", "null", "[]"]) {
      const { commits, releases } = await read(repository, cursor);
      expect([commits.length, releases.length]).toEqual([2, 1]);
    }
  });
});

describe("a shallow clone", () => {
  it("says that it is one, and is read again as it gets deeper and whole", async () => {
    const origin = aRepository();
    const all = origin.commits(6);
    const path = join(aFolder(), "shallow");
    origin.git("clone", "--quiet", "--depth=2", origin.url, path);
    const collector = aCollector({ path });

    const shallow = await collect(collector);
    origin.git("-C", path, "fetch", "--quiet", "--depth=4");
    const deeper = await collect(collector, shallow.cursor);
    origin.git("-C", path, "fetch", "--quiet", "--unshallow");
    const whole = await collect(collector, deeper.cursor);

    expect(shallow.notices).toEqual(["shallow"]);
    expect(shallow.repository?.truncated).toBe(true);
    expect(ids(shallow.commits)).toEqual(sorted(all.slice(4)));
    expect(ids(deeper.commits)).toEqual(sorted(all.slice(2)));
    expect(ids(whole.commits)).toEqual(sorted(all));
    expect(whole.repository?.truncated).toBe(false);
    expect(whole.notices).toEqual([]);
  });
});

describe("a damaged repository", () => {
  it("yields no bookmark, and everything once it is mended", async () => {
    const repository = aRepository();
    const all = repository.commits(5);
    const [, , third = ""] = all;
    const missing = repository.objectFile(third);
    renameSync(missing, `${missing}.away`);

    await expect(read(repository)).rejects.toMatchObject({ name: "HostError", reason: "unavailable" });
    await expect(read(repository)).rejects.toThrow(/damaged.*git fsck/);
    renameSync(`${missing}.away`, missing);
    const mended = await read(repository);

    expect(ids(mended.commits)).toEqual(sorted(all));
  });

  it("keeps its bookmark when only the new part is damaged", async () => {
    const repository = aRepository();
    repository.commits(2);
    const { cursor } = await read(repository);
    const [, second = ""] = repository.commits(3);
    truncateSync(repository.objectFile(second), 5);

    const collecting = collect(aCollector({ path: repository.path }, { batchSize: 1 }), cursor);

    await expect(collecting).rejects.toMatchObject({ name: "HostError", reason: "unavailable" });
  });

  it("is one whose tag names an object that is not there", async () => {
    const repository = aRepository();
    repository.commit();
    repository.tag("v1.0.0", { of: "1".repeat(40) });

    await expect(read(repository)).rejects.toThrow(/damaged.*git fsck/);
  });

  it("is one whose objects are not what they say", async () => {
    const repository = aRepository();
    const [first = ""] = repository.commits(2);
    rmSync(repository.objectFile(first));
    writeFileSync(repository.objectFile(first), "garbage");

    await expect(read(repository)).rejects.toThrow(/damaged.*git fsck/);
  });
});
