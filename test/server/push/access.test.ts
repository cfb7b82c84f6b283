import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { contract, writes } from "#server/contract.ts";
import { DAY } from "#metrics/time.ts";
import { aSender, aToken, exported } from "#test/support/pushing.ts";
import { anInstallation, query } from "#test/support/installation.ts";
import { at } from "#test/support/fake-host.ts";

const alone = async () => aSender(await anInstallation({ collectors: [] }));
const body = { service: "sap", version: "1", deployedAt: "2026-06-01T10:00:00Z", id: "1" };
const paths = ["/api/deployments", "/api/incidents", "/api/cdevents"];

describe("whoever pushes", () => {
  it.each([
    ["no token", ""],
    ["a token that nobody made", "Bearer headway_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
    ["another scheme", "Basic Y2k6Y2k="],
    ["a token and something else", "Bearer a b"],
  ])("is not let in with %s", async (_what, authorization) => {
    const sender = await alone();

    const answers = await Promise.all(paths.map(async (path) => sender.post(path, body, { authorization })));

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(answers[0]?.headers["www-authenticate"]).toContain("Bearer");
    expect(answers[0]?.json()).toMatchObject({ status: 401, detail: expect.stringContaining("headway token create") });
    expect(await exported(sender, "deployments")).toEqual([]);
  });

  it("is not let in by a token that was revoked or has expired, and never hears of it what it is", async () => {
    const clock = { now: at("2026-06-01") };
    const installation = await anInstallation({ collectors: [], now: () => clock.now });
    const sender = await aSender(installation);
    const short = await aToken(installation, { name: "short", expiresAt: clock.now + DAY });
    const push = async (token: string) =>
      sender.post("/api/deployments", { ...body, deployedAt: null }, { authorization: `Bearer ${token}` });

    const before = (await push(short)).status;
    clock.now += DAY;
    const expired = await push(short);
    await installation.store.revokeToken("ci", { actor: "Ada", at: clock.now });
    const revoked = await push(sender.token);

    expect([before, expired.status, revoked.status]).toEqual([201, 401, 401]);
    expect(expired.text + revoked.text).not.toContain(short.slice(10));
    expect(expired.text + revoked.text).not.toContain(sender.token.slice(10));
  });

  it("is known by the last use of the token, and the database does not hold the token", async () => {
    const installation = await anInstallation({ collectors: [] });
    const sender = await aSender(installation);

    await sender.post("/api/deployments", body);

    expect(await installation.store.tokens()).toMatchObject([{ name: "ci", lastUsedAt: installation.now() }]);
    const rows = await query(installation.config.database, "select * from token");
    expect(JSON.stringify(rows)).not.toContain(sender.token);
  });

  it("waits when it comes too often", async () => {
    const sender = await alone();
    const answers = await Promise.all(
      Array.from({ length: 80 }, async () => sender.post("/api/deployments", body, { authorization: "" })),
    );

    const late = answers.filter(({ status }) => status === 429);

    expect(late.length).toBeGreaterThan(0);
    expect(Number(late[0]?.headers["retry-after"])).toBeGreaterThan(0);
    expect((await sender.post("/api/deployments", body)).status).toBe(201);
  });
});

describe("a body", () => {
  it("that is too large is refused", async () => {
    const sender = await alone();
    const large = JSON.stringify({ ...body, description: "x".repeat(300_000) });

    const answers = [
      await sender.post("/api/deployments", large),
      await sender.post("/api/deployments", gzipSync(large), { "content-encoding": "gzip" }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([413, 413]);
    expect(answers[0]?.json()).toMatchObject({ status: 413, detail: expect.stringContaining("256kb") });
  });

  it.each([
    ["text/plain", {}],
    ["application/x-www-form-urlencoded", {}],
    ["", {}],
    ["application/json; charset=iso-8859-1", {}],
    ["application/json", { "content-encoding": "snappy" }],
  ])("of another type than JSON is refused: %s %o", async (type, headers) => {
    const sender = await alone();

    const answer = await sender.post("/api/deployments", body, { "content-type": type, ...headers });

    expect(answer.status).toBe(415);
    expect(answer.json()).toMatchObject({ status: 415, detail: expect.any(String) });
  });

  it.each(["", "{", "{'a':1}", "\u0000"])("that is no JSON is refused: %j", async (text) => {
    const sender = await alone();

    const answer = await sender.post("/api/deployments", text);

    expect([400, 422]).toContain(answer.status);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });

  it("may come compressed", async () => {
    const sender = await alone();

    const answer = await sender.post("/api/deployments", gzipSync(JSON.stringify(body)), {
      "content-encoding": "gzip",
    });

    expect(answer.status).toBe(201);
  });

  it("never makes the server fail, whatever it is", async () => {
    const sender = await alone();
    const logged = vi.spyOn(console, "error");
    const names = [
      ...new Set(Object.values(writes).flatMap((write) => Object.keys(write.body.shape))),
      "__proto__",
      "constructor",
    ];
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "\ud800",
        "\u0000",
        "sap",
        "1",
        "c0ffee1",
        "success",
        "resolved",
        "2026-06-01T10:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:59",
        "https://x",
        "' or 1=1 --",
        "🚀".repeat(99),
      ),
    );
    const value = fc.oneof(
      { weight: 4, arbitrary: text },
      fc.jsonValue(),
      fc.array(text, { maxLength: 3 }),
      fc.double(),
    );
    const fields = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8 });
    const event = fc.record({
      context: fc.record(
        {
          id: text,
          source: text,
          type: fc
            .constantFrom("service.deployed", "incident.detected", "change.merged", "pipelinerun.finished")
            .map((type) => `dev.cdevents.${type}.0.1.0`),
          timestamp: text,
        },
        { requiredKeys: ["id", "source", "type"] },
      ),
      subject: fc.record({
        id: text,
        content: fc.dictionary(
          fc.constantFrom("environment", "service", "repository", "artifactId", "outcome"),
          fc.oneof(text, fc.record({ id: text })),
        ),
      }),
      customData: fields,
    });
    const sent = fc.oneof(
      fields,
      event,
      fc.jsonValue(),
      fields.map((one) => ({ ...body, ...one })),
    );

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), sent, text, async (path, json, key) => {
        const headers: Record<string, string> = { "idempotency-key": Buffer.from(key).toString("hex") };
        const answer = await sender.post(path, JSON.stringify(json), headers);
        expect([200, 201, 413, 422, 429]).toContain(answer.status);
        expect(answer.json()).toBeTypeOf("object");
      }),
      { numRuns: 400 },
    );
    expect((await sender.get("/api/status")).status).toBe(200);
    expect((await sender.get("/api/export/deployments")).status).toBe(200);
    expect((await sender.get("/api/export/incidents")).status).toBe(200);
    expect((await sender.get("/api/measures")).status).toBe(200);
    expect(logged).not.toHaveBeenCalled();
  });

  it("is asked for with POST only", async () => {
    const { get } = await alone();

    const pushed = Object.keys(writes).filter((path) => !(path in contract)); // others list what was pushed
    for (const path of pushed) expect((await get(path)).status, path).toBe(404);
  });
});
