import { get } from "node:http";
import type { IncomingMessage } from "node:http";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { HostError } from "#collectors/collector.ts";
import { watched } from "#collectors/polite/watch.ts";
import type { LiveEvent, Reply } from "#server/contract.ts";
import { liveContract } from "#server/contract.ts";
import { Live } from "#server/live.ts";
import { KEPT } from "#server/store/sync-log.ts";
import { syncAll } from "#server/sync.ts";
import { at, beforeBatch, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, serve, synced } from "#test/support/installation.ts";

/** What a server tells to somebody who listens. */
async function listening(url: string, headers: Record<string, string> = {}) {
  const events: LiveEvent[] = [];
  const response = await new Promise<IncomingMessage>((resolve) => {
    const request = get(`${url}/api/events`, { headers, agent: false }, resolve);
    onTestFinished(() => void request.destroy());
  });
  let text = "";
  response.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = /^event: live\ndata: (.*)$/.exec(block)?.[1];
      events.push(...(data === undefined ? [] : [liveContract.reply.parse(JSON.parse(data))]));
    }
  });
  response.on("error", () => undefined);
  return { response, events, hangUp: () => response.destroy() };
}

describe("what happens at the sources", () => {
  it("is told as it happens, also through compression", async () => {
    const host = new FakeHost();
    for (let count = 0; count < 6; count++) host.commit();
    const installation = await anInstallation({ collectors: [host.collector()] });
    const { url } = await serve(installation);

    const { response, events } = await listening(url, { "accept-encoding": "gzip" });
    await vi.waitFor(() => expect(events).toHaveLength(1));
    await synced(installation);
    await vi.waitFor(() => expect(events.at(-1)?.sources[0]?.state).toBe("ok"));

    expect(response.headers).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
    });
    expect(response.headers["content-encoding"]).toBeUndefined();
    expect(events[0]?.sources[0]?.state).toBe("never");
    expect(events.at(-1)?.facts).toBeGreaterThan(0);
    expect(events[0]?.facts).toBe(0);
  });

  it("is not watched for any longer when nobody listens", async () => {
    const installation = await anInstallation({ collectors: [new FakeHost().collector()] });
    const unwatched = vi.fn<() => void>();
    const watch = installation.live.watch.bind(installation.live);
    installation.live.watch = (watcher) => {
      const stop = watch(watcher);
      return () => {
        unwatched();
        stop();
      };
    };
    const { url } = await serve(installation);

    const [one, other] = [await listening(url), await listening(url)];
    await vi.waitFor(() => expect(other.events.length).toBeGreaterThan(0));
    one.hangUp();
    expect(unwatched).not.toHaveBeenCalled();
    other.hangUp();

    await vi.waitFor(() => expect(unwatched).toHaveBeenCalledTimes(1));
  });

  it("ends when the server stops", async () => {
    const stopping = new AbortController();
    const installation = await anInstallation({ collectors: [new FakeHost().collector()] });
    const { url } = await serve(installation, { stopping: stopping.signal });
    const { response, events } = await listening(url);
    await vi.waitFor(() => expect(events).toHaveLength(1));

    stopping.abort();

    await vi.waitFor(() => expect(response.complete).toBe(true));
  });

  it("says how far a sync is, what it waits for and what is left of the limit", async () => {
    const host = new FakeHost();
    for (let count = 0; count < 9; count++) host.commit();
    const wait = { until: at("2026-06-30T14:05"), why: "GitHub's limit is used up; resumes 14:05" };
    const limit = { resource: "core", limit: 5000, remaining: 17, resetAt: at("2026-06-30T14:05") };
    const seen: Reply<"/api/status">["sources"] = [];
    const told: (string | undefined)[] = [];
    let ask: () => Promise<void> = async () => undefined;
    const collector = host.collector({
      before: async (batch) => {
        beforeBatch(2, () => {
          installation.live.answered("fake:shop", { ...limit, resource: "graphql", remaining: 4000 });
          installation.live.answered("fake:shop", limit);
          installation.live.wait("fake:shop", wait);
        })(batch);
        await ask();
      },
    });
    const installation = await anInstallation({ collectors: [collector] });
    const server = await serve(installation);
    ask = async () => void seen.push(...(await server.get("/api/status")).json<Reply<"/api/status">>().sources);

    await syncAll(installation, {
      signal: new AbortController().signal,
      report: ({ waiting }) => void told.push(waiting?.why),
    });

    expect(seen[2]).toMatchObject({
      state: "syncing",
      events: 6,
      waiting: { until: "2026-06-30T14:05:00.000Z", why: wait.why },
      left: { requests: 17, of: 5000, resetsAt: "2026-06-30T14:05:00.000Z" },
    });
    expect(told).toContain(wait.why);
    await ask();
    expect(seen.at(-1)).toMatchObject({ state: "ok", events: null, waiting: null, left: { requests: 17 } });
  });

  it("is heard from the answers of a host, whichever of its counters they are about", async () => {
    const live = new Live();
    const headers = { "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "4990", "x-ratelimit-reset": "1900000000" };
    const fetch = watched((limit) => live.answered("github:x", limit), {
      fetch: async () => new Response("{}", { headers }),
      now: () => at("2026-06-30"),
    });

    await fetch("https://api.github.com/user");
    await fetch(new URL("https://api.github.com/graphql"));

    expect(live.of("github:x")).toMatchObject({ requests: 2, left: { requests: 4990, of: 5000 } });
  });
});

describe("the sync log", () => {
  it("says of each sync when it was, what came in, what was skipped and why it failed", async () => {
    const host = new FakeHost();
    host.commit();
    const notice = { level: "warning", code: "shallow", message: "Older commits are missing." } as const;
    const refusing = new FakeHost();
    refusing.commit();
    const installation = await anInstallation({
      collectors: [
        host.collector({ notices: [notice] }),
        { ...refusing.collector({ source: "fake:other", name: "other" }), collect: failing },
      ],
    });
    const server = await serve(installation);

    await synced(installation);
    const { json } = await server.get("/api/syncs");

    expect(json()).toMatchObject([
      { name: "other", state: "failed", error: "It is gone. Put it back.", changed: 0 },
      { name: "shop", state: "done", error: null, changed: 2, notices: [notice], endedAt: "2026-06-30T12:00:00.000Z" },
    ]);
  });

  it("tells a sync that was killed from one that runs", async () => {
    const host = new FakeHost();
    host.commit();
    let during: unknown = null;
    const installation = await anInstallation({
      collectors: [host.collector({ before: async () => void (during = (await server.get("/api/syncs")).json()) })],
    });
    const server = await serve(installation);
    const { id } = await installation.store.openSource({ key: "fake:shop", name: "shop", host: "git" });
    await installation.store.beginSync(id, at("2026-06-29"));

    await synced(installation);

    expect(during).toMatchObject([{ state: "running" }, { state: "interrupted", endedAt: null }]);
  });

  it("keeps the last ones of each source", async () => {
    const { store } = await anInstallation({ collectors: [] });
    const { id } = await store.openSource({ key: "fake:shop", name: "shop", host: "git" });
    const other = await store.openSource({ key: "fake:other", name: "other", host: "git" });
    await store.beginSync(other.id, 0);

    for (let count = 1; count <= KEPT + 5; count++) await store.beginSync(id, count);

    const kept = await store.syncs(["fake:shop", "fake:other"], 1000);
    expect(kept).toHaveLength(KEPT + 1);
    expect(kept[0]?.startedAt).toBe(KEPT + 5);
  });
});

// oxlint-disable-next-line require-yield -- it fails before it has anything to hand over
async function* failing(): AsyncGenerator<never> {
  throw new HostError("fake:other", "not-found", "It is gone. Put it back.");
}
