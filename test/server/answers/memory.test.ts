import { describe, expect, it } from "vitest";
import { metrics } from "#metrics/index.ts";
import { DAY } from "#metrics/time.ts";
import { Memory } from "#server/answers/memory.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, synced } from "#test/support/installation.ts";

const always = { from: -Infinity, to: Infinity };
const window = { from: at("2026-01-01"), to: at("2026-03-01") };

async function aShop() {
  const host = new FakeHost();
  for (let day = 1; day < 20; day++) host.commit({ committedAt: at("2026-01-01") + day * DAY });
  host.tag("v1.0.0");
  const installation = await anInstallation({ collectors: [host.collector()] });
  await synced(installation);
  const memory = new Memory(installation.store);
  const services = async () =>
    (await installation.store.services(["fake:shop"])).map((service) => ({ ...service, times: [always] }));
  const service = async () => (await services())[0] ?? expect.fail("There is no service.");
  return { host, installation, memory, services, service };
}

describe("what was read", () => {
  it("is kept for the next question, also about another part of it", async () => {
    const { memory, services } = await aShop();

    const first = await memory.facts(await services(), metrics, window);
    const second = await memory.facts(await services(), metrics, { from: window.from + DAY, to: window.to - DAY });

    expect(second.deployed).toBe(first.deployed);
    expect(second.committed).toBe(first.committed);
    expect(second.deployments).toBe(first.deployments);
    expect(first.deployed).toHaveLength(19);
  });

  it("is read again once a fact has changed", async () => {
    const { host, installation, memory, services, service } = await aShop();
    const first = await memory.facts(await services(), metrics, window);
    const before = await memory.summary(await service());

    host.commit({ committedAt: at("2026-02-01") });
    host.tag("v1.1.0");
    await synced(installation);
    const second = await memory.facts(await services(), metrics, window);

    expect([first.deployed.length, second.deployed.length]).toEqual([19, 20]);
    expect([before.deployments, (await memory.summary(await service())).deployments]).toEqual([1, 2]);
  });

  it("holds every fact of the window, wherever it begins and ends", async () => {
    const { installation, memory, services } = await aShop();
    const places = await services();

    for (let day = 0; day < 30; day++) {
      const part = { from: at("2025-12-25") + day * DAY, to: at("2025-12-30") + day * DAY };
      const { deployed, committed } = await memory.facts(places, metrics, part);
      expect(committed).toEqual(expect.arrayContaining(await installation.store.commits(places, "committedAt", part)));
      expect(deployed).toEqual(expect.arrayContaining(await installation.store.commits(places, "deployedAt", part)));
    }
  });

  it("is only what lies in the times of its service, and the same list each time", async () => {
    const { memory, services } = await aShop();
    const places = (await services()).map((place) => ({
      ...place,
      times: [{ from: at("2026-01-05"), to: at("2026-01-08") }],
    }));

    const [first, second] = [await memory.facts(places, metrics, window), await memory.facts(places, metrics, window)];

    expect(first.committed.map(({ committedAt }) => committedAt)).toEqual(
      ["2026-01-05", "2026-01-06", "2026-01-07"].map((day) => at(day)),
    );
    expect(second.committed).toBe(first.committed);
    expect((await memory.facts(await services(), metrics, window)).committed).toHaveLength(19);
  });

  it("is only what the metrics look at", async () => {
    const { memory, services } = await aShop();
    const wanted = metrics.filter(({ id }) => id === "deployment-frequency");

    const facts = await memory.facts(await services(), wanted, window);

    expect([facts.deployments.length, facts.deployed.length, facts.committed.length]).toEqual([1, 0, 0]);
  });
});
