import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { released, tallied, variance } from "#metrics/programme/savings/levers.ts";
import { UNCALIBRATED } from "#metrics/programme/savings/calibration.ts";
import { CAPACITY_LEVERS, hoursOf, lostShare } from "#metrics/programme/savings/team-week.ts";
import { prepare } from "#metrics/programme/savings/prepared.ts";
import { savingsOf } from "#metrics/programme/savings/savings.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { aCost, anAssumption, aTimeStudy } from "#test/metrics/programme/declared.ts";

import { anInput, aTeamWeek, CERTAIN, mondays, work } from "./weeks.ts";

const terms = {
  capacity: 100,
  responders: 2,
  handlingCap: 8,
  manualDeployment: 1,
  approval: 0.5,
  return: 0.25,
  invisibleShare: 0.3,
};
const amounts = fc.double({ min: 0, max: 60, noNaN: true });
const anyWeek = fc
  .record({
    recoveries: fc.array(amounts, { maxLength: 5 }),
    manualDeployments: fc.nat(30),
    approvals: fc.nat(80),
    returns: fc.nat(200),
    rework: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ rework, ...rest }) => aTeamWeek("2026-01-05", { ...rest, work: work(rework) }));

/** What must be there for a test to say anything. */
function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("Nothing is known.");
  return value;
}

describe("the hours of a week", () => {
  it("are each in exactly one bucket, and no lever takes more than its bucket holds", () => {
    fc.assert(
      fc.property(anyWeek, (week) => {
        const { buckets, levers } = known(hoursOf(week, terms, UNCALIBRATED));

        expect(sum(Object.values(buckets))).toBeCloseTo(100, 6);
        expect(levers.L1 + levers.L2).toBeCloseTo(buckets["unplanned-rework"], 6);
        expect(levers.L3 + levers.L4).toBeLessThanOrEqual(buckets.toil + 1e-9);
        for (const lever of CAPACITY_LEVERS) expect(levers[lever]).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("are unknown where no change tells what they went into", () => {
    expect(hoursOf(aTeamWeek("2026-01-05", { work: null }), terms, UNCALIBRATED)).toBeNull();
  });

  it("hold a failure no longer than somebody works on it: a wait of days is nobody's labour", () => {
    const long = aTeamWeek("2026-01-05", { recoveries: [72], work: work(1) });

    expect(hoursOf(long, terms, UNCALIBRATED)?.levers.L1).toBe(8 * 2);
  });

  it("lie in what no change tells of where a failure was handled without a change, and are no more than there are", () => {
    const handled = (recoveries: readonly number[]) =>
      known(hoursOf(aTeamWeek("2026-01-05", { recoveries }), terms, UNCALIBRATED));

    expect(handled([4]).levers.L1).toBe(8);
    expect(handled([4]).buckets).toMatchObject({ "new-value": 70, "unplanned-rework": 8, other: 22 });
    expect(handled([8, 8, 8, 8]).levers.L1).toBe(30);
  });

  it("count a wait as what it takes to come back, however long it was", () => {
    const waited = aTeamWeek("2026-01-05", { returns: 4, logLeadTime: Math.log(2000), changes: 9 });

    expect(hoursOf(waited, terms, UNCALIBRATED)?.levers.L4).toBe(1);
    expect(lostShare(known(hoursOf(waited, terms, UNCALIBRATED)))).toBeCloseTo(0.01, 12);
  });
});

describe("a saving", () => {
  const [before, now] = [mondays("2026-01-05", 4), mondays("2026-02-02", 4)];
  const weeks = (rework: readonly [number, number], rest: { changes: number } = { changes: 10 }) => [
    ...before.map((week) => aTeamWeek(week, { ...rest, work: work(rework[0]) })),
    ...now.map((week) => aTeamWeek(week, { ...rest, work: work(rework[1]) })),
  ];
  const money = (found: ReturnType<typeof savingsOf>, id: string) =>
    found.levers.find((lever) => lever.id === id)?.money?.likely;

  it("is nothing where the same work is cut into more changes and deployments", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 50 }), (times) => {
        const cut = [
          ...before.map((week) => aTeamWeek(week, { work: work(0.2), changes: 10, deployments: 5 })),
          ...now.map((week) => aTeamWeek(week, { work: work(0.2), changes: 10 * times, deployments: 5 * times })),
        ];

        expect(savingsOf(anInput(cut, { draws: 2 })).gross?.likely).toBeCloseTo(0, 9);
      }),
    );
  });

  it("is below 0 where more is lost than before, and is told", () => {
    const found = savingsOf(anInput(weeks([0.1, 0.3])));

    // 20 hours of 100 in each of four weeks at 50.
    expect(found.gross?.likely).toBeCloseTo(-4000, 6);
    expect(found.headline?.grossReaches).toBe(0);
  });

  it("is that of the period and of no longer time", () => {
    const four = savingsOf(anInput(weeks([0.3, 0.1])));
    const two = savingsOf(anInput(weeks([0.3, 0.1]), { period: { from: "2026-02-02", to: "2026-02-16" } }));

    expect(four.gross?.likely).toBeCloseTo(4000, 6);
    expect(two.gross?.likely).toBeCloseTo(2000, 6);
    expect(two.headline?.gross.likely).toBeCloseTo(known(four.headline).gross.likely, 9);
  });

  it("holds a team against its own share of today's capacity, so that growing is no saving", () => {
    const grown = [
      ...CERTAIN.filter(({ what }) => what !== "capacity"),
      anAssumption("capacity", 100),
      anAssumption("capacity", 200, { validFrom: "2026-02-01" }),
    ];
    const found = savingsOf(
      anInput(weeks([0.2, 0.2]), {
        programme: { assumptions: grown, costs: [], timeStudies: [], interventions: [], initiatives: [] },
      }),
    );

    expect(found.gross?.likely).toBeCloseTo(0, 6);
    expect(found.labour?.volume).toBeCloseTo(4000, 6);
    expect(found.labour?.efficiency).toBeCloseTo(0, 6);
  });

  it("is unknown in money where nobody said what an hour costs, and in cash where a month is not told of", () => {
    const noRate = CERTAIN.filter(({ what }) => what !== "rate");
    const programme = {
      assumptions: noRate,
      costs: [aCost("licences", "2026-01", [900])],
      timeStudies: [],
      interventions: [],
      initiatives: [],
    };
    const found = savingsOf(anInput(weeks([0.3, 0.1]), { programme }));

    expect(found.headline).toBeNull();
    expect(money(found, "L2")).toBeUndefined();
    expect(found.levers.find(({ id }) => id === "L2")?.hours?.likely).toBeCloseTo(80, 6);
    expect(money(found, "L6")).toBeUndefined();
    expect(found.levers.find(({ id }) => id === "L6")?.lacking).toContain("unknown and not free");
  });

  it("never adds downtime or delay to the headline", () => {
    const downtime = [
      ...before.map((week) => aTeamWeek(week, { downtime: { shop: 10 } })),
      ...now.map((week) => aTeamWeek(week)),
    ];
    const programme = {
      assumptions: [...CERTAIN, anAssumption("downtime", 1000), anAssumption("delay", 5000)],
      costs: [],
      timeStudies: [],
      interventions: [],
      initiatives: [],
    };
    const found = savingsOf(anInput(downtime, { programme, useCases: [{ id: "instant", before: 3, now: 1 }] }));

    expect(money(found, "L7")).toBeCloseTo(40_000, 6);
    expect(money(found, "L8")).toBeCloseTo(10_000, 6);
    expect(found.gross?.likely).toBeCloseTo(0, 9);
  });

  it("says which assumption moves it most, and nothing of those that move nothing", () => {
    const wide = [
      ...CERTAIN.filter(({ what }) => what !== "invisible-share"),
      anAssumption("invisible-share", 0.2, { low: 0, high: 0.4 }),
    ];
    const programme = { assumptions: wide, costs: [], timeStudies: [], interventions: [], initiatives: [] };
    const { tornado, headline } = savingsOf(anInput(weeks([0.3, 0.1]), { programme }));

    expect(tornado.map(({ assumption }) => assumption.what)).toEqual(["invisible-share"]);
    expect(tornado[0]?.low).toBeCloseTo(0.2, 9);
    expect(tornado[0]?.high).toBeCloseTo(0.12, 9);
    expect(known(headline).gross.spread.p10).toBeLessThan(known(headline).gross.spread.p90);
  });

  it("is corrected by where people said their hours went, and says how far off it was", () => {
    const study = aTimeStudy(
      "orders",
      { "unplanned-rework": 10, "new-value": 90 },
      { from: "2026-01-05", to: "2026-02-01" },
    );
    const programme = { assumptions: CERTAIN, costs: [], timeStudies: [study], interventions: [], initiatives: [] };
    const { buckets } = savingsOf(anInput(weeks([0.2, 0.2]), { programme }));

    expect(buckets.before["unplanned-rework"]).toBeCloseTo(0.1, 9);
    expect(buckets.studies).toBe(1);
    // Estimated 20 % and 80 %, found 10 % and 90 %: two of six buckets are 0.1 off.
    expect(buckets.error).toBeCloseTo(0.2 / 6, 9);
  });

  it("has the same digits with the same seed, and a team of which nothing is known before is left out by name", () => {
    const strange = [...weeks([0.3, 0.1]), aTeamWeek("2026-02-02", { team: "late" })];

    expect(savingsOf(anInput(strange))).toEqual(savingsOf(anInput(strange)));
    expect(savingsOf(anInput(strange)).notes.join(" ")).toContain("late");
  });
});

describe("why costs changed", () => {
  const anyPart = fc.record({
    before: fc.record({ volume: amounts, use: amounts, rate: amounts }),
    now: fc.record({ volume: amounts, use: amounts, rate: amounts }),
  });

  it("adds up to the whole change", () => {
    fc.assert(
      fc.property(fc.array(anyPart, { minLength: 1, maxLength: 6 }), (parts) => {
        const cost = (side: "before" | "now") =>
          sum(parts.map((part) => part[side].volume * part[side].use * part[side].rate));
        const change = cost("now") - cost("before");

        expect(Math.abs(sum(Object.values(variance(parts))) - change)).toBeLessThan(1e-6 * (1 + Math.abs(change)));
      }),
    );
  });

  it("is mix alone where the same work goes to a dearer part", () => {
    const found = variance([
      { before: { volume: 10, use: 1, rate: 1 }, now: { volume: 0, use: 1, rate: 1 } },
      { before: { volume: 10, use: 1, rate: 3 }, now: { volume: 20, use: 1, rate: 3 } },
    ]);

    expect(found).toEqual({ volume: 0, mix: 20, efficiency: 0, rate: 0 });
  });
});

describe("hours that were released", () => {
  it("are not known of a team of which nothing was known before", () => {
    const now = tallied("late", [hoursOf(aTeamWeek("2026-02-02", { work: work(0.1) }), terms, UNCALIBRATED)]);

    expect(released(tallied("late", []), now, "L2")).toBeNull();
  });
});

it("draws what is assumed in one order for ever, since digits that were signed depend on it", () => {
  const assumptions = [
    anAssumption("delay", 9, { of: "instant" }),
    anAssumption("downtime", 100),
    anAssumption("ci-price", 1),
    ...CERTAIN,
  ];
  const programme = { assumptions, costs: [], timeStudies: [], interventions: [], initiatives: [] };
  const weeks = ["2026-01-05", "2026-02-02"].map((week) =>
    aTeamWeek(week, { ciMinutes: { "": 5 }, downtime: { shop: 1 } }),
  );
  const { beliefs } = prepare(anInput(weeks, { programme, useCases: [{ id: "instant", before: 3, now: 1 }] }));

  expect(beliefs.used.map(({ what }) => what)).toEqual([
    "capacity",
    "responders",
    "handling-cap",
    "manual-deployment",
    "approval",
    "return",
    "invisible-share",
    "rate",
    "ci-price",
    "downtime",
    "delay",
  ]);
});

describe("what a lever rests on", () => {
  const weeks = [
    aTeamWeek("2026-01-05", { manualDeployments: null, approvals: null, returns: null }),
    aTeamWeek("2026-01-12", { manualDeployments: 2, approvals: null, returns: null }),
    aTeamWeek("2026-02-02", { manualDeployments: null, approvals: 3, returns: 4 }),
  ];
  const restsOn = (told: readonly (typeof weeks)[number][]) =>
    Object.fromEntries(savingsOf(anInput(told)).levers.map(({ id, rows, lacking }) => [id, [rows, lacking]]));

  it("is the weeks of which a host tells what it needs", () => {
    expect(restsOn(weeks)).toMatchObject({ L1: [3, null], L2: [3, null], L3: [2, null], L4: [1, null] });
  });

  it("is nothing, with the reason, where no host tells it", () => {
    expect(restsOn(weeks.slice(0, 1))).toMatchObject({
      L3: [0, "No host tells who deploys, or what runs wait for."],
      L4: [0, "No host tells of changes and what they waited for."],
    });
  });
});
