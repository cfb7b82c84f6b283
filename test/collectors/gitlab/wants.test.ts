import { describe, expect, it } from "vitest";
import { aGitLab, failing } from "#test/support/fake-gitlab.ts";
import { Sync } from "./collecting.ts";
import type { Around } from "./collecting.ts";

const PATHS: Around = { wants: { paths: true } };

async function aProject(around: Around = PATHS) {
  const fake = await aGitLab();
  const project = fake.project();
  project.commit({ message: "Begin\n\nSee merge request acme/shell!99" });
  return { fake, project, sync: new Sync(fake, {}, around) };
}

function manyFiles(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `src/${index}.ts`);
}

describe("the files of a change", () => {
  it("are read where they are wanted, one request for each merge request", async () => {
    const { fake, project, sync } = await aProject();
    project.mergeRequest({ files: ["api/a.ts", "api/old.ts => web/new.ts"] });

    await sync.run();

    expect(sync.one("change", 1)?.paths).toEqual(["api/a.ts", "api/old.ts", "web/new.ts"]);
    expect(fake.count(/diffs/)).toBe(1);
  });

  it("are all read when there are more than fit a page", async () => {
    const { project, sync } = await aProject();
    project.mergeRequest({ files: manyFiles(70) });

    await sync.run();

    expect(sync.one("change", 1)?.paths).toHaveLength(70);
  });

  it("are unknown where the host is too old to list them", async () => {
    const { project, sync } = await aProject();
    project.diffs = false;
    project.mergeRequest();

    await sync.run();

    expect(sync.one("change", 1)?.paths).toBeNull();
    expect(sync.codes).toEqual([]);
  });

  it("are not read where nobody wants them", async () => {
    const { fake, project, sync } = await aProject({});
    project.commit();
    project.merge(project.mergeRequest());

    await sync.run();

    expect(sync.one("change", 1)?.paths).toBeNull();
    expect(fake.count(/diff/)).toBe(0);
  });

  it("are read later of all that was read without them, and then only of what is new", async () => {
    const { fake, project, sync } = await aProject({});
    for (let count = 0; count < 3; count += 1) project.merge(project.mergeRequest({ files: [`${count}.ts`] }));
    await sync.run();

    await sync.run({}, PATHS);
    const read = sync.all("change").map(({ paths }) => paths);
    fake.asked.length = 0;
    project.merge(project.mergeRequest({ files: ["3.ts"] }));
    await sync.run({}, PATHS);

    expect(read).toEqual([["0.ts"], ["1.ts"], ["2.ts"]]);
    expect(sync.one("change", 4)?.paths).toEqual(["3.ts"]);
    expect(fake.count(/diff/)).toBe(1);
  });
});

describe("the files of a commit", () => {
  it("are read where no merge request brought it", async () => {
    const { fake, project, sync } = await aProject();
    const pushed = project.commit({ files: ["api/a.ts"] });
    const [merged, squashed] = [project.merge(project.mergeRequest()), project.squash(project.mergeRequest())];
    const forwarded = project.fastForward(project.mergeRequest());

    await sync.run();

    expect(sync.one("commit", pushed)?.paths).toEqual(["api/a.ts"]);
    expect([merged, squashed, forwarded].map((sha) => sync.one("commit", sha)?.paths)).toEqual([null, null, null]);
    expect(fake.count(/commits\/.*\/diff/)).toBe(1);
  });

  it("are read of all of them where merge requests are switched off", async () => {
    const { fake, project, sync } = await aProject();
    const shas = [project.commit({ files: ["a.ts"] }), project.commit({ files: ["b.ts"] })];
    fake.fault = failing(/merge_requests/, { kind: "status", status: 403 });

    await sync.run();

    expect(shas.map((sha) => sync.one("commit", sha)?.paths)).toEqual([["a.ts"], ["b.ts"]]);
    expect(sync.codes).toEqual(["part-unreadable"]);
  });

  it("are those that a merge of a branch without a merge request brought", async () => {
    const { project, sync } = await aProject();
    const side = project.commit({ on: "topic", parents: [project.head], files: ["web/b.ts"] });
    const merge = project.commit({ parents: [project.head, side], files: ["web/b.ts"] });

    await sync.run();

    expect(sync.one("commit", merge)?.paths).toEqual(["web/b.ts"]);
    expect(sync.one("commit", side)?.paths).toBeNull();
  });

  it("that are pushed later cost a request each, beside two lists", async () => {
    const { fake, project, sync } = await aProject();
    project.commit();
    await sync.run();
    fake.asked.length = 0;

    const pushed = project.commit({ files: ["api/late.ts"] });
    await sync.run();

    expect(sync.one("commit", pushed)?.paths).toEqual(["api/late.ts"]);
    expect(fake.count(/commits\/.*\/diff/)).toBe(1);
    expect(fake.asked.length).toBeLessThanOrEqual(9 + 1 + 3);
  });

  it("cost nothing where every new one came with a merge request that its message names", async () => {
    const { fake, project, sync } = await aProject();
    await sync.run();
    fake.asked.length = 0;

    project.merge(project.mergeRequest());
    await sync.run();

    expect(fake.asked.filter(({ query }) => query["state"] === "merged")).toEqual([]);
    expect(fake.count(/commits\/.*\/diff/)).toBe(0);
  });

  it("are read of a history of many pages, and again when it is rewritten", async () => {
    const { project, sync } = await aProject();
    for (let count = 0; count < 250; count += 1) project.commit({ files: [`${count}.ts`] });
    await sync.run();
    const before = sync.all("commit").filter(({ paths }) => paths !== null).length;

    project.branches.clear();
    const root = project.commit({ files: ["root.ts"] });
    const other = project.commit({ files: ["other.ts"] });
    await sync.run();

    expect(before).toBe(250);
    expect([root, other].map((sha) => sync.one("commit", sha)?.paths)).toEqual([["root.ts"], ["other.ts"]]);
  });
});
