/** What tells of what is going on is sent again as it was, and yet never older than what happened last, whoever did it. */
import { describe, expect, it } from "vitest";
import { SECOND } from "#metrics/time.ts";
import type { Reply } from "#server/contract.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { aStore, anInstallation, serve, synced } from "#test/support/installation.ts";

const NOW = at("2026-06-30T12:00");
const PATHS = [
  "/api/status",
  "/api/syncs",
  "/api/settings",
  "/api/judgements",
  "/api/baselines",
  "/api/annotations",
  "/api/experiments",
  "/api/search?q=repair",
  "/api/audit",
];

const note = {
  kind: "note" as const,
  service: null,
  scope: null,
  subject: null,
  from: "2026-03-02",
  to: "2026-03-03",
  recoveredAt: null,
  rebases: false,
  reason: "A holiday",
  actor: "Ada",
  madeAt: NOW,
};

const experiment = {
  scope: "organisation",
  metric: "lead-time-commit",
  tries: "Smaller changes",
  usual: 20,
  target: 10,
  startDay: "2026-06-01",
  weeks: 2,
  promise: null,
  actor: "Ada",
  madeAt: NOW,
};

const token = { name: "ci", scope: "push", hash: "abc", createdAt: NOW, expiresAt: null, actor: "Ada" };

async function aShop() {
  const host = new FakeHost();
  for (let count = 0; count < 3; count++) host.commit();
  let now = NOW;
  const installation = await anInstallation({ collectors: [host.collector()], now: () => now });
  await synced(installation);
  return {
    installation,
    source: host.collector().source,
    wait: (milliseconds: number) => void (now += milliseconds),
  };
}

const answersOf = async ({ get }: Awaited<ReturnType<typeof serve>>): Promise<readonly string[]> =>
  Promise.all(PATHS.map(async (path) => (await get(path)).text));

type Shop = Awaited<ReturnType<typeof aShop>>;
const happenings: Record<string, (shop: Shop) => Promise<unknown>> = {
  "a sync begins": async ({ installation, source }) => installation.live.begin(source, NOW, true),
  "a host makes it wait": async ({ installation, source }) =>
    installation.live.wait(source, { until: NOW + 60 * SECOND, why: "its limit" }),
  "a host says what is left": async ({ installation, source }) =>
    installation.live.answered(source, { resource: "core", remaining: 7, limit: 60, resetAt: NOW }),
  "a whole sync": async ({ installation }) => synced(installation),
  "a line of the log that has no end": async ({ installation }) => installation.store.beginSync(1, NOW),
  "a judgement": async ({ installation }) => installation.store.addJudgement(note),
  "a judgement of another process": async ({ installation }) =>
    (await aStore(installation.store.path)).addJudgement(note),
  "a token": async ({ installation }) => installation.store.addToken(token),
  "an experiment": async ({ installation }) => installation.store.addExperiment(experiment),
  "a second": async ({ wait }) => wait(SECOND),
  "another time zone": async ({ installation }) =>
    Object.assign(installation, { config: { ...installation.config, timezone: "Asia/Tokyo" } }),
};

describe("what tells of what is going on", () => {
  it.each(Object.entries(happenings))("knows at once of %s", async (_name, happen) => {
    const shop = await aShop();
    const server = await serve(shop.installation);
    const before = await answersOf(server);
    expect(await answersOf(server)).toEqual(before);

    await happen(shop);

    const after = await answersOf(server);
    expect(after).toEqual(await answersOf(await serve(shop.installation)));
    expect(after).not.toEqual(before);
  });

  it("shows how far a sync has got each time that somebody asks", async () => {
    const { installation, source } = await aShop();
    const { get } = await serve(installation);
    const progress = async () => (await get("/api/status")).json<Reply<"/api/status">>().sources[0]?.progress;
    const seen: unknown[] = [];
    installation.live.begin(source, NOW, true);
    seen.push(await progress());
    for (const share of [0.1, 0.2, 0.3]) {
      installation.live.advance(source, share, 10);
      seen.push(await progress());
    }
    installation.live.end(source);
    seen.push(await progress());

    expect(seen).toEqual([null, 0.1, 0.2, 0.3, null]);
  });

  it("is made once for all who ask in the same second, and said to be the same to who has it", async () => {
    const { installation, wait } = await aShop();
    const { get } = await serve(installation);
    const first = await get("/api/status");

    const again = await get("/api/status", { "if-none-match": String(first.headers.etag) });
    wait(SECOND);
    const later = await get("/api/status", { "if-none-match": String(first.headers.etag) });

    expect([again.status, later.status]).toEqual([304, 200]);
    expect(later.json<Reply<"/api/status">>().now).toBe(new Date(NOW + SECOND).toISOString());
  });
});
