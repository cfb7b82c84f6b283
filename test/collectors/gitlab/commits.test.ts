import { describe, expect, it } from "vitest";
import { aGitLab, failing } from "#test/support/fake-gitlab.ts";
import { ids, Sync } from "./collecting.ts";

async function aProject(commits: number) {
  const fake = await aGitLab();
  const project = fake.project();
  for (let count = 0; count < commits; count += 1) project.commit();
  return { fake, project, sync: new Sync(fake) };
}

describe("the commits of the default branch", () => {
  it("have parents, dates and what their message says, but not the message", async () => {
    const { project, sync } = await aProject(1);
    const root = project.branches.get("main");
    const sha = project.commit({
      message: `Revert it\n\nThis reverts commit ${root}.\n\nSee merge request acme/shell!7`,
      authored_date: "2026-01-01T09:00:00.000+01:00",
      committed_date: "2026-01-02T10:00:00.000+00:00",
    });

    await sync.run();

    expect(sync.one("commit", sha)).toEqual({
      kind: "commit",
      source: `gitlab:${sync.fake.url}/acme/shell`,
      repository: "acme/shell",
      id: sha,
      parents: [root],
      author: "someone like ada@example.com",
      authorKind: "human",
      authoredAt: Date.parse("2026-01-01T08:00:00Z"),
      committedAt: Date.parse("2026-01-02T10:00:00Z"),
      title: "Revert it",
      changeNumber: 7,
      reverts: [{ sha: root }],
      cherryPickedFrom: [],
      paths: null,
    });
  });

  it("are all read, a hundred at a time, and then only new ones are", async () => {
    const { fake, project, sync } = await aProject(250);
    await sync.run();
    const first = sync.all("commit").length;
    const pages = fake.count(/repository\/commits$/);

    const sha = project.commit();
    await sync.run();

    expect([first, pages]).toEqual([250, 3]);
    expect(sync.fresh.filter(({ kind }) => kind === "commit").map(({ id }) => id)).toEqual([sha]);
    expect(sync.one("repository", "acme/shell")?.head).toBe(sha);
  });

  it.each([true, false])("include those of a branch that forked long ago, with ranges: %s", async (ranges) => {
    const { fake, project, sync } = await aProject(150);
    project.ranges = ranges;
    const [old = ""] = project.commits.keys();
    await sync.run();
    fake.asked.length = 0;

    const topic = project.commit({ on: "topic", parents: [old] });
    const merge = project.commit({ parents: [project.head, topic] });
    await sync.run();

    expect(ids(sync.fresh.filter(({ kind }) => kind === "commit"))).toEqual([merge, topic].sort());
    expect(fake.count(/repository\/(commits$|compare)/)).toBeLessThanOrEqual(2);
  });

  it("are read anew after a force-push, and the old ones stay", async () => {
    const { project, sync } = await aProject(3);
    const [root = "", ...rest] = project.commits.keys();
    await sync.run();

    project.branches.set("main", project.commit({ on: null, parents: [root] }));
    for (const sha of rest) project.commits.delete(sha);
    await sync.run();

    expect(sync.all("commit")).toHaveLength(4);
    expect(sync.one("repository", "acme/shell")?.head).toBe(project.branches.get("main"));
  });

  it("are those of an unrelated history once the branch is one", async () => {
    const { project, sync } = await aProject(3);
    await sync.run();

    project.branches.set("main", project.commit({ on: null, parents: [] }));
    await sync.run();

    expect(sync.all("commit")).toHaveLength(4);
  });

  it("that fall between two pages are found by the parents that name them", async () => {
    const { fake, sync } = await aProject(420);
    fake.fault = failing(/commits$/, { kind: "drop" });

    await sync.run();

    expect(sync.all("commit")).toHaveLength(420);
  });

  it("are none while the repository is empty, which is no failure", async () => {
    const fake = await aGitLab();
    const project = fake.project();
    project.payload["default_branch"] = null;
    const sync = new Sync(fake);

    await sync.run();
    const empty = sync.one("repository", "acme/shell");
    project.payload["default_branch"] = "main";
    const sha = project.commit();
    await sync.run();

    expect([empty?.head, empty?.defaultBranch]).toEqual([null, null]);
    expect(sync.one("repository", "acme/shell")?.head).toBe(sha);
  });

  it("follow another default branch", async () => {
    const { project, sync } = await aProject(2);
    await sync.run();

    const sha = project.commit({ on: "trunk", parents: [...project.branches.values()] });
    project.payload["default_branch"] = "trunk";
    await sync.run();

    expect(sync.one("repository", "acme/shell")).toMatchObject({ defaultBranch: "trunk", head: sha });
    expect(sync.one("commit", sha)).toBeDefined();
  });

  it("may carry dates that no calendar has", async () => {
    const { project, sync } = await aProject(1);
    const sha = project.commit({ authored_date: "2014-13-45T99:00:00+051800" });

    await sync.run();

    expect(sync.one("commit", sha)?.authoredAt).toBeNull();
  });
});
