import { describe, expect, it } from "vitest";
import { MINUTE } from "#metrics/time.ts";
import { Config } from "#config/schema.ts";
import { recordSettings } from "#server/recording.ts";
import type { Reply } from "#server/contract.ts";
import { aControl } from "#test/support/headway.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, change, query, serve, synced, refuseRows } from "#test/support/installation.ts";
import type { Headers } from "#test/support/people.ts";
import { loggedIn, post } from "#test/support/people.ts";
import type { Fields, WholeCompany } from "#test/support/whole-company.ts";
import { aWholeCompany, ORDERS } from "#test/support/whole-company.ts";

type Audit = Reply<"/api/audit">;

async function aCompany() {
  const clock = { now: at("2026-06-30T12:00") };
  const host = new FakeHost();
  for (let day = 1; day < 28; day++) {
    host.commit({ committedAt: at(`2026-05-${String(day).padStart(2, "0")}`) });
    host.tag(`v1.${day}.0`);
  }
  const installation = await anInstallation({ collectors: [host.collector()], now: () => clock.now });
  await synced(installation);
  const admin = await loggedIn(installation, "admin", "Ada");
  const server = await serve(installation, { control: aControl(installation) });
  const tell = async (path: string, body: object) => {
    const answer = await post(server, path, body, admin);
    expect(answer.status, answer.text).toBe(200);
    return answer.json<Record<string, string>>();
  };
  const audit = async (question = "") => (await server.get(`/api/audit${question}`, admin)).json<Audit>();
  return { installation, clock, admin, server, tell, audit };
}

describe("what is written down", () => {
  it("says who changed what, with what was before and after, and never a secret", async () => {
    const { tell, audit, installation, server } = await aCompany();
    const signed = { actor: "Somebody else", reason: "It was a bad day." };

    const { id } = await tell("/api/judgements/add", { kind: "days", from: "2026-05-04", to: "2026-05-05", ...signed });
    await tell("/api/judgements/reverse", { id, ...signed });
    await tell("/api/baselines/freeze", { name: "Start", from: "2026-05-01", to: "2026-05-20", ...signed });
    await tell("/api/baselines/withdraw", { name: "Start", ...signed });
    const plan = { metric: "deployment-frequency", target: 30, weeks: 8, tries: "Smaller changes" };
    const experiment = await tell("/api/experiments/add", { ...plan, actor: "Somebody else" });
    await tell("/api/experiments/withdraw", { id: experiment["id"], ...signed });
    const { code = "" } = await tell("/api/users/add", { name: "Bob", role: "lead" });
    await post(server, "/api/welcome", { code, password: "correct horse battery" });
    await tell("/api/users/role", { name: "Bob", role: "finance" });
    await tell("/api/users/invite", { name: "Bob" });
    await loggedIn(installation, "finance", "Bob");
    const [session] = (await installation.store.sessions(null)).filter(({ name }) => name === "Bob");
    await tell("/api/users/sessions/end", { id: Number(session?.id) });
    await tell("/api/users/remove", { name: "Bob" });
    const { token = "" } = await tell("/api/tokens/add", { name: "ci", scope: "push", days: null });
    await tell("/api/tokens/revoke", { name: "ci" });
    const shared = await tell("/api/shares/add", { path: "flow", days: 7 });
    await tell("/api/shares/end", { id: 1 });
    const { rows, total } = await audit();

    expect(rows.toReversed().map(({ actor, action, subject }) => `${actor} ${action} ${subject}`)).toEqual([
      "Ada user.add Ada",
      "Ada judgement.add 1",
      "Ada judgement.reverse 1",
      "Ada baseline.freeze Start",
      "Ada baseline.withdraw Start",
      "Ada experiment.add 1",
      "Ada experiment.withdraw 1",
      "Ada user.add Bob",
      "Bob user.password Bob",
      "Ada user.role Bob",
      "Ada user.invite Bob",
      "Ada session.end Bob",
      "Ada user.remove Bob",
      "Ada token.add ci",
      "Ada token.revoke ci",
      "Ada link.add 1",
      "Ada link.end 1",
    ]);
    expect(total).toBe(rows.length);
    const told = rows.find(({ action }) => action === "user.role");
    expect([told?.before, told?.after]).toEqual(['{"role":"lead"}', '{"role":"finance"}']);
    expect(JSON.parse(String(rows.find(({ action }) => action === "judgement.reverse")?.before))).toMatchObject({
      kind: "days",
      from: "2026-05-04",
    });
    const text = JSON.stringify(await query(installation.store.path, "select * from audit"));
    for (const secret of [code, token, String(shared["code"]), "correct horse battery", "scrypt"])
      expect(text).not.toContain(secret);
  });

  it("is written with the change or not at all", async () => {
    const { installation, server, admin } = await aCompany();
    await refuseRows(installation.store.path, "audit");

    const refused = await Promise.all([
      post(server, "/api/judgements/add", { kind: "days", from: "2026-05-04", reason: "Bad.", actor: "Ada" }, admin),
      post(server, "/api/users/add", { name: "Bob", role: "lead" }, admin),
      post(server, "/api/tokens/add", { name: "ci", scope: "push", days: null }, admin),
      post(server, "/api/shares/add", { path: "flow", days: 7 }, admin),
    ]);

    expect(refused.filter(({ status }) => status < 400)).toEqual([]);
    for (const table of ["judgement", "token", "share"])
      expect(await query(installation.store.path, `select * from ${table}`)).toEqual([]);
    expect(await query(installation.store.path, "select name from member")).toEqual([{ name: "Ada" }]);
  });

  it.each(["update audit set actor = 'Eve'", "delete from audit"])("is never changed: %s", async (statement) => {
    const { installation } = await aCompany();

    await expect(change(installation.store.path, statement)).rejects.toThrow("never changed");
  });

  it("can be exported, from day to day, and asked for by what was done", async () => {
    const { tell, clock, server, admin, audit } = await aCompany();
    clock.now = at("2026-06-30T20:00");
    await tell("/api/tokens/add", { name: "ci", scope: "push", days: null });

    const csv = await server.get("/api/export/audit?format=csv", admin);
    const lines = (await server.get("/api/export/audit?from=2026-06-30T13:00:00Z&to=2026-07-01", admin)).text
      .trim()
      .split("\n");
    const added = await audit("?action=token.add&limit=1");

    expect(csv.text.split("\n")[0]).toBe("id,at,actor,action,subject,before,after");
    expect(csv.text).toContain("2026-06-30T20:00:00.000Z,Ada,token.add,ci,");
    expect(lines.map((line) => (JSON.parse(line) as { action: string }).action)).toEqual(["token.add"]);
    expect(added).toMatchObject({ total: 1, rows: [{ subject: "ci", before: null }] });
  });

  it("is for finance and administrators", async () => {
    const { server, installation } = await aCompany();
    const statuses = async (role: "programme" | "finance") => {
      const who = await loggedIn(installation, role);
      return Promise.all(["/api/audit", "/api/export/audit"].map(async (path) => (await server.get(path, who)).status));
    };

    expect([await statuses("programme"), await statuses("finance")]).toEqual([
      [403, 403],
      [200, 200],
    ]);
  });
});

describe("what was set", () => {
  it("is told as of a day, as far as it was written down", async () => {
    const { installation, clock, server, admin, audit } = await aCompany();
    const { config } = installation;
    const written = async (now: string, changed: object) => {
      clock.now = at(now);
      const file = { database: config.database, sources: [{ host: "git", path: "." }], ...changed };
      await recordSettings({ ...installation, config: Config.parse(file) });
    };
    const settings = async (question: string) => server.get(`/api/settings?${question}`, admin);

    await written("2026-06-01T10:00", { timezone: "UTC" });
    await written("2026-06-02T10:00", { timezone: "UTC" });
    await written("2026-06-10T10:00", { timezone: "Europe/Berlin", teams: [{ name: "money", services: [] }] });
    clock.now = at("2026-06-30T12:00");
    const changes = await audit("?action=settings.change&limit=1000");
    const [first, between, last] = await Promise.all(
      ["at=2026-06-01T10:00:00Z", "at=2026-06-09", "at=2026-06-10"].map(async (question) => settings(question)),
    );
    const early = await settings("at=2026-05-31");

    expect(first?.json()).toMatchObject({ zone: "UTC", teams: [] });
    expect(between?.json()).toEqual(first?.json());
    expect(last?.json()).toMatchObject({ zone: "Europe/Berlin", teams: [{ name: "money" }] });
    expect(early.status).toBe(400);
    expect(early.json()).toMatchObject({ detail: expect.stringContaining("Nobody wrote down") });
    const later = changes.rows.filter(({ before }) => before !== null);
    expect(later.map(({ actor, subject, before, after }) => [actor, subject, before, after])).toEqual(
      expect.arrayContaining([["headway.yaml", "zone", '"UTC"', '"Europe/Berlin"']]),
    );
    expect(later.map(({ subject }) => subject)).not.toContain("sync");
  });

  it("says who saw what: of whom a service was, what viewers saw, and by whom people logged in", async () => {
    const { installation, clock, server, admin, audit } = await aCompany();
    const { database } = installation.config;
    const file = { database, sources: [{ host: "git", path: "." }] };
    const login = { issuer: "https://id.example", clientId: "headway", clientSecret: "hunter2", others: "viewer" };
    const written = async (now: string, changed: object, waiting: readonly string[] = []) => {
      clock.now = at(now);
      await recordSettings({ ...installation, waiting, config: Config.parse({ ...file, ...changed }) });
    };
    const company = { visibility: "teams", url: "https://headway.example", proxies: ["loopback"], login };

    await written("2026-06-01T10:00", { teams: [{ name: "money", services: ["shop"] }, { name: "store" }] });
    await written(
      "2026-06-10T10:00",
      { ...company, teams: [{ name: "money" }, { name: "store", services: ["shop"] }] },
      ["proxies"],
    );
    clock.now = at("2026-06-30T12:00");
    const rows = (await audit("?action=settings.change&limit=1000")).rows.filter(({ before }) => before !== null);
    const settings = (await server.get("/api/settings?at=2026-06-09", admin)).json();
    const later = (await server.get("/api/settings?at=2026-06-10", admin)).json();

    expect(rows.map(({ subject }) => subject).toSorted()).toEqual([
      "provider",
      "proxies",
      "teamServices",
      "url",
      "visibility",
      "waiting",
    ]);
    expect(JSON.stringify(rows)).not.toContain("hunter2");
    expect(settings).toMatchObject({
      access: {
        visibility: "all",
        teamServices: [{ team: "money", services: [{ service: "shop" }] }, { team: "store" }],
      },
    });
    expect(later).toMatchObject({
      access: { visibility: "teams", provider: { others: "viewer" }, waiting: ["proxies"] },
    });
  });
});

it(
  "has a line of everything that somebody can decide, by the name of whoever was logged in, whatever they called themselves",
  { timeout: 5 * MINUTE },
  async () => {
    const company = await aWholeCompany();
    const lines = async () =>
      query(company.installation.store.path, "select actor, action, subject, before, after from audit order by id");
    const written: [string, unknown][] = [];
    for (const [path, fields] of Object.entries(ORDERS)) {
      const before = (await lines()).length;
      const answer = await company.post(path, calledMallory(fields), await whoseIs(path, company));
      expect(answer.status, answer.text).toBeLessThan(300);
      const [line] = (await lines()).slice(before);
      written.push([path, line?.["actor"]]);
    }
    const everything = JSON.stringify(await lines());
    const exported = await company.get("/api/export/audit?format=json", company.admin);

    expect(written.filter(([, actor]) => actor === undefined).map(([path]) => path)).toEqual([
      "/api/logout",
      ...PUSHED,
    ]);
    expect(new Set(written.map(([, actor]) => actor))).toEqual(new Set(["Ada", "money: product", undefined]));
    expect(everything).not.toContain("Mallory");
    expect(exported.json<unknown[]>()).toHaveLength((await lines()).length);
  },
);

async function whoseIs(path: string, { pusher, installation }: WholeCompany): Promise<Headers> {
  return PUSHED.includes(path) ? pusher : loggedIn(installation, "admin", "Ada");
}

/** Where somebody says who they are, by another name. */
function calledMallory(fields: Fields): Fields {
  return "actor" in fields ? { ...fields, actor: "Mallory" } : fields;
}

/** What programs say is an event, and not a decision. */
const PUSHED = ["/api/deployments", "/api/incidents", "/api/alerts"];
