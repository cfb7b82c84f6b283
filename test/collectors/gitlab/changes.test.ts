import { describe, expect, it } from "vitest";
import { MINUTE } from "#metrics/time.ts";
import { aGitLab, failing } from "#test/support/fake-gitlab.ts";
import { ada, bob, bot, ghost } from "#test/support/fake-gitlab-project.ts";
import { Sync } from "./collecting.ts";

async function aProject() {
  const fake = await aGitLab();
  const project = fake.project();
  project.commit();
  return { fake, project, sync: new Sync(fake) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

describe("a merge request", () => {
  it("is a change with its commits, by their authors' clocks", async () => {
    const { project, sync } = await aProject();
    const { payload, commits } = project.mergeRequest({ labels: ["x"], target_branch: "main" });

    await sync.run();

    expect(sync.one("change", 1)).toMatchObject({
      repository: "acme/shell",
      number: 1,
      title: "Change 1",
      author: "someone like account 1",
      authorKind: "human",
      labels: ["x"],
      targetBranch: "main",
      sourceBranch: "topic-1",
      openedAt: Date.parse(String(payload["created_at"])),
      mergedAt: null,
      mergeCommit: null,
      commits: [{ sha: payload["sha"], authoredAt: Date.parse(String(commits[0]?.["authored_date"])) }],
      truncated: false,
    });
  });

  it.each([
    [{}, "the merge commit"],
    [{ merge_commit_sha: null, squash_commit_sha: "5".repeat(40) }, "5".repeat(40)],
    [{ merge_commit_sha: null, sha: "7".repeat(40) }, "7".repeat(40)],
  ])("that was merged with %j has its merge commit", async (how, expected) => {
    const { project, sync } = await aProject();
    const sha = project.merge(project.mergeRequest(), how);

    await sync.run();

    expect(sync.one("change", 1)?.mergeCommit).toBe(expected.replace("the merge commit", sha));
  });

  it("that is a draft becomes ready when it says so, and not before", async () => {
    const { project, sync } = await aProject();
    const draft = project.mergeRequest({ draft: true, title: "Draft: Change" });
    await sync.run();
    const before = sync.one("change", 1)?.readyAt;

    project.note(draft, "marked this merge request as **ready**", { author: ada });
    project.edit(draft.payload, { draft: false });
    const readyAt = Date.parse(String(draft.notes[0]?.["created_at"]));
    await sync.run();

    expect([before, sync.one("change", 1)?.readyAt]).toEqual([null, readyAt]);
  });

  it.each(["unmarked as a **Work In Progress**", "unmarked this merge request as a **Work In Progress**"])(
    "became ready in older versions by “%s”",
    async (sentence) => {
      const { project, sync } = await aProject();
      const change = project.mergeRequest();
      project.note(change, sentence);

      await sync.run();

      expect(sync.one("change", 1)?.readyAt).toBe(Date.parse(String(change.notes[0]?.["created_at"])));
    },
  );

  it("that was opened ready was ready then, whatever it became later", async () => {
    const { project, sync } = await aProject();
    const change = project.mergeRequest();
    project.note(change, "marked this merge request as **draft**");
    project.note(change, "marked this merge request as **ready**");

    await sync.run();

    expect(sync.one("change", 1)?.readyAt).toBe(sync.one("change", 1)?.openedAt);
  });

  it("is reviewed by what others write and approve; sentences of GitLab are no reviews", async () => {
    const { project, sync } = await aProject();
    const change = project.mergeRequest();
    project.note(change, "Please look.", { author: ada });
    project.note(change, "Build passed", { author: bot });
    project.note(change, "Was here", { author: ghost });
    project.note(change, "requested review from @bob", { author: ada });
    project.note(change, "Why?");
    project.note(change, "requested changes");
    project.note(change, "approved this merge request");
    project.note(change, "approved this merge request, he said", { system: false });

    await sync.run();

    const reviews = sync
      .one("change", 1)
      ?.reviews.map((review) => [review.kind, review.author, review.authorKind, review.byChangeAuthor]);
    expect(reviews).toEqual([
      ["review", "someone like account 1", "human", true],
      ["review", "someone like account 3", "bot", false],
      ["review", null, "human", false],
      ["review", "someone like account 2", "human", false],
      ["review", "someone like account 2", "human", false],
      ["approval", "someone like account 2", "human", false],
      ["review", "someone like account 2", "human", false],
    ]);
  });

  it("that is closed, reopened and merged is merged", async () => {
    const { project, sync } = await aProject();
    const change = project.mergeRequest();
    project.edit(change.payload, { state: "closed", closed_at: project.time() });
    await sync.run();
    const closed = sync.one("change", 1);

    project.note(change, "reopened");
    project.edit(change.payload, { state: "opened", closed_at: null });
    project.merge(change);
    await sync.run();

    expect(closed).toMatchObject({ mergedAt: null, closedAt: expect.any(Number), reopenedAt: [] });
    expect(sync.one("change", 1)).toMatchObject({ mergedAt: expect.any(Number), reopenedAt: [expect.any(Number)] });
  });

  it("that is opened again says when, even where that is no longer written down as a note", async () => {
    const { fake, project, sync } = await aProject();
    const [change, other] = [project.mergeRequest(), project.mergeRequest()];
    await sync.run();
    fake.asked.length = 0;

    const first = project.reopen(change);
    project.note(other, "Nothing of that.");
    const second = project.reopen(change);
    project.merge(change);
    await sync.run();

    expect(sync.one("change", 1)?.reopenedAt).toEqual([Date.parse(first), Date.parse(second)]);
    expect(sync.one("change", 2)?.reopenedAt).toEqual([]);
    expect(fake.count(/events/)).toBe(1);
  });

  it("that was opened again is known as such the first time, too, for one request", async () => {
    const { fake, project, sync } = await aProject();
    for (let count = 0; count < 150; count += 1) project.mergeRequest();
    const at = project.reopen(project.change(7));

    await sync.run();

    expect(sync.one("change", 7)?.reopenedAt).toEqual([Date.parse(at)]);
    expect(fake.count(/events/)).toBe(1);
  });

  it.each([403, 404])("is read all the same where nobody says what happened to it (%i)", async (status) => {
    const { fake, project, sync } = await aProject();
    project.reopen(project.mergeRequest());
    fake.fault = failing(/events/, { kind: "status", status });

    await sync.run();

    expect(sync.one("change", 1)).toMatchObject({ reopenedAt: [], openedAt: expect.any(Number) });
    expect(sync.codes).toEqual([]);
  });

  it("of a host that writes its states down costs no request for that", async () => {
    const { fake, project, sync } = await aProject();
    for (let count = 0; count < 3; count += 1) {
      const change = project.mergeRequest();
      project.merge(change);
      project.note(change, "merged");
    }

    await sync.run();

    expect(fake.count(/events/)).toBe(0);
  });

  it("that is merged a moment after it was updated is merged, though it says the same instant", async () => {
    const { project, sync } = await aProject();
    const change = project.mergeRequest();
    const { updated_at } = change.payload;
    await sync.run();

    project.merge(change);
    Object.assign(change.payload, { updated_at });
    await sync.run();

    expect(sync.one("change", 1)?.mergedAt).not.toBeNull();
  });

  it("that was stored late, with an instant before the latest one, is found", async () => {
    const { project, sync } = await aProject();
    const late = project.mergeRequest();
    project.mergeRequests.pop();
    project.pass(-3 * MINUTE);
    project.mergeRequest();
    await sync.run();

    const before = Date.parse(project.time()) - MINUTE;
    project.mergeRequests.push({ ...late, payload: { ...late.payload, iid: 2, updated_at: iso(before) } });
    await sync.run();

    expect(sync.all("change").map(({ number }) => number)).toEqual([1, 2]);
  });

  it("that is too old to say when it was merged says so in its notes", async () => {
    const { project, sync } = await aProject();
    const change = project.mergeRequest();
    project.note(change, "merged");
    project.merge(change, { merged_at: null });

    await sync.run();

    expect(sync.one("change", 1)?.mergedAt).toBe(Date.parse(String(change.notes[0]?.["created_at"])));
  });

  it("keeps all of more than 100 notes and more than 100 commits", async () => {
    const { project, sync } = await aProject();
    const change = project.mergeRequest();
    for (let count = 0; count < 130; count += 1) project.note(change, `Remark ${count}`);
    for (let count = 0; count < 120; count += 1) change.commits.push(...project.history(project.commit()).slice(0, 1));

    await sync.run();

    expect(sync.one("change", 1)?.reviews).toHaveLength(130);
    expect(sync.one("change", 1)?.commits).toHaveLength(121);
    expect(sync.one("change", 1)?.truncated).toBe(false);
  });

  it("that is touched late is read again, and no other is", async () => {
    const { fake, project, sync } = await aProject();
    for (let count = 0; count < 5; count += 1) project.merge(project.mergeRequest());
    await sync.run();
    fake.asked.length = 0;

    project.note(project.change(3), "After all…", { author: bob });
    await sync.run();

    expect(sync.one("change", 3)?.reviews).toHaveLength(1);
    expect(fake.count(/merge_requests\/\d+/)).toBe(2);
  });

  it("that is deleted while it is read is left out, and all others are read", async () => {
    const { fake, project, sync } = await aProject();
    for (let count = 0; count < 3; count += 1) project.mergeRequest();
    fake.fault = failing(/merge_requests\/2\/notes/, { kind: "status", status: 404 });

    await sync.run();

    expect(sync.all("change").map(({ number }) => number)).toEqual([1, 3]);
  });
});
