import { describe, expect, it, vi } from "vitest";
import { metrics } from "#metrics/index.ts";
import { listOf } from "#metrics/lists.ts";
import { DAY, within } from "#metrics/time.ts";
import { Memory } from "#server/answers/memory.ts";
import { Pace } from "#server/answers/turns.ts";
import { structureOf } from "#server/structure.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, synced } from "#test/support/installation.ts";

const always = { from: -Infinity, to: Infinity };
const window = { from: at("2026-01-01"), to: at("2026-03-01") };
const every = metrics.filter((metric) => listOf(metric) !== "alerts");

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
  const looked = async (part = window) => ({
    window: part,
    time: "elapsed" as const,
    structure: structureOf(installation.config),
    judged: await memory.judged(installation),
  });
  const rows = async (places?: Awaited<ReturnType<typeof services>>, part = window, wanted = every) =>
    memory.rows(places ?? (await services()), wanted, await looked(part), new Pace());
  return { host, installation, memory, services, service, rows };
}

describe("what was read", () => {
  it("is read again once a fact has changed", async () => {
    const { host, installation, memory, rows, service } = await aShop();
    const first = await rows();
    const before = await memory.summary(await service());

    host.commit({ committedAt: at("2026-02-01") });
    host.tag("v1.1.0");
    await synced(installation);
    const second = await rows();

    expect([first.deployed.at.length, second.deployed.at.length]).toEqual([19, 20]);
    expect([before.deployments, (await memory.summary(await service())).deployments]).toEqual([1, 2]);
  });

  it("is read by whoever asks next where the database could not be asked, also the first time", async () => {
    const { installation, rows } = await aShop();
    const asked = vi.spyOn(installation.store, "factsVersion");
    asked.mockRejectedValueOnce(new Error("The connection was cut."));

    await expect(rows()).rejects.toThrow("The connection was cut.");
    expect((await rows()).deployed.at.length).toBe(19);
    asked.mockRejectedValueOnce(new Error("The connection was cut."));
    await expect(rows()).rejects.toThrow("The connection was cut.");
    expect((await rows()).deployed.at.length).toBe(19);
  });

  it("is every row of the window, in order, wherever it begins and ends", async () => {
    const { installation, rows, service } = await aShop();

    for (let day = 0; day < 30; day++) {
      const part = { from: at("2025-12-25") + day * DAY, to: at("2025-12-30") + day * DAY };
      const { committed } = await rows(undefined, part);
      const facts = await installation.store.facts("committed", await service(), part);
      expect([...committed.at].filter((instant) => within(instant, part))).toEqual(
        facts.map(({ committedAt }) => committedAt),
      );
    }
  });

  it("is only what lies in the times of its service", async () => {
    const { services, rows } = await aShop();
    const places = (await services()).map((place) => ({
      ...place,
      times: [{ from: at("2026-01-05"), to: at("2026-01-08") }],
    }));

    expect([...(await rows(places)).committed.at]).toEqual(
      ["2026-01-05", "2026-01-06", "2026-01-07"].map((day) => at(day)),
    );
    expect((await rows()).committed.at).toHaveLength(19);
  });

  it("is only what the metrics look at", async () => {
    const { rows } = await aShop();
    const wanted = metrics.filter(({ id }) => id === "deployment-frequency");

    const { deployments, deployed, committed } = await rows(undefined, window, wanted);

    expect([deployments.at.length, deployed.at.length, committed.at.length]).toEqual([1, 0, 0]);
    expect([...deployments.columns.keys()]).toEqual(["deployment-frequency"]);
  });
});
