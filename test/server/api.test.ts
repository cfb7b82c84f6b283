import fc from "fast-check";
import { createConnection } from "node:net";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Collector } from "#collectors/collector.ts";
import type { Path, Reply } from "#server/contract.ts";
import { contract } from "#server/contract.ts";
import { metrics } from "#metrics/index.ts";
import { DEFAULT_LENS } from "#metrics/lens.ts";
import { freezeWindow } from "#server/baselines.ts";
import { holdReview } from "#server/reviewing.ts";
import { issueStatement } from "#server/statements/issue.ts";
import { copyDatabase } from "#server/store/backup.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { aFolder } from "#test/support/git-repository.ts";
import type { Answer, Server } from "#test/support/installation.ts";
import { aFile, anInstallation, aWebRoot, PAGE, serve, synced } from "#test/support/installation.ts";
import { hostile, oddName, twoServices } from "#test/support/two-services.ts";

let filled: Promise<Buffer> | null = null;

/** Two services with a baseline, a review and a statement: written once, and copied for each test. */
async function aServer(): Promise<Server> {
  filled ??= aFilledDatabase();
  const database = aFile();
  mkdirSync(dirname(database), { recursive: true });
  writeFileSync(database, await filled);
  return serve(await anInstallation({ collectors: collectors(), database }));
}

function collectors(): readonly Collector[] {
  const { shop, odd } = twoServices();
  return [shop.collector({ batchSize: 500 }), odd.collector({ source: "fake:odd", name: oddName, batchSize: 500 })];
}

async function aFilledDatabase(): Promise<Buffer> {
  const installation = await anInstallation({ collectors: collectors() });
  await synced(installation);
  await freezeWindow(installation, {
    name: "Start",
    from: "2026-01-01",
    to: "2026-03-01",
    actor: "Ada",
    ...DEFAULT_LENS,
  });
  await holdReview(installation, { kind: "monthly", minutes: "", decisions: [], save: true, actor: "Ada" });
  await issueStatement(installation, "2026-05", "Ada");
  const { file } = await copyDatabase(installation.store.path, join(aFolder(), "copy.db"));
  return readFileSync(file);
}

const encoded = encodeURIComponent(oddName);

/** What the contract says against an answer; it says nothing of exports and of problems. */
function complaint(path: string, { status, json }: Answer): string | null {
  if (status !== 200 || !(path in contract)) return null;
  return contract[path as Path].reply.safeParse(json()).error?.message ?? null;
}

/** Every path of the contract, with what it cannot do without. */
const questions: readonly (readonly [Path, string])[] = [
  ["/api/status", ""],
  ["/api/syncs", ""],
  ["/api/syncs", "?limit=1"],
  ["/api/metrics", ""],
  ["/api/measures", ""],
  ["/api/measures", "?interval=day&from=2026-06-01&to=2026-07-01"],
  ["/api/measures", "?interval=month&from=2024-01-01&to=2026-07-01"],
  ["/api/measures", "?from=2010-01-01&to=2011-01-01"],
  ["/api/measures", "?from=2030-01-01&to=2031-01-01"],
  ["/api/measures", `?service=${encoded}&metric=lead-time-commit,deployment-frequency`],
  ["/api/measures", `?scope=service:${encoded}`],
  ["/api/measures", "?told=numbers&from=2024-01-01"],
  ["/api/scopes", ""],
  ["/api/annotations", "?scope=organisation"],
  ["/api/judgements", ""],
  ["/api/agreement", "?stage=pickup&hours=24"],
  ["/api/changes", ""],
  ["/api/changes", "?state=open&sort=age&direction=ascending&q=fix&bots=in&limit=5&offset=5"],
  ["/api/deployments", ""],
  ["/api/deployments", "?state=good&sort=commits&from=2025-01-01"],
  ["/api/incidents", ""],
  ["/api/pipelines", ""],
  ["/api/pipelines", "?sort=runs&direction=ascending&limit=3&time=working"],
  ["/api/item", "?kind=deployment&service=shop&id=v1.2.0"],
  ["/api/search", "?q=shop"],
  ["/api/search", `?q=${encoded}&limit=2`],
  ["/api/experiments", "?q=review&outcome=worked"],
  ["/api/experiments/promise", "?metric=lead-time-commit&target=0.5&weeks=4"],
  ["/api/programme", ""],
  ["/api/programme/file", ""],
  ["/api/programme/history", "?limit=5"],
  ["/api/backbone", ""],
  ["/api/backbone", "?rank=capacity&removable=0.5"],
  ["/api/backbone/elements", ""],
  ["/api/backbone/portfolio", ""],
  ["/api/backbone/waits", "?service=shop&limit=5"],
  ["/api/progress", ""],
  ["/api/progress/service", "?service=shop&weeks=12"],
  ["/api/progress/milestones", ""],
  ["/api/progress/rows", "?service=shop&practice=trunk-based&part=branch-lifetime&week=2026-06-10"],
  ["/api/gate", ""],
  ["/api/reviews", ""],
  ["/api/reviews/different", ""],
  ["/api/assessments", ""],
  ["/api/review", "?id=1"],
  ["/api/ledger", ""],
  ["/api/ledger", "?month=2026-01"],
  ["/api/savings/records", ""],
  ["/api/savings/actuals", ""],
  ["/api/savings/statements", ""],
  ["/api/savings/statement", "?month=2026-05&as=pack"],
  ["/api/savings/statement", "?month=2026-05&as=xlsx"],
  ["/api/baselines", ""],
  ["/api/baseline", "?name=Start"],
  ["/api/measures", "?against=Start&from=2026-03-01&interval=month"],
  ["/api/leadership", ""],
  ["/api/leadership/sheet", "?format=md"],
  ["/api/savings", ""],
  ["/api/savings", "?seed=7"],
  ["/api/savings/plan", "?seed=3&from=2026-09-07"],
  ["/api/savings/draws", ""],
  ["/api/savings/lever", "?lever=L1"],
  ["/api/savings/lever", "?lever=L6"],
  ["/api/settings", ""],
  ["/api/me", ""],
  ["/api/tokens", ""],
  ["/api/shares", ""],
  ["/api/audit", "?action=baseline.freeze"],
  ["/api/sessions", ""],
  ["/api/users", ""],
  ["/api/users/sessions", ""],
  ["/api/why", ""],
  ["/api/why", "?from=2026-01-01&time=working"],
  ["/api/leadership", "?against=Start&service=shop"],
  ["/api/benchmark", ""],
  ["/api/benchmark", "?from=2024-01-01&bots=out&open=dropped"],
  ["/api/flow", ""],
  ["/api/flow", "?bots=in&limit=5&offset=2&interval=month&from=2025-01-01"],
  ["/api/series", "?each=service&metric=lead-time-change&from=2026-01-01"],
  ["/api/series", "?each=team&metric=deployment-frequency&interval=month&time=working"],
  ["/api/services", ""],
  ["/api/services", "?service=shop&from=2026-01-01"],
  ["/api/rows", "?metric=lead-time-commit&limit=1000&order=largest"],
  ["/api/rows", "?metric=deployment-frequency&offset=3&order=oldest"],
  ["/api/rules/preview", "?service=shop"],
  ["/api/rules/preview", `?service=${encoded}&tags=prerelease&releaseBranch=default`],
  ["/api/rules/preview", "?service=shop&from=jobs&name=^deploy&paths=a/**&paths=!b"],
];

describe("the API", () => {
  it("answers each path as the contract says", async () => {
    const { get } = await aServer();

    for (const [path, query] of questions) {
      const answer = await get(path + query);
      expect(answer.status, path + query).toBe(200);
      const parsed = contract[path].reply.safeParse(answer.json());
      expect(parsed.error, path + query).toBeUndefined();
      expect(answer.json(), path + query).toEqual(parsed.data);
    }
    expect(new Set(questions.map(([path]) => path))).toEqual(new Set(Object.keys(contract)));
  });

  it("answers each path also before anything was collected", async () => {
    const installation = await anInstallation({ collectors: [new FakeHost().collector()] });
    const { get } = await serve(installation);

    for (const path of ["/api/status", "/api/metrics", "/api/measures", "/api/services"] as const) {
      const answer = await get(path);
      expect(contract[path].reply.safeParse(answer.json()).error, path).toBeUndefined();
    }
    const rows = await get("/api/rows?metric=lead-time-commit");
    expect(rows.json()).toMatchObject({ total: 0, counted: 0, rows: [], whole: { value: null } });
  });

  it("names nobody: no author in any answer", async () => {
    const host = new FakeHost();
    host.commit({ author: "pseudonym-of-ada" });
    host.tag("v1.0.0");
    const installation = await anInstallation({ collectors: [host.collector()] });
    await synced(installation);
    const { get } = await serve(installation);

    const answers = [
      await get("/api/rows?metric=lead-time-commit"),
      await get("/api/export/commits"),
      await get("/api/export/deployments"),
      await get("/api/measures"),
      await get("/api/status"),
    ];

    expect(answers.map(({ text }) => text).join("\n")).not.toContain("pseudonym-of-ada");
  });

  it("gives titles as data, whatever they say", async () => {
    const { get } = await aServer();

    const answer = await get("/api/rows?metric=lead-time-commit&service=shop&from=2025-01-01&limit=1000");
    const { rows } = answer.json<Reply<"/api/rows">>();

    expect(rows.map(({ title }) => title)).toContain(hostile);
  });

  it("knows a service by any name", async () => {
    const { get } = await aServer();

    const answer = await get(`/api/measures?service=${encoded}`);
    const { services } = (await get("/api/status")).json<Reply<"/api/status">>();

    expect(answer.json()).toMatchObject({ service: oddName });
    expect(services.map(({ name }) => name)).toContain(oddName);
  });
});

describe("a question that makes no sense", () => {
  it.each([
    ["/api/measures?from=yesterday", "from"],
    ["/api/measures?from=2026-02-30", "from"],
    ["/api/measures?to=2026-13-01", "to"],
    ["/api/measures?from=2026-01-01T00:00", "from"],
    ["/api/measures?from=2026-02-01&to=2026-01-01", "The window is empty"],
    ["/api/measures?from=2026-02-01&to=2026-02-01", "The window is empty"],
    ["/api/measures?to=0000-01-01", "beyond the years 0 to 9999"],
    ["/api/rows?metric=lead-time-commit&from=0000-01-01T00:00:00%2B14:00&to=2026-01-01", "beyond the years 0 to 9999"],
    ["/api/measures?interval=fortnight", "interval"],
    ["/api/measures?interval=day&from=1990-01-01", "more than 4000 points"],
    ["/api/measures?metric=velocity", "There is no metric"],
    ["/api/measures?metric=", "There is no metric"],
    ["/api/measures?metric=lead-time-comit", `Did you mean "lead-time-commit"?`],
    ["/api/measures?service=shopp", `Did you mean "shop"?`],
    ["/api/measures?from=2026-01-01&from=2026-02-01", "from"],
    ["/api/measures?colour=red", "colour"],
    ["/api/measures?__proto__=1", "__proto__"],
    ["/api/status?verbose=1", "verbose"],
    ["/api/metrics?a[b]=c", "a[b]"],
    ["/api/services?metric=nope", "There is no metric"],
    ["/api/rows", "metric"],
    ["/api/rows?metric=lead-time-commit,change-fail-rate", "Rows belong to one metric"],
    ["/api/rows?metric=lead-time-commit&limit=0", "limit"],
    ["/api/rows?metric=lead-time-commit&limit=1001", "limit"],
    ["/api/rows?metric=lead-time-commit&limit=many", "limit"],
    ["/api/rows?metric=lead-time-commit&offset=-1", "offset"],
    ["/api/rows?metric=lead-time-commit&offset=1.5", "offset"],
    ["/api/rows?metric=lead-time-commit&order=random", "order"],
    ["/api/rules/preview", "service"],
    ["/api/rules/preview?service=nobody", "There is no service"],
    ["/api/rules/preview?service=shop&tags=(", "is not a regular expression"],
    ["/api/rules/preview?service=shop&releaseBranch=main", "releaseBranch"],
    ["/api/rules/preview?service=shop&branch=main", "belongs to a rule on jobs or runs"],
    ["/api/rules/preview?service=shop&from=jobs", "needs `name`"],
    ["/api/rules/preview?service=shop&paths=apps/[", "is no pattern of files"],
    ["/api/export/people", "kind"],
    ["/api/export/commits?format=xml", "format"],
    ["/api/export/commits?service=nobody", "There is no service"],
    ["/api/export/commits?from=2026-02-01&to=2026-01-01", "The window is empty"],
    ["/api/export/measures?metric=lead-time-commit", "metric"],
  ])("is refused with a sentence: %s", async (path, words) => {
    const { get } = await aServer();

    const answer = await get(path);

    expect(answer.status).toBe(400);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.json()).toMatchObject({
      type: "about:blank",
      status: 400,
      title: expect.any(String),
      detail: expect.stringContaining(words),
    });
  });

  it("never makes the server fail, whatever it is", async () => {
    const { get } = await aServer();
    const names = [
      "from",
      "to",
      "service",
      "metric",
      "interval",
      "limit",
      "offset",
      "order",
      "format",
      "tags",
      "branch",
      "from",
      "name",
      "workflow",
      "environment",
      "production",
      "releaseBranch",
      "paths",
    ];
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        "shop",
        oddName,
        "day",
        "week",
        "month",
        "newest",
        "csv",
        "json",
        "1",
        "1000",
        "1e3",
        "-1",
        "stable",
        "(a+)+",
        "any",
        "default",
      ),
      fc.constantFrom(...metrics.map(({ id }) => id)),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc
        .date({ noInvalidDate: true, min: new Date(at("2000-01-01")), max: new Date(at("2100-01-01")) })
        .map((date) => date.toISOString().slice(0, 10)),
      fc.constantFrom(
        "0000-01-01",
        "0001-01-01",
        "9999-12-31",
        "0000-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
      ),
    );
    const question = fc.array(fc.tuple(fc.constantFrom(...names), text), { maxLength: 4 });
    const path = fc.constantFrom(
      ...Object.keys(contract),
      "/api/export/commits",
      "/api/export/measures",
      "/api/export/changes",
      "/api/nothing",
    );

    await fc.assert(
      fc.asyncProperty(path, question, async (asked, pairs) => {
        const answer = await get(`${asked}?${new URLSearchParams(pairs).toString()}`);
        expect([200, 400, 404]).toContain(answer.status);
        expect(complaint(asked, answer)).toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  it.each(["/%", "/api/export/%E0%A4%A", "/assets/%", "/api/%ff"])(
    "never makes the server fail, nor do paths that cannot be read: %s",
    async (path) => {
      const { get } = await aServer();

      const answer = await get(path);

      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.json()).toMatchObject({ status: answer.status, detail: expect.any(String) });
    },
  );

  it.each(["/api", "/api/", "/api/nothing", "/api/export", "/api/measures/x"])(
    "is not found where there is nothing: %s",
    async (path) => {
      const { get } = await aServer();

      const answer = await get(path);

      expect(answer.status).toBe(404);
      expect(answer.json()).toMatchObject({
        status: 404,
        detail: `GET ${path} is not part of the API: see /api/openapi.json.`,
      });
    },
  );

  it.each(["POST", "PUT", "DELETE"])("is not found with another method: %s", async (method) => {
    const { get } = await aServer();

    expect((await get("/api/status", {}, method)).status).toBe(404);
    expect((await get("/", {}, method)).status).toBe(404);
  });
});

describe("the server", () => {
  it.each(["localhost", "LOCALHOST", "127.0.0.1", "127.0.0.1:4179", "[::1]:4179", "localhost:1"])(
    "answers to %s",
    async (host) => {
      const { get } = await aServer();

      expect((await get("/api/metrics", { host })).status).toBe(200);
    },
  );

  it.each(["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "[::2]", "evil.example:4179"])(
    "does not answer to %s, in the API and elsewhere",
    async (host) => {
      const { get } = await aServer();

      const answers = [await get("/api/metrics", { host }), await get("/", { host })];

      expect(answers.map(({ status }) => status)).toEqual([421, 421]);
      expect(answers[0]?.json()).toMatchObject({ detail: expect.stringContaining("localhost") });
    },
  );

  it("refuses those who name nobody", async () => {
    const { url } = await aServer();
    const socket = createConnection(Number(new URL(url).port), "127.0.0.1");

    socket.end("GET /api/metrics HTTP/1.0\r\n\r\n");
    const [data] = await once(socket, "data");

    expect(String(data)).toMatch(/^HTTP\/1\.1 421 /);
  });

  it("knows itself by a further name that it was given, by which nobody gets in while nobody can log in", async () => {
    const installation = await anInstallation({ collectors: [] });
    const { get } = await serve(installation, { hosts: ["headway.example"] });

    expect((await get("/api/metrics", { host: "headway.example" })).status).toBe(401);
    expect((await get("/healthz", { host: "headway.example" })).status).toBe(200);
    expect((await get("/api/metrics", { host: "other.example" })).status).toBe(421);
  });

  it("lets a page load from itself only, and nobody frame it", async () => {
    const { get } = await aServer();

    const { headers } = await get("/");

    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toMatch(/script-src(-attr)? '(self|none)'/);
    expect(policy).not.toMatch(/unsafe|upgrade-insecure-requests/);
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
    expect(headers).not.toHaveProperty("x-powered-by");
    expect(headers).not.toHaveProperty("strict-transport-security");
  });

  it("gives the dashboard at its root and at every page of it, and the built files for a year", async () => {
    const { get } = await aServer();

    expect((await get("/")).text).toBe(PAGE);
    expect((await get("/delivery?service=shop")).text).toBe(PAGE);
    expect(await get("/assets/app-1234.js")).toMatchObject({
      status: 200,
      headers: { "cache-control": "public, max-age=31536000, immutable" },
    });
    expect((await get("/assets/app-0000.js")).status).toBe(404);
    expect((await get("/assets/app-0000.js")).json()).toMatchObject({ status: 404 });
  });

  it("gives the dashboard also from a folder whose path has a part that begins with a dot", async () => {
    const webRoot = aWebRoot(join(aFolder(), ".nvm/lib/web"));
    const { get } = await serve(await anInstallation({ collectors: [] }), { webRoot });

    expect((await get("/delivery")).text).toBe(PAGE);
    expect((await get("/")).text).toBe(PAGE);
  });

  it("says so when the dashboard was not built", async () => {
    const { get } = await serve(await anInstallation({ collectors: [] }), { webRoot: join(aFolder(), "nowhere") });

    expect((await get("/delivery")).status).toBe(404);
    expect((await get("/api/metrics")).status).toBe(200);
  });

  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/assets/../../secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
  ])("gives no file from outside: %s", async (path) => {
    const webRoot = aWebRoot(join(aFolder(), "public/web"));
    mkdirSync(webRoot, { recursive: true });
    writeFileSync(join(dirname(webRoot), "secret.txt"), "secret");
    const { get } = await serve(await anInstallation({ collectors: [] }), { webRoot });

    const answer = await get(path);

    expect(answer.text).not.toBe("secret");
    expect(answer.status).toBeLessThan(500);
  });

  it("says nothing changed to those who know the answer", async () => {
    const { get } = await aServer();
    const first = await get("/api/measures?from=2026-01-01");

    const again = await get("/api/measures?from=2026-01-01", { "if-none-match": String(first.headers.etag) });

    expect(again.status).toBe(304);
    expect(again.text).toBe("");
  });
});

describe("an answer", () => {
  it("is another one as soon as a sync has landed", async () => {
    const host = new FakeHost();
    host.commit({ committedAt: at("2026-06-01") });
    host.tag("v1.0.0");
    const installation = await anInstallation({ collectors: [host.collector()] });
    await synced(installation);
    const { get } = await serve(installation);
    const releases = async () => {
      const answer = await get("/api/measures?metric=deployment-frequency&from=2026-05-01");
      return answer.json<Reply<"/api/measures">>().measures[0]?.whole.value;
    };

    const before = [await releases(), await releases()];
    host.commit({ committedAt: at("2026-06-02") });
    host.tag("v1.1.0");
    await synced(installation);

    expect([...before, await releases()]).toEqual([1, 1, 2]);
  });

  it("is another one on another day", async () => {
    let now = at("2026-06-30T12:00");
    const installation = await anInstallation({
      collectors: [twoServices().shop.collector({ batchSize: 500 })],
      now: () => now,
    });
    await synced(installation);
    const { get } = await serve(installation);

    const today = (await get("/api/measures")).json<Reply<"/api/measures">>().window;
    now = at("2026-07-01T00:00");
    const tomorrow = (await get("/api/measures")).json<Reply<"/api/measures">>().window;

    expect([today.to, tomorrow.to]).toEqual(["2026-07-01T00:00:00.000Z", "2026-07-02T00:00:00.000Z"]);
  });

  it("is the same for all who ask at the same time", async () => {
    const { get } = await aServer();

    const answers = await Promise.all(Array.from({ length: 8 }, async () => get("/api/measures?from=2026-02-01")));

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it("has days that begin in the organisation's zone", async () => {
    const host = new FakeHost();
    host.commit({ committedAt: at("2026-03-01") });
    for (const [name, publishedAt] of [
      ["v1.0.0", at("2026-03-28T22:59")], // 23:59 in Berlin, the day before the clocks go forward
      ["v1.0.1", at("2026-03-28T23:00")], // 00:00
      ["v1.0.2", at("2026-03-29T21:59")], // 23:59 of a day of 23 hours
      ["v1.0.3", at("2026-03-29T22:00")], // 00:00
    ] as const)
      host.tag(name, { publishedAt });
    const installation = await anInstallation({ collectors: [host.collector()], timezone: "Europe/Berlin" });
    await synced(installation);
    const { get } = await serve(installation);

    const { window, measures } = (
      await get("/api/measures?metric=deployment-frequency&interval=day&from=2026-03-28&to=2026-03-31")
    ).json<Reply<"/api/measures">>();

    expect(window).toEqual({ from: "2026-03-27T23:00:00.000Z", to: "2026-03-30T22:00:00.000Z" });
    expect(measures[0]?.series.map(({ label, value }) => [label, value])).toEqual([
      ["2026-03-28", 1],
      ["2026-03-29", 2],
      ["2026-03-30", 1],
    ]);
  });
});
