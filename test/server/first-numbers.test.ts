/** Before its first facts are there, nothing is said of a source that only facts could tell. */
import { describe, expect, it } from "vitest";
import { NOT_YET } from "#server/answers/scope.ts";
import type { Reply } from "#server/contract.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, serve, synced } from "#test/support/installation.ts";

const WINDOW = "from=2026-01-01&to=2026-07-01";

function aShop(): FakeHost {
  const host = new FakeHost();
  host.commit();
  host.tag("v1.0.0");
  host.commit();
  return host;
}

async function aServer(before: () => Promise<void> = async () => undefined) {
  const installation = await anInstallation({
    collectors: [aShop().collector({ before })],
    now: () => at("2026-06-30"),
  });
  const { get } = await serve(installation);
  return {
    installation,
    told: async () => {
      const status = (await get("/api/status")).json<Reply<"/api/status">>();
      const measures = (await get(`/api/measures?${WINDOW}`)).json<Reply<"/api/measures">>();
      const changes = (await get(`/api/changes?${WINDOW}`)).json<Reply<"/api/changes">>();
      const reasons = measures.measures.filter(({ whole }) => whole.value === null).map(({ whole }) => whole.reason);
      return { status, sentences: [measures.sentence, changes.sentence], reasons: [...new Set(reasons)] };
    },
  };
}

describe("the first numbers", () => {
  it("are not missed before anything was collected", async () => {
    const { told } = await aServer();

    const { status, sentences, reasons } = await told();

    expect(status.sources).toMatchObject([{ state: "never", deriving: null }]);
    expect(sentences).toEqual([NOT_YET, NOT_YET]);
    expect(reasons).toEqual([NOT_YET]);
  });

  it("are still to come while they are collected", async () => {
    const seen: Awaited<ReturnType<Awaited<ReturnType<typeof aServer>>["told"]>>[] = [];
    const { installation, told } = await aServer(async () => void seen.push(await told()));

    await synced(installation);

    expect(seen.length).toBeGreaterThan(0);
    expect(seen.flatMap(({ status }) => status.sources.map(({ state }) => state))).toContain("syncing");
    expect(new Set(seen.flatMap(({ sentences, reasons }) => [...sentences, ...reasons]))).toEqual(new Set([NOT_YET]));
  });

  it("are worked out before the source is up to date and its service has advice, also after they once could not be written", async () => {
    const { installation, told } = await aServer();
    const save = installation.store.saveFacts.bind(installation.store);
    installation.store.saveFacts = async () => {
      throw new Error("The disk is full.");
    };
    await expect(synced(installation)).rejects.toThrow("The disk is full.");

    const before = await told();
    installation.store.saveFacts = save;
    await synced(installation);
    const after = await told();

    expect(before.status.sources).toMatchObject([{ state: "deriving", deriving: { done: 0, of: 1 } }]);
    expect(before.status.services).toMatchObject([{ commits: 0, advice: null }]);
    expect(before.sentences).toEqual([NOT_YET, NOT_YET]);
    expect(before.reasons).toEqual([NOT_YET]);
    expect(after.status.sources).toMatchObject([{ state: "ok", deriving: null }]);
    expect(after.status.services).toMatchObject([{ commits: 2, deployments: 1 }]);
    expect(after.sentences[0]).toMatch(/^1 deployment in 25 weeks/);
    expect(after.reasons).not.toContain(NOT_YET);
  });

  it("are told to whoever listens when the last of them is there", async () => {
    const { installation } = await aServer();
    const states: boolean[] = [];
    installation.live.watch(() => void states.push(installation.live.of("fake:shop").isFirst));

    await synced(installation);
    await synced(installation);

    expect(states).toContain(true);
    expect(states.at(-1)).toBe(false);
    expect(states.slice(states.lastIndexOf(true) + 1).length).toBeGreaterThan(1);
  });
});
