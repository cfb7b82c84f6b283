import { describe, expect, it } from "vitest";
import { aGitLab } from "#test/support/fake-gitlab.ts";
import { ids, Sync } from "./collecting.ts";

async function aProject(options: object = {}) {
  const fake = await aGitLab();
  const project = fake.project();
  project.commit();
  return { fake, project, sync: new Sync(fake, options) };
}

describe("an incident", () => {
  it("is an issue of that type, or with one of the labels, and no other", async () => {
    const { project, sync } = await aProject({ incidentLabels: ["incident", "outage"] });
    project.issue({ issue_type: "incident" });
    project.issue({ labels: ["incident", "sev2"] });
    project.issue({ labels: ["outage"] });
    project.issue({ labels: ["bug"] });

    await sync.run();

    expect(ids(sync.all("incident"))).toEqual(["1", "2", "3"]);
    expect(sync.one("incident", 2)?.labels).toEqual(["incident", "sev2"]);
  });

  it("says when it began and ended, and what caused it", async () => {
    const { project, sync } = await aProject();
    const issue = project.issue({
      labels: ["incident"],
      description: "Severity: sev2\nDeployment: 1000300201\nCaused by: 4bef65de\n\nSee Deployment: no line",
    });
    await sync.run();
    const open = sync.one("incident", 1);

    project.edit(issue, { state: "closed", closed_at: project.time() });
    await sync.run();

    expect(open).toMatchObject({ number: 1, resolvedAt: null, deployment: "1000300201", causedBy: "4bef65de" });
    expect(sync.one("incident", 1)?.resolvedAt).toBe(Date.parse(String(issue["closed_at"])));
  });

  it("that is reopened is not resolved", async () => {
    const { project, sync } = await aProject();
    const issue = project.issue({ labels: ["incident"], state: "closed", closed_at: project.time() });
    await sync.run();

    project.edit(issue, { state: "opened" });
    await sync.run();

    expect(sync.one("incident", 1)?.resolvedAt).toBeNull();
  });

  it("that is relabelled stops counting, and counts again when it is labelled back", async () => {
    const { project, sync } = await aProject();
    const issue = project.issue({ labels: ["incident"] });
    await sync.run();

    project.edit(issue, { labels: ["bug"] });
    await sync.run();
    const relabelled = sync.all("incident");
    project.edit(issue, { labels: ["incident"] });
    await sync.run();

    expect(relabelled).toEqual([]);
    expect(ids(sync.all("incident"))).toEqual(["1"]);
  });

  it("is told by other labels as soon as the configuration says so", async () => {
    const { project, sync } = await aProject();
    project.issue({ labels: ["incident"] });
    project.issue({ labels: ["outage"] });
    await sync.run();

    await sync.run({ incidentLabels: ["outage"] });

    expect(ids(sync.all("incident"))).toEqual(["2"]);
  });

  it("that is new among many issues costs one request", async () => {
    const { fake, project, sync } = await aProject();
    for (let count = 0; count < 30; count += 1) project.issue();
    await sync.run();
    fake.asked.length = 0;

    project.issue({ issue_type: "incident" });
    project.issue();
    await sync.run();

    expect(ids(sync.all("incident"))).toEqual(["31"]);
    expect(fake.count(/issues/)).toBe(1);
  });
});
