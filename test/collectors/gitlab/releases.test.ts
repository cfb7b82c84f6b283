import { describe, expect, it } from "vitest";
import { DAY } from "#metrics/time.ts";
import { aGitLab, failing } from "#test/support/fake-gitlab.ts";
import { allBatches, Known } from "#test/support/collector-contract.ts";
import { aCollector, ids, Sync } from "./collecting.ts";

async function aProject() {
  const fake = await aGitLab();
  const project = fake.project();
  const sha = project.commit();
  return { fake, project, sha, sync: new Sync(fake) };
}

describe("a tag", () => {
  it("has the date of its tagger, else of its commit", async () => {
    const { project, sha, sync } = await aProject();
    project.tag("v1.0.0", { annotated: true });
    const taggedAt = Date.parse(project.time());
    project.tag("v1.0.1");

    await sync.run();

    expect(sync.one("release", "v1.0.0")).toMatchObject({ sha, publishedAt: taggedAt, prerelease: null, draft: false });
    expect(sync.one("release", "v1.0.1")?.publishedAt).toBe(sync.one("commit", sha)?.committedAt);
  });

  it("that is released has the date of its release, and is told from one that is not", async () => {
    const { project, sync } = await aProject();
    project.tag("v1.0.0", { annotated: true });
    await sync.run();
    project.release("v1.0.0");

    await sync.run();

    expect(sync.all("release")).toHaveLength(1);
    expect(sync.one("release", "v1.0.0")).toMatchObject({ publishedAt: Date.parse(project.time()), prerelease: false });
  });

  it("that announces a release to come is a draft", async () => {
    const { project, sync } = await aProject();
    project.tag("v2.0.0");
    project.release("v2.0.0", { upcoming_release: true });

    await sync.run();

    expect(sync.one("release", "v2.0.0")?.draft).toBe(true);
  });

  it("may be called __proto__", async () => {
    const { project, sync } = await aProject();
    project.tag("__proto__");

    await sync.run();
    await sync.run();

    expect(ids(sync.all("release"))).toEqual(["__proto__"]);
    expect(sync.fresh).toEqual([]);
  });

  it("of a release branch brings its commits along", async () => {
    const { project, sha, sync } = await aProject();
    const fix = project.commit({ on: "1-0-stable", parents: [sha] });
    project.tag("v1.0.1", { of: fix });

    await sync.run();

    expect(sync.one("commit", fix)?.parents).toEqual([sha]);
  });

  it("that is moved is read again, and one that is deleted is removed", async () => {
    const { project, sync } = await aProject();
    for (const name of ["a", "b", "c"]) project.tag(name);
    await sync.run();
    const sha = project.commit();

    project.tags.splice(0, 2);
    project.tag("b", { of: sha });
    await sync.run();

    expect(ids(sync.all("release"))).toEqual(["a", "b"]);
    expect(sync.one("release", "b")?.sha).toBe(sha);
  });

  it("that changes beyond the first page is found within a day", async () => {
    const { fake, project, sync } = await aProject();
    for (let count = 0; count < 120; count += 1) project.tag(`v${count}`);
    await sync.run();
    const known = new Known(sync.known);

    Object.assign(project.tags.at(-1) as object, { created_at: project.pass() });
    await sync.run();
    const soon = sync.fresh;
    const batches = await allBatches(aCollector(fake, {}, { now: Date.now() + 2 * DAY }), known.cursor);

    expect(soon).toEqual([]);
    expect(batches.flatMap(({ events }) => events)).toMatchObject([
      { id: "v0", publishedAt: Date.parse(project.time()) },
    ]);
  });

  it("is not taken for deleted because it slipped through a page", async () => {
    const { fake, project, sync } = await aProject();
    for (let count = 0; count < 320; count += 1) project.tag(`v${count}`);
    await sync.run();

    fake.fault = failing(/tags/, { kind: "drop" });
    project.tag("new");
    await sync.run();

    expect(sync.all("release")).toHaveLength(321);
  });
});

describe("releases that a token may not see", () => {
  it("leave the tags", async () => {
    const { fake, project, sync } = await aProject();
    project.tag("v1.0.0");
    fake.fault = failing(/releases/, { kind: "status", status: 403 });

    await sync.run();
    project.tag("v1.1.0");
    await sync.run();

    expect(ids(sync.all("release"))).toEqual(["v1.0.0", "v1.1.0"]);
    expect(sync.codes).toEqual([]);
  });

  it("are kept when it could see them before, and it is said", async () => {
    const { fake, project, sync } = await aProject();
    project.tag("v1.0.0");
    project.release("v1.0.0");
    await sync.run();

    fake.fault = failing(/releases/, { kind: "status", status: 403 });
    await sync.run();

    expect(sync.one("release", "v1.0.0")?.prerelease).toBe(false);
    expect(sync.codes).toEqual(["part-unreadable"]);
  });
});
