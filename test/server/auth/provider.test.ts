import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { LoginOptions } from "#config/login.ts";
import { HOUR, MINUTE } from "#metrics/time.ts";
import { accessTo } from "#server/app.ts";
import { hashPassword } from "#server/auth/passwords.ts";
import { at } from "#test/support/fake-host.ts";
import type { Answer, Server } from "#test/support/installation.ts";
import { anInstallation, query, serve } from "#test/support/installation.ts";
import type { Headers } from "#test/support/people.ts";
import { cookieOf, loggedIn, post } from "#test/support/people.ts";
import type { Lies } from "#test/support/provider.ts";
import { aLiar, aProvider, CLIENT } from "#test/support/provider.ts";

const ADA = { id: "8f2e-ada", claims: { name: "Ada Lovelace", groups: ["staff"] } };

interface Draft {
  readonly login?: Partial<z.input<typeof LoginOptions>>;
  readonly url?: string;
}

/** A Headway whose people come from a provider. */
async function aCompany(issuer: string, { login = {}, url = "https://headway.example" }: Draft = {}) {
  const clock = { now: at("2026-06-30T12:00") };
  const opened = await anInstallation({ collectors: [], now: () => clock.now });
  const options = LoginOptions.parse({
    name: "Acme ID",
    issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    scopes: ["openid", "profile", "groups"],
    roles: { staff: "viewer", leads: "lead", bosses: "admin" },
    ...login,
  });
  const config = { ...opened.config, login: options, url };
  const installation = { ...opened, config };
  return { installation, clock, server: await serve(installation) };
}

async function begun(server: Server, to = ""): Promise<{ readonly url: URL; readonly cookie: string }> {
  const answer = await post(server, "/api/login/provider", { to });
  return { url: new URL(answer.json<{ url: string }>().url), cookie: cookieOf(answer).cookie };
}

/** What a page sends when somebody comes back. */
async function ended(server: Server, cookie: string, back: string): Promise<Answer> {
  return post(server, "/api/login/provider/end", { query: new URL(back).search.slice(1) }, { cookie });
}

/** The cookie of a session, among those that an answer sets. */
function sessionOf({ headers }: Answer): Headers {
  const set = (headers["set-cookie"] ?? []).find((one) => one.startsWith("headway_session_")) ?? "";
  return { cookie: set.split(";")[0] ?? "" };
}

describe("by the company's identity provider", () => {
  it.each([
    ["in the identity token", true],
    ["where it has to be asked for them", false],
  ])("somebody comes in, is made at once and has the role of their groups, %s", async (_where, inToken) => {
    const provider = await aProvider(ADA, { inToken });
    const { server, installation } = await aCompany(provider.issuer);

    const offered = (await server.get("/api/me")).json();
    const { url, cookie } = await begun(server, "delivery?scope=team%3Apay");
    const back = await provider.visit(url.href);
    const done = await ended(server, cookie, back);
    const status = (await server.get("/api/status", sessionOf(done))).status;

    expect(offered).toMatchObject({ kind: "nobody", provider: "Acme ID" });
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: "code",
      client_id: CLIENT.id,
      redirect_uri: "https://headway.example/signed-in",
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(back).toMatch(/^https:\/\/headway\.example\/signed-in\?code=/);
    expect(done.status).toBe(200);
    expect(done.json()).toMatchObject({ kind: "person", name: "Ada Lovelace", role: "viewer" });
    expect(done.json()).toMatchObject({ to: "delivery?scope=team%3Apay" });
    expect(status).toBe(200);
    expect(await query(installation.store.path, "select name, role, subject, password from member")).toEqual([
      { name: "Ada Lovelace", role: "viewer", subject: `${provider.issuer} 8f2e-ada`, password: null },
    ]);
  });

  it("below a path of a proxy, it sends people back below that path", async () => {
    const below = "https://tools.example/headway";
    const provider = await aProvider(ADA, { returnsTo: [`${below}/signed-in`] });
    const { server } = await aCompany(provider.issuer, { url: `${below}/` });

    const { url, cookie } = await begun(server);
    const done = await ended(server, cookie, await provider.visit(url.href));

    expect(url.searchParams.get("redirect_uri")).toBe(`${below}/signed-in`);
    expect(done.status).toBe(200);
  });

  it("the role follows the groups at each login, which ends what they were logged in with before, and is written down", async () => {
    const provider = await aProvider(ADA);
    const { server, installation } = await aCompany(provider.issuer);
    const enter = async () => {
      const { url, cookie } = await begun(server);
      return ended(server, cookie, await provider.visit(url.href));
    };

    const first = sessionOf(await enter());
    provider.account = { id: ADA.id, claims: { name: "Ada King", groups: ["staff", "bosses", "leads"] } };
    const raised = await enter();
    const old = (await server.get("/api/status", first)).status;
    provider.account = { id: ADA.id, claims: { name: "Ada King", groups: [] } };
    const out = await enter();
    provider.account = { id: ADA.id, claims: { name: "Ada King", groups: ["staff"] } };
    const lowered = await enter();
    const audit = await query(
      installation.store.path,
      "select actor, action, subject, before, after from audit where action like 'user%' order by id",
    );

    expect(raised.json()).toMatchObject({ name: "Ada King", role: "admin" });
    expect(old).toBe(401);
    expect(out.status).toBe(403);
    expect(out.json()).toMatchObject({ detail: expect.stringContaining("none of your groups may see this Headway") });
    expect(lowered.json()).toMatchObject({ role: "viewer" });
    expect(audit).toMatchObject([
      { actor: "groups of Acme ID", action: "user.add", subject: "Ada Lovelace" },
      { action: "user.rename", subject: "Ada King", before: '{"name":"Ada Lovelace"}' },
      { action: "user.role", before: expect.stringContaining("viewer"), after: expect.stringContaining("admin") },
      { action: "user.role", before: expect.stringContaining("admin"), after: expect.stringContaining("viewer") },
    ]);
  });

  it("keeps who they are, their name and their role, and nothing else that it tells", async () => {
    const claims = { ...ADA.claims, preferred_username: "planted-login", groups: ["staff", "planted-group"] };
    const provider = await aProvider({ id: ADA.id, claims }, { inToken: true });
    const { server, installation } = await aCompany(provider.issuer);
    const { url, cookie } = await begun(server);
    const done = await ended(server, cookie, await provider.visit(url.href));

    const tables = ["member", "session", "audit", "share", "installation", "delivery"];
    const rows = await Promise.all(
      tables.map(async (table) => query(installation.store.path, `select * from ${table}`)),
    );

    expect(done.status).toBe(200);
    expect(JSON.stringify(rows)).toContain("Ada Lovelace");
    for (const word of [
      "planted",
      CLIENT.secret,
      String(cookie.split("=")[1]),
      String(sessionOf(done)["cookie"]?.split("=")[1]),
    ])
      expect(JSON.stringify(rows)).not.toContain(word);
  });

  it("asks again after the hours that the configuration says, and leads out of the provider, too", async () => {
    const provider = await aProvider(ADA);
    const { server, clock } = await aCompany(provider.issuer, { login: { hours: 2 } });
    const { url, cookie } = await begun(server);
    const session = sessionOf(await ended(server, cookie, await provider.visit(url.href)));
    clock.now += HOUR;
    const during = (await server.get("/api/status", session)).status;
    clock.now += HOUR;
    const after = (await server.get("/api/status", session)).status;

    const left = (await post(server, "/api/logout", {}, session)).json<{ to: string }>();
    const leaving = new URL(left.to);

    expect([during, after]).toEqual([200, 401]);
    expect(leaving.href.startsWith(`${provider.issuer}/session/end?`)).toBe(true);
    expect(Object.fromEntries(leaving.searchParams)).toEqual({
      client_id: CLIENT.id,
      post_logout_redirect_uri: "https://headway.example/",
    });
  });

  it("stands beside passwords and the first code, and takes nobody for somebody who has a password", async () => {
    const provider = await aProvider(ADA);
    const { server, installation } = await aCompany(provider.issuer);
    const entry = { password: await hashPassword("correct horse battery"), invitation: null, subject: null };
    const first = (await server.get("/api/status")).status;
    await installation.store.addMember(
      { name: "ada lovelace", role: "viewer", entry, first: true },
      { actor: "Eve", at: 0 },
    );

    const { url, cookie } = await begun(server);
    const refused = await ended(server, cookie, await provider.visit(url.href));
    const byPassword = await post(server, "/api/login", { name: "Ada Lovelace", password: "correct horse battery" });
    const left = await post(server, "/api/logout", {}, sessionOf(byPassword));

    expect(first).toBe(401); // nothing is open where a provider says who may come in
    expect(refused.status).toBe(403);
    expect(refused.json()).toMatchObject({ detail: expect.stringContaining("logs in here with a password") });
    expect(byPassword.status).toBe(200);
    expect(left.json()).toEqual({ to: null });
  });

  it("tells two people of one name apart by a number", async () => {
    const provider = await aProvider(ADA);
    const { server } = await aCompany(provider.issuer);
    const enter = async () => {
      const { url, cookie } = await begun(server);
      return (await ended(server, cookie, await provider.visit(url.href))).json();
    };

    const one = await enter();
    provider.account = { ...ADA, id: "another" };
    const other = await enter();
    provider.account = ADA;

    expect([one, other, await enter()]).toMatchObject([
      { name: "Ada Lovelace" },
      { name: "Ada Lovelace 2" },
      { name: "Ada Lovelace" },
    ]);
  });

  it("alone says what somebody may: neither role nor password are given here", async () => {
    const provider = await aProvider(ADA);
    const { server, installation } = await aCompany(provider.issuer);
    const admin = await loggedIn(installation, "admin", "Root");
    const { url, cookie } = await begun(server);
    await ended(server, cookie, await provider.visit(url.href));

    const role = await post(server, "/api/users/role", { name: "Ada Lovelace", role: "admin" }, admin);
    const invited = await post(server, "/api/users/invite", { name: "Ada Lovelace" }, admin);

    expect([role.status, invited.status]).toEqual([400, 400]);
    expect(role.json()).toMatchObject({ detail: expect.stringContaining("Change it there") });
  });
});

describe("an attack", () => {
  it("with a code that was used before, or in another browser, lets nobody in", async () => {
    const provider = await aProvider(ADA);
    const { server } = await aCompany(provider.issuer);
    const mine = await begun(server);
    const theirs = await begun(server);
    const back = await provider.visit(mine.url.href);

    const elsewhere = await ended(server, theirs.cookie, back);
    const without = await post(server, "/api/login/provider/end", { query: new URL(back).search.slice(1) });
    const done = await ended(server, mine.cookie, back);
    const again = await ended(server, mine.cookie, back);
    const fresh = await begun(server);
    const replayed = new URL(back);
    replayed.searchParams.set("state", String(fresh.url.searchParams.get("state")));
    const code = await ended(server, fresh.cookie, replayed.href);

    expect([elsewhere.status, without.status, done.status, again.status, code.status]).toEqual([
      403, 400, 200, 400, 403,
    ]);
    expect(code.json()).toMatchObject({ detail: expect.stringContaining("it was used before") });
    for (const refused of [elsewhere, without, again, code])
      expect(JSON.stringify(refused.headers)).not.toContain("headway_session");
  });

  it("with a login that was changed, or begun too long ago, lets nobody in", async () => {
    const provider = await aProvider(ADA);
    const { server, clock } = await aCompany(provider.issuer);
    const { url, cookie } = await begun(server);
    const back = await provider.visit(url.href);

    const changed = await ended(server, cookie.replace(/=.{8}/, "=AAAAAAAA"), back);
    clock.now += 10 * MINUTE;
    const late = await ended(server, cookie, back);

    expect([changed.status, late.status]).toEqual([400, 400]);
  });

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "a/../../b",
    "x#y",
    "\\\\evil",
  ])("by an address to go on to leads nowhere else: %s", async (to) => {
    const provider = await aProvider(ADA);
    const { server } = await aCompany(provider.issuer);

    expect((await post(server, "/api/login/provider", { to })).status).toBe(400);
  });

  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const LIES: readonly (readonly [string, Lies])[] = [
    ["another nonce", { claims: { nonce: "another" } }],
    ["no nonce", { claims: { nonce: undefined } }],
    ["for another audience", { claims: { aud: "somebody-else" } }],
    ["for several, given to another", { claims: { aud: [CLIENT.id, "other"], azp: "other" } }],
    ["of another issuer", { claims: { iss: "https://evil.example" } }],
    ["not signed at all (alg: none)", { header: { alg: "none" }, key: null }],
    ["without a signature", { key: null }],
    ["signed by a stranger", { key: stranger }],
    ["signed with another algorithm", { header: { alg: "HS256" } }],
    ["that is too old", { claims: { iat: 1_700_000_000, exp: 1_700_000_060 } }],
    ["from the future", { claims: { nbf: Math.floor(Date.now() / 1000) + 3600 } }],
    ["about nobody", { claims: { sub: undefined } }],
  ];
  it.each(LIES)("with an identity token %s lets nobody in", async (_how, lies) => {
    const liar = await aLiar();
    const { server, installation } = await aCompany(liar.issuer);
    const come = async (told: Lies) => {
      const { url, cookie } = await begun(server);
      Object.assign(liar, { lies: told, nonce: url.searchParams.get("nonce") });
      return ended(server, cookie, `https://headway.example/signed-in?code=c&state=${url.searchParams.get("state")}`);
    };

    const lied = await come(lies);
    const nobody = await query(installation.store.path, "select * from member");
    const honest = await come({});

    expect(lied.status).toBe(403);
    expect(lied.json<{ detail: string }>().detail).toMatch(/[Ll]og in once more/);
    expect(lied.text).not.toContain("undefined");
    expect(nobody).toEqual([]);
    expect(honest.status).toBe(200);
  });

  it("with another state never asks the provider", async () => {
    const liar = await aLiar();
    const { server } = await aCompany(liar.issuer);
    const { url, cookie } = await begun(server);
    liar.nonce = String(url.searchParams.get("nonce"));

    const wrong = await ended(server, cookie, "https://headway.example/signed-in?code=c&state=another");
    const twice = await begun(server);
    const both = await ended(
      server,
      twice.cookie,
      `https://headway.example/signed-in?code=c&state=x&state=${twice.url.searchParams.get("state")}`,
    );

    expect([wrong.status, both.status]).toEqual([403, 403]);
    expect(liar.tokens).toBe(0);
  });
});

describe("what goes wrong", () => {
  it("says that the provider cannot be reached, and lets it try again", async () => {
    const { server } = await aCompany("http://127.0.0.1:65534");

    const answer = await post(server, "/api/login/provider", { to: "" });

    expect(answer.status).toBe(502);
    expect(answer.json()).toMatchObject({
      title: "Nobody can log in that way now",
      detail: expect.stringContaining("cannot be reached at http://127.0.0.1:65534 (ECONNREFUSED)"),
    });
  });

  it("says that clocks differ", async () => {
    const liar = await aLiar();
    const { server } = await aCompany(liar.issuer);
    const { url, cookie } = await begun(server);
    const past = Math.floor(Date.now() / 1000) - 300;
    Object.assign(liar, { lies: { claims: { iat: past, exp: past + 60 } }, nonce: url.searchParams.get("nonce") });

    const answer = await ended(server, cookie, `https://h.example/?code=c&state=${url.searchParams.get("state")}`);

    expect(answer.json()).toMatchObject({ detail: expect.stringContaining("sets its clock (NTP)") });
  });

  it.each([
    [{ metadata: { issuer: "https://other.example" } }, "calls themselves otherwise"],
    [{ metadata: { issuer: 7 } }, "not"],
  ])("says that another one answers: %j", async (lies, words) => {
    const liar = await aLiar();
    liar.lies = lies;
    const { server } = await aCompany(liar.issuer);

    const answer = await post(server, "/api/login/provider", { to: "" });

    expect([502, 403]).toContain(answer.status);
    expect(answer.json()).toMatchObject({ detail: expect.stringContaining(words) });
  });

  it.each([
    [{ status: 401, error: "invalid_client" }, "`clientId` or its secret"],
    [{ status: 400, error: "invalid_grant" }, "https://headway.example/signed-in, which must be registered there"],
  ])("says what the provider does not accept: %j", async (refuses, words) => {
    const liar = await aLiar();
    const { server } = await aCompany(liar.issuer);
    const { url, cookie } = await begun(server);
    liar.lies = { refuses };

    const answer = await ended(server, cookie, `https://h.example/?code=c&state=${url.searchParams.get("state")}`);

    expect(answer.json()).toMatchObject({ detail: expect.stringContaining(words) });
  });

  it.each([
    ["error=access_denied", "did not let you in"],
    ["error=invalid_scope&error_description=%3Cscript%3E", "answered invalid_scope"],
  ])("says what the provider said: %s", async (error, words) => {
    const liar = await aLiar();
    const { server } = await aCompany(liar.issuer);
    const { url, cookie } = await begun(server);

    const answer = await ended(server, cookie, `https://h.example/?${error}&state=${url.searchParams.get("state")}`);

    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({ detail: expect.stringContaining(words) });
    expect(answer.text).not.toContain("script");
  });

  it("says that the provider tells no groups, and that there is no provider", async () => {
    const liar = await aLiar();
    const { server } = await aCompany(liar.issuer);
    const { url, cookie } = await begun(server);
    Object.assign(liar, { lies: { claims: { groups: undefined } }, nonce: url.searchParams.get("nonce") });
    const none = await serve(await anInstallation({ collectors: [] }));

    const answer = await ended(server, cookie, `https://h.example/?code=c&state=${url.searchParams.get("state")}`);

    expect(answer.json()).toMatchObject({ detail: expect.stringContaining("names the claim that lists them") });
    expect((await post(none, "/api/login/provider", { to: "" })).status).toBe(404);
  });

  it("is asked only where sources may be", async () => {
    const opened = await anInstallation({ collectors: [] });
    const login = LoginOptions.parse({ issuer: "https://169.254.169.254", clientId: "x", others: "viewer" });
    const installation = { ...opened, config: { ...opened.config, login, url: "https://headway.example" } };
    const server = await serve(installation, { access: accessTo(installation) });

    const answer = await post(server, "/api/login/provider", { to: "" });

    expect(answer.json()).toMatchObject({
      detail: expect.stringContaining("169.254.169.254 is an address of this machine"),
    });
  });
});
