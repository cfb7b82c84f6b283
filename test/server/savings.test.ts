import { describe, expect, it } from "vitest";

import { quantile, sortedNumbers } from "#metrics/statistics/quantile.ts";
import type { Reply } from "#server/contract.ts";
import { importProgramme } from "#server/planning.ts";
import { freezeSavings } from "#server/saving-records.ts";
import { daily, times } from "#test/support/daily-work.ts";
import { FakeHost } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { anInstallation, serve } from "#test/support/installation.ts";

const config = { ...told, services: [{ name: "acme/shop", team: "money", system: "tills" }] };

const said = `assumptions:
  - { id: rate, what: rate, value: 80, low: 70, high: 90, source: Controlling, owner: Finance, validFrom: 2025-01-01 }
  - { id: capacity, what: capacity, of: money, value: 200, low: 180, high: 220, source: Plan, owner: Finance, validFrom: 2025-01-01 }
interventions:
  - { id: t, kind: training, title: Trunk, teams: [money], from: 2026-01-07, to: 2026-01-09, hours: 24, cost: 500 }
`;

const sized = { additions: 40, deletions: 10 };

/** A change of fifty lines a working day for ten months. */
async function aTeam(programme = said): Promise<Headway> {
  const events = daily("2025-09-01", times(43, 5));
  const changes = events.filter(({ kind }) => kind === "change").map((change) => ({ ...change, ...sized }));
  const headway = await aHeadway({ config, tells: [[...events.filter(({ kind }) => kind !== "change"), ...changes]] });
  await importProgramme(headway.installation, programme, true, { follows: null, actor: "Ada" });
  return headway;
}

async function ask<T>({ get }: Pick<Headway, "get">, path: string): Promise<T> {
  const answer = await get(path);
  expect(answer.status, answer.text).toBe(200);
  return answer.json();
}

describe("savings", () => {
  it("are told of the last fiscal quarter that is over, against the time before anybody began", async () => {
    const found = await ask<Reply<"/api/savings">>(await aTeam(), "/api/savings");

    expect(found.quarter).toBe("2026-Q1");
    expect(found.figures?.period).toEqual({ from: "2025-12-29", to: "2026-03-30" });
    expect(found.figures?.baseline).toEqual({ from: "2025-09-01", to: "2025-12-29" });
    expect(found.adoptions).toEqual([{ team: "money", week: "2026-01-05", from: "intervention" }]);
    expect(found.baseline).toEqual({
      name: null,
      isFrozen: false,
      words: "17 weeks before this period; no baseline was frozen.",
    });
    // The same every day, before and after: what the programme cost is all that there is.
    expect(found.figures?.gross?.likely).toBeCloseTo(0, 6);
    expect(found.figures?.programmeCost).toBeCloseTo(500 + 24 * 80, 6);
    expect(found.figures?.headline?.net.spread.p90).toBeLessThan(0);
    expect(found.effect?.verdict).not.toBe("yes");
    expect(found.caps.map(({ words }) => words)).toContain("No baseline was frozen before the results could be seen.");
  });

  it("have the same digits of the same seed, and others of another", async () => {
    const headway = await aTeam();
    const first = await ask<Reply<"/api/savings">>(headway, "/api/savings?seed=3");

    expect(await ask(headway, "/api/savings?seed=3")).toEqual(first);
    expect((await ask<Reply<"/api/savings">>(headway, "/api/savings?seed=4")).figures?.net).not.toEqual(
      first.figures?.net,
    );
  });

  it("are held against the record that was frozen, and tell what was done otherwise than planned", async () => {
    const headway = await aTeam();
    await freezeSavings(
      headway.installation,
      {
        kind: "baseline",
        name: "Autumn",
        scope: "organisation",
        from: "2025-09-01",
        to: "2025-12-29",
        categories: [{ kind: "labour", amount: 272_000 }],
        volume: null,
        rates: [],
        hours: [],
      },
      "Finance",
    );
    await freezeSavings(
      headway.installation,
      {
        kind: "plan",
        name: "Plan",
        scope: "organisation",
        baseline: "Autumn",
        outcome: "lost share of capacity",
        method: "interrupted-time-series",
        schedule: [{ wave: "first", teams: ["money"], from: "2026-02-02" }],
        seed: 9,
        smallest: [],
      },
      "Finance",
    );
    const other = await ask<Reply<"/api/savings">>(headway, "/api/savings?quarter=2026-Q2&seed=3");
    const found = await ask<Reply<"/api/savings">>(headway, "/api/savings?quarter=2026-Q2");

    expect(found.baseline).toMatchObject({ name: "Autumn", isFrozen: true });
    expect(found.figures?.baseline).toEqual({ from: "2025-09-01", to: "2025-12-29" });
    expect(found.figures?.seed).toBe(9);
    expect(found.registered).toMatchObject({ name: "Plan", evaluates: "lost-share", seed: 9 });
    expect(found.deviations.join(" ")).not.toContain("seed");
    expect(other.deviations).toContain("The plan says the seed 9; this was drawn with 3.");
    expect(found.deviations).toContain(
      "money was to begin in the week of 2026-02-02 (first) and began in the week of 2026-01-05.",
    );
  });

  it("say what is missing, and when an answer is possible", async () => {
    const found = await ask<Reply<"/api/savings">>(await aTeam("vision: { sentence: Weekly. }\n"), "/api/savings");

    expect(found.figures?.headline).toBeNull();
    expect(found.sentence).toContain("is not known yet");
    expect(found.missing.map(({ what }) => what)).toEqual([
      "What an hour of work costs is not known.",
      "How many productive hours a week one team has is not known.",
      "No team is known to work in another way than before.",
      "No baseline of the organisation was frozen before this period.",
    ]);
    expect(found.earliest).toBe("2026-09-22T12:00:00.000Z");
  });

  it("say that nothing was collected where nothing was", async () => {
    const server = await serve(await anInstallation({ collectors: [new FakeHost().collector()] }));
    const found = await ask<Reply<"/api/savings">>(server, "/api/savings");

    expect(found).toMatchObject({ figures: null, effect: null, earliest: null, grade: "D" });
    expect(found.missing).toEqual([{ what: "Nothing has been collected.", todo: "headway sync" }]);
  });

  it("are taken from draws that can be had one by one, the same for the same seed", async () => {
    const headway = await aTeam();
    const draws = async (seed: number) =>
      ask<Reply<"/api/savings/draws">>(headway, `/api/savings/draws?quarter=2026-Q1&seed=${seed}`);
    const { figures } = await ask<Reply<"/api/savings">>(headway, "/api/savings?quarter=2026-Q1&seed=7");
    const [first, again, other] = [await draws(7), await draws(7), await draws(8)];
    const net = sortedNumbers(first.draws.map(({ netShare }) => Number(netShare)));

    expect(first.draws.map(({ draw }) => draw)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    expect(again).toEqual(first);
    expect(other.draws).not.toEqual(first.draws);
    expect(figures?.headline?.net.spread).toEqual({
      p10: quantile(net, 0.1),
      p50: quantile(net, 0.5),
      p90: quantile(net, 0.9),
    });
    expect(figures?.headline?.netReaches).toBe(Array.from(net).filter((share) => share >= 0.1).length / 1000);
    for (const { gross, net: left, programme, baselineCost, netShare } of first.draws) {
      expect(Number(gross) - programme).toBeCloseTo(Number(left), 6);
      expect(Number(left) / Number(baselineCost)).toBeCloseTo(Number(netShare), 9);
    }
  });

  it("lead to the weeks of a lever, and to what happened in one of them", async () => {
    const headway = await aTeam();
    const all = await ask<Reply<"/api/savings/lever">>(headway, "/api/savings/lever?lever=L8");
    const one = await ask<Reply<"/api/savings/lever">>(
      headway,
      "/api/savings/lever?lever=L2&team=money&week=2026-02-02",
    );

    expect(all.weeks.filter(({ side }) => side === "before")).toHaveLength(17);
    expect(all.weeks.filter(({ side }) => side === "now")).toHaveLength(13);
    expect(one.weeks).toMatchObject([{ team: "money", week: "2026-02-02", side: "now", capacity: 200, hours: 0 }]);
    expect((await headway.get("/api/savings/lever?lever=L2&team=nobody")).status).toBe(400);
    expect((await headway.get("/api/savings?quarter=2031-Q1")).status).toBe(400);
  });
});
