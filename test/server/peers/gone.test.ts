/** Case 24 of the peers: what becomes of a repository that is renamed, transferred, archived, made private or deleted. */
import { describe, expect, it } from "vitest";
import { aGitLab } from "#test/support/fake-gitlab.ts";
import { FakeGitHub } from "#test/support/github/server.ts";
import { aHeadway, onGitHub, onGitLab } from "#test/support/headway.ts";
import type { Headway, Row } from "#test/support/headway.ts";

async function onceDeployed() {
  const host = await new FakeGitHub().listen();
  const shop = host.repository("shop");
  shop.commit();
  shop.merge(shop.open());
  shop.deploy(["SUCCESS"]);
  const running = await aHeadway({ config: onGitHub(host) });
  return { host, shop, running, before: await numbers(running) };
}

async function onceDeployedOnGitLab() {
  const fake = await aGitLab();
  const project = fake.project();
  project.commit();
  project.merge(project.mergeRequest());
  project.deploy();
  const running = await aHeadway({ config: onGitLab(fake) });
  return { fake, project, running, before: await numbers(running) };
}

/** What there is to lose. */
async function numbers({ exported, measure, status }: Headway) {
  return {
    services: (await status()).services.map(({ name, commits, deployments }) => [name, commits, deployments]),
    changes: (await exported("changes")).map(withoutAddress),
    deployments: (await exported("deployments")).map(withoutAddress),
    leadTime: (await measure("lead-time-change")).whole,
  };
}

/** An address follows its repository. */
function withoutAddress({ url: _url, ...row }: Row): Row {
  return row;
}

/** What the source says of itself: why it failed, and what people should know. */
async function said({ status }: Headway): Promise<string> {
  const { sources } = await status();
  return sources.flatMap(({ error, notices }) => [error, ...notices.map(({ message }) => message)]).join("\n");
}

describe("24: on GitHub, a repository keeps its history and says why nothing comes", () => {
  it("when it was renamed; what is new in it is read", async () => {
    const { host, shop, running, before } = await onceDeployed();
    shop.name = "store";
    host.moved.set("acme/shop", shop);
    await running.sync();
    const kept = await numbers(running);
    shop.deploy(["SUCCESS"]);

    await running.sync();

    expect(kept).toEqual(before);
    expect(await said(running)).toMatch(/acme\/shop is now called acme\/store/);
    expect((await running.exported("deployments")).map(({ service }) => service)).toEqual(["acme/shop", "acme/shop"]);
  });

  it("when it was transferred to another owner", async () => {
    const { host, shop, running, before } = await onceDeployed();
    shop.owner = "bigcorp";
    host.moved.set("acme/shop", shop);

    await running.sync();

    expect(await numbers(running)).toEqual(before);
    expect(await said(running)).toMatch(/acme\/shop is now called bigcorp\/shop \(renamed or transferred\)/);
  });

  it("when it was archived", async () => {
    const { shop, running, before } = await onceDeployed();
    shop.isArchived = true;

    await running.sync();

    expect(await numbers(running)).toEqual(before);
    expect((await running.status()).sources).toMatchObject([{ state: "ok", error: null }]);
  });

  it("when it was made private or deleted, which the host does not tell apart", async () => {
    const { host, running, before } = await onceDeployed();
    host.repositories.pop();

    const [outcome] = await running.sync();

    expect(outcome?.error).toMatch(/deleted.*private.*kept/);
    expect(await said(running)).toBe(outcome?.error);
    expect(await numbers(running)).toEqual(before);
  });

  it("when it was made private and came back", async () => {
    const { host, shop, running, before } = await onceDeployed();
    host.repositories.pop();
    await running.sync();
    host.repositories.push(shop);
    shop.deploy(["SUCCESS"]);

    await running.sync();

    expect(await running.exported("deployments")).toMatchObject([...before.deployments, { id: "5001" }]);
    expect(await said(running)).toBe("");
  });
});

describe("24: on GitLab, a project keeps its history and says why nothing comes", () => {
  it("when it was moved to another group", async () => {
    const { project, running, before } = await onceDeployedOnGitLab();
    project.payload.path_with_namespace = "tools/shell";

    await running.sync();

    expect(await numbers(running)).toEqual(before);
    expect(await said(running)).toMatch(/tools\/shell/);
  });

  it("when it was archived", async () => {
    const { project, running, before } = await onceDeployedOnGitLab();
    project.payload["archived"] = true;

    await running.sync();

    expect(await numbers(running)).toEqual(before);
  });

  it("when it was made private or deleted, and came back", async () => {
    const { project, running, before } = await onceDeployedOnGitLab();
    project.hidden = true;
    await running.sync();
    const [kept, reason] = [await numbers(running), await said(running)];
    project.hidden = false;
    project.deploy();

    await running.sync();

    expect(kept).toEqual(before);
    expect(reason).toMatch(/deleted|private/);
    expect(await said(running)).toBe("");
    expect(await running.exported("deployments")).toHaveLength(2);
  });
});
