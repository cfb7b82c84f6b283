import { describe, expect, it } from "vitest";
import { HOUR } from "#metrics/time.ts";
import { aGitLab } from "#test/support/fake-gitlab.ts";
import type { Asked, Fault } from "#test/support/fake-gitlab.ts";
import { Sync } from "./collecting.ts";

async function aProject() {
  const fake = await aGitLab();
  const project = fake.project();
  project.commit();
  const sync = new Sync(fake);
  const size = (iid: number) => [sync.one("change", iid)?.additions, sync.one("change", iid)?.deletions];
  return { fake, project, sync, size };
}

/** A second commit on its branch, so that the first one alone is not the change. */
function longer(project: Awaited<ReturnType<typeof aProject>>["project"]) {
  const change = project.mergeRequest({ lines: [10, 2] });
  project.extend(change, { lines: [5, 1] });
  return change;
}

/** Lists commits, but not how long they are. */
function notCounting(asked: Asked): Fault | null {
  return "with_stats" in asked.query && asked.path.endsWith("repository/commits")
    ? { kind: "status", status: 500 }
    : null;
}

describe("the size of a change", () => {
  it("is what its merge commit did to the branch", async () => {
    const { project, sync, size } = await aProject();
    project.merge(longer(project));

    await sync.run();

    expect(size(1)).toEqual([15, 3]);
  });

  it("is what its squashed commit did", async () => {
    const { project, sync, size } = await aProject();
    const sha = project.squash(longer(project));

    await sync.run();

    expect(size(1)).toEqual([15, 3]);
    expect(sync.one("change", 1)?.mergeCommit).toBe(sha);
  });

  it("is the sum of its commits where the branch went on with them", async () => {
    const { project, sync, size } = await aProject();
    const sha = project.fastForward(longer(project));

    await sync.run();

    expect(size(1)).toEqual([15, 3]);
    expect(sync.one("change", 1)?.mergeCommit).toBe(sha);
  });

  it("is that of its merge commit where a merge train made that hours before it was merged", async () => {
    const { project, sync, size } = await aProject();
    const change = longer(project);
    const sha = project.merge(change);
    project.edit(change.payload, { merged_at: project.pass(3 * HOUR) });
    await sync.run();

    project.note(change, "Late, but here.");
    await sync.run();

    expect(size(1)).toEqual([15, 3]);
    expect(sync.one("change", 1)?.mergeCommit).toBe(sha);
  });

  it.each([{ state: "opened" }, { state: "closed" }, { target_branch: "1-0-stable" }])(
    "is unknown while it is not on the default branch, as with %j",
    async (draft) => {
      const { fake, project, sync, size } = await aProject();
      project.mergeRequest(draft);

      await sync.run();

      expect(size(1)).toEqual([null, null]);
      expect(fake.count(/commits\/[0-9a-f]{40}$/)).toBe(0);
    },
  );

  it("that is touched long after its merge is looked up with one request", async () => {
    const { fake, project, sync, size } = await aProject();
    const change = longer(project);
    project.merge(change);
    await sync.run();
    fake.asked.length = 0;

    project.note(change, "After all…");
    await sync.run();

    expect(size(1)).toEqual([15, 3]);
    expect(fake.count(/commits\/[0-9a-f]{40}$/)).toBe(1);
  });

  it("of many that are touched late is looked up on the stretch of the branch around them", async () => {
    const { fake, project, sync, size } = await aProject();
    for (let count = 0; count < 150; count += 1) project.commit();
    for (let count = 0; count < 40; count += 1) project.merge(project.mergeRequest({ lines: [count, 1] }));
    for (let count = 0; count < 150; count += 1) project.commit();
    await sync.run();
    fake.asked.length = 0;

    for (const change of project.mergeRequests) project.edit(change.payload, { labels: ["seen"] });
    await sync.run();

    expect([size(1), size(40)]).toEqual([
      [0, 1],
      [39, 1],
    ]);
    expect(fake.count(/repository\/commits/)).toBe(2);
  });

  it.each([
    ["is gone", { merge_commit_sha: "9".repeat(40) }],
    ["counts nothing", {}],
  ])("is the sum of its commits where the merge commit %s, also when it is touched late", async (_, draft) => {
    const { project, sync, size } = await aProject();
    const change = longer(project);
    project.count(project.merge(change, draft), [0, 0]);
    await sync.run();
    const first = size(1);

    project.note(change, "After all…");
    await sync.run();

    expect([first, size(1)]).toEqual([
      [15, 3],
      [15, 3],
    ]);
  });

  it("is unknown where all of its commits are gone, and all else of it is known", async () => {
    const { project, sync, size } = await aProject();
    const change = project.mergeRequest();
    project.merge(change, { merge_commit_sha: "9".repeat(40) });
    change.commits.splice(0, 1, { ...change.commits[0], id: "8".repeat(40) });

    await sync.run();

    expect(size(1)).toEqual([null, null]);
    expect(sync.one("change", 1)).toMatchObject({ mergeCommit: "9".repeat(40), truncated: false });
  });

  it("is looked up one by one where the host does not manage to count whole pages of commits", async () => {
    const { fake, project, sync, size } = await aProject();
    project.merge(longer(project));
    fake.fault = notCounting;

    await sync.run();

    expect(size(1)).toEqual([15, 3]);
    expect(sync.all("commit")).toHaveLength(4);
  });
});
