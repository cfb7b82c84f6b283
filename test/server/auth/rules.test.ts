import type { Express } from "express";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { createApp } from "#server/app.ts";
import type { May } from "#server/auth/roles.ts";
import { isRole, roles } from "#server/auth/roles.ts";
import type { Rule } from "#server/auth/rules.ts";
import { accessTable, ruleOf, rules } from "#server/auth/rules.ts";
import { commands, contract, exportContract, liveContract, openapiContract, writes } from "#server/contract.ts";
import { operationContract } from "#server/operation/contract.ts";
import { openapi } from "#server/openapi.ts";
import { FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, aWebRoot, serve, synced } from "#test/support/installation.ts";
import type { Headers } from "#test/support/people.ts";
import { loggedIn, post, statusOf, withScope } from "#test/support/people.ts";

/** The routes that an app answers to by a path of its own, as Express keeps them. */
interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

function routesIn(stack: readonly Layer[]): string[] {
  return stack.flatMap(({ route, handle }) => {
    const own = route === undefined ? [] : Object.keys(route.methods).map((m) => `${m.toUpperCase()} ${route.path}`);
    return [...own, ...routesIn(handle?.stack ?? [])];
  });
}

/** What each path cannot do without. */
const QUESTIONS: Readonly<Record<string, string>> = {
  "/api/agreement": "?stage=pickup&hours=24",
  "/api/rows": "?metric=deployment-frequency",
  "/api/series": "?each=service&metric=deployment-frequency",
  "/api/rules/preview": "?service=shop",
  "/api/item": "?kind=deployment&service=shop&id=v1.0.0",
  "/api/search": "?q=shop",
  "/api/experiments/promise": "?metric=lead-time-commit&target=0.5&weeks=4",
  "/api/baseline": "?name=none",
  "/api/progress/service": "?service=shop",
  "/api/progress/rows": "?service=shop&practice=trunk-based&part=branch-lifetime&week=2026-06-10",
  "/api/savings/statement": "?month=2026-01",
  "/api/leadership/sheet": "?format=md",
};

const asked = (path: string) => path.replace(":kind", "commits") + (QUESTIONS[path] ?? "");

/** They ask for one that was frozen, held or reckoned, and there is none. */
const NOTHING_THERE = ["/api/baseline", "/api/review", "/api/savings/statement", "/api/savings/lever"];

async function aCompany() {
  const host = new FakeHost();
  host.commit({});
  host.tag("v1.0.0");
  const installation = await anInstallation({ collectors: [host.collector()] });
  await synced(installation);
  await loggedIn(installation, "admin", "Ada");
  return { installation, server: await serve(installation) };
}

describe("the rules", () => {
  it("are there for every path of the contract, and for no other", () => {
    const paths = [
      ...[contract, operationContract, { [openapiContract.path]: 1 }].flatMap((part) =>
        Object.keys(part).map((path) => `GET ${path}`),
      ),
      ...[commands, writes].flatMap((part) => Object.keys(part).map((path) => `POST ${path}`)),
      `GET ${liveContract.path}`,
      `GET ${exportContract.path}`,
      ...Object.keys(exportContract.least).map((kind) => `GET /api/export/${kind}`),
    ];
    const described = Object.keys((openapi() as { paths: object }).paths).map((path) =>
      path.replace("{kind}", ":kind"),
    );

    expect(rules.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(paths.toSorted());
    expect(described.filter((path) => !rules.some((rule) => rule.path === path))).toEqual([]);
  });

  it("are there for every route of the app", async () => {
    const app: Express = createApp(await anInstallation({ collectors: [] }), { webRoot: aWebRoot() });
    const routes = routesIn((app as unknown as { router: { stack: readonly Layer[] } }).router.stack);

    const without = routes.filter((route) => {
      const [method, path] = route.split(" ");
      return ruleOf(String(method), String(path)) === null;
    });

    // Pages hold no data. Whatever else is added here is for everybody who reaches the machine.
    expect(without).toEqual(["GET /{:page}"]);
    expect(routes.length).toBeGreaterThan(40);
  });

  it("are a table in the guide, which is current: npm run docs", () => {
    expect(readFileSync("docs/access.md", "utf8")).toContain(accessTable());
  });

  it.each(["/API/status", "/api/status/", "//api/status", "/api/%73tatus", "/api/users/", "/api/Users"])(
    "find no path that is written otherwise: %s",
    async (path) => {
      const { installation, server } = await aCompany();

      expect((await server.get(path)).status).toBe(401);
      expect((await server.get(path, await loggedIn(installation, "viewer"))).status).toBe(404);
    },
  );
});

/** What the table says of somebody who logged in. */
function isFor(may: May, role: (typeof roles)[number]): boolean {
  return may === "anyone" || may === "person" || (isRole(may) && roles.indexOf(role) >= roles.indexOf(may));
}

/** The status of one who was let in, whatever became of it. */
function isIn(status: number): boolean {
  return status !== 401 && status !== 403 && status < 500;
}

/** Whether whoever has a token for reading may. */
function isForReaders({ may, method }: Rule): boolean {
  return may === "viewer" && method === "GET";
}

const own = rules.filter(({ may }) => may !== "push" && may !== "secret" && may !== "watcher");

describe("a company", () => {
  it.each(roles)("lets a %s do what the table says, and tells which role the rest is for", async (role) => {
    const { installation, server } = await aCompany();

    const wrong: string[] = [];
    for (const { method, path, may } of own) {
      const status = await statusOf(server, method, asked(path), await loggedIn(installation, role));
      expect([isIn(status), status === 403]).toContain(true);
      wrong.push(...[`${method} ${path}: ${status}`].filter(() => isIn(status) !== isFor(may, role)));
    }
    const refused = await post(server, "/api/connect", {}, await loggedIn(installation, "programme", "Bob"));

    expect(wrong).toEqual([]);
    expect(refused.status).toBe(403);
    expect(refused.json()).toMatchObject({ detail: expect.stringContaining("the role admin, and yours is programme") });
  });

  it("answers what it was asked, and not only that one may ask", async () => {
    const { installation, server } = await aCompany();
    const viewer = await loggedIn(installation, "viewer");
    const paths = Object.entries(contract).filter(([, { may }]) => may === "viewer");

    const statuses: [string, number][] = [];
    for (const [path] of paths) statuses.push([path, (await server.get(asked(path), viewer)).status]);

    // Of what was never frozen, held or reckoned there is nothing to be told.
    expect(statuses.filter(([, status]) => status !== 200)).toEqual(NOTHING_THERE.map((path) => [path, 400]));
    expect(paths.length).toBeGreaterThan(20);
  });

  it("asks everybody else to log in, also on the machine itself", async () => {
    const { server } = await aCompany();
    const closed = own.filter(({ may }) => may !== "anyone");

    for (const { method, path } of closed) expect(await statusOf(server, method, asked(path), {}), path).toBe(401);
    const answer = await server.get("/api/status");

    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.json()).toMatchObject({ status: 401, detail: expect.stringContaining("Log in first") });
    expect(answer.text).not.toContain("shop");
    expect(closed.length).toBeGreaterThan(35);
    expect((await server.get("/delivery")).status).toBe(200);
    expect((await server.get("/api/me")).json()).toMatchObject({ kind: "nobody", may: [] });
  });

  it("lets a token for reading read what a viewer reads, and nothing else", async () => {
    const { installation, server } = await aCompany();
    const reader = await withScope(installation, "read");

    for (const rule of own.filter(({ may }) => may !== "anyone")) {
      const status = await statusOf(server, rule.method, asked(rule.path), reader);
      expect(status !== 403, `${rule.method} ${rule.path}`).toBe(isForReaders(rule));
    }
  });

  it.each([
    ["push", "/api/status", 401],
    ["read", "/api/status", 200],
  ] as const)("knows what a token is for: %s", async (scope, path, status) => {
    const { installation, server } = await aCompany();

    expect((await server.get(path, await withScope(installation, scope))).status).toBe(status);
  });

  it("lets nobody push who is only logged in, or has a token for reading", async () => {
    const { installation, server } = await aCompany();
    const asWhom: readonly Headers[] = [await loggedIn(installation, "admin"), await withScope(installation, "read")];

    for (const { path } of rules.filter(({ may }) => may === "push"))
      for (const headers of asWhom) expect((await post(server, path, {}, headers)).status, path).toBe(401);
    const pushed = await post(server, "/api/deployments", {}, await withScope(installation, "push"));

    expect(pushed.status).toBe(422);
  });

  it.each([
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ origin: "https://evil.example" }, 403],
    [{ "content-type": "text/plain" }, 415],
    [{ "content-type": "application/x-www-form-urlencoded" }, 415],
  ])("is told to change nothing by a page elsewhere: %o", async (headers, status) => {
    const { installation, server } = await aCompany();
    const admin = await loggedIn(installation, "admin");

    for (const { path } of own.filter(({ method }) => method === "POST"))
      expect(await statusOf(server, "POST", path, { ...admin, ...headers }), path).toBe(status);
  });
});

describe("a page that a proxy makes look like another one", () => {
  it("is told what the browser says and what the proxy says", async () => {
    const { installation, server } = await aCompany();
    const headers = { ...(await loggedIn(installation, "admin")), origin: "https://headway.example:4731" };

    const refused = await post(server, "/api/sync", {}, headers);

    expect(refused.status).toBe(403);
    expect(refused.json()["detail"]).toMatch(
      /the page is of https:\/\/headway\.example:4731, and the request names the host 127\.0\.0\.1:\d+: a proxy/,
    );
  });
});

describe("an installation in which nobody can log in", () => {
  it("is open on this machine, and tells so", async () => {
    const server = await serve(await anInstallation({ collectors: [] }));

    expect((await server.get("/api/status")).status).toBe(200);
    expect((await server.get("/api/me")).json()).toMatchObject({
      kind: "open",
      name: null,
      may: expect.arrayContaining(["/api/connect", "/api/users/add"]),
    });
  });

  it.each([
    ["a proxy says for whom it asks", {}, { "x-forwarded-for": "10.0.0.7" }],
    ["a proxy says which name was asked for", {}, { "x-forwarded-host": "headway.example" }],
    ["a proxy says so as RFC 7239 has it", {}, { forwarded: "for=10.0.0.7" }],
    ["a proxy says that it is one", {}, { via: "1.1 proxy" }],
    ["nginx names the address alone", {}, { "x-real-ip": "10.0.0.7" }],
    ["it is asked for by its own name", {}, { host: "headway.example" }],
    ["proxies are named, whatever they say", { proxies: ["loopback"] }, {}],
  ])("tells nobody anything where %s", async (_how, settings, headers) => {
    const opened = await anInstallation({ collectors: [] });
    const config = { ...opened.config, url: "https://headway.example", ...settings };
    const server = await serve({ ...opened, config });
    const ofReaders = rules.filter(({ may }) => !["anyone", "secret", "watcher"].includes(may));

    for (const { method, path } of ofReaders) expect(await statusOf(server, method, path, headers), path).toBe(401);
    const refused = (await server.get("/api/status", headers)).json();
    const me = (await server.get("/api/me", headers)).json();

    expect(refused["detail"]).toContain("headway user add --name NAME --role admin");
    expect(me).toMatchObject({ kind: "nobody", isVacant: true, may: [] });
  });

  it("takes what asks as old proxies do for one where it has a name of its own", async () => {
    const opened = await anInstallation({ collectors: [] });
    const { url } = await serve({ ...opened, config: { ...opened.config, url: "https://headway.example" } });
    const socket = connect(Number(new URL(url).port), "127.0.0.1");

    socket.write("GET /api/status HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n");

    expect(await text(socket)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it("is open to whoever asks at the machine itself, also where it has a name for others", async () => {
    const opened = await anInstallation({ collectors: [] });
    const server = await serve({ ...opened, config: { ...opened.config, url: "https://headway.example" } });

    for (const host of ["localhost:4179", "127.0.0.1:4179", "[::1]:4179"])
      expect((await server.get("/api/status", { host })).status, host).toBe(200);
  });
});
