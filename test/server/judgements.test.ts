import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeliveryEvent } from "#metrics/events.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { contract } from "#server/contract.ts";
import { aChange, aCommit, aDeployment, aLine, anIncident, aRepository } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { change, query } from "#test/support/installation.ts";

const MAY = at("2026-05-04");

const line = [
  aRepository({ head: "c" }),
  ...aLine(
    aCommit("a", { authoredAt: MAY - 2 * DAY }),
    aCommit("b", { authoredAt: MAY - DAY }),
    aCommit("c", { authoredAt: MAY }),
  ),
];

const headway = async (...events: readonly DeliveryEvent[]) =>
  aHeadway({ config: told, tells: [[...line, ...events]] });

/** Three deployments; the first had an incident of two hours. */
const threeDeployments = async () =>
  headway(
    aDeployment("1", "a", MAY),
    aDeployment("2", "b", MAY + DAY),
    aDeployment("3", "c", MAY + 2 * DAY),
    anIncident("7", MAY + HOUR, { deployment: "1", resolvedAt: MAY + 3 * HOUR }),
  );

const shop = { service: "acme/shop" };

describe("the journal", () => {
  it("keeps what was decided with reason, name and date, and that it was taken back", async () => {
    const { judge, reverse, get } = await threeDeployments();
    const id = await judge({ kind: "deployment", ...shop, id: "2" });
    await reverse(id);

    const journal = contract["/api/judgements"].reply.parse((await get("/api/judgements")).json());

    expect(journal).toEqual([
      {
        id,
        kind: "deployment",
        service: "acme/shop",
        scope: null,
        subject: "2",
        from: null,
        to: null,
        recoveredAt: null,
        rebases: false,
        reason: "A bad day.",
        actor: "Ada",
        madeAt: "2026-06-30T12:00:00.000Z",
        words: "The deployment 2 of acme/shop counts in no number.",
        reversal: { reason: "It was not so.", actor: "Bob", madeAt: "2026-06-30T12:00:00.000Z" },
      },
    ]);
  });

  it("is exported, what was taken back included", async () => {
    const { judge, reverse, exported } = await threeDeployments();
    await reverse(await judge({ kind: "days", from: "2026-05-04" }));
    await judge({ kind: "note", from: "2026-05-05", reason: "A freeze began." });

    expect(await exported("judgements")).toMatchObject([
      { kind: "days", from: "2026-05-04", to: "2026-05-05", reversedBy: "Bob", reversedBecause: "It was not so." },
      { kind: "note", from: "2026-05-05", to: "2026-05-06", reason: "A freeze began.", reversedAt: null },
    ]);
  });

  it("cannot be changed or shortened, not even past the store", async () => {
    const { judge, installation } = await threeDeployments();
    await judge({ kind: "deployment", ...shop, id: "2" });
    const { path } = installation.store;

    await expect(change(path, "update judgement set actor = 'Eve'")).rejects.toThrow("is never changed");
    await expect(change(path, "delete from judgement")).rejects.toThrow("is never changed");
    expect(await query(path, "select actor from judgement")).toEqual([{ actor: "Ada" }]);
  });

  it.each([
    ["a reason", { reason: " " }, "Say why"],
    ["a name", { actor: "" }, "Say who you are"],
    ["a deployment that is there", { id: "9" }, 'The service "acme/shop" has no deployment "9"'],
    ["a service that is there", { service: "acme/shep" }, 'Did you mean "acme/shop"?'],
  ])("wants %s", async (_what, has, words) => {
    const { post } = await threeDeployments();

    const body = { kind: "deployment", ...shop, id: "2", actor: "Ada", reason: "A bad day.", ...has };
    const { status, text } = await post("/api/judgements/add", body);

    expect(status).toBe(400);
    expect(text.replaceAll("\\", "")).toContain(words);
  });

  it("takes one decision at a time about one thing, and takes it back once", async () => {
    const { judge, reverse, post } = await threeDeployments();
    const id = await judge({ kind: "failed", ...shop, id: "2" });

    const other = await post("/api/judgements/add", {
      kind: "not-failed",
      ...shop,
      id: "2",
      actor: "Bob",
      reason: "No.",
    });

    expect(other.status).toBe(400);
    expect(other.text).toContain(`Judgement ${id} says something about this already.`);
    expect((await reverse(id)).status).toBe(200);
    expect((await reverse(id)).status).toBe(400);
  });
});

describe("a failure that is overruled", () => {
  it("counts where somebody says that a deployment failed, until it was back", async () => {
    const { judge, measure, exported } = await threeDeployments();

    await judge({ kind: "failed", ...shop, id: "2", recoveredAt: "2026-05-05T04:00:00Z" });

    expect((await measure("change-fail-rate")).whole).toMatchObject({ k: 2, n: 3 });
    expect((await exported("deployments"))[1]).toMatchObject({
      failedBy: ["manual"],
      recoveredAt: "2026-05-05T04:00:00.000Z",
    });
    expect((await measure("recovery-time")).whole).toMatchObject({ n: 2, value: 3.5 });
  });

  it("does not count where somebody says that it did not fail, and the row names what was overruled", async () => {
    const { judge, measure, rows, exported } = await threeDeployments();

    await judge({ kind: "not-failed", ...shop, id: "1", reason: "A drill." });

    expect((await measure("change-fail-rate")).whole).toMatchObject({ k: 0, n: 3 });
    expect((await exported("deployments"))[0]).toMatchObject({
      failedBy: [],
      overruled: ["incident"],
      incidents: ["7"],
    });
    expect((await rows("change-fail-rate")).rows[0]?.why).toContain(
      "Did not fail, as somebody said: A drill (Ada, 2026-06-30). Carried 1 commit and 0 changes first. By its signals it failed (incident).",
    );
  });

  it("is again what the signals say when it is taken back", async () => {
    const { judge, reverse, exported, measure } = await threeDeployments();
    const [before, rate] = [await exported("deployments"), await measure("change-fail-rate")];

    const ids = [
      await judge({ kind: "not-failed", ...shop, id: "1" }),
      await judge({ kind: "failed", ...shop, id: "3" }),
    ];
    expect(await measure("change-fail-rate")).not.toEqual(rate);
    for (const id of ids) await reverse(id);

    expect(await exported("deployments")).toEqual(before);
    expect(await measure("change-fail-rate")).toEqual(rate);
  });

  it("keeps when it was back by its incidents where nobody says another time", async () => {
    const { judge, exported } = await threeDeployments();

    await judge({ kind: "failed", ...shop, id: "1" });

    expect((await exported("deployments"))[0]).toMatchObject({
      failedBy: ["incident", "manual"],
      recoveredAt: "2026-05-04T03:00:00.000Z",
    });
  });

  it("was not back before it was deployed", async () => {
    const { post } = await threeDeployments();

    const { status, text } = await post("/api/judgements/add", {
      kind: "failed",
      ...shop,
      id: "2",
      actor: "Ada",
      reason: "It was down.",
      recoveredAt: "2026-05-04T23:00:00Z",
    });

    expect([status, text]).toEqual([400, expect.stringContaining("cannot have been back before it was deployed")]);
  });
});

describe("what is left out", () => {
  it("of deployments does not count, and its row stays with who left it out and why", async () => {
    const { judge, measure, rows } = await threeDeployments();
    const id = await judge({ kind: "deployment", ...shop, id: "1", reason: "A load test." });

    const found = await rows("deployment-frequency");

    expect((await measure("deployment-frequency")).whole).toMatchObject({ value: 2, n: 2 });
    expect((await measure("change-fail-rate")).whole).toMatchObject({ k: 0, n: 2 });
    expect([found.total, found.counted, found.whole.value]).toEqual([3, 2, 2]);
    expect(found.rows[0]).toMatchObject({
      id: "1",
      value: null,
      counted: false,
      subject: { kind: "deployment", id: "1" },
      judgement: { id, kind: "deployment" },
    });
    expect(found.rows[0]?.why).toMatch(/^Excluded: A load test \(Ada, 2026-06-30\)\./);
  });

  it("of changes takes their commits with it", async () => {
    const { judge, measure, rows } = await aHeadway({
      config: told,
      tells: [
        [
          aRepository({ head: "b" }),
          ...aLine(
            aCommit("a", { authoredAt: MAY - 2 * DAY, changeNumber: 4 }),
            aCommit("b", { authoredAt: MAY - DAY }),
          ),
          aChange(4, { mergedAt: MAY - DAY, mergeCommit: "a" }),
          aDeployment("1", "b", MAY),
        ],
      ],
    });

    await judge({ kind: "change", ...shop, id: "4" });

    expect((await measure("lead-time-commit")).whole).toMatchObject({ n: 1, value: 24 });
    expect((await rows("lead-time-change")).rows).toMatchObject([{ counted: false, judgement: { kind: "change" } }]);
    expect((await rows("lead-time-commit")).rows.map(({ counted }) => counted)).toEqual([false, true]);
  });

  it("of days is no time either: counts per week are of what is left, and a day of nothing else is a gap", async () => {
    const { judge, measure, measures } = await threeDeployments();
    const question = "from=2026-05-04&to=2026-05-25";
    const before = await measure("deployment-frequency", question);

    await judge({ kind: "days", from: "2026-05-11", to: "2026-05-18" });

    const { whole, series } = await measure("deployment-frequency", question);
    expect([before.whole.perWeek, whole.perWeek]).toEqual([1, 1.5]);
    expect(before.series.map(({ value }) => value)).toEqual([3, 0, 0]);
    expect(series.map(({ value, partial }) => [value, partial])).toEqual([
      [3, false],
      [null, true],
      [0, false],
    ]);
    expect(series[1]?.reason).toContain("were left out by somebody");
    expect((await measures(question)).quality).toContainEqual(
      expect.objectContaining({ id: "days-left-out", value: 1, note: expect.stringContaining("no time either") }),
    );
  });

  it("of the days of one service leaves the time of the others as it was, and says so", async () => {
    const pay = [aRepository({ id: "acme/pay", head: "p" }), aCommit("p", { authoredAt: MAY - DAY })];
    const { judge, measure, measures } = await headway(
      aDeployment("1", "a", MAY),
      ...[...pay, aDeployment("8", "p", MAY)].map((event) => ({ ...event, repository: "acme/pay" })),
    );
    const question = "from=2026-05-04&to=2026-05-18";

    await judge({ kind: "days", from: "2026-05-04", ...shop });

    expect((await measure("deployment-frequency", question)).whole).toMatchObject({ value: 1, perWeek: 0.5 });
    expect((await measures(question)).quality).toContainEqual(
      expect.objectContaining({ id: "days-left-out", note: expect.stringContaining("per week are too low") }),
    );
  });

  it("counts again as it did when all is taken back, whatever was judged in whatever order", async () => {
    const shopDays = ["2026-05-03", "2026-05-04", "2026-05-05", "2026-05-06"];
    const choices = [
      ...["1", "2", "3"].flatMap((id) => ["deployment", "failed", "not-failed"].map((kind) => ({ kind, ...shop, id }))),
      ...shopDays.flatMap((from) => [
        { kind: "days", from },
        { kind: "days", from, ...shop },
        { kind: "note", from },
      ]),
    ];
    const { post, reverse, get } = await threeDeployments();
    const answers = async () =>
      Promise.all(
        [
          "/api/measures?from=2026-04-01&to=2026-06-30&interval=day",
          "/api/services?from=2026-04-01&to=2026-06-30",
          ...["deployment-frequency", "change-fail-rate", "recovery-time", "lead-time-commit"].map(
            (metric) => `/api/rows?metric=${metric}&from=2026-04-01&to=2026-06-30`,
          ),
          "/api/export/deployments?format=json",
        ].map(async (path) => (await get(path)).text),
      );
    const before = await answers();

    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(choices, { minLength: 1, maxLength: 8 }), async (chosen) => {
        const made: number[] = [];
        for (const what of chosen) {
          const answer = await post("/api/judgements/add", { actor: "Ada", reason: "A bad day.", ...what });
          made.push(...[answer].filter(({ status }) => status === 200).map((one) => one.json<{ id: number }>().id));
        }
        for (const id of made) await reverse(id);

        expect(made.length).toBeGreaterThan(0);
        expect(await answers()).toEqual(before);
      }),
      { numRuns: 12 },
    );
  });
});
