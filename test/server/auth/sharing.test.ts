import { describe, expect, it } from "vitest";
import { DAY } from "#metrics/time.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, query, serve, synced } from "#test/support/installation.ts";
import { cookieOf, loggedIn, post } from "#test/support/people.ts";

async function aCompany() {
  const clock = { now: at("2026-06-30T12:00") };
  const host = new FakeHost();
  host.commit({});
  host.tag("v1.0.0");
  const installation = await anInstallation({ collectors: [host.collector()], now: () => clock.now });
  await synced(installation);
  const admin = await loggedIn(installation, "admin", "Ada");
  return { installation, clock, admin, server: await serve(installation) };
}

describe("a link to a view", () => {
  it("is opened with its code, and then shows what a viewer sees by a cookie, and lets nobody do anything", async () => {
    const { server, admin, installation } = await aCompany();

    const made = await post(server, "/api/shares/add", { path: "delivery?range=12w", days: 7 }, admin);
    const { code } = made.json<{ code: string }>();
    const opened = await post(server, "/api/shares/open", { code });
    const { cookie, set } = cookieOf(opened);
    const reads = await server.get("/api/measures", { cookie });
    const changes = await post(server, "/api/judgements/add", {}, { cookie });
    const users = await server.get("/api/sessions", { cookie });

    expect(opened.json()).toEqual({ path: "delivery?range=12w" });
    expect(set).toMatch(
      /^headway_link_[0-9a-f]{8}=[\w-]{43}; Path=\/; Expires=Tue, 07 Jul 2026 .*; HttpOnly; SameSite=Lax$/,
    );
    expect([reads.status, changes.status, users.status]).toEqual([200, 403, 403]);
    expect((await server.get("/api/me", { cookie })).json()).toMatchObject({ kind: "link", name: null, may: [] });
    expect(JSON.stringify(await query(installation.store.path, "select * from share"))).not.toContain(code);
  });

  it("ends by itself, and when it is ended", async () => {
    const { server, admin, clock, installation } = await aCompany();
    const open = async (days: number) => {
      const { code } = (await post(server, "/api/shares/add", { path: "", days }, admin)).json<{ code: string }>();
      return { code, cookie: cookieOf(await post(server, "/api/shares/open", { code })).cookie };
    };
    const [short, long] = [await open(1), await open(30)];

    clock.now += DAY;
    const later = await loggedIn(installation, "admin", "Ada");
    const expired = await server.get("/api/status", { cookie: short.cookie });
    const before = await server.get("/api/status", { cookie: long.cookie });
    const links = (await server.get("/api/shares", later)).json<readonly { id: number; lastUsedAt: string }[]>();
    await post(server, "/api/shares/end", { id: links[0]?.id }, later);
    const ended = await server.get("/api/status", { cookie: long.cookie });
    const again = await post(server, "/api/shares/open", { code: long.code });

    expect([expired.status, before.status, ended.status, again.status]).toEqual([401, 200, 401, 400]);
    expect(again.headers["set-cookie"]).toBeUndefined();
  });

  it("is listed and ended by who made it and by an administrator, and by nobody else", async () => {
    const { server, admin, installation } = await aCompany();
    const [bob, eve] = [await loggedIn(installation, "lead", "Bob"), await loggedIn(installation, "lead", "Eve")];
    await post(server, "/api/shares/add", { path: "flow", days: 7 }, bob);
    const seen = async (who: typeof bob) =>
      (await server.get("/api/shares", who)).json<readonly { id: number; by: string }[]>();

    const [own] = await seen(bob);
    const notHers = await post(server, "/api/shares/end", { id: own?.id }, eve);
    const [all, hers] = [await seen(admin), await seen(eve)];
    const done = await post(server, "/api/shares/end", { id: own?.id }, admin);

    expect([notHers.status, done.status]).toEqual([400, 200]);
    expect([all.map(({ by }) => by), hers]).toEqual([["Bob"], []]);
  });

  it.each(["https://evil.example", "//evil.example", "/etc", "delivery#x", "a\\b", "javascript:1"])(
    "leads nowhere else: %s",
    async (path) => {
      const { server, admin } = await aCompany();

      expect((await post(server, "/api/shares/add", { path, days: 7 }, admin)).status).toBe(400);
    },
  );

  it("is made by nobody where everything is open", async () => {
    const server = await serve(await anInstallation({ collectors: [] }));

    expect((await post(server, "/api/shares/add", { path: "", days: 7 })).status).toBe(400);
  });
});

describe("a token", () => {
  it("is made and ended by an administrator in the dashboard", async () => {
    const { server, admin } = await aCompany();
    const make = async (body: object) => post(server, "/api/tokens/add", { scope: "read", days: 30, ...body }, admin);

    const made = await make({ name: "grafana" });
    const twice = await make({ name: "grafana" });
    const headers = { authorization: `Bearer ${made.json<{ token: string }>().token}` };
    const before = await server.get("/api/status", headers);
    const ended = await post(server, "/api/tokens/revoke", { name: "grafana" }, admin);
    const after = await server.get("/api/status", headers);
    const unknown = await post(server, "/api/tokens/revoke", { name: "grafana" }, admin);

    expect(made.json()).toMatchObject({ name: "grafana", expiresAt: "2026-07-30T12:00:00.000Z" });
    expect([twice.status, before.status, ended.status, after.status, unknown.status]).toEqual([
      400, 200, 200, 401, 400,
    ]);
  });

  it("is good for nothing once it has expired", async () => {
    const { server, admin, clock } = await aCompany();
    const made = await post(server, "/api/tokens/add", { name: "grafana", scope: "read", days: 1 }, admin);
    const headers = { authorization: `Bearer ${made.json<{ token: string }>().token}` };

    clock.now += DAY;
    const late = await server.get("/api/status", headers);

    expect(late.status).toBe(401);
    expect(late.json()).toMatchObject({ detail: expect.stringContaining("has expired") });
  });
});
