/** Incidents that are pushed for a repository in which several services live: their labels say whose they are. */
import { describe, expect, it } from "vitest";
import type { DeliveryEvent } from "#metrics/events.ts";
import { aCommit, aRepository } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import type { Headway } from "#test/support/headway.ts";

const services = [
  { name: "checkout", repository: "acme/shop", incidentLabels: ["service::checkout", "till"] },
  { name: "pay", repository: "acme/shop", incidentLabels: ["service::pay", "till"] },
];
const events: readonly DeliveryEvent[] = [
  aRepository({ head: "a" }),
  aCommit("a", { authoredAt: at("2026-03-01"), paths: ["readme"] }),
];
const incident = {
  id: "INC-1",
  repository: "acme/shop",
  date: "2026-03-02T00:00:00Z",
  endedAt: "2026-03-02T03:00:00Z",
};

const headway = async (has: object = { services }) => aHeadway({ config: { ...told, ...has }, tells: [events] });
const push = async ({ post }: Headway, body: object) =>
  (await post("/api/incidents", { ...incident, ...body })).json<{ service: string }>().service;
const whose = async ({ exported }: Headway) =>
  (await exported("incidents"))
    .map(({ id, service }) => [service, id])
    .toSorted((a, b) => String(a).localeCompare(String(b)));
const names = async ({ status }: Headway) =>
  (await status()).services.map(({ name }) => name).toSorted((a, b) => String(a).localeCompare(String(b)));

describe("an incident that is pushed for a repository with several services", () => {
  it.each([
    ["the repository", {}],
    ["a name that nobody knows, with the repository", { service: "on-call" }],
    ["the repository as a name", { repository: undefined, service: "acme/shop" }],
    ["its address", { repository: "https://github.com/acme/shop.git" }],
  ])("belongs to the service whose label it has, when it is pushed for %s", async (_, named) => {
    const running = await headway();

    const home = await push(running, { ...named, labels: ["sev 1", "Service::Pay"] });

    expect(home).toBe("pay");
    expect(await whose(running)).toEqual([["pay", "INC-1"]]);
    expect(await names(running)).toEqual(["checkout", "pay"]);
    expect((await running.measure("incident-recovery-time", "service=pay")).whole).toMatchObject({ value: 3, n: 1 });
  });

  it("fails the deployment of that service, by what it names or by the 72 hours before it", async () => {
    const running = await headway();
    for (const service of ["checkout", "pay"])
      await running.post("/api/deployments", {
        service,
        id: service,
        version: "1",
        deployedAt: "2026-03-01T12:00:00Z",
      });

    await push(running, { labels: ["service::pay"] });
    await push(running, { id: "INC-2", labels: ["service::checkout"], deploymentId: "checkout" });

    expect(await running.exported("incidents")).toMatchObject([
      { service: "pay", id: "INC-1", linkedBy: "service-window", deploymentId: "pay" },
      { service: "checkout", id: "INC-2", linkedBy: "id", deploymentId: "checkout" },
    ]);
  });

  it("stays with the name it was pushed for without a label of theirs", async () => {
    const running = await headway();

    const home = await push(running, { labels: ["sev 1"] });

    expect(home).toBe("acme/shop");
    expect(await whose(running)).toEqual([["acme/shop", "INC-1"]]);
    expect(await names(running)).toEqual(["acme/shop", "checkout", "pay"]);
  });

  it("is there once, beside others that stay", async () => {
    const running = await headway();

    await push(running, { labels: ["service::pay"] });
    await push(running, { id: "INC-2" });

    expect(await whose(running)).toEqual([
      ["acme/shop", "INC-2"],
      ["pay", "INC-1"],
    ]);
  });

  it("moves when it is told of its label later, and leaves no service behind", async () => {
    const running = await headway();
    await push(running, {});
    const before = await whose(running);

    await push(running, { labels: ["service::checkout"] });

    expect(before).toEqual([["acme/shop", "INC-1"]]);
    expect(await whose(running)).toEqual([["checkout", "INC-1"]]);
    expect(await names(running)).toEqual(["checkout", "pay"]);
  });

  it("is that of each service with a label that several have, as a host's is", async () => {
    const running = await headway();

    const home = await push(running, { labels: ["till"] });

    expect(home).toBe("acme/shop");
    expect(await whose(running)).toEqual([
      ["checkout", "INC-1"],
      ["pay", "INC-1"],
    ]);
  });

  it("is the service's that it is pushed for by name, whatever its labels", async () => {
    const running = await headway();

    await push(running, { service: "checkout", labels: ["service::pay"] });

    expect(await whose(running)).toEqual([["checkout", "INC-1"]]);
  });

  it("is that of the only service of its repository, whatever its labels", async () => {
    const running = await headway({});

    await push(running, { labels: ["service::pay"] });

    expect(await whose(running)).toEqual([["acme/shop", "INC-1"]]);
    expect(await names(running)).toEqual(["acme/shop"]);
  });

  it("leaves a deployment that is pushed for the repository where it was", async () => {
    const running = await headway();
    await running.post("/api/deployments", {
      repository: "acme/shop",
      version: "1",
      deployedAt: "2026-03-01T12:00:00Z",
    });

    await push(running, { labels: ["service::pay"] });

    expect((await running.exported("deployments")).map(({ service }) => service)).toEqual(["acme/shop"]);
    expect(await whose(running)).toEqual([["pay", "INC-1"]]);
  });
});
