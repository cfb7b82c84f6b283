import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "#metrics/time.ts";
import { Refused } from "#server/answers/problem.ts";
import { accessTo } from "#server/app.ts";
import { FirstRun } from "#server/auth/first-run.ts";
import { hashPassword } from "#server/auth/passwords.ts";
import { Patience } from "#server/auth/patience.ts";
import { at } from "#test/support/fake-host.ts";
import { anInstallation, query, serve } from "#test/support/installation.ts";
import { cookieOf, loggedIn, post, quickHash } from "#test/support/people.ts";

const PASSWORD = "correct horse battery";

/** A company of one, and a clock that is moved by hand. */
async function aCompany({
  proxies = [],
  hash = quickHash(PASSWORD),
}: { proxies?: readonly string[]; hash?: string } = {}) {
  const clock = { now: at("2026-06-30T12:00") };
  const opened = await anInstallation({ collectors: [], now: () => clock.now });
  const installation = { ...opened, config: { ...opened.config, proxies: [...proxies] } };
  const entry = { password: hash, invitation: null, subject: null };
  const deed = { actor: "Ada", at: clock.now };
  await installation.store.addMember({ name: "Ada", role: "admin", entry, first: true }, deed);
  return { installation, clock, server: await serve(installation) };
}

const ada = { name: "ada", password: PASSWORD };

describe("who logs in", () => {
  it("gets a cookie that no page can read, is known by it, and is not after they log out", async () => {
    const { server, installation } = await aCompany();

    const answer = await post(server, "/api/login", ada);
    const { cookie, set } = cookieOf(answer);
    const known = await server.get("/api/me", { cookie });
    await post(server, "/api/logout", {}, { cookie });

    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ kind: "person", name: "Ada", role: "admin" });
    expect(set).toMatch(/^headway_session_[0-9a-f]{8}=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
    expect(known.json()).toMatchObject({ name: "Ada", may: expect.arrayContaining(["/api/users/add"]) });
    expect((await server.get("/api/me", { cookie })).json()).toMatchObject({ kind: "nobody" });
    expect((await server.get("/api/status", { cookie })).status).toBe(401);
    expect(await query(installation.store.path, "select * from session")).toEqual([]);
  });

  it("gets it for https alone where a proxy that is trusted says so, and a proxy that is not is not believed", async () => {
    const https = { "x-forwarded-proto": "https", "x-forwarded-for": "10.0.0.7" };
    const trusting = await aCompany({ proxies: ["loopback"] });
    const not = await aCompany();

    expect(cookieOf(await post(trusting.server, "/api/login", ada, https)).set).toContain("; Secure");
    expect(cookieOf(await post(not.server, "/api/login", ada, https)).set).not.toContain("Secure");
  });

  it("is told the same for a wrong password and for a user that is not there", async () => {
    const { server } = await aCompany();

    const wrong = await post(server, "/api/login", { ...ada, password: "wrong horse battery" });
    const nobody = await post(server, "/api/login", { ...ada, name: "bob" });

    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect({ ...wrong.json(), requestId: "" }).toEqual({ ...nobody.json(), requestId: "" });
    expect(wrong.headers["set-cookie"]).toBeUndefined();
  });

  it("takes as long either way, and holds up nobody else", async () => {
    const { server } = await aCompany({ hash: await hashPassword(PASSWORD) });
    const costOf = async (body: object) => {
      const before = process.cpuUsage();
      await post(server, "/api/login", body);
      return process.cpuUsage(before).user + process.cpuUsage(before).system;
    };
    await costOf({ name: "bob", password: "x" });

    const [wrong, nobody] = [await costOf({ ...ada, password: "x" }), await costOf({ name: "eve", password: "x" })];
    const hashing = post(server, "/api/login", { name: "eve", password: "y" });
    const first = await Promise.race([hashing.then(() => "login"), server.get("/api/me").then(() => "other")]);
    await hashing;

    expect(Math.max(wrong, nobody) / Math.min(wrong, nobody)).toBeLessThan(3);
    expect(first).toBe("other");
  });

  it("has another session each time, and the one from before ends", async () => {
    const { server } = await aCompany();

    const one = cookieOf(await post(server, "/api/login", ada)).cookie;
    const other = cookieOf(await post(server, "/api/login", ada, { cookie: one })).cookie;

    expect(other).not.toBe(one);
    expect((await server.get("/api/status", { cookie: one })).status).toBe(401);
    expect((await server.get("/api/status", { cookie: other })).status).toBe(200);
  });

  it("logs in again after half a day of rest, and after a week in any case", async () => {
    const { server, clock } = await aCompany();
    const rested = cookieOf(await post(server, "/api/login", ada)).cookie;
    clock.now += 12 * HOUR;
    const [afterRest] = [await server.get("/api/status", { cookie: rested })];
    const busy = cookieOf(await post(server, "/api/login", ada)).cookie;

    const statuses: number[] = [];
    for (let hours = 0; hours < 7 * 24; hours += 11) {
      statuses.push((await server.get("/api/status", { cookie: busy })).status);
      clock.now += 11 * HOUR;
    }

    expect(afterRest.status).toBe(401);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect((await server.get("/api/status", { cookie: busy })).status).toBe(401);
  });

  it("waits longer after each wrong password from the sixth on, and not for long", async () => {
    const { server, clock } = await aCompany();
    const wrong = async () => post(server, "/api/login", { ...ada, password: "x" });
    for (let tries = 0; tries < 5; tries++) expect((await wrong()).status).toBe(401);

    const early = await post(server, "/api/login", ada);
    clock.now += 1000;
    const sixth = await wrong();
    const again = await wrong();
    clock.now += MINUTE;
    const late = await post(server, "/api/login", ada);

    expect(early.status).toBe(429);
    expect(early.headers["retry-after"]).toBe("1");
    expect([sixth.status, again.status, again.headers["retry-after"]]).toEqual([401, 429, "2"]);
    expect(late.status).toBe(200);
  });

  it("changes the password with the old one, after which only this browser is logged in", async () => {
    const { server } = await aCompany();
    const other = cookieOf(await post(server, "/api/login", ada)).cookie;
    const { cookie } = cookieOf(await post(server, "/api/login", ada));
    const change = async (body: object) => post(server, "/api/password", body, { cookie });

    const wrong = await change({ current: "x", password: "another horse battery" });
    const weak = await change({ current: PASSWORD, password: "short" });
    const done = await change({ current: PASSWORD, password: "another horse battery" });
    const now = cookieOf(done).cookie;

    expect([wrong.status, weak.status, done.status]).toEqual([400, 400, 200]);
    expect(weak.json()).toMatchObject({ detail: expect.stringContaining("at least 12 characters; this one has 5") });
    expect((await server.get("/api/status", { cookie: now })).status).toBe(200);
    for (const before of [other, cookie])
      expect((await server.get("/api/status", { cookie: before })).status).toBe(401);
    expect((await post(server, "/api/login", ada)).status).toBe(401);
  });

  it("leaves no secret in the database", async () => {
    const { server, installation } = await aCompany({ hash: await hashPassword(PASSWORD) });
    const { cookie } = cookieOf(await post(server, "/api/login", ada));
    const { code } = (await post(server, "/api/users/add", { name: "Bob", role: "lead" }, { cookie })).json<{
      code: string;
    }>();

    const rows = await Promise.all(
      ["member", "session", "audit"].map(async (table) => query(installation.store.path, `select * from ${table}`)),
    );
    const text = JSON.stringify(rows);

    expect(text).toContain("scrypt$131072$8$1$");
    for (const secret of [PASSWORD, String(cookie.split("=")[1]), code]) expect(text).not.toContain(secret);
  });
});

describe("somebody who was invited", () => {
  it("chooses a password, once, and within two days", async () => {
    const { server, clock, installation } = await aCompany();
    const admin = await loggedIn(installation, "admin", "Ada");
    const add = async (name: string) =>
      (await post(server, "/api/users/add", { name, role: "lead" }, admin)).json<{ code: string }>().code;
    const [code, late] = [await add("Bob"), await add("Eve")];
    const take = async (asked: object) => post(server, "/api/welcome", { password: "twelve letters", ...asked });

    const same = await post(server, "/api/users/add", { name: " BOB ", role: "admin" }, admin);
    const named = await take({ code: await add("longer-than-twelve"), password: "Longer-than-twelve" });
    const done = await take({ code });
    const twice = await take({ code });
    clock.now += 49 * HOUR;
    const old = await take({ code: late });

    expect([same.status, named.status, done.status, twice.status, old.status]).toEqual([400, 400, 200, 400, 400]);
    expect(done.json()).toMatchObject({ name: "Bob", role: "lead", may: expect.arrayContaining(["/api/sync"]) });
    expect(named.json()).toMatchObject({ detail: expect.stringContaining("The password is the name") });
    expect((await post(server, "/api/login", { name: "Bob", password: "twelve letters" })).status).toBe(200);
  });
});

describe("an administrator", () => {
  it("gives roles, which hold at once, and never leaves nobody in charge", async () => {
    const { server, installation } = await aCompany();
    const admin = await loggedIn(installation, "admin", "Ada");
    const bob = await loggedIn(installation, "viewer", "Bob");
    const say = async (path: string, body: object) => post(server, path, body, admin);

    const before = (await server.get("/api/status", bob)).status;
    const raised = await say("/api/users/role", { name: "bob", role: "programme" });
    const after = (await server.get("/api/status", bob)).status;
    const demoted = await say("/api/users/role", { name: "Ada", role: "lead" });
    const removed = await say("/api/users/remove", { name: "ada" });
    const unknown = await say("/api/users/remove", { name: "bop" });
    const gone = await say("/api/users/remove", { name: "Bob" });
    const users = (await server.get("/api/users", admin)).json<readonly { name: string }[]>();

    expect([before, raised.status, after]).toEqual([200, 200, 401]);
    expect([demoted.status, removed.status, unknown.status, gone.status]).toEqual([400, 400, 400, 200]);
    expect(demoted.json()).toMatchObject({ detail: expect.stringContaining("the only administrator") });
    expect(unknown.json()).toMatchObject({ detail: expect.stringContaining("Bob") });
    expect(users.map(({ name }) => name)).toEqual(["Ada"]);
  });

  it("ends anybody's session, and everybody else their own alone", async () => {
    const { server, installation } = await aCompany();
    const [admin, bob] = [await loggedIn(installation, "admin", "Ada"), await loggedIn(installation, "lead", "Bob")];
    const other = await loggedIn(installation, "lead", "Bob");
    const all = (await server.get("/api/users/sessions", admin)).json<readonly { id: number; of: string }[]>();
    const own = (await server.get("/api/sessions", bob)).json<readonly { id: number; isThis: boolean }[]>();
    const idOf = (name: string) => all.find(({ of }) => of === name)?.id;
    const others = own.find(({ isThis }) => !isThis)?.id;

    const notMine = await post(server, "/api/sessions/end", { id: idOf("Ada") }, bob);
    const mine = await post(server, "/api/sessions/end", { id: others }, bob);
    const ended = await post(server, "/api/users/sessions/end", { id: own.find(({ isThis }) => isThis)?.id }, admin);

    expect(all.map(({ of }) => of)).toEqual(["Bob", "Bob", "Ada"]);
    expect([notMine.status, mine.status, ended.status]).toEqual([400, 200, 200]);
    expect((await server.get("/api/me", other)).json()).toMatchObject({ kind: "nobody" });
    expect((await server.get("/api/me", bob)).json()).toMatchObject({ kind: "nobody" });
  });

  it("is signed for what they decide, whatever they write", async () => {
    const { installation } = await aCompany();
    const bodies: unknown[] = [];
    const keep = async (body: unknown) => (bodies.push(body), Promise.reject(new Refused(409, "Enough", "Enough.")));
    const control = { "/api/baselines/withdraw": keep } as never;
    const server = await serve(installation, { control });

    await post(
      server,
      "/api/baselines/withdraw",
      { name: "Start", reason: "It was wrong.", actor: "Bob" },
      await loggedIn(installation, "programme", "Eve"),
    );

    expect(bodies).toEqual([{ name: "Start", reason: "It was wrong.", actor: "Eve" }]);
  });
});

describe("the first administrator", () => {
  async function aNewOne() {
    const clock = { now: at("2026-06-30T12:00") };
    const printed: string[] = [];
    const installation = await anInstallation({ collectors: [], now: () => clock.now });
    const firstRun = new FirstRun(
      () => clock.now,
      (line) => void printed.push(line),
    );
    const server = await serve(installation, { access: accessTo(installation, { firstRun }) });
    const code = async () => {
      await post(server, "/api/first-run/code", {});
      return /[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/.exec(printed.at(-1) ?? "")?.[0] ?? "";
    };
    const become = async (asked: object) =>
      post(server, "/api/first-run", { name: "Ada", password: PASSWORD, ...asked });
    return { server, clock, code, become };
  }

  it("is whoever reads the code in the terminal, and then everybody logs in", async () => {
    const { server, code, become } = await aNewOne();
    const open = (await server.get("/api/status")).status;

    const old = await code();
    const printed = await code();
    const wrong = await become({ code: old });
    const done = await become({ code: printed.toLowerCase().replaceAll("-", " ") });
    const second = await become({ code: printed, name: "Eve" });

    expect(open).toBe(200);
    expect([wrong.status, done.status, second.status]).toEqual([400, 200, 409]);
    expect(done.json()).toMatchObject({ kind: "person", name: "Ada", role: "admin" });
    expect((await server.get("/api/status")).status).toBe(401);
    expect((await server.get("/api/status", { cookie: cookieOf(done).cookie })).status).toBe(200);
  });

  it("has fifteen minutes and five tries", async () => {
    const { clock, code, become } = await aNewOne();

    const late = await code();
    clock.now += 15 * MINUTE;
    const tooLate = await become({ code: late });
    const tried = await code();
    for (let tries = 0; tries < 5; tries++) await become({ code: "AAAA-AAAA-AAAA" });
    const tooOften = await become({ code: tried });

    expect([tooLate.status, tooOften.status]).toEqual([400, 400]);
  });
});

describe("an installation that others reach", () => {
  it("is open to nobody, even when the last user was removed", async () => {
    const installation = await anInstallation({ collectors: [] });
    const server = await serve(installation, { access: accessTo(installation, { isWide: true }) });

    expect((await server.get("/api/status")).status).toBe(401);
    expect((await server.get("/api/status", { host: "10.0.0.5:4179" })).status).toBe(401);
    expect((await server.get("/api/status", { host: "evil.example" })).status).toBe(421);
  });
});

describe("patience", () => {
  it("counts tries that come at the same time, and forgets those who tried long ago first", () => {
    const patience = new Patience(() => 0);
    const waits = Array.from({ length: 7 }, () => patience.take("ada", "10.0.0.1"));

    for (let n = 0; n < 10_000; n++) patience.take(`user ${n}`, `address ${n}`);

    expect(waits).toEqual([0, 0, 0, 0, 0, 1, 1]);
    expect(patience.take("ada", "10.0.0.1")).toBe(0);
  });

  it("makes an address wait that tries one account after the other", () => {
    const patience = new Patience(() => 0);
    for (let n = 0; n < 29; n++) {
      patience.take(`user ${n}`, "10.0.0.1");
      // Their own account in between buys them no more tries.
      patience.take("eve", "10.0.0.1");
      patience.succeed("eve", "10.0.0.1");
    }

    expect([patience.take("user 29", "10.0.0.1"), patience.take("user 30", "10.0.0.1")]).toEqual([0, 1]);
    expect(patience.take("user 1", "10.0.0.2")).toBe(0);
  });
});
