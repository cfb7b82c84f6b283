import { describe, expect, it } from "vitest";
import { STRATEGIES } from "#metrics/programme/programme.ts";
import type { CommandReply, Reply } from "#server/contract.ts";
import { aFinding, anInitiative, aUseCase } from "#test/metrics/programme/declared.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";

type Told = Reply<"/api/programme">;
type Kept = CommandReply<"/api/programme/set">;

const systems = [{ name: "mainframe", element: "core" }];

interface Office extends Headway {
  readonly look: (question?: string) => Promise<Told>;
  readonly set: (change: object, rest?: object) => Promise<Kept>;
}

async function anOffice(): Promise<Office> {
  const headway = await aHeadway({ config: { ...told, systems }, tells: [[]] });
  const { get, post } = headway;
  const look = async (question = ""): Promise<Told> => (await get(`/api/programme?${question}`)).json();
  return {
    ...headway,
    look,
    set: async (change, rest = {}) => {
      const { version } = await look();
      const answer = await post("/api/programme/set", { change, follows: version?.version, actor: "Ada", ...rest });
      expect(answer.status, answer.text).toBe(200);
      return answer.json();
    },
  };
}

async function aPlan(): Promise<Office> {
  const office = await anOffice();
  await office.set({ list: "systems", thing: { name: "crm" } }, { follows: null });
  await office.set({ list: "assessment", thing: aFinding("mainframe") });
  await office.set({ list: "assessment", thing: aFinding("crm", { element: "data", gap: "hinders" }) });
  await office.set({ list: "useCases", thing: aUseCase("instant") });
  await office.set({ list: "useCases", thing: aUseCase("advice", { elements: ["data"], systems: ["crm"] }) });
  await office.set({ list: "initiatives", thing: anInitiative("layer", { benefit: null, systems: ["mainframe"] }) });
  const app = anInitiative("app", { needs: ["layer"], useCase: "advice", element: "data", systems: ["crm"] });
  await office.set({ list: "initiatives", thing: app });
  return office;
}

describe("a programme", () => {
  it("is empty at first, and knows the systems of the configuration", async () => {
    const { look } = await anOffice();

    expect(await look()).toMatchObject({
      version: null,
      programme: { systems: [], useCases: [], currency: "EUR" },
      systems: [{ system: "mainframe", worst: null }],
      looked: { known: 0, of: 7 },
      openings: [],
      portfolio: [],
      criticalPath: null,
    });
  });

  it("takes vision, currency and fiscal year as one version, each told by itself in history and audit", async () => {
    const { set, look, get } = await anOffice();
    const vision = { sentence: "Weekly.", targets: [{ id: "all", words: "Everything weekly", by: "2029" }] };
    const direction = (thing: object) => ({
      list: "direction",
      thing: { currency: "CHF", fiscalYearBegins: 4, ...thing },
    });
    const kept = await set(direction({ vision }), { follows: null });
    const again = await set(direction({ vision: null }));
    const audit: Reply<"/api/audit"> = (await get("/api/audit?action=programme.change")).json();

    expect(kept.version?.version).toBe(1);
    expect(kept.differences.map(({ list, verb }) => [list, verb])).toEqual([
      ["currency", "changed"],
      ["fiscalYearBegins", "changed"],
      ["vision", "added"],
    ]);
    expect(again.differences.map(({ list, verb }) => [list, verb])).toEqual([["vision", "removed"]]);
    expect((await look()).programme).toMatchObject({ vision: null, currency: "CHF", fiscalYearBegins: 4 });
    expect(audit.rows.map(({ subject }) => subject).toSorted()).toEqual([
      "currency",
      "fiscalYearBegins",
      "vision",
      "vision",
    ]);
  });

  it("refuses a vision without a sentence, a target without a year, and a currency that is none", async () => {
    const { post } = await anOffice();
    const refused = async (thing: object) => {
      const change = { list: "direction", thing: { vision: null, currency: "EUR", fiscalYearBegins: 1, ...thing } };
      const answer = await post("/api/programme/set", { change, follows: null, actor: "Ada" });
      return [answer.status, answer.json<{ detail: string }>().detail] as const;
    };
    const target = { id: "all", words: "Everything weekly", by: "soon" };

    expect(await refused({ vision: { sentence: "", targets: [] } })).toEqual([
      400,
      expect.stringContaining("Say it in a sentence."),
    ]);
    expect(await refused({ vision: { sentence: "Weekly.", targets: [target] } })).toEqual([
      400,
      expect.stringContaining("This is no year."),
    ]);
    expect(await refused({ currency: "Euro" })).toEqual([400, expect.stringContaining("three letters")]);
    expect(await refused({ fiscalYearBegins: 13 })).toEqual([400, expect.any(String)]);
  });

  it("says what stands in the way of what, and what its initiatives are worth", async () => {
    const { look } = await aPlan();
    const { version, systems: rows, openings, portfolio, criticalPath, cautions } = await look();

    expect(version).toMatchObject({ version: 7, actor: "Ada" });
    expect(rows.map(({ system, worst }) => [system, worst])).toEqual([
      ["mainframe", "blocks"],
      ["crm", "hinders"],
    ]);
    expect(openings.map(({ finding, useCase, initiatives }) => [finding.system, useCase, initiatives])).toEqual([
      ["mainframe", "instant", ["layer"]],
      ["crm", "advice", ["app"]],
    ]);
    expect(portfolio.map(({ id, enables, waitsFor }) => [id, enables, waitsFor])).toEqual([
      ["app", [], ["layer"]],
      ["layer", ["app"], []],
    ]);
    expect(portfolio[0]?.case?.cost).toBe(60_000);
    expect(criticalPath).toEqual({ ids: ["layer", "app"], months: 12 });
    expect(cautions.join(" ")).toContain("“Initiative app” is planned to begin in 2027-01, before “Initiative layer”");
  });

  it("is read for one use case, with the enablers under its initiatives", async () => {
    const { look, get } = await aPlan();
    const { systems: rows, portfolio, programme } = await look("useCase=advice");
    const unknown = await get("/api/programme?useCase=none");

    expect(rows.map(({ system }) => system)).toEqual(["crm"]);
    expect(portfolio.map(({ id }) => id)).toEqual(["app", "layer"]);
    expect(programme.useCases.map(({ id }) => id)).toEqual(["advice"]);
    expect(unknown.status).toBe(400);
  });

  it("is changed in place, renamed, and keeps what it was", async () => {
    const { set, look, get } = await aPlan();

    const changed = await set(
      { list: "assessment", thing: aFinding("mainframe", { gap: "hinders" }) },
      { reason: "Layer" },
    );
    await set({ list: "systems", thing: { name: "crm", owner: "Sales IT" } });
    await set({ list: "vision", thing: { sentence: "Weekly.", targets: [] } });
    const history: Reply<"/api/programme/history"> = (await get("/api/programme/history?limit=3")).json();

    expect(changed.differences).toEqual([
      {
        list: "assessment",
        key: "mainframe integration",
        verb: "changed",
        fields: [{ name: "gap", before: "blocks", after: "hinders" }],
      },
    ]);
    expect((await look()).programme.assessment).toHaveLength(2);
    expect(history.map(({ version, reason }) => [version, reason])).toEqual([
      [10, null],
      [9, null],
      [8, "Layer"],
    ]);
    expect(history[0]?.differences).toMatchObject([{ list: "vision", verb: "added" }]);
  });

  it("speaks of a system by its new name everywhere", async () => {
    const { set, look } = await aPlan();

    const { differences } = await set({ list: "systems", thing: { name: "CRM 2" } }, { instead: "crm" });

    const { programme } = await look();
    expect(programme.assessment.map(({ system }) => system)).toEqual(["mainframe", "CRM 2"]);
    expect(programme.initiatives.find(({ id }) => id === "app")?.systems).toEqual(["CRM 2"]);
    expect(differences.map(({ list }) => list)).toContain("useCases");
  });

  it("keeps nothing where nothing is other", async () => {
    const { set, look } = await aPlan();

    const same = await set({ list: "useCases", thing: aUseCase("instant") });

    expect(same.differences).toEqual([]);
    expect((await look()).version?.version).toBe(7);
  });

  it("takes things out, and refuses what others still speak of", async () => {
    const { post, look } = await aPlan();
    const remove = async (list: string, key: string, follows: number) =>
      post("/api/programme/remove", { list, key, follows, actor: "Ada" });

    const needed = await remove("initiatives", "layer", 7);
    const gone = await remove("initiatives", "app", 7);
    const unknown = await remove("initiatives", "app", 8);

    expect([needed.status, needed.text]).toEqual([
      400,
      expect.stringContaining('\\"layer\\" is used by 1 initiative: take it out of these first.'),
    ]);
    expect(gone.status).toBe(200);
    expect(unknown.status).toBe(400);
    expect((await look()).programme.initiatives.map(({ id }) => id)).toEqual(["layer"]);
  });

  it("says by what a system is used that should be taken out", async () => {
    const { post } = await aPlan();
    const used = await post("/api/programme/remove", { list: "systems", key: "crm", follows: 7, actor: "Ada" });

    expect(used.status).toBe(400);
    expect(used.text).toContain(
      '\\"crm\\" is used by 1 assessment, 1 use case, 1 initiative: take it out of these first.',
    );
  });

  it("keeps one of two changes of the same version, and says so to the other", async () => {
    const { post, look } = await aPlan();
    const change = (name: string) =>
      post("/api/programme/set", { change: { list: "systems", thing: { name } }, follows: 7, actor: "Ada" });

    const answers = await Promise.all([change("a"), change("b")]);

    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect((await look()).programme.systems).toHaveLength(2);
  });

  it("refuses circles, unknown names and what is no programme", async () => {
    const { post } = await aPlan();
    const refusals = [
      { list: "initiatives", thing: anInitiative("layer", { needs: ["app"] }) },
      { list: "assessment", thing: aFinding("nothing") },
      { list: "useCases", thing: { id: "x" } },
      { list: "initiatives", thing: { ...anInitiative("y"), strategy: "wait" } },
      { list: "people", thing: {} },
    ];

    for (const change of refusals) {
      const { status } = await post("/api/programme/set", { change, follows: 7, actor: "Ada" });
      expect(status, JSON.stringify(change)).toBe(400);
    }
    expect(STRATEGIES).not.toContain("wait");
  });

  it("tells of what is gone since it was kept, and lets the rest be changed", async () => {
    const shop = await anOffice();
    const thing = aUseCase("instant", { services: [] });
    await shop.set({ list: "useCases", thing }, { follows: null });
    const kept = await shop.installation.store.programme();
    for (const version of kept) {
      const content = version.content.replace('"services":[]', '"services":["gone"]');
      await shop.installation.store.addProgramme(1, { ...version, content }, []);
    }

    await shop.set({ list: "systems", thing: { name: "crm" } });
    const { cautions, version } = await shop.look();

    expect(version?.version).toBe(3);
    expect(cautions[0]).toContain('There is no service "gone"');
  });

  it("is a file that can be taken back: a dry run says what would change, and keeps nothing", async () => {
    const { get, post, look } = await aPlan();
    const { text } = (await get("/api/programme/file")).json<Reply<"/api/programme/file">>();
    const other = text.replace("gap: hinders", "gap: none");
    const take = async (save: boolean) =>
      (await post("/api/programme/import", { text: other, save, follows: 7, actor: "Ada" })).json<Kept>();

    const dry = await take(false);
    const before = await look();
    const kept = await take(true);

    expect(dry.differences).toEqual(kept.differences);
    expect(dry.differences).toHaveLength(1);
    expect(before.version?.version).toBe(7);
    expect(kept.version?.version).toBe(8);
    expect((await look()).programme.assessment.map(({ gap }) => gap)).toEqual(["blocks", "none"]);
  });

  it("says where a file is wrong", async () => {
    const { post } = await anOffice();
    const answer = await post("/api/programme/import", { text: "systms: []", save: true, follows: null, actor: "Ada" });

    expect(answer.status).toBe(409);
    expect(answer.text).toContain("line 1, systms: Unknown key `systms` at the top level. Did you mean `systems`?");
  });

  it("has each change in the audit, with what was before", async () => {
    const { set, get } = await aPlan();
    await set({ list: "systems", thing: { name: "crm", owner: "Sales IT" } });
    const { rows } = (await get("/api/audit?action=programme.change&limit=1")).json<Reply<"/api/audit">>();

    expect(rows[0]).toMatchObject({ actor: "Ada", subject: "systems crm", after: '{"owner":"Sales IT"}' });
  });
});
