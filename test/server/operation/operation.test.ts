import { describe, expect, it } from "vitest";
import { operationContract } from "#server/operation/contract.ts";
import { Telemetry } from "#server/operation/telemetry.ts";
import { openapi } from "#server/openapi.ts";
import { StoreError } from "#server/store/errors.ts";
import { hashOf } from "#server/hash.ts";
import { FakeHost } from "#test/support/fake-host.ts";
import type { Server } from "#test/support/installation.ts";
import { aFile, anInstallation, serve, synced } from "#test/support/installation.ts";
import { oddName, twoServices } from "#test/support/two-services.ts";

const PROXIED = { "x-forwarded-for": "203.0.113.9" };

async function aServer(stopping = new AbortController().signal) {
  const installation = await anInstallation({ collectors: [new FakeHost().collector()] });
  return { installation, ...(await serve(installation, { stopping })) };
}

async function withScope({ store }: Awaited<ReturnType<typeof aServer>>["installation"], scope: string) {
  const token = `headway_${scope}`;
  await store.addToken({ name: scope, scope, hash: hashOf(token), createdAt: 0, expiresAt: null, actor: "Ada" });
  return { authorization: `Bearer ${token}` };
}

/** The numbers of a name, by their labels. */
async function numbers(get: Server["get"], name: string): Promise<Record<string, number>> {
  const { text } = await get("/metrics");
  const lines = text.split("\n").filter((line) => new RegExp(`^${name}[{ ]`).test(line));
  return Object.fromEntries(
    lines.map((line) => [line.slice(name.length, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]),
  );
}

describe("whoever operates it", () => {
  it("hears that it lives and is ready, whatever name is asked for", async () => {
    const { get } = await aServer();

    const alive = await get("/healthz", { host: "10.1.2.3:4179", ...PROXIED });
    const ready = await get("/readyz", { host: "pod-7.internal" });

    expect([alive.status, alive.json()]).toEqual([200, { alive: true }]);
    expect([ready.status, ready.json()]).toEqual([200, { ready: true, reason: null }]);
    expect(operationContract["/readyz"].reply.safeParse(ready.json()).success).toBe(true);
    expect(ready.headers["cache-control"]).toBe("no-store");
  });

  it("hears that it is not ready while it stops, and that it lives", async () => {
    const stopping = new AbortController();
    const { get } = await aServer(stopping.signal);
    stopping.abort();

    const ready = await get("/readyz");

    expect([ready.status, ready.json()]).toEqual([503, { ready: false, reason: "It is stopping." }]);
    expect((await get("/healthz")).status).toBe(200);
  });

  it("hears that the database cannot be used, and no path of this machine", async () => {
    const { installation } = await aServer();
    const failure = new StoreError("unavailable", `${installation.config.database} failed`);
    const store = Object.assign(Object.create(installation.store), {
      factsVersion: async () => Promise.reject(failure),
    });
    const server = await serve({ ...installation, store });

    const ready = await server.get("/readyz");

    expect([ready.status, ready.json()]).toEqual([
      503,
      { ready: false, reason: "The database cannot be used now (unavailable)." },
    ]);
    expect((await server.get("/healthz")).status).toBe(200);
  });
});

describe("what is counted", () => {
  it("is told to this machine, and elsewhere to whoever brings a token for it", async () => {
    const { get, installation } = await aServer();
    const [watcher, pusher] = [await withScope(installation, "metrics"), await withScope(installation, "push")];

    const status = async (headers: Record<string, string>) => (await get("/metrics", headers)).status;

    expect(await status({})).toBe(200);
    expect(await status(PROXIED)).toBe(401);
    expect(await status({ ...PROXIED, ...pusher })).toBe(401);
    expect(await status({ ...PROXIED, ...watcher })).toBe(200);
    expect(await status({ host: "evil.example" })).toBe(421);
    await installation.store.revokeToken("metrics", { at: 1, actor: "Ada" });
    expect(await status({ ...PROXIED, ...watcher })).toBe(401);
  });

  it("is text that Prometheus reads, line by line", async () => {
    const { get } = await aServer();
    await get("/metrics");

    const { headers, text } = await get("/metrics");

    expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    const label = String.raw`[a-z_]+="(?:[^"\\\n]|\\.)*"`;
    const line = new RegExp(
      String.raw`^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{${label}(,${label})*\})? (-?\d[\d.e+-]*|NaN|[+-]Inf))$`,
    );
    const lines = text.split("\n").slice(0, -1);
    expect(lines.filter((one) => !line.test(one))).toEqual([]);
    const families = lines.filter((one) => one.startsWith("# TYPE")).map((one) => one.split(" ")[2]);
    expect(families).toHaveLength(new Set(families).size);
    expect(families).toEqual(
      expect.arrayContaining([
        "headway_http_request_duration_seconds",
        "headway_database_bytes",
        "headway_replies_total",
        "nodejs_eventloop_lag_seconds",
        "process_resident_memory_bytes",
      ]),
    );
  });

  it("has requests by path of the contract, however they are asked", async () => {
    const { get } = await aServer();
    const paths = Array.from({ length: 30 }, (_, index) => `/api/no-${index}`);
    for (const path of [
      "/api/status?x=1",
      "/api/status?x=2",
      "/healthz",
      "/assets/app-1234.js",
      "/flow",
      "/%ff",
      ...paths,
    ])
      await get(path);
    for (const method of ["PURGE", "TRACE", "PROPFIND"]) await get("/api/status", {}, method);

    const counts = await numbers(get, "headway_http_request_duration_seconds_count");

    expect(counts).toMatchObject({
      '{route="/api/status",method="GET",status="4xx"}': 2,
      '{route="/healthz",method="GET",status="2xx"}': 1,
      '{route="none",method="GET",status="4xx"}': 30,
    });
    expect(Object.keys(counts).filter((labels) => labels.includes("no-"))).toEqual([]);
    expect(Object.keys(counts).length).toBeLessThan(12);
  });

  it("has answers that were kept and made, the size of the database, and the age of syncs by kind of host", async () => {
    const { shop, odd } = twoServices();
    const installation = await anInstallation({
      collectors: [shop.collector(), odd.collector({ source: "fake:odd", name: oddName })],
    });
    const telemetry = new Telemetry();
    telemetry.synced(installation, await synced(installation));
    const { get } = await serve(installation, { telemetry });
    for (let turn = 0; turn < 3; turn++) await get("/api/scopes");

    const { text } = await get("/metrics");

    expect(await numbers(get, "headway_replies_total")).toEqual({ '{kept="yes"}': 2, '{kept="no"}': 1 });
    expect(await numbers(get, "headway_sync_duration_seconds_count")).toEqual({ '{host="git",result="ok"}': 2 });
    expect(await numbers(get, "headway_sources")).toEqual({ '{host="git",state="ok"}': 2 });
    expect(await numbers(get, "headway_last_sync_age_seconds")).toEqual({ '{host="git"}': 0 });
    expect((await numbers(get, "headway_database_bytes"))[""]).toBeGreaterThan(100_000);
    expect(text).not.toContain("shop");
    expect(text).not.toContain("odd");
    expect(text).not.toContain(installation.config.database);
  });
});

it("is described for programs", () => {
  expect(Object.keys(openapi()["paths" as keyof object])).toEqual(
    expect.arrayContaining(Object.keys(operationContract)),
  );
});

describe("what an operator meets", () => {
  it("has the age of the last backup before there is one, so that an alert on it can fire", async () => {
    const installation = await anInstallation({ collectors: [], database: aFile() });
    const { get } = await serve(installation);

    expect((await get("/metrics")).text).toContain("\nheadway_last_backup_age_seconds +Inf\n");
  });

  it("says what a token of another scope is for", async () => {
    const installation = await anInstallation({ collectors: [] });
    const { get } = await serve(installation);
    const headers = { ...(await withScope(installation, "read")), ...PROXIED };

    expect((await get("/metrics", headers)).json()).toMatchObject({
      status: 401,
      detail: "This token may read what a viewer reads only. Make one with `headway token create --scope metrics`.",
    });
  });
});
