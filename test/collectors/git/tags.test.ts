import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aRepository, newYear } from "#test/support/git-repository.ts";
import type { GitRepository } from "#test/support/git-repository.ts";
import { ids, read, sorted } from "./collecting.ts";

const noon = `${newYear + 43_200} +0000`;
const NOON = (newYear + 43_200) * 1000;

describe("a tag", () => {
  it("that is annotated was published when it was tagged", async () => {
    const repository = aRepository();
    const sha = repository.commit();
    repository.tag("v1.0.0", { tagged: noon });

    const { releases } = await read(repository);

    expect(releases).toEqual([
      {
        kind: "release",
        source: `git:${repository.path}`,
        repository: "shop",
        id: "v1.0.0",
        name: "v1.0.0",
        url: null,
        sha,
        publishedAt: NOON,
        draft: false,
        prerelease: null,
      },
    ]);
  });

  it("that is only a name was published when its commit was committed", async () => {
    const repository = aRepository();
    const sha = repository.commit({ authored: `${newYear} +0000`, committed: noon });
    repository.tag("v1.0.0");

    const { releases } = await read(repository);

    expect(releases).toMatchObject([{ sha, publishedAt: NOON }]);
  });

  it.each([
    ["without a tagger", "", NOON],
    ["with a date that is none", "-5 +0000", NOON],
    ["with a date beyond all calendars", "99999999999999999999 +0000", NOON],
    ["of 1970", "0 +0000", 0],
    ["with an impossible zone", `${newYear} +051800`, newYear * 1000],
  ])("%s has the date of its commit where it has none of its own", async (_, tagged, at) => {
    const repository = aRepository();
    repository.commit({ committed: noon });
    repository.tag("v1.0.0", { annotated: true, tagged });

    const { releases } = await read(repository);

    expect(releases).toMatchObject([{ publishedAt: at }]);
  });

  it("of a tag of a tag is one of the commit in the end, with the outermost date", async () => {
    const repository = aRepository();
    const sha = repository.commit();
    const inner = repository.tag("inner", { annotated: true });
    const middle = repository.tag("middle", { of: inner, type: "tag", annotated: true });
    repository.tag("v1.0.0", { of: middle, type: "tag", tagged: noon });

    const { releases } = await read(repository);

    expect(releases.find(({ name }) => name === "v1.0.0")).toMatchObject({ sha, publishedAt: NOON });
    expect(releases).toHaveLength(3);
  });

  it("shares its commit with another tag", async () => {
    const repository = aRepository();
    const sha = repository.commit();
    repository.tag("v1.0.0", { annotated: true });
    repository.tag("latest");

    const { releases } = await read(repository);

    expect(releases.map((release) => [release.name, release.sha])).toEqual([
      ["latest", sha],
      ["v1.0.0", sha],
    ]);
  });

  it("beside the default branch brings its commits along", async () => {
    const repository = aRepository();
    const [first = ""] = repository.commits(2);
    repository.branch("release", first);
    const fix = repository.commit({ on: "release", message: "Fix" });
    repository.tag("v1.0.1", { of: fix });
    repository.deleteBranch("release");
    repository.branch("unreleased", repository.commit({ on: null, parents: [first], message: "Not yet" }));

    const { commits } = await read(repository);

    expect(commits.map(({ title }) => title).toSorted()).toEqual(["Fix", "Step 1", "Step 2"]);
  });

  it("of a file or a folder is left out, with a notice", async () => {
    const repository = aRepository();
    repository.commit();
    const blob = repository.object("blob", "a public key");
    repository.tag("key", { of: blob });
    repository.tag("signed-key", { of: blob, type: "blob", annotated: true });
    repository.tag("folder", { of: repository.object("tree", "") });
    repository.tag("v1.0.0");

    const { releases, notices, batches, cursor } = await read(repository);
    const later = await read(repository, cursor);

    expect(ids(releases)).toEqual(["v1.0.0"]);
    expect(notices).toEqual(["tag-without-commit"]);
    expect(batches.at(-1)?.notices[0]?.message).toMatch(/^3 tags point to no commit/);
    expect(later.batches).toEqual([]);
  });

  it.each(["naïve", "日本", "__proto__", "constructor", "a/b/c", "pkg@1.2.3", "-rf"])(
    "called %s is called that",
    async (name) => {
      const repository = aRepository();
      repository.commit();
      repository.tag(name);

      const { releases, cursor } = await read(repository);
      repository.deleteTag(name);
      const later = await read(repository, cursor);

      expect(ids(releases)).toEqual([name]);
      expect(later.removed).toEqual([name]);
    },
  );

  it("has a name of its own even where names are not UTF-8", async () => {
    const repository = aRepository();
    const sha = repository.commit();
    repository.tag("naïve");
    repository.git("pack-refs", "--all");
    appendPacked(repository, Buffer.from(`${sha} refs/tags/v\xe8\n${sha} refs/tags/v\xe9\n`, "latin1"));

    const { releases } = await read(repository);

    expect(ids(releases)).toEqual(sorted(["naïve", "vè", "vé"]));
  });

  it.each([
    ["https://github.com/acme/shop.git", "https://github.com/acme/shop/releases/tag/pkg%401.2.3"],
    ["git@gitlab.example.com:acme/shop.git", "https://gitlab.example.com/acme/shop/-/tags/pkg%401.2.3"],
    ["https://git.example.com/shop", null],
  ])("of a clone of %s is found at %s", async (origin, url) => {
    const repository = aRepository();
    repository.commit();
    repository.tag("pkg@1.2.3");
    repository.git("config", "remote.origin.url", origin);

    const { releases } = await read(repository);

    expect(releases[0]?.url).toBe(url);
  });
});

describe("since the last sync", () => {
  it("a moved tag names its new commit and brings it along", async () => {
    const repository = aRepository();
    const [first = ""] = repository.commits(2);
    repository.tag("v1.0.0", { of: first });
    const { cursor } = await read(repository);

    const beside = repository.commit({ on: null, message: "Beside", parents: [first] });
    repository.tag("v1.0.0", { of: beside });
    const later = await read(repository, cursor);

    expect(later.releases).toMatchObject([{ id: "v1.0.0", sha: beside }]);
    expect(ids(later.commits)).toEqual([beside]);
    expect(later.removed).toEqual([]);
  });

  it("a tag annotated anew on the same commit has its new date", async () => {
    const repository = aRepository();
    repository.commit();
    repository.tag("v1.0.0");
    const { cursor } = await read(repository);

    repository.tag("v1.0.0", { tagged: noon });
    const later = await read(repository, cursor);

    expect(later.releases).toMatchObject([{ publishedAt: NOON }]);
    expect(later.commits).toEqual([]);
  });

  it("a deleted tag is gone, and so is one that names a file now", async () => {
    const repository = aRepository();
    repository.commit();
    for (const name of ["v1.0.0", "v1.1.0", "v1.2.0"]) repository.tag(name);
    const { cursor } = await read(repository);

    repository.deleteTag("v1.0.0");
    repository.tag("v1.1.0", { of: repository.object("blob", "file") });
    const later = await read(repository, cursor);

    expect(sorted(later.removed)).toEqual(["v1.0.0", "v1.1.0"]);
    expect(later.releases).toEqual([]);
  });

  it("a deleted tag is gone even when its commit was pruned", async () => {
    const repository = aRepository();
    const [first = ""] = repository.commits(2);
    const lost = repository.commit({ on: null, message: "Lost", parents: [first] });
    repository.tag("v1.0.0", { of: lost });
    const { cursor } = await read(repository);

    repository.deleteTag("v1.0.0");
    rmSync(repository.objectFile(lost));
    const next = repository.commit();
    const later = await read(repository, cursor);

    expect(later.removed).toEqual(["v1.0.0"]);
    expect(ids(later.commits)).toEqual([next]);
  });
});

function appendPacked({ gitFolder }: GitRepository, lines: Buffer): void {
  appendFileSync(join(gitFolder, "packed-refs"), lines);
}
