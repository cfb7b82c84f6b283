/** Cases in which a well-known tool misreads its host, through the whole line: a host on a socket, a sync, the API. */
import { describe, expect, it } from "vitest";
import type { Change } from "#metrics/events.ts";
import { HOUR, MINUTE } from "#metrics/time.ts";
import { aGitLab } from "#test/support/fake-gitlab.ts";
import type { FakeGitLab } from "#test/support/fake-gitlab.ts";
import { bob as bobOfGitLab, bot } from "#test/support/fake-gitlab-project.ts";
import { FakeGitHub } from "#test/support/github/server.ts";
import type { FakeRepository } from "#test/support/github/world.ts";
import { alice, bob, dependabot } from "#test/support/github/world.ts";
import { aHeadway, onGitHub, onGitLab } from "#test/support/headway.ts";
import type { Headway } from "#test/support/headway.ts";

async function gitHub(): Promise<{ host: FakeGitHub; shop: FakeRepository }> {
  const host = await new FakeGitHub().listen();
  const shop = host.repository("shop");
  shop.commit();
  return { host, shop };
}

const headway = async (host: FakeGitHub, has: object = {}) => aHeadway({ config: onGitHub(host, has) });
const headwayOn = async (fake: FakeGitLab, has: object = {}) => aHeadway({ config: onGitLab(fake, has) });

const iso = (at: number) => new Date(at).toISOString();
const valueOf = async ({ measure }: Headway, metric: string) => (await measure(metric)).whole.value;

describe("a review", () => {
  it("5: a bot's comment after 6 min is not a pickup", async () => {
    const { host, shop } = await gitHub();
    const change = shop.open();
    for (const after of [6, 7]) change.comments.push({ at: change.openedAt + after * MINUTE, author: dependabot });
    change.reviews.push({ state: "COMMENTED", at: change.openedAt + 8 * MINUTE, author: dependabot });
    shop.tick(2);
    shop.review(change);
    shop.merge(change);

    const running = await headway(host);

    expect(await valueOf(running, "stage-pickup")).toBe(3);
    expect(await running.exported("changes")).toMatchObject([{ pickupHours: 3, reviewHours: 2 }]);
  });

  it("5: nor is a bot's note on GitLab", async () => {
    const fake = await aGitLab();
    const project = fake.project();
    project.commit();
    const change = project.mergeRequest();
    const openedAt = Date.parse(project.time());
    project.note(change, "Coverage: 80 %", { author: bot, created_at: iso(openedAt + 6 * MINUTE) });
    project.note(change, "Why not?", { author: bobOfGitLab, created_at: iso(openedAt + 3 * HOUR) });
    project.merge(change);

    expect(await valueOf(await headwayOn(fake), "stage-pickup")).toBe(3);
  });
});

describe("a change", () => {
  it("6: a rebased branch keeps its coding time", async () => {
    const { host, shop } = await gitHub();
    const authoredAt = shop.now;
    const rebased = shop.loose({ authoredAt, committedAt: shop.tick(100) });
    const change = shop.open({ commits: [rebased] });
    shop.merge(change);

    const running = await headway(host);

    expect(await valueOf(running, "stage-coding")).toBe((change.openedAt - authoredAt) / HOUR);
    expect(await running.exported("changes")).toMatchObject([{ firstCommitAt: iso(authoredAt) }]);
  });

  it("8: closed, reopened, merged: merged, whenever it was looked at", async () => {
    const { host, shop } = await gitHub();
    const change = shop.open();
    const running = await headway(host);
    const acts = [
      () => shop.close(change),
      () => shop.reopen(change),
      () => shop.merge(change),
      () => shop.deploy(["SUCCESS"]),
    ];

    for (const act of acts) {
      act();
      await running.sync();
    }

    const [row, ...others] = await running.exported("changes");
    expect(others).toEqual([]);
    expect(row).toMatchObject({ mergedAt: expect.any(String), deploymentId: "5000", deployHours: 2 });
    expect(await valueOf(running, "lead-time-merge")).toBe(2);
  });

  it("23: with more than 100 commits and reviews is read to the end of both", async () => {
    const { host, shop } = await gitHub();
    const firstAt = shop.now;
    const change = shop.open({ commits: [] });
    for (let more = 0; more < 129; more++) change.commits.push(shop.loose());
    change.commits.push(shop.loose({ authoredAt: firstAt - 50 * HOUR }));
    for (let more = 0; more < 120; more++) shop.review(change, "COMMENTED", alice);
    shop.review(change, "APPROVED", bob);
    const reviewedAt = shop.now;
    shop.merge(change);

    const [row] = await (await headway(host)).exported("changes");

    expect(row).toMatchObject({ firstCommitAt: iso(firstAt - 50 * HOUR), firstReviewAt: iso(reviewedAt) });
  });

  it("23: with more than 100 commits and notes is read to the end of both on GitLab", async () => {
    const fake = await aGitLab();
    const project = fake.project();
    project.commit();
    const change = project.mergeRequest();
    for (let more = 0; more < 130; more++) change.commits.push(...[...project.commits.values()].slice(-1));
    change.commits.push({ ...change.commits[0], id: "f".repeat(40), authored_date: "2026-01-15T00:00:00Z" });
    for (let more = 0; more < 130; more++) project.note(change, "I am looking", { author: bot });
    project.note(change, "approved this merge request");
    const approvedAt = project.time();
    project.merge(change);

    const [row] = await (await headwayOn(fake)).exported("changes");

    expect(row).toMatchObject({ firstCommitAt: "2026-01-15T00:00:00.000Z", firstApprovalAt: approvedAt });
  });

  it("23: with more commits than GitHub lists is flagged, wherever it is looked at", async () => {
    const { host, shop } = await gitHub();
    const [short, long] = [shop.open(), shop.open()];
    for (let more = 1; more < 260; more++) long.commits.push(shop.loose());
    for (const change of [short, long]) shop.merge(change);

    const running = await headway(host);
    const flags = [
      [1, false],
      [2, true],
    ];

    expect((await storedChanges(running)).map(({ number, truncated }) => [number, truncated])).toEqual(flags);
    expect((await running.exported("changes")).map(({ number, truncated }) => [number, truncated])).toEqual(flags);
    const { rows } = await running.rows("stage-coding");
    expect(rows.map(({ id, why }) => [Number(id), why.includes("lists fewer commits or reviews than it has")])).toEqual(
      flags,
    );
    const { quality } = await running.measures();
    expect(quality.filter(({ id }) => id === "truncated-changes")).toMatchObject([{ value: 1, unit: "count" }]);
  });
});

describe("a deployment", () => {
  it("7: one that waited for an approval while syncing is counted once it finishes", async () => {
    const { host, shop } = await gitHub();
    const waiting = shop.deploy(["WAITING"]);
    for (let later = 0; later < 110; later++) shop.deploy(["SUCCESS"]);
    const running = await headway(host);
    const before = await valueOf(running, "deployment-frequency");
    shop.status(waiting, "IN_PROGRESS");
    await running.sync();
    shop.status(waiting, "SUCCESS");
    const finishedAt = shop.now;

    await running.sync();

    expect([before, await valueOf(running, "deployment-frequency")]).toEqual([110, 111]);
    expect(await running.exported("deployments")).toContainEqual(
      expect.objectContaining({ id: "5000", deployedAt: iso(finishedAt) }),
    );
  });

  it("7: so is one on GitLab, whose job somebody must start", async () => {
    const fake = await aGitLab();
    const project = fake.project();
    project.commit();
    const blocked = project.deploy({ status: "blocked", deployable: null });
    const running = await headwayOn(fake);
    const before = await running.exported("deployments");
    for (let later = 0; later < 110; later++) project.deploy();
    await running.sync();
    project.edit(blocked, { status: "success" });

    await running.sync();

    expect(before).toMatchObject([{ status: "running", deployedAt: null }]);
    expect(await valueOf(running, "deployment-frequency")).toBe(111);
  });

  it("12: a host deployment and the workflow run that made it are one deployment", async () => {
    const { host, shop } = await gitHub();
    shop.run({ name: "Deploy to production" });
    shop.deploy(["IN_PROGRESS", "SUCCESS"]);

    expect(await valueOf(await headway(host), "deployment-frequency")).toBe(1);
  });

  it("19: one that was made through GitHub's API, without any run, counts", async () => {
    const { host, shop } = await gitHub();
    shop.deploy(["SUCCESS"]);

    const running = await headway(host);

    expect(await valueOf(running, "deployment-frequency")).toBe(1);
  });

  it("19: one that was made through GitLab's API, without a job, counts", async () => {
    const fake = await aGitLab();
    const project = fake.project();
    project.commit();
    project.deploy({ deployable: null });

    const running = await headwayOn(fake);

    expect(await valueOf(running, "deployment-frequency")).toBe(1);
    expect(await running.exported("deployments")).toMatchObject([{ status: "success", deployedAt: project.time() }]);
  });

  it("19: one that was pushed to Headway counts, beside those of the host, and once", async () => {
    const { host, shop } = await gitHub();
    shop.deploy(["SUCCESS"]);
    const running = await headway(host);
    const body = { service: "acme/shop", environment: "production", sha: shop.head };
    const push = async (deployedAt: number) =>
      running.post("/api/deployments", { ...body, deployedAt: iso(deployedAt) });

    const answers = [
      await push(shop.now + 5 * MINUTE),
      await push(shop.now + 5 * HOUR),
      await push(shop.now + 5 * HOUR),
    ];
    await running.sync();

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 200]);
    expect(await valueOf(running, "deployment-frequency")).toBe(2);
  });
});

describe("an issue", () => {
  it("18: relabelled from incident to bug stops counting", async () => {
    const { host, shop } = await gitHub();
    const deployment = shop.deploy(["SUCCESS"]);
    const issue = shop.issue({ body: `Deployment: ${deployment.id}` });
    shop.resolve(issue);
    const running = await headway(host);
    const before = await valueOf(running, "change-fail-rate");
    shop.relabel(issue, "bug");

    await running.sync();

    expect([before, await valueOf(running, "change-fail-rate")]).toEqual([1, 0]);
    expect(await running.exported("incidents")).toEqual([]);
    expect(await running.exported("deployments")).toMatchObject([{ failedBy: [], incidents: [], recoveredAt: null }]);
  });

  it("18: so does one on GitLab", async () => {
    const fake = await aGitLab();
    const project = fake.project();
    project.commit();
    project.deploy();
    const issue = project.issue({ labels: ["incident"], description: "Deployment: 9000" });
    const running = await headwayOn(fake);
    const before = await valueOf(running, "change-fail-rate");
    project.edit(issue, { labels: ["bug"] });

    await running.sync();

    expect([before, await valueOf(running, "change-fail-rate")]).toEqual([1, 0]);
    expect(await running.exported("incidents")).toEqual([]);
  });
});

/** What is stored of changes, also what no answer says. */
async function storedChanges({ installation: { store, sources } }: Headway): Promise<readonly Change[]> {
  const services = await store.services(sources.map(({ collector }) => collector.source));
  const histories = await Promise.all(services.map(async (service) => store.history(service)));
  return histories.flatMap((history) => history?.changes ?? []);
}
