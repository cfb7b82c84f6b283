import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aFolder, aRepository } from "#test/support/git-repository.ts";
import type { GitRepository } from "#test/support/git-repository.ts";
import { aCollector, collect, ids, read } from "./collecting.ts";

/** Branches with one commit each. */
function withBranches(...names: readonly string[]): GitRepository {
  const repository = aRepository();
  for (const name of names) repository.commit({ on: name, message: name, parents: [] });
  return repository;
}

describe("the default branch", () => {
  it.each([
    [["trunk", "master", "main"], "work", "main"],
    [["trunk", "master"], "trunk", "master"],
    [["trunk", "work"], "work", "trunk"],
    [["work", "develop"], "develop", "develop"],
    [["develop"], "unborn", "develop"],
  ])("among %j with %s checked out is %s", async (branches, checkedOut, expected) => {
    const repository = withBranches(...branches);
    repository.checkout(checkedOut);

    const { repository: event } = await read(repository);

    expect(event).toMatchObject({ defaultBranch: expected, head: repository.head(expected) });
  });

  it("is the one origin calls its default, before any other name", async () => {
    const repository = withBranches("main");
    const develop = repository.commit({ on: null, message: "develop" });
    repository.origin({ develop }, "develop");

    const { repository: event } = await read(repository);

    expect(event).toMatchObject({ defaultBranch: "develop", head: develop });
  });

  it("is not one that origin no longer has", async () => {
    const repository = withBranches("main");
    repository.origin({}, "gone");

    const { repository: event } = await read(repository);

    expect(event?.defaultBranch).toBe("main");
  });

  it("of a bare repository is the one its HEAD names", async () => {
    const repository = aRepository({ bare: true });
    repository.commit({ on: "main" });
    repository.commit({ on: "production", message: "Other" });
    repository.checkout("production");

    const { repository: event } = await read(repository);

    expect(event).toMatchObject({ defaultBranch: "production", head: repository.head("production") });
  });

  it("is the configured one", async () => {
    const repository = withBranches("main", "release/next");

    const { repository: event } = await read(repository, null, { branch: "release/next" });

    expect(event).toMatchObject({ defaultBranch: "release/next", head: repository.head("release/next") });
  });

  it("is missed by name when the configured one does not exist", async () => {
    const repository = withBranches("main", "develop");

    const reading = read(repository, null, { branch: "mian" });

    await expect(reading).rejects.toMatchObject({ reason: "not-found" });
    await expect(reading).rejects.toThrow(/no branch “mian” \(it has develop, main\).*`branch`/);
  });
});

describe("the head", () => {
  it("is the local branch where that is checked out, even behind origin, with a notice", async () => {
    const repository = aRepository();
    const [first = "", second = ""] = repository.commits(2);
    repository.branch("main", first);
    repository.origin({ main: second }, "main");

    const { repository: event, notices } = await read(repository);

    expect(event?.head).toBe(first);
    expect(notices).toEqual(["branch-differs-from-origin"]);
  });

  it("is origin's copy where the local branch lags behind and something else is checked out", async () => {
    const repository = aRepository();
    const [first = "", second = ""] = repository.commits(2);
    repository.branch("main", first);
    repository.branch("topic", first);
    repository.checkout("topic");
    repository.origin({ main: second }, "main");

    const { repository: event, notices } = await read(repository);

    expect(event?.head).toBe(second);
    expect(notices).toEqual(["branch-differs-from-origin"]);
  });

  it("is the local branch where that is ahead of origin or has gone another way", async () => {
    const repository = aRepository();
    const [first = "", second = ""] = repository.commits(2);
    const elsewhere = repository.commit({ on: null, message: "Elsewhere", parents: [first] });
    repository.branch("topic", first);
    repository.checkout("topic");

    for (const main of [first, elsewhere]) {
      repository.origin({ main }, "main");
      const { repository: event, notices } = await read(repository);
      expect(event?.head).toBe(second);
      expect(notices).toEqual(["branch-differs-from-origin"]);
    }
  });

  it("is origin's copy where there is no local branch", async () => {
    const repository = aRepository();
    const sha = repository.commit({ on: "topic" });
    repository.checkout("topic");
    repository.origin({ main: sha });

    const { repository: event, notices } = await read(repository);

    expect(event).toMatchObject({ defaultBranch: "main", head: sha });
    expect(notices).toEqual([]);
  });

  it("is the default branch's even when another commit is checked out", async () => {
    const repository = aRepository();
    const [first = "", second = ""] = repository.commits(2);
    repository.checkout(first);

    const { repository: event } = await read(repository);

    expect(event).toMatchObject({ defaultBranch: "main", head: second });
  });

  it("is the commit that is checked out where there are no branches at all, with a notice", async () => {
    const repository = aRepository();
    const [, second = ""] = repository.commits(2);
    repository.checkout(second);
    repository.deleteBranch("main");

    const { repository: event, notices, commits } = await read(repository);

    expect(event).toMatchObject({ defaultBranch: null, head: second });
    expect(notices).toEqual(["detached-head"]);
    expect(commits).toHaveLength(2);
  });

  it("is unknown where there are only tags, whose commits are read all the same", async () => {
    const repository = aRepository();
    const all = repository.commits(2);
    repository.tag("v1.0.0");
    repository.deleteBranch("main");

    const { repository: event, commits, releases, notices, cursor } = await read(repository);
    const later = await read(repository, cursor);

    expect(event).toMatchObject({ defaultBranch: null, head: null });
    expect(commits).toHaveLength(all.length);
    expect(ids(releases)).toEqual(["v1.0.0"]);
    expect(notices).toEqual(["no-branch"]);
    expect(later.batches).toEqual([]);
  });
});

describe("the repository", () => {
  it("is one source from its root, a folder in it, its .git folder and a link to it", async () => {
    const repository = aRepository();
    repository.commit();
    mkdirSync(join(repository.path, "src"));
    const link = join(aFolder(), "link");
    symlinkSync(repository.path, link);

    const sources = ["", "src", ".git"].map((part) => aCollector({ path: join(repository.path, part) }).source);

    expect(new Set([...sources, aCollector({ path: link }).source])).toEqual(new Set([`git:${repository.path}`]));
  });

  it("is read in a linked worktree with that worktree's HEAD", async () => {
    const repository = aRepository();
    repository.commits(2);
    const path = join(aFolder(), "worktree");
    repository.git("worktree", "add", "--quiet", path, "-b", "topic");

    const { repository: event, commits } = await collect(aCollector({ path }));

    expect(event).toMatchObject({ id: "worktree", defaultBranch: "main" });
    expect(commits).toHaveLength(2);
  });

  it("is called by its folder, unless it is given a name", async () => {
    const repository = aRepository({ bare: true, folder: join(aFolder(), "payments.git") });
    repository.commit();

    const [plain, named] = [await read(repository), await read(repository, null, { name: "acme/payments" })];

    expect(plain.repository).toMatchObject({ id: "payments", repository: "payments", url: null });
    expect(named.repository).toMatchObject({ id: "acme/payments", repository: "acme/payments" });
    expect(named.commits[0]?.repository).toBe("acme/payments");
  });

  it("is found on the web where its origin is, without the credentials in that address", async () => {
    const repository = aRepository();
    repository.commit();
    repository.git("config", "remote.origin.url", "https://ada:secret@github.com/acme/shop.git");

    const { batches, repository: event } = await read(repository);

    expect(event?.url).toBe("https://github.com/acme/shop");
    expect(JSON.stringify(batches)).not.toContain("secret");
  });
});
