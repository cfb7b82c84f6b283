import { describe, expect, it } from "vitest";
import { aGitLab } from "#test/support/fake-gitlab.ts";
import { Sync } from "./collecting.ts";

async function aProject(options: object = {}) {
  const fake = await aGitLab();
  const project = fake.project();
  project.commit();
  return { fake, project, sync: new Sync(fake, options) };
}

describe("a pipeline", () => {
  it("is known by its branch, commit and outcome", async () => {
    const { project, sync } = await aProject();
    const { id } = project.pipeline({ name: "Deploy", status: "failed" });

    await sync.run();

    expect(sync.one("pipeline", id)).toMatchObject({
      name: "Deploy",
      branch: "main",
      sha: project.branches.get("main"),
      outcome: "failure",
      finishedAt: Date.parse(project.time()),
      jobs: [],
    });
  });

  it("that runs while syncing is read again when it has ended", async () => {
    const { project, sync } = await aProject();
    const pipeline = project.pipeline({ status: "running" });
    await sync.run();
    const running = sync.one("pipeline", pipeline.id);

    project.edit(pipeline, { status: "success" });
    await sync.run();

    expect(running).toMatchObject({ outcome: "running", finishedAt: null });
    expect(sync.one("pipeline", pipeline.id)?.outcome).toBe("success");
  });

  it("that begins to run without being called updated is known to run", async () => {
    const { project, sync } = await aProject();
    const pipeline = project.pipeline({ status: "pending" });
    for (let count = 0; count < 30; count += 1) project.pipeline();
    await sync.run();

    pipeline["status"] = "running";
    await sync.run();

    expect(sync.one("pipeline", pipeline.id)?.outcome).toBe("running");
  });

  it("has its jobs read where a rule needs them, all of them, and which of them may fail", async () => {
    const { fake, project, sync } = await aProject({ jobs: "^main$" });
    const [main, topic] = [project.pipeline(), project.pipeline({ ref: "topic" })];
    for (let count = 0; count < 120; count += 1) project.job(main, { name: `Build ${count}` });
    project.job(main, { name: "deploy", status: "failed", allow_failure: true });
    project.job(topic);

    await sync.run();

    expect(sync.one("pipeline", main.id)?.jobs).toHaveLength(121);
    expect(sync.one("pipeline", main.id)?.jobs.at(-1)).toMatchObject({ outcome: "failure", allowedToFail: true });
    expect(sync.one("pipeline", topic.id)?.jobs).toEqual([]);
    expect(fake.count(/jobs/)).toBe(2);
  });

  it("is not read where nobody wants it", async () => {
    const { fake, project, sync } = await aProject({ pipelines: false });
    project.pipeline();

    await sync.run();

    expect(fake.count(/pipelines/)).toBe(0);
  });
});
