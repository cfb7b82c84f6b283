/** What happened, as people noted it: whose charts show it, and limits that start anew. */
import { describe, expect, it } from "vitest";
import { DAY, WEEK } from "#metrics/time.ts";
import type { Reply } from "#server/contract.ts";
import { aCommit, aDeployment, aLine, aRepository } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import { aHeadway, told } from "#test/support/headway.ts";

const MONDAY = at("2026-01-05");
/** Deployments in each of 24 weeks: about two, and from the thirteenth on about eight. */
const COUNTS = [2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2, 2, 8, 9, 8, 7, 8, 9, 8, 7, 8, 9, 8, 8];
const TEAMS = {
  teams: [
    { name: "money" },
    { name: "pay", parent: "money", services: ["acme/shop"] },
    { name: "web", services: ["other"] },
  ],
};

async function twoProcesses(config: object = TEAMS) {
  const deployments = COUNTS.flatMap((count, week) =>
    Array.from({ length: count }, (_, index) =>
      aDeployment(`${week}-${index}`, "a", MONDAY + week * WEEK + (index % 5) * DAY),
    ),
  );
  return aHeadway({
    config: { ...told, ...config },
    tells: [[aRepository({ head: "a" }), ...aLine(aCommit("a", { authoredAt: MONDAY - 300 * DAY })), ...deployments]],
  });
}

const QUESTION = "from=2026-01-05&to=2026-06-22";
const trunk = { kind: "adoption", title: "Trunk-based development", from: "2026-03-30", reason: "To merge daily." };

describe("what people noted", () => {
  it("is told with its days, whose it is and who says so", async () => {
    const { judge, get } = await twoProcesses();
    const id = await judge({ ...trunk, scope: "team:pay", rebases: true });

    expect((await get("/api/annotations?scope=team:pay")).json()).toEqual([
      {
        id,
        kind: "adoption",
        title: "Trunk-based development",
        from: "2026-03-30",
        to: "2026-03-31",
        fromAt: "2026-03-30T00:00:00.000Z",
        toAt: "2026-03-31T00:00:00.000Z",
        scope: "team:pay",
        rebases: true,
        reason: "To merge daily.",
        actor: "Ada",
      },
    ]);
    expect((await get("/api/judgements")).json()).toMatchObject([
      {
        words:
          "An adoption on 2026-03-30 for the team pay: Trunk-based development; limits of normal variation start anew on that day.",
      },
    ]);
  });

  it.each([
    ["organisation", ["Freeze"]],
    ["team:money", ["Freeze"]],
    ["team:pay", ["Freeze", "Trunk-based development"]],
    ["team:web", ["Freeze"]],
    ["service:acme/shop", ["Freeze", "Trunk-based development"]],
  ])("is shown to %s where all of it was concerned: %j", async (scope, expected) => {
    const { judge, get } = await twoProcesses({
      teams: [
        { name: "money", services: ["acme/ledger"] },
        { name: "pay", parent: "money", services: ["acme/shop"] },
        { name: "web" },
      ],
      sources: [{ host: "github", token: "t", repositories: ["acme/shop"] }],
      services: [
        { name: "acme/shop", repository: "acme/shop", paths: ["**"] },
        { name: "acme/ledger", repository: "acme/shop", paths: ["ledger/**"] },
      ],
    });
    await judge({ ...trunk, scope: "team:pay" });
    await judge({ kind: "note", from: "2026-01-01", to: "2026-01-03", title: "Freeze" });

    const told = (await get(`/api/annotations?scope=${scope}`)).json<Reply<"/api/annotations">>();

    expect(told.map(({ title }) => title)).toEqual(expected);
  });

  it("is called by its reason where it has no name of its own, and is gone once it is put back", async () => {
    const { judge, reverse, get } = await twoProcesses();
    const id = await judge({ kind: "note", from: "2026-02-01", reason: "CI moved." });
    const before = (await get("/api/annotations")).json();
    await reverse(id);

    expect(before).toMatchObject([{ title: "CI moved.", rebases: false }]);
    expect((await get("/api/annotations")).json()).toEqual([]);
  });
});

describe("the limits of normal variation", () => {
  it("see a change of the process as signals while nobody says that it is one", async () => {
    const { judge, measure } = await twoProcesses();
    const before = await measure("deployment-frequency", QUESTION);
    await judge(trunk);

    expect(before.series.filter(({ signal }) => signal !== null).length).toBeGreaterThanOrEqual(10);
    expect(before).toMatchObject({ formerLimits: [], rebased: null });
    expect(await measure("deployment-frequency", QUESTION)).toEqual(before);
  });

  it("start anew on the page for leadership, too", async () => {
    const { judge, get, measure } = await twoProcesses();
    await judge({ ...trunk, rebases: true });
    const { limits, formerLimits, rebased } = await measure("deployment-frequency", QUESTION);
    const { five } = (await get(`/api/leadership?${QUESTION}`)).json<Reply<"/api/leadership">>();

    expect(rebased).toContain("Limits re-based on 2026-03-30: Trunk-based development, by Ada (To merge daily).");
    expect(five.find(({ metric }) => metric === "deployment-frequency")).toMatchObject({
      limits,
      formerLimits,
      rebased,
    });
  });

  it("start anew on the day on which somebody says so, on the record", async () => {
    const { judge, reverse, measure } = await twoProcesses();
    const before = await measure("deployment-frequency", QUESTION);
    const id = await judge({ ...trunk, rebases: true });

    const { limits, formerLimits, rebased, series } = await measure("deployment-frequency", QUESTION);

    expect(limits).toMatchObject({
      from: "2026-03-30T00:00:00.000Z",
      to: "2026-06-22T00:00:00.000Z",
      centre: 97 / 12,
      baseline: "Limits rest on the first 12 complete weeks with values of this window since 2026-03-30.",
    });
    expect(formerLimits).toMatchObject([
      { from: "2026-01-05T00:00:00.000Z", to: "2026-03-30T00:00:00.000Z", centre: 25 / 12 },
    ]);
    expect(series.filter(({ signal }) => signal !== null)).toEqual([]);
    expect(rebased).toBe("Limits re-based on 2026-03-30: Trunk-based development, by Ada (To merge daily).");
    await reverse(id);
    expect(await measure("deployment-frequency", QUESTION)).toEqual(before);
  });

  it("are none until the new process has shown ten periods, which is said", async () => {
    const { judge, measure } = await twoProcesses();
    await judge({ ...trunk, from: "2026-05-04", rebases: true });

    const { limits, formerLimits, rebased } = await measure("deployment-frequency", QUESTION);

    expect([limits, formerLimits.length]).toEqual([null, 1]);
    expect(rebased).toContain("There are none yet since then: they need 10 complete weeks with values.");
  });

  it("of a window after the change rest on nothing before it", async () => {
    const { judge, measure } = await twoProcesses();
    await judge({ ...trunk, rebases: true });

    const { limits, formerLimits } = await measure("deployment-frequency", "from=2026-06-08&to=2026-06-22");

    expect(limits).toMatchObject({
      centre: 8.1,
      baseline: "Limits rest on the 10 weeks with values before this window since 2026-03-30.",
    });
    expect(formerLimits).toEqual([]);
  });

  it("take nothing from the period in which the process changed", async () => {
    const { judge, measure } = await twoProcesses();
    await judge({ ...trunk, from: "2026-04-01", rebases: true });

    const { limits, formerLimits } = await measure("deployment-frequency", QUESTION);

    expect(limits?.centre).toBe(89 / 11);
    expect(formerLimits[0]?.centre).toBe(25 / 12);
  });
});
