import { describe, expect, it } from "vitest";
import { aGitLab, failing } from "#test/support/fake-gitlab.ts";
import type { Payload } from "#test/support/fake-gitlab-project.ts";
import { Sync } from "./collecting.ts";

async function aProject(options: object = {}) {
  const fake = await aGitLab();
  const project = fake.project();
  project.commit();
  const sync = new Sync(fake, options);
  const requestedAt = (iid: number) => sync.one("change", iid)?.requestedAt;
  return { fake, project, sync, requestedAt };
}

function openedAt(issue: Payload): number {
  return Date.parse(String(issue["created_at"]));
}

/** Requests for the dates of issues. */
function lookUps({ asked }: Awaited<ReturnType<typeof aProject>>["fake"]): number {
  return asked.filter(({ query }) => "iids" in query).length;
}

describe("a change was asked for", () => {
  it("when the first of the issues was opened that it closes", async () => {
    const { project, sync, requestedAt } = await aProject();
    const [first, second] = [project.issue(), project.issue()];
    project.mergeRequest({ description: `Closes #${second.iid}, #${first.iid}. Related to #1` });

    await sync.run();

    expect(requestedAt(1)).toBe(openedAt(first));
  });

  it("by an issue that its title or one of its commits names, as GitLab closes issues", async () => {
    const { project, sync, requestedAt } = await aProject();
    const [first, second] = [project.issue(), project.issue()];
    project.mergeRequest({ title: `Fixes #${first.iid}` });
    const change = project.mergeRequest();
    change.commits.push({ ...change.commits[0], message: `Step\n\nResolves #${second.iid}`, id: "8".repeat(40) });

    await sync.run();

    expect([requestedAt(1), requestedAt(2)]).toEqual([openedAt(first), openedAt(second)]);
  });

  it.each(["", "See #1", "Closes #99", "Closes nobody/nothing#1"])(
    "at a time nobody knows with %j",
    async (description) => {
      const { project, sync, requestedAt } = await aProject();
      project.issue();
      project.mergeRequest({ description });

      await sync.run();

      expect(requestedAt(1)).toBeNull();
    },
  );

  it("by nothing while it does not aim at the default branch, since nothing is closed there", async () => {
    const { fake, project, sync, requestedAt } = await aProject();
    const { iid } = project.issue();
    project.mergeRequest({ description: `Closes #${iid}`, target_branch: "1-0-stable" });

    await sync.run();

    expect(requestedAt(1)).toBeNull();
    expect(lookUps(fake)).toBe(0);
  });

  it("in another project, which costs one request for all changes that name it", async () => {
    const { fake, project, sync, requestedAt } = await aProject();
    const tracker = fake.project("acme/tracker");
    const [first, second] = [tracker.issue(), tracker.issue()];
    project.mergeRequest({ description: `Closes acme/tracker#${first.iid}` });
    project.mergeRequest({ description: `Closes ${fake.url}/acme/tracker/-/issues/${second.iid}` });

    await sync.run();

    expect([requestedAt(1), requestedAt(2)]).toEqual([openedAt(first), openedAt(second)]);
    expect(lookUps(fake)).toBe(1);
  });

  it("by issues that may not be read, and all else of it is known", async () => {
    const { fake, project, sync, requestedAt } = await aProject();
    project.mergeRequest({ description: "Closes acme/secret#1, acme/shell#1", labels: ["x"] });
    fake.fault = failing(/issues/, { kind: "status", status: 403 });

    await sync.run();

    expect(requestedAt(1)).toBeNull();
    expect(sync.one("change", 1)?.labels).toEqual(["x"]);
  });

  it("at the time that was known before, when it is touched late", async () => {
    const { project, sync, requestedAt } = await aProject();
    const issue = project.issue();
    const change = project.mergeRequest({ description: `Closes #${issue.iid}` });
    await sync.run();

    project.note(change, "After all…");
    await sync.run();

    expect(requestedAt(1)).toBe(openedAt(issue));
  });

  it("by an issue that was closed with it, which costs nothing more", async () => {
    const { fake, project, sync, requestedAt } = await aProject();
    const issue = project.issue();
    await sync.run();
    fake.asked.length = 0;

    project.merge(project.mergeRequest({ description: `Closes #${issue.iid}` }));
    project.edit(issue, { state: "closed", closed_at: project.time() });
    await sync.run();

    expect(requestedAt(1)).toBe(openedAt(issue));
    expect(lookUps(fake)).toBe(0);
  });

  it("by issues that are all read once where the host cannot be asked for some", async () => {
    const { fake, project, sync, requestedAt } = await aProject();
    project.iids = false;
    const issues = Array.from({ length: 250 }, () => project.issue());
    for (let count = 0; count < 150; count += 1) project.mergeRequest({ description: `Closes #${count + 1}, #999` });

    await sync.run();

    expect([requestedAt(1), requestedAt(150)]).toEqual(
      [issues.slice(0, 1), issues.slice(149, 150)].flat().map(openedAt),
    );
    expect(lookUps(fake)).toBe(3);
  });

  it("in a project that is out of reach, which is asked once", async () => {
    const { fake, project, sync } = await aProject();
    for (let count = 0; count < 150; count += 1) project.mergeRequest({ description: `Closes acme/secret#${count}` });

    await sync.run();

    expect(lookUps(fake)).toBe(1);
  });

  it("by nobody where the configuration does not want to know", async () => {
    const { fake, project, sync, requestedAt } = await aProject({ requests: false });
    const { iid } = project.issue();
    project.mergeRequest({ description: `Closes #${iid}` });

    await sync.run();

    expect(requestedAt(1)).toBeNull();
    expect(lookUps(fake)).toBe(0);
  });

  it("and no text of an issue is kept", async () => {
    const { project, sync } = await aProject();
    const { iid } = project.issue({ title: "Secret plan", description: "Nobody shall know." });
    project.mergeRequest({ description: `Closes #${iid}` });

    await sync.run();

    expect(JSON.stringify([...sync.known.events.values()]) + sync.known.cursor).not.toMatch(/Secret plan|Nobody shall/);
  });
});
