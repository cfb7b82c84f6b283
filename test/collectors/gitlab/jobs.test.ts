import { describe, expect, it } from "vitest";
import { aGitLab, failing } from "#test/support/fake-gitlab.ts";
import { Sync } from "./collecting.ts";
import type { Around } from "./collecting.ts";

const MAIN: Around = { wants: { jobs: [{ name: null, branch: "^main$" }] } };

async function aProject(around: Around = MAIN, options: object = {}) {
  const fake = await aGitLab();
  const project = fake.project();
  project.commit();
  const sync = new Sync(fake, options, around);
  const jobs = (id: number) => (sync.one("pipeline", id)?.jobs ?? []).map(({ name }) => name);
  return { fake, project, sync, jobs };
}

describe("the jobs of a pipeline", () => {
  it.each([
    [{ name: "^Deploy", branch: null }, ["a"]],
    [{ name: "schedule", branch: null }, ["b"]],
    [{ name: null, branch: "^release/" }, ["b", "c"]],
    [{ name: "push", branch: "main" }, ["a"]],
  ])("are read where a rule wants it by %j", async (filter, expected) => {
    const { project, sync, jobs } = await aProject({ wants: { jobs: [filter] } });
    const a = project.pipeline({ name: "Deploy it" });
    const b = project.pipeline({ ref: "release/1", source: "schedule" });
    const c = project.pipeline({ ref: "release/2", source: "web", name: "Try" });
    project.job(a, { name: "a" });
    project.job(b, { name: "b" });
    project.job(c, { name: "c" });

    await sync.run();

    expect([a, b, c].flatMap(({ id }) => jobs(id))).toEqual(expected);
  });

  it("are read by a rule even where pipelines are not collected otherwise", async () => {
    const { project, sync, jobs } = await aProject(MAIN, { pipelines: false });
    const pipeline = project.pipeline();
    project.job(pipeline);

    await sync.run();

    expect(jobs(pipeline.id)).toEqual(["test"]);
  });

  it("are read later of pipelines that were read without them", async () => {
    const { fake, project, sync, jobs } = await aProject({});
    const pipeline = project.pipeline();
    project.job(pipeline);
    await sync.run();
    const before = jobs(pipeline.id);

    await sync.run({}, MAIN);
    fake.asked.length = 0;
    await sync.run({}, MAIN);

    expect([before, jobs(pipeline.id)]).toEqual([[], ["test"]]);
    expect(fake.count(/jobs/)).toBe(0);
  });

  it("say where they deploy to, if the host does", async () => {
    const { project, sync } = await aProject();
    const pipeline = project.pipeline();
    project.job(pipeline, { environment: { name: "production" } });
    project.job(pipeline, { name: "lint" });

    await sync.run();

    expect(sync.one("pipeline", pipeline.id)?.jobs.map(({ environment }) => environment)).toEqual(["production", null]);
  });
});

describe("what the jobs of a pipeline ran on", () => {
  it("comes with them, and is unknown of a runner that is gone", async () => {
    const { fake, project, sync } = await aProject();
    const pipeline = project.pipeline();
    const runner = { id: 4, description: "annas-mac", is_shared: false, runner_type: "group_type" };
    project.job(pipeline, { name: "a", runner, tag_list: ["docker"] });
    project.job(pipeline, { name: "b", runner: null, tag_list: [] });
    project.job(pipeline, { name: "c" });

    await sync.run();

    const found = sync.one("pipeline", pipeline.id);
    expect(found?.jobs.map(({ runner: kind }) => kind)).toEqual(["GitLab group: docker", undefined, undefined]);
    expect(JSON.stringify(found)).not.toContain("annas-mac");
    expect(fake.count(/jobs/)).toBe(1);
  });
});

describe("the jobs of many pipelines", () => {
  function fill(project: Awaited<ReturnType<typeof aProject>>["project"], pipelines: number, jobs: number): void {
    for (let count = 0; count < pipelines; count += 1) {
      const pipeline = project.pipeline();
      for (let job = 0; job < jobs; job += 1) project.job(pipeline, { name: `job ${job}` });
    }
  }

  it("are read a hundred to a request, as each pipeline's own", async () => {
    const { fake, project, sync } = await aProject();
    fill(project, 150, 3);
    await sync.run();
    const single = new Sync(fake, {}, MAIN);
    fake.fault = failing(/^\/projects\/1000\/jobs/, { kind: "status", status: 405 });
    const requests = fake.count(/jobs/);

    await single.run();

    expect(requests).toBe(5);
    expect(fake.count(/pipelines\/\d+\/jobs/)).toBe(150);
    expect(sync.known.events).toEqual(single.known.events);
    expect(sync.all("pipeline").every(({ jobs }) => jobs.length === 3)).toBe(true);
  });

  it("are read one by one as soon as a hundred jobs tell of one pipeline that is wanted", async () => {
    const { fake, project, sync } = await aProject();
    fill(project, 6, 120);

    await sync.run();

    expect(fake.count(/^\/projects\/1000\/jobs/)).toBeLessThanOrEqual(2);
    expect(sync.all("pipeline").every(({ jobs }) => jobs.length === 120)).toBe(true);
  });

  it("are not taken from the list when the pipeline went on since", async () => {
    const { fake, project, sync, jobs } = await aProject();
    fill(project, 2, 2);
    const [first] = project.pipelines;
    fake.before = ({ path }) => {
      // While the list is read; what it says of its pipelines is as old as the list.
      for (const job of [project.jobs].filter(() => path.endsWith("/pipelines")).flat())
        job.pipeline = { ...job.pipeline, updated_at: "2026-03-01T00:00:00Z" };
    };

    await sync.run();

    expect(jobs(Number(first?.id))).toEqual(["job 0", "job 1"]);
    expect(fake.count(/pipelines\/\d+\/jobs/)).toBe(2);
  });
});
