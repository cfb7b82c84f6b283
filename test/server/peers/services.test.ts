/** Cases in which a well-known tool takes the wrong job, or the wrong service, for a deployment: rules in, hosts asked, API out. */
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "#metrics/time.ts";
import { aChange, aCommit, aDeployment, aLine, aRepository } from "#test/support/builders.ts";
import { aGitLab } from "#test/support/fake-gitlab.ts";
import { at } from "#test/support/fake-host.ts";
import { FakeGitHub } from "#test/support/github/server.ts";
import type { FakeRun } from "#test/support/github/world.ts";
import { aHeadway, onGitHub, onGitLab, told } from "#test/support/headway.ts";
import type { Headway } from "#test/support/headway.ts";

const deployJobs = { from: "jobs", name: "^deploy" };
const jobs = (...names: readonly string[]): FakeRun["jobs"] =>
  names.map((name, index) => ({ id: 100 + index, name, conclusion: "success" }));
const numbered = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);

async function gitHub() {
  const host = await new FakeGitHub().listen();
  const shop = host.repository("shop");
  shop.commit();
  return { host, shop };
}

async function gitLab() {
  const fake = await aGitLab();
  const project = fake.project();
  project.commit();
  return { fake, project };
}

const onGitHubBy = async (host: FakeGitHub, ...deployments: readonly object[]) =>
  aHeadway({ config: { ...onGitHub(host), services: [{ name: "acme/shop", deployments }] } });

const count = async ({ measure }: Headway) => (await measure("deployment-frequency")).whole.value;

describe("a job", () => {
  it("10: called `Build … prod` is not a deployment, by a rule and without one", async () => {
    const { host, shop } = await gitHub();
    shop.run({ jobs: jobs("Build image for prod", "Test prod", "build-and-push-production") });

    expect(await count(await onGitHubBy(host, deployJobs))).toBeNull();
    expect(await (await aHeadway({ config: onGitHub(host) })).exported("deployments")).toEqual([]);
  });

  it("10: beside it, the one that deploys is one", async () => {
    const { host, shop } = await gitHub();
    const run = shop.run({ jobs: jobs("Build image for prod", "deploy to prod") });

    const running = await onGitHubBy(host, deployJobs);

    expect(await running.exported("deployments")).toMatchObject([
      { id: "101", sha: run.sha, environment: "production", status: "success" },
    ]);
  });

  it("11: that is red and allowed to fail is not a success, though its pipeline is", async () => {
    const { fake, project } = await gitLab();
    const [red, green] = [project.pipeline(), project.pipeline()];
    project.job(red, { name: "deploy", status: "failed", allow_failure: true });
    project.job(green, { name: "deploy", allow_failure: true });

    const running = await aHeadway({
      config: { ...onGitLab(fake), services: [{ name: "acme/shell", deployments: deployJobs }] },
    });

    expect(await count(running)).toBe(1);
    expect((await running.measure("unsuccessful-attempts")).whole).toMatchObject({ k: 1, n: 2 });
    expect((await running.exported("deployments")).map(({ status }) => status)).toEqual(["failure", "success"]);
  });

  it("12: and the host deployment that it made, and its run, are one deployment", async () => {
    const { host, shop } = await gitHub();
    const deployment = shop.deploy(["IN_PROGRESS", "SUCCESS"]);
    const times = { createdAt: deployment.createdAt, startedAt: deployment.createdAt, updatedAt: shop.now };
    shop.run({ name: "Deploy", ...times, jobs: jobs("deploy to prod") });

    const running = await onGitHubBy(host, { from: "deployments" }, deployJobs, { from: "runs", name: "^Deploy$" });

    expect(await count(running)).toBe(1);
    expect(await running.exported("deployments")).toMatchObject([{ id: "5000" }]);
  });

  it("13: that deploys is seen in a run of 30 jobs, wherever it stands", async () => {
    const { host, shop } = await gitHub();
    shop.run({ jobs: jobs(...numbered(29, "test"), "deploy") });
    shop.run({ jobs: jobs("deploy", ...numbered(29, "test")) });

    expect(await count(await onGitHubBy(host, deployJobs))).toBe(2);
  });

  it("23: that deploys is seen behind more than 100 others", async () => {
    const { host, shop } = await gitHub();
    shop.run({ jobs: jobs(...numbered(130, "test"), "deploy") });

    expect(await count(await onGitHubBy(host, deployJobs))).toBe(1);
  });

  it("23: that deploys is seen behind more than 100 others on GitLab", async () => {
    const { fake, project } = await gitLab();
    const pipeline = project.pipeline();
    for (const name of [...numbered(130, "test"), "deploy"]) project.job(pipeline, { name });
    const config = { ...onGitLab(fake), services: [{ name: "acme/shell", deployments: deployJobs }] };

    expect(await count(await aHeadway({ config }))).toBe(1);
  });
});

describe("a run", () => {
  it("7: waiting for approval while syncing is counted once it finishes", async () => {
    const { host, shop } = await gitHub();
    const run = shop.run({ name: "Deploy", status: "waiting", conclusion: null });
    for (let later = 0; later < 110; later++) shop.run();
    const running = await onGitHubBy(host, { from: "runs", name: "^Deploy$" });
    const before = await running.exported("deployments");
    Object.assign(run, { status: "completed", conclusion: "success", updatedAt: shop.tick() });

    await running.sync();

    expect(before).toEqual([]);
    expect(await count(running)).toBe(1);
    expect(await running.exported("deployments")).toMatchObject([
      { id: String(run.id), deployedAt: new Date(run.updatedAt).toISOString() },
    ]);
  });
});

describe("a service", () => {
  it("17: does not share lead times with another one of its repository", async () => {
    const may = at("2026-05-04");
    const [a, b] = [["apps/a/main.ts"], ["apps/b/main.ts"]];
    const services = ["a", "b"].map((name) => ({
      name,
      repository: "acme/shop",
      paths: [`apps/${name}/**`],
      production: `^production-${name}$`,
    }));
    const merged = (number: number, mergeCommit: string, mergedAt: number, paths: readonly string[]) =>
      aChange(number, {
        openedAt: mergedAt - HOUR,
        mergedAt,
        mergeCommit,
        paths,
        commits: [{ sha: mergeCommit, authoredAt: mergedAt }],
      });
    const { measure, exported } = await aHeadway({
      config: { ...told, services },
      tells: [
        [
          aRepository({ head: "b1" }),
          ...aLine(
            aCommit("a1", { authoredAt: may - 10 * DAY, changeNumber: 1, paths: a }),
            aCommit("b1", { authoredAt: may - DAY, changeNumber: 2, paths: b }),
          ),
          merged(1, "a1", may - 10 * DAY, a),
          merged(2, "b1", may - DAY, b),
          aDeployment("1", "b1", may, { environment: "production-a" }),
          aDeployment("2", "b1", may + DAY, { environment: "production-b" }),
        ],
      ],
    });

    const hours = async (metric: string) =>
      Promise.all(["a", "b"].map(async (name) => (await measure(metric, `service=${name}`)).whole));

    expect(await hours("lead-time-commit")).toMatchObject([
      { value: 240, n: 1 },
      { value: 48, n: 1 },
    ]);
    expect(await hours("lead-time-change")).toMatchObject([
      { value: 240, n: 1 },
      { value: 48, n: 1 },
    ]);
    expect(new Map((await exported("changes")).map(({ service, number }) => [service, number]))).toEqual(
      new Map([
        ["a", 1],
        ["b", 2],
      ]),
    );
  });
});
