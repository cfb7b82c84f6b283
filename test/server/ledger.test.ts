import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Reply } from "#server/contract.ts";
import { anAssumption, anInitiative, aUseCase } from "#test/metrics/programme/declared.ts";
import { aCommit, aLine, aRepository } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { change } from "#test/support/installation.ts";
import { loggedIn, post as postAs } from "#test/support/people.ts";

type Ledger = Reply<"/api/ledger">;

const LINE = { lever: "L2", owner: "Payments", scope: "team:payments", fromMonth: "2026-03", amount: 5000, hours: 80 };
const teams = [
  { name: "payments", services: [{ service: "acme/shop" }] },
  { name: "cards", parent: "payments", services: [] },
];

const first = aCommit("c1", { authoredAt: at("2026-01-05"), committedAt: at("2026-01-05") });
const known = [aRepository({ head: "c1" }), ...aLine(first)];

interface Office extends Headway {
  readonly look: (question?: string) => Promise<Ledger>;
  readonly add: (draft?: object) => Promise<number>;
  readonly step: (line: number, step: string, more?: object) => ReturnType<Headway["post"]>;
  readonly agree: (line: number) => Promise<void>;
}

async function anOffice(): Promise<Office> {
  const headway = await aHeadway({ config: { ...told, teams }, tells: [known] });
  const { get, post } = headway;
  const look = async (question = ""): Promise<Ledger> => (await get(`/api/ledger?${question}`)).json();
  const step: Office["step"] = async (line, name, more = {}) => {
    const { lines } = await look();
    const follows = lines.find(({ id }) => id === line)?.steps ?? 0;
    const path = ["validated", "rejected"].includes(name) ? "/api/ledger/validate" : "/api/ledger/move";
    const actor = ["validated", "rejected"].includes(name) ? "Finance" : "Office";
    return post(path, { line, step: name, follows, evidence: "Looked at.", actor, ...more });
  };
  return {
    ...headway,
    look,
    step,
    add: async (draft = {}) => {
      const answer = await post("/api/ledger/add", { title: "Less rework", ...LINE, actor: "Office", ...draft });
      expect(answer.status, answer.text).toBe(200);
      return answer.json<{ line: number }>().line;
    },
    agree: async (line) => {
      for (const name of ["planned", "implemented", "measured", "validated"]) {
        const answer = await step(line, name);
        expect(answer.status, answer.text).toBe(200);
      }
    },
  };
}

describe("the gate", () => {
  it("asks the ledger whether savings are on plan while no study shows them", async () => {
    const { add, step, get } = await anOffice();
    const savings = async () => {
      const { conditions } = (await get("/api/gate")).json<Reply<"/api/gate">>();
      return conditions.find(({ id }) => id === "savings");
    };
    const before = await savings();
    const line = await add();
    for (const name of ["planned", "implemented", "measured", "validated"])
      await step(line, name, { day: "2026-05-20" });
    const kept = await savings();
    const another = await add({ title: "Fewer waits", lever: "L1", hours: null });
    await step(another, "planned", { day: "2026-05-25" });

    expect(before).toMatchObject({ state: "cannot-be-said" });
    expect(kept).toMatchObject({ state: "met", missing: [] });
    expect(kept?.evidence).toContain(
      "By the ledger what finance agreed to in May 2026 is on plan: capacity released EUR 5,000 or 80 hours planned, EUR 5,000 or 80 hours agreed to.",
    );
    expect(await savings()).toMatchObject({
      state: "not-met",
      evidence: expect.stringContaining("less than planned: capacity released EUR 10,000 or 80 hours planned"),
      missing: ["savings that are shown, or that are on plan"],
    });
  });
});

describe("the ledger", () => {
  it("is empty at first, and says so", async () => {
    const { look } = await anOffice();

    expect(await look()).toMatchObject({
      month: "2026-06",
      sentence: "The ledger is empty: nobody has said yet what is saved.",
      lines: [],
      placed: [],
    });
  });

  it("takes a line from a first thought until finance agrees, with who did what and why", async () => {
    const { add, look, step } = await anOffice();
    const line = await add();

    await step(line, "planned", { day: "2026-02-01" });
    await step(line, "implemented", { day: "2026-03-01" });
    await step(line, "measured", { day: "2026-06-01", amount: 4000, evidence: "Share of rework 24 % → 19 %." });
    const agreed = await step(line, "validated", { day: "2026-06-20", amount: 3500 });
    const { lines, totals, leaks } = await look();

    expect(agreed.json()).toEqual({ line, stage: "validated", steps: 4 });
    expect(lines[0]).toMatchObject({
      stage: "validated",
      amount: 3500,
      first: { amount: 5000 },
      agreedOn: "2026-06-20",
      isCounted: true,
      unplaced: 1,
      possible: ["realised", "rejected", "withdrawn"],
    });
    expect(lines[0]?.history.map((one) => [one.step, one.actor])).toEqual([
      ["planned", "Office"],
      ["implemented", "Office"],
      ["measured", "Office"],
      ["validated", "Finance"],
    ]);
    expect(totals.find(({ ledger }) => ledger === "capacity")).toMatchObject({
      agreed: { lines: 1, amount: 3500, hours: 80 },
      sinceStart: { lines: 1, amount: 3500, hours: 80 },
      early: { lines: 1, amount: 3 * 3500, hours: 240 },
    });
    expect(lines[0]).toMatchObject({ countsFrom: "2026-06", monthsBefore: 3 });
    expect(leaks.map(({ step: lost, amount }) => [lost, amount])).toEqual([
      ["measured", 1000],
      ["validated", 500],
    ]);
  });

  it("says which months there are to look at, back to the first of a line, ten years at most", async () => {
    const { add, look } = await anOffice();
    expect((await look()).months).toEqual(["2026-06"]);

    await add({ fromMonth: "2026-09" });
    expect((await look()).months).toEqual(["2026-06"]);
    await add({ lever: "L5", hours: null });
    expect((await look("month=2026-04")).months).toEqual(["2026-06", "2026-05", "2026-04", "2026-03"]);
    await add({ lever: "L6", hours: null, fromMonth: "0226-03" });
    const { months } = await look();
    expect([months.length, months.at(-1)]).toEqual([120, "2016-07"]);
  });

  it("is read as of any month", async () => {
    const { add, look, agree } = await anOffice();
    await agree(await add());

    expect((await look("month=2026-02")).lines).toEqual([]);
    expect((await look("month=2026-05")).lines[0]).toMatchObject({ stage: "identified", isCounted: false });
    expect((await look("month=2028-03")).lines[0]).toMatchObject({ isExpired: true, isCounted: false });
  });

  it("refuses steps that are not allowed, days that have not come, and agreement by whoever measured", async () => {
    const { add, step } = await anOffice();
    const line = await add();
    const words = async (name: string, more = {}) => (await step(line, name, more)).text;

    expect(await words("measured")).toContain("no stage is left out");
    expect(await words("planned", { day: "2026-07-01" })).toContain("2026-07-01 has not come");
    await step(line, "planned", { day: "2026-05-01" });
    expect(await words("implemented", { day: "2026-04-01" })).toContain("cannot have been on 2026-04-01");
    await step(line, "implemented");
    await step(line, "measured");
    expect(await words("validated", { actor: "office" })).toContain("two must have looked");
    expect((await step(line, "validated", { follows: 2 })).status).toBe(409);
    expect((await step(99, "planned")).text).toContain("There is no line 99");
  });

  it("keeps one of two steps that are taken at the same time", async () => {
    const { add, step, look } = await anOffice();
    const line = await add();

    const both = await Promise.all([step(line, "planned"), step(line, "planned")]);

    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect((await look()).lines[0]?.steps).toBe(1);
  });

  it("is sent back by finance with a reason, and given up without being lost", async () => {
    const { add, step, look, post, agree } = await anOffice();
    const [sent, given] = [await add(), await add({ lever: "L5", hours: null })];
    await agree(sent);

    const back = await step(sent, "rejected", { evidence: "The hours were planned work." });
    const bare = await step(sent, "rejected", { evidence: "" });
    const gone = await post("/api/ledger/withdraw", { line: given, follows: 0, reason: "Not ours.", actor: "Office" });
    const { lines, totals } = await look();

    expect(back.json()).toMatchObject({ stage: "measured" });
    expect(bare.status).toBe(400);
    expect(gone.status).toBe(200);
    expect(lines.map(({ stage, isWithdrawn }) => [stage, isWithdrawn])).toEqual([
      ["measured", false],
      ["identified", true],
    ]);
    expect(totals.map(({ agreed }) => agreed.lines)).toEqual([0, 0, 0, 0]);
  });

  it("counts nothing twice: neither the same saving, nor a part of it, nor more than a bucket held", async () => {
    const { add, post, look } = await anOffice();
    const refused = async (draft: object) =>
      (await post("/api/ledger/add", { title: "Again", ...LINE, actor: "Office", ...draft })).text;
    await post("/api/savings/records/freeze", { record: baseline(), actor: "Office" });
    const own = await add();

    expect(await refused({})).toContain(`a part of line ${own}`);
    expect(await refused({ scope: "team:cards" })).toContain("nothing is saved twice");
    expect(await refused({ scope: "service:acme/shop" })).toContain("nothing is saved twice");
    expect(await refused({ lever: "L1", hours: 21 })).toContain("claim 101 hours a month from unplanned-rework");
    expect(await refused({ lever: "L5" })).toContain("leave the hours out");
    expect(await refused({ scope: "team:none" })).toContain("There is no scope");
    await add({ lever: "L1", hours: 20 });
    const { overlaps, buckets } = await look();
    expect(overlaps).toMatchObject([{ a: own, kind: "bucket" }]);
    expect(buckets).toEqual([
      { scope: "organisation", bucket: "unplanned-rework", hours: 100, claimed: 100, unknown: 0 },
    ]);
  });

  it("takes no more hours than a team has, by what is assumed, and says where nobody said how many", async () => {
    const { add, post, look, step, get } = await anOffice();
    const assume = async (thing: object, follows: number | null) =>
      post("/api/programme/set", { change: { list: "assumptions", thing }, follows, actor: "Office" });
    const [line, cash] = [await add(), await add({ lever: "L5", hours: null, amount: 900_000 })];
    const before = await look();
    for (const name of ["planned", "implemented", "measured", "validated"]) await step(line, name);
    const caps = async () => (await get("/api/savings")).json<Reply<"/api/savings">>().caps.map(({ words }) => words);
    const unheld = await caps();

    await assume(anAssumption("capacity", 20, { of: "payments" }), null);
    await assume(anAssumption("rate", 100), 1);
    const words = async (draft: object) =>
      (await post("/api/ledger/add", { title: "More", ...LINE, actor: "Office", lever: "L3", ...draft })).text;
    const tooMany = await words({ hours: 8, amount: null });
    const tooDear = await words({ hours: null, amount: 10_000 });
    const more = await step(line, "realised", { amount: 9000 });
    const fits = await add({ lever: "L3", hours: 6, amount: null });
    const { buckets, notes } = await look();

    expect(before.notes).toEqual([
      expect.stringContaining(`hours there are to be saved of line ${line} (team:payments):`),
    ]);
    expect(unheld).toContain("Finance agreed to 1 line of hours of which nobody said how many there are.");
    expect(tooMany).toContain(
      "Lines of team:payments claim 88 hours a month, and its teams have 87 by what is assumed",
    );
    expect(tooDear).toContain("Money of a line counts as the hours that it pays for.");
    expect(more.text).toContain("Lines of team:payments claim 90 hours a month");
    expect([fits > cash, notes]).toEqual([true, []]);
    expect(buckets.map(({ scope, bucket, claimed }) => [scope, bucket, claimed])).toEqual([
      ["organisation", null, 86],
      ["team:payments", null, 86],
    ]);
    expect(await caps()).not.toContain("Finance agreed to 1 line of hours of which nobody said how many there are.");
  });

  it("says where a line went, and how much of an initiative savings paid for", async () => {
    const { add, agree, look, post } = await anOffice();
    const set = async (list: string, thing: object, follows: number | null) =>
      post("/api/programme/set", { change: { list, thing }, follows, actor: "Office" });
    await set("useCases", aUseCase("instant"), null);
    const actuals = [{ month: "2026-04", cost: 3000, benefit: 0 }];
    await set("initiatives", anInitiative("layer", { useCase: "instant", needs: [], systems: [], actuals }), 1);
    const line = await add({ lever: "L5", hours: null, amount: 1000 });
    await agree(line);
    const place = async (follows: number, fromMonth: string, placements: object[]) =>
      post("/api/ledger/fund", { line, follows, fromMonth, placements, actor: "Office" });

    const half = await place(0, "2026-04", [{ purpose: "initiative", initiative: "layer", share: 0.5 }]);
    const late = await place(0, "2026-05", []);
    const past = await place(1, "2026-03", []);
    const wrong = await place(1, "2026-05", [{ purpose: "initiative", initiative: "none", share: 1 }]);
    const { placed, initiatives, lines } = await look();

    expect(half.json()).toEqual({ line, unplaced: 0.5 });
    expect([late.status, past.status, wrong.status]).toEqual([409, 400, 400]);
    expect(placed).toEqual([
      { ledger: "cashable", purpose: "initiative", initiative: "layer", amount: 500, hours: 0 },
      { ledger: "cashable", purpose: "unplaced", initiative: null, amount: 500, hours: 0 },
    ]);
    expect(initiatives).toEqual([{ id: "layer", title: expect.any(String), spent: 3000, paid: 500, hours: 0 }]);
    expect(lines[0]).toMatchObject({ unplaced: 0.5, isOverdue: false, placings: 1 });
  });

  it("lets a programme office add and move, and finance alone agree", async () => {
    const headway = await anOffice();
    const { installation, add, step } = headway;
    const line = await add();
    for (const name of ["planned", "implemented", "measured"]) await step(line, name);
    const body = { line, step: "validated", follows: 3, evidence: "Books.", actor: "nobody" };
    const as = async (role: "lead" | "programme" | "finance", path: string, said: object) =>
      postAs(headway, path, said, await loggedIn(installation, role));

    const statuses = [
      (await as("lead", "/api/ledger/add", {})).status,
      (await as("programme", "/api/ledger/validate", body)).status,
      (await as("finance", "/api/ledger/validate", body)).status,
    ];
    const { lines } = (await headway.get("/api/ledger", await loggedIn(installation, "viewer"))).json<Ledger>();

    expect(statuses).toEqual([403, 403, 200]);
    expect(lines[0]?.history.at(-1)).toMatchObject({ step: "validated", actor: "one finance" });
  });

  it("is in the audit, and cannot be changed behind it", async () => {
    const { add, agree, get, installation } = await anOffice();
    const line = await add();
    await agree(line);

    const { rows } = (await get("/api/audit?action=ledger.move&limit=1")).json<Reply<"/api/audit">>();
    expect(rows[0]).toMatchObject({ actor: "Finance", subject: String(line) });
    for (const table of ["ledger_line", "ledger_transition"]) {
      const meddling = change(installation.config.database, `update ${table} set actor = 'Eve'`);
      await expect(meddling).rejects.toThrow("never changed");
    }
  });
});

function baseline(draft: object = {}): object {
  return {
    kind: "baseline",
    name: "Start",
    scope: "organisation",
    from: "2025-09-01",
    to: "2026-03-02",
    categories: [{ kind: "labour", amount: 200_000 }],
    rates: [{ what: "rate", value: 62.5 }],
    hours: [{ bucket: "unplanned-rework", hours: 100 }],
    ...draft,
  };
}

describe("a record of savings", () => {
  const freeze = async ({ post }: Headway, record: object) =>
    post("/api/savings/records/freeze", { record, actor: "Ada" });
  const records = async ({ get }: Headway) => (await get("/api/savings/records")).json<Reply<"/api/savings/records">>();

  it("is frozen with its hash, and says what weakens it", async () => {
    const office = await anOffice();

    const frozen = await freeze(office, baseline());
    const short = await freeze(office, baseline({ name: "Short", from: "2025-12-01" }));
    const [later, first] = await records(office);

    expect(frozen.json()).toMatchObject({ name: "Start", notes: [] });
    expect(short.json<{ notes: string[] }>().notes).toEqual([
      "Its window has 13 weeks; 26 would hold a season of each kind.",
    ]);
    expect([first?.isIntact, later?.isIntact, first?.actor]).toEqual([true, true, "Ada"]);
    const salt = (await office.installation.store.seals()).get("signer Start");
    expect(JSON.parse(String(first?.text))).toMatchObject({
      signer: createHash("sha256").update(`${salt}\nAda`).digest("hex"),
      frozenAt: at("2026-06-30T12:00"),
    });
    expect(first?.text).not.toContain("Ada");
  });

  it("is refused where it is no twelve weeks, not over, or its name is taken", async () => {
    const office = await anOffice();
    await freeze(office, baseline());
    const words = async (draft: object) => (await freeze(office, baseline(draft))).text;

    expect(await words({ name: "A", from: "2025-12-09" })).toContain("A baseline has at least 12 weeks");
    expect(await words({ name: "B", to: "2026-07-01" })).toContain("has not come");
    expect(await words({})).toContain("what a name means never changes");
    expect(await words({ name: "C", scope: "team:none" })).toContain("There is no scope");
    expect(await words({ name: "D", categories: [] })).toContain("Say which costs are counted");
  });

  it("says when results may have been known, or the programme had begun", async () => {
    const office = await anOffice();
    const line = await office.add();
    for (const name of ["planned", "implemented", "measured"]) await office.step(line, name);
    await office.installation.store.addTransition(
      3,
      { line, step: "measured", amount: null, hours: null, evidence: "", day: "2026-05-01", actor: "A", madeAt: 1 },
      null,
    );
    const thing = { id: "t", kind: "training", title: "T", teams: [], from: "2026-01-01", to: "2026-02-01" };
    const change_ = { list: "interventions", thing };
    await office.post("/api/programme/set", { change: change_, follows: null, actor: "Ada" });

    const frozen = await freeze(office, baseline());

    expect(frozen.json<{ notes: string[] }>().notes).toEqual([
      "It was frozen after 1 line of the ledger had been measured, so results may have been known.",
      "The first intervention began on 2026-01-01, before its window ended: the time before is partly the time after.",
    ]);
  });

  it("may be a plan that names a baseline that holds", async () => {
    const office = await anOffice();
    const plan = {
      kind: "plan",
      name: "Plan",
      scope: "organisation",
      baseline: "Start",
      outcome: "Share of hours lost",
      method: "Group-time difference in differences",
      schedule: [{ wave: "1", teams: ["payments"], from: "2026-07-06" }],
      seed: 7,
    };

    const early = await freeze(office, plan);
    await freeze(office, baseline());
    const good = await freeze(office, plan);
    await office.post("/api/savings/records/withdraw", { name: "Start", reason: "Wrong rate.", actor: "Ada" });
    const late = await freeze(office, { ...plan, name: "Plan 2" });
    const again = await office.post("/api/savings/records/withdraw", { name: "Start", reason: "Twice.", actor: "Ada" });

    expect([early.status, good.status, late.status, again.status]).toEqual([400, 200, 400, 400]);
    expect((await records(office)).map(({ kind, withdrawal }) => [kind, withdrawal === null])).toEqual([
      ["plan", true],
      ["baseline", false],
    ]);
  });
});

describe("what the books say", () => {
  const take = async ({ post }: Headway, text: string, save = true) =>
    post("/api/savings/actuals/import", { text, save, actor: "Finance" });
  const actuals = async ({ get }: Headway) => (await get("/api/savings/actuals")).json<Reply<"/api/savings/actuals">>();
  const FILE = "costCentre,month,amount\n4711,2026-04,1000.50\n4711,2026-05,1200\n";

  it("is shown first, then taken, and every version is kept", async () => {
    const office = await anOffice();

    const dry = await take(office, FILE, false);
    const nothing = await actuals(office);
    await take(office, FILE);
    const again = await take(office, FILE.replace("1200", "1300"));
    const { rows, months } = await actuals(office);

    expect(dry.json()).toMatchObject({ counts: { new: 2, changed: 0, same: 0, refused: 0 }, mistakes: [] });
    expect(nothing.rows).toEqual([]);
    expect(again.json()).toMatchObject({
      counts: { new: 0, changed: 1, same: 1, refused: 0 },
      rows: [{ line: 3, result: "changed", costCentre: "4711", month: "2026-05", before: 1200, after: 1300 }],
    });
    expect(rows.map(({ amount, versions }) => [amount, versions.map((one) => one.amount)])).toEqual([
      [1000.5, [1000.5]],
      [1300, [1200, 1300]],
    ]);
    expect(months.map(({ month, explained }) => [month, explained])).toEqual([
      ["2026-04", null],
      ["2026-05", null],
    ]);
  });

  it("names every mistake with its line, and takes nothing while there is one", async () => {
    const office = await anOffice();
    const wrong = `costCentre;month;amount;currency
4711;2026-04;1.000,50;EUR
;2026-04;5;EUR
4711;April;5;EUR
4711;2026-05;5;USD
4711;2026-06
4712;2026-06;-5;EUR
4712;2026-06;6;EUR
`;

    const answer = (await take(office, wrong)).json<{ mistakes: { line: number; reason: string }[] }>();
    const table = await take(office, "centre,amount\n1,2\n");

    expect(answer.mistakes.map(({ line, reason }) => `${line} ${reason.split(".")[0]}`)).toEqual([
      '2 "1',
      "3 Name the cost centre, in 100 letters at most",
      '4 "April" is no month',
      "5 The programme is in EUR, and this is USD",
      "6 It has 2 cells, and there are 4 columns",
      "8 Line 7 says the same cost centre and month",
    ]);
    expect((await actuals(office)).rows).toEqual([]);
    expect(table.text).toContain("there is no column costCentre, month");
  });
});

describe("the statements", () => {
  const issue = async ({ post }: Headway, month: string) =>
    post("/api/savings/statements/issue", { month, actor: "Finance" });
  const listed = async ({ get }: Headway) =>
    (await get("/api/savings/statements")).json<Reply<"/api/savings/statements">>();

  it("are issued once a month that is over, each after the one before", async () => {
    const office = await anOffice();
    await office.agree(await office.add());

    const first = await issue(office, "2026-04");
    const second = await issue(office, "2026-05");
    const refused = [await issue(office, "2026-04"), await issue(office, "2026-06")];
    const all = await listed(office);

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(refused.map(({ text }) => text)).toEqual([
      expect.stringContaining("which never changes"),
      expect.stringContaining("2026-06 is not over"),
    ]);
    expect(all.map(({ month, problem, actor }) => [month, problem, actor])).toEqual([
      ["2026-05", null, "Finance"],
      ["2026-04", null, "Finance"],
    ]);
    expect([all[1]?.previous, all[0]?.previous]).toEqual(["", all[1]?.hash]);
  });

  it("leave no month out, so that each week is in one", async () => {
    const office = await anOffice();
    await issue(office, "2026-03");

    const left = await issue(office, "2026-05");
    const next = await issue(office, "2026-04");

    expect([left.status, next.status]).toEqual([400, 200]);
    expect(left.text).toContain("2026-04 has no statement yet and comes first: no month is left out");
    expect((await listed(office)).map(({ period }) => period)).toEqual([
      "Ledger: April 2026. Savings and levers: none, since there was nothing to compare with.",
      "Ledger: March 2026. Savings and levers: none, since there was nothing to compare with.",
    ]);
  });

  it("hold evidence and signers as salted hashes, which the ledger opens to whoever may see the text", async () => {
    const office = await anOffice();
    const line = await office.add();
    await office.step(line, "planned", { day: "2026-05-02", evidence: "Seen in the books." });
    await office.post("/api/savings/records/freeze", { record: baseline(), actor: "Ada" });
    const before = (await office.look()).lines[0]?.history[0]?.seal;
    await issue(office, "2026-05");
    const again = { ...office, line };
    await office.step(again.line, "implemented");

    const [[first, second] = expect.fail("No line.")] = (await office.look()).lines.map(({ history }) => history);
    const [record] = (await office.get("/api/savings/records")).json<Reply<"/api/savings/records">>();
    const pack = (await office.get("/api/savings/statement?month=2026-05&as=pack")).json<
      Reply<"/api/savings/statement">
    >().file?.body;
    const opens = (seal: { salt: string; hash: string } | null | undefined, text: string) =>
      createHash("sha256").update(`${seal?.salt}\n${text}`).digest("hex") === seal?.hash;

    expect([before, second?.seal]).toEqual([null, null]);
    expect(opens(first?.seal, "Seen in the books.")).toBe(true);
    expect(opens(record?.seal, "Ada")).toBe(true);
    expect(pack).toContain(`"evidenceHash":"${first?.seal?.hash}"`);
    expect(pack).toContain(`"signerHash":"${record?.seal?.hash}"`);
    expect(pack).not.toContain(String(first?.seal?.salt));
    expect(pack).not.toContain("Ada");
  });

  it("are not issued of a month before one that was, and no step is dated back into them", async () => {
    const office = await anOffice();
    const line = await office.add();
    await office.step(line, "planned", { day: "2026-02-01" });
    await office.step(line, "implemented", { day: "2026-03-01" });
    await office.step(line, "measured", { day: "2026-05-02" });
    await issue(office, "2026-05");

    const before = await issue(office, "2026-04");
    const back = await office.step(line, "validated", { day: "2026-05-31" });
    const short = await office.step(line, "validated", { day: "2026-06-01", evidence: "y" });
    const after = await office.step(line, "validated", { day: "2026-06-01" });

    expect([before.status, back.status, short.status, after.status]).toEqual([400, 400, 400, 200]);
    expect(before.text).toContain("2026-04 comes before 2026-05, which was issued");
    expect(back.text).toMatch(
      /The statement of 2026-05 was issued on 2026-\d\d-\d\d: choose a later day, from 2026-06-01 on\./,
    );
    expect(short.text).toContain("in 3 letters or more");
  });

  it("say in each form what the ledger said", async () => {
    const office = await anOffice();
    await office.agree(await office.add({ title: "=1+1" }));
    await issue(office, "2026-05");
    const as = async (form: string) =>
      (await office.get(`/api/savings/statement?month=2026-05&as=${form}`)).json<Reply<"/api/savings/statement">>();

    const forms = await Promise.all(["pack", "csv", "xlsx", "html"].map(as));

    expect(forms.map(({ file }) => file?.name)).toEqual(
      ["ndjson", "csv", "xlsx", "html"].map((end) => `headway-statement-2026-05.${end}`),
    );
    expect(forms[0]?.problem).toBeNull();
    expect(forms[0]?.figures.find(({ id }) => id === "ledger.capacity.underWay.amount")?.value).toBe("5000.00");
    expect(forms[0]?.file?.body).not.toContain("Office");
    expect((await office.get("/api/savings/statement?month=2026-01")).status).toBe(400);
  });

  it("cannot be changed, and say so where somebody did it in the file of the database all the same", async () => {
    const office = await anOffice();
    await issue(office, "2026-05");
    const { database } = office.installation.config;
    const [row] = await office.installation.store.statements();
    const content = String(row?.content).replace('"zone":"UTC"', '"zone":"CET"');

    await expect(change(database, "delete from statement")).rejects.toThrow("never changed");
    await office.installation.store.addStatement({
      month: "2026-04",
      content,
      hash: "0",
      previous: "0",
      actor: "Eve",
      madeAt: 1,
    });
    const [forged] = await listed(office);
    const whole = (await office.get("/api/savings/statement?month=2026-04&as=csv")).json<
      Reply<"/api/savings/statement">
    >();

    expect(forged?.problem).toEqual({ line: 1, words: expect.stringContaining("not what it was when") });
    expect(whole).toMatchObject({ figures: [], file: null, problem: { line: 1 } });
  });

  it("are issued by finance alone", async () => {
    const office = await anOffice();
    const as = async (role: "programme" | "finance") =>
      postAs(
        office,
        "/api/savings/statements/issue",
        { month: "2026-05", actor: "nobody" },
        await loggedIn(office.installation, role),
      );

    expect([(await as("programme")).status, (await as("finance")).status]).toEqual([403, 200]);
  });
});
