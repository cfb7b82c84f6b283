import { describe, expect, it } from "vitest";
import { aGitLab } from "#test/support/fake-gitlab.ts";
import { Sync } from "./collecting.ts";

async function aProject(changes: number) {
  const fake = await aGitLab();
  const project = fake.project();
  project.environment("production", "production");
  project.commit();
  for (let count = 0; count < changes; count += 1) project.merge(project.mergeRequest());
  project.tag("v1.0.0");
  project.deploy();
  project.issue({ labels: ["incident"] });
  project.pipeline();
  return { fake, project, sync: new Sync(fake) };
}

describe("what a sync costs", () => {
  it("the first time is two requests for each merge request, and some for the rest", async () => {
    const { fake, sync } = await aProject(150);

    await sync.run();

    expect(fake.count(/merge_requests\/\d+/)).toBe(300);
    expect(fake.asked.length - 300).toBeLessThanOrEqual(20);
  });

  it("is no more for lines, labels, branches and the issues that are closed, but for one request per 100 issues", async () => {
    const { fake, project, sync } = await aProject(0);
    for (let count = 0; count < 50; count += 1) {
      const { iid } = project.issue();
      project.merge(project.mergeRequest({ description: `Closes #${iid}` }));
    }

    await sync.run();

    expect(fake.asked.filter(({ query }) => "iids" in query)).toHaveLength(1);
    expect(fake.count(/commits\/[0-9a-f]{40}$/)).toBe(0);
    expect(fake.asked.length - 100).toBeLessThanOrEqual(20);
  });

  it("with nothing new is one request for each list", async () => {
    const { fake, sync } = await aProject(20);
    await sync.run();
    fake.asked.length = 0;

    await sync.run();

    expect(sync.fresh).toEqual([]);
    expect(fake.asked.map(({ path }) => path.replace("/projects/1000", ""))).toEqual([
      "",
      "/repository/commits/main",
      "/repository/tags",
      "/releases",
      "/deployments",
      "/issues",
      "/merge_requests",
      "/pipelines",
      "/api/graphql",
    ]);
  });

  it("after a day is a few more", async () => {
    const { fake, project, sync } = await aProject(20);
    await sync.run();
    fake.asked.length = 0;

    for (let count = 0; count < 3; count += 1) project.merge(project.mergeRequest());
    project.deploy();
    project.pipeline();
    await sync.run();

    expect(sync.all("change")).toHaveLength(23);
    // The lists; what is new on the branch; the environment; each merge request; whether one of them was opened again.
    expect(fake.asked).toHaveLength(9 + 1 + 1 + 2 * 3 + 1);
  });
});
