import { describe, expect, it } from "vitest";
import { Config } from "#config/schema.ts";
import { rules } from "#server/auth/rules.ts";
import { aUseCase } from "#test/metrics/programme/declared.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import type { Server } from "#test/support/installation.ts";
import { anInstallation, serve, synced } from "#test/support/installation.ts";
import type { Headers } from "#test/support/people.ts";
import { cookieOf, loggedIn, post } from "#test/support/people.ts";

const now = at("2026-06-30T12:00");
/** Names that nothing else holds. */
const [OURS, THEIRS] = ["ours-till", "theirs-vault"];

function aHost(source: string) {
  const host = new FakeHost();
  for (const release of [1, 2, 3]) {
    host.commit({ title: `A change of ${source}` });
    host.commit();
    host.tag(`v${release}.0.0`);
  }
  return host.collector({ source: `fake:${source}`, name: source });
}

/** Two teams with a service each, things decided of both, and a viewer of the first. */
async function aCompany(visibility: "all" | "teams" = "teams") {
  const opened = await anInstallation({ collectors: [aHost(OURS), aHost(THEIRS)], now: () => now });
  const structure = Config.parse({
    sources: [{ host: "git", path: "." }],
    visibility,
    teams: [
      { name: "tellers", services: [{ service: "ours-till" }] },
      { name: "guards", services: [{ service: "theirs-vault", since: "2026-01-01" }] },
    ],
    systems: [{ name: "vaults" }],
  });
  const { teams, systems } = structure;
  const installation = { ...opened, config: { ...opened.config, visibility, teams, systems } };
  await synced(installation);
  const names = (await opened.store.services(["fake:ours-till", "fake:theirs-vault"])).map(({ service }) => service);
  const server = await serve(installation);
  const admin = await loggedIn(installation, "admin", "Ada");
  await loggedIn(installation, "viewer", "Vic");
  const told = await post(server, "/api/users/teams", { name: "Vic", teams: ["tellers"] }, admin);
  const viewer = await loggedIn(installation, "viewer", "Vic");
  return { installation, server, admin, viewer, told, names };
}

const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  "/api/agreement": ["?stage=pickup&hours=24"],
  "/api/rows": ["?metric=deployment-frequency&from=2026-01-01", `?metric=deployment-frequency&service=${THEIRS}`],
  "/api/series": ["team", "system", "service"].map((each) => `?metric=deployment-frequency&each=${each}`),
  "/api/rules/preview": [`?service=${THEIRS}`],
  "/api/item": [`?kind=deployment&service=${THEIRS}&id=v1.0.0`],
  "/api/search": ["?q=theirs", "?q=v1"],
  "/api/experiments/promise": ["?metric=lead-time-commit&target=0.5&weeks=4"],
  "/api/baseline": ["?name=Start"],
  "/api/measures": ["?from=2026-01-01", "?scope=team:guards", `?service=${THEIRS}`, "?scope=system:vaults"],
};

/** Every question that somebody may put by reading, and what came back. */
async function everything(server: Server, who: Headers) {
  const paths = rules.filter(
    ({ method, path }) => method === "GET" && path.startsWith("/api/") && path !== "/api/events",
  );
  const asked = paths.flatMap(({ path }) => {
    const plain = path.replace(":kind", "commits");
    return [plain, `${plain}?service=${THEIRS}`, ...(QUESTIONS[path] ?? []).map((question) => plain + question)];
  });
  return Promise.all(asked.map(async (path) => ({ path, ...(await server.get(path, who)) })));
}

describe("a viewer of one team, where viewers see their teams", () => {
  it("finds in no answer, export, search or refusal the name of another team's service", async () => {
    const { server, viewer, admin, names } = await aCompany();
    expect(names.toSorted()).toEqual([OURS, THEIRS]);

    const answers = await everything(server, viewer);
    const whole = await everything(server, admin);

    const of = ({ text, path }: { text: string; path: string }) => text.replaceAll(path, "");
    // Who names it is told that there is none such; that repeats their word.
    const naming = (all: typeof answers) =>
      all.filter((one) => !one.path.includes("theirs")).filter((one) => of(one).includes(THEIRS));
    expect(naming(answers).map(({ path }) => path)).toEqual([]);
    expect(naming(whole).length).toBeGreaterThan(8);
    const byName = answers.filter(({ path, status }) => `${status} ${path}`.match(/^200 .*service=theirs/) !== null);
    expect(
      byName
        .map(({ text }) => text)
        .join("")
        .replaceAll(`service=${THEIRS}`, ""),
    ).not.toContain(THEIRS);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(answers.filter(({ text }) => text.includes(OURS)).length).toBeGreaterThan(5);
  });

  it("has numbers of theirs alone, is refused what tells of the whole, and cannot ask by another name", async () => {
    const { server, viewer, told } = await aCompany();

    const scopes = (await server.get("/api/scopes", viewer)).json<{
      teams: { name: string }[];
      services: { name: string }[];
    }>();
    const programme = await server.get("/api/programme", viewer);
    const item = await server.get(`/api/item?kind=deployment&service=${THEIRS}&id=v1.0.0`, viewer);
    const team = await server.get("/api/measures?scope=team:guards", viewer);
    const measured = await server.get("/api/export/commits?format=json", viewer);

    expect(told.json()).toMatchObject({ name: "Vic", teams: ["tellers"] });
    expect([scopes.teams.map(({ name }) => name), scopes.services.map(({ name }) => name)]).toEqual([
      ["tellers"],
      [OURS],
    ]);
    expect(programme).toMatchObject({ status: 403 });
    expect(programme.text).toContain("you see what belongs to tellers");
    expect([item.status, team.status]).toEqual([400, 400]);
    expect(new Set(measured.json<{ service: string }[]>().map(({ service }) => service))).toEqual(new Set([OURS]));
  });

  it("sees no use case of the programme, also where it needs a service of theirs", async () => {
    const { installation, server, viewer, admin } = await aCompany();
    const thing = aUseCase("secret-plan", { services: [OURS] });
    const content = JSON.stringify({ useCases: [thing] });
    const version = { content, hash: "0", actor: "Ada", madeAt: now, reason: null };
    const kept = await installation.store.addProgramme(null, version, []);
    const asked = await server.get("/api/measures?scope=use-case:plan", viewer);

    expect(kept).toBe(true);
    expect((await server.get("/api/scopes", viewer)).text).not.toContain("secret-plan");
    expect((await server.get("/api/scopes", admin)).text).toContain("secret-plan");
    expect(asked.status).toBe(400);
    expect(asked.text).not.toContain("secret-plan");
  });

  it("sees nothing while nobody said which, and everything where viewers do or they are a lead", async () => {
    const { server, installation } = await aCompany();
    const nobody = await loggedIn(installation, "viewer", "Nell");
    const lead = await loggedIn(installation, "lead", "Lea");
    const open = await aCompany("all");
    const names = async (one: Server, who: Headers) =>
      (await one.get("/api/scopes", who)).json<{ services: { name: string }[] }>().services.map(({ name }) => name);

    expect(await names(server, nobody)).toEqual([]);
    expect(await names(server, lead)).toHaveLength(2);
    expect(await names(open.server, open.viewer)).toHaveLength(2);
  });

  it("keeps answers of the whole from those who see less, whoever asked first", async () => {
    const { server, viewer, admin } = await aCompany();
    const asked = "/api/services?from=2026-01-01";

    const [first, second, third] = [
      await server.get(asked, admin),
      await server.get(asked, viewer),
      await server.get(asked, admin),
    ];

    expect([first, second, third].map(({ text }) => text.includes(THEIRS))).toEqual([true, false, true]);
  });

  it("belongs to teams that there are", async () => {
    const { server, admin } = await aCompany();

    const unknown = await post(server, "/api/users/teams", { name: "Vic", teams: ["tellars"] }, admin);

    expect(unknown).toMatchObject({ status: 400 });
    expect(unknown.text).toContain("Did you mean `tellers`?");
  });
});

describe("a link", () => {
  it("shows the services of the view that it was made for, and what its page asks for", async () => {
    const { server, admin } = await aCompany("all");
    const opened = async (path: string) => {
      const { code } = (await post(server, "/api/shares/add", { path, days: 7 }, admin)).json<{ code: string }>();
      return { cookie: cookieOf(await post(server, "/api/shares/open", { code })).cookie };
    };
    const [flow, whole] = [await opened("flow?scope=team:tellers&range=12w"), await opened("delivery")];

    const answers = await everything(server, flow);
    const statusOf = async (path: string, who: Headers) => (await server.get(path, who)).status;

    const naming = answers.filter(({ path }) => !path.includes("theirs")).filter(({ text }) => text.includes(THEIRS));
    expect(naming.map(({ path }) => path)).toEqual([]);
    expect([await statusOf("/api/flow", flow), await statusOf("/api/measures", flow)]).toEqual([200, 200]);
    const others = ["/api/changes", "/api/export/commits", "/api/search?q=ours", "/api/programme", "/api/settings"];
    expect(await Promise.all(others.map(async (path) => statusOf(path, flow)))).toEqual([403, 403, 403, 403, 403]);
    expect((await server.get("/api/scopes", whole)).text).toContain(THEIRS);
    expect([await statusOf("/api/flow", whole), await statusOf("/api/measures", whole)]).toEqual([403, 200]);
  });
});
