/** What is often claimed of a programme and is no saving. Each of these worlds would give a large one by the naive reckoning. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { headlineRows } from "#metrics/programme/savings/leadership-words.ts";
import type { SavingsInput } from "#metrics/programme/savings/prepared.ts";
import { savingsOf } from "#metrics/programme/savings/savings.ts";
import { fromSavings } from "#metrics/programme/savings/statement/savings.ts";
import { savingsSentence } from "#metrics/programme/savings/words.ts";
import { DAY } from "#metrics/time.ts";
import { aCost, anAssumption } from "#test/metrics/programme/declared.ts";

import { aLife, DAYS, STATED } from "./lives.ts";
import { anInput } from "./weeks.ts";

const saved = (...of: Parameters<typeof aLife>) => savingsOf(aLife(...of));
const lever = (found: ReturnType<typeof savingsOf>, id: string) => found.levers.find((one) => one.id === id);

/** What a quarter costs: 13 weeks × 100 hours × 50. */
const QUARTER = 65_000;

const programmeOf = (cost: number) => ({
  assumptions: STATED,
  costs: [],
  timeStudies: [],
  interventions: [
    { id: "t", kind: "training" as const, title: "T", teams: [], from: "2026-04-06", to: "2026-07-05", hours: 0, cost },
  ],
  initiatives: [],
});

describe("the same work cut into smaller changes", () => {
  it("saves nothing, neither of the headline nor held against what was delivered", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), (slices) => {
        const found = saved({}, { slices, deployments: 5 * slices });

        expect(found.gross?.likely).toBeCloseTo(0, 6);
        expect(found.volumeAdjusted).toMatchObject({ before: 65, now: 65, lacking: null });
        expect(found.volumeAdjusted?.hours?.likely).toBeCloseTo(0, 6);
        expect(found.volumeAdjusted?.share?.likely).toBeCloseTo(0, 9);
      }),
      { numRuns: 11 },
    );
  });

  it("is no saving by the shares of capacity either, lever by lever", () => {
    const { levers } = saved({}, { slices: 6, deployments: 30 });

    for (const { hours } of levers.filter(({ ledger }) => ledger === "capacity"))
      expect(hours?.likely).toBeCloseTo(0, 6);
  });
});

describe("the fail rate of then times the deployments of today", () => {
  it("is not what comes out where as many fail for as long, however many more are deployed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 60 }), (deployments) => {
        const found = saved({}, { deployments });
        // One of five of them, 6 hours × 2 people, for 13 weeks, less what was handled.
        const naive = (deployments / 5 - 1) * 6 * 2 * 13;

        expect(lever(found, "L1")?.hours?.likely).not.toBeCloseTo(naive, 0);
        expect(lever(found, "L1")?.shares?.now).toBeCloseTo(0.12, 9);
        expect(lever(found, "L1")?.hours?.likely).toBeCloseTo(0, 6);
      }),
      { numRuns: 15 },
    );
  });

  it("is not what comes out where half as many fail: only what was handled less", () => {
    const found = saved({ failures: 2 }, { failures: 1, deployments: 50 });

    // The second falls into the first, so it adds less than its own 6 hours.
    expect(lever(found, "L1")?.hours?.likely).toBeCloseTo((6 + 24 / 5) * 2 * 13 - 6 * 2 * 13, 6);
    expect(lever(found, "L1")?.hours?.likely).not.toBeCloseTo((2 / 5) * 50 * 6 * 2 * 13 - 6 * 2 * 13, -2);
  });
});

describe("hours of lead time times heads", () => {
  it("are no hours that anybody worked: much less of the lead time saves none of them and no money", () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 190 }), (leadHours) => {
        const found = saved({}, { leadHours });

        expect(found.gross?.likely).toBeCloseTo(0, 6);
        expect(found.headline?.gross.likely).toBeCloseTo(0, 9);
        expect(found.ledgers.find(({ name }) => name === "capacity")?.hours?.likely).toBeCloseTo(0, 6);
      }),
      { numRuns: 15 },
    );
  });

  it("stand in the ledger of value alone where somebody said what a week of delay costs, and not in the headline", () => {
    const assumptions = [...STATED, anAssumption("delay", 7000)];
    const useCases = [{ id: "instant", before: 3, now: 1 }];
    const found = saved({}, { leadHours: 40 }, { programme: { ...programmeOf(0), assumptions }, useCases });

    expect(found.ledgers.find(({ name }) => name === "value")?.money?.likely).toBeCloseTo(14_000, 6);
    expect(found.gross?.likely).toBeCloseTo(0, 6);
  });
});

describe("waits", () => {
  it("are nobody's labour: reviews that come sooner, and approvals, save what coming back takes and no more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 29 }), fc.integer({ min: 1, max: 19 }), (waitHours, pauseHours) => {
        const found = saved({}, { waitHours, pauseHours });

        // As often as before somebody came back: 65 times, whatever the hours that lay between.
        expect(lever(found, "L3")?.hours?.likely).toBeCloseTo(0, 6);
        expect(lever(found, "L4")?.hours?.likely).toBeCloseTo(0, 6);
        expect(found.gross?.likely).toBeCloseTo(0, 6);
      }),
      { numRuns: 15 },
    );
  });

  it("that are gone save a quarter of an hour each", () => {
    const found = saved({}, { waitHours: 0.5 });

    expect(lever(found, "L4")?.hours?.likely).toBeCloseTo(65 * 0.25, 6);
  });
});

describe("a quarter", () => {
  it("is told as a quarter: thirteen weeks save thirteen times what one does, and nothing is carried on to a year", () => {
    const found = saved({ fixDays: 2 }, { fixDays: 1 });
    // A day of five more on which 70 visible hours are shared out.
    const week = 14 * 50;

    expect(found.period).toEqual(DAYS.period);
    expect(found.gross?.likely).toBeCloseTo(week * 13, 6);
    expect(found.baselineCost?.likely).toBeCloseTo(QUARTER, 6);
  });

  it("has no figure in a statement that is four times another", () => {
    const found = aLife({ fixDays: 2 }, { fixDays: 1 }, { programme: programmeOf(1000) });
    const printed = fromSavings({
      input: found,
      format: 4,
      month: "2026-06",
      evaluation: null,
      actuals: [],
      records: [],
      unheld: 0,
      teams: [],
    });
    const year = 4 * 14 * 50 * 13;

    expect(printed.find(({ id }) => id === "savings.gross.amount.likely")?.value).toBe((year / 4).toFixed(2));
    expect(printed.map(({ value }) => value)).not.toContain(year.toFixed(2));
    expect(printed.map(({ id, words }) => `${id} ${words}`).join(" ")).not.toMatch(/annual|a year|yearly/i);
  });

  it("counts of the programme what lies in it, however long the whole lasts", () => {
    const long = programmeOf(8000);
    const [training] = long.interventions;
    const twice = { ...long, interventions: [{ ...training, to: "2026-10-04" }] };

    expect(saved({}, {}, { programme: long }).programmeCost).toBeCloseTo(8000, 6);
    expect(saved({}, {}, { programme: twice as typeof long }).programmeCost).toBeCloseTo(4000, 6);
  });
});

describe("gross", () => {
  it("is never told without net, which is less by what the programme cost", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 40_000 }), (cost) => {
        const found = saved({ fixDays: 2 }, { fixDays: 1 }, { programme: programmeOf(cost) });

        expect(found.gross?.likely).toBeCloseTo(14 * 50 * 13, 6);
        expect(found.net?.likely).toBeCloseTo(14 * 50 * 13 - cost, 6);
        expect(found.headline?.gross.spread.p90).toBeCloseTo(0.14, 9);
        expect(found.headline?.net.spread.p90).toBeCloseTo(0.14 - cost / QUARTER, 9);
      }),
      { numRuns: 15 },
    );
  });

  it("is called gross, and net is called net, in the sentence, for leadership and in a statement", () => {
    const input = aLife({ fixDays: 2 }, { fixDays: 1 }, { programme: programmeOf(30_000) });
    const found = savingsOf(input);
    const told = headlineRows(found, "EUR").map(({ name }) => name);
    const ground = { input, format: 4 as const, month: "2026-06", evaluation: null, actuals: [], teams: [] };
    const printed = fromSavings({ ...ground, records: [], unheld: 0 }).map(({ id }) => id);

    // 9,100 of 65,000 before what the programme cost: only that reaches the line.
    expect(savingsSentence(found, true)).toContain(
      "gross, 14.0 to 14.0 % of the cost was saved; net, after what the programme cost, 32",
    );
    expect(savingsSentence(found, true)).toContain("That 10 % was reached is 100 % likely gross and 0 % likely net.");
    expect(told[0]).toMatch(/^Gross: /);
    expect(told[1]).toMatch(/^Net of €30K that the programme cost: −32/);
    expect(printed).toEqual(expect.arrayContaining(["savings.gross.share.likely", "savings.net.share.likely"]));
  });
});

describe("what is paid every month alike", () => {
  const costs = (["ci", "infrastructure", "licences", "contractors", "overtime", "downtime"] as const).map((kind) =>
    aCost(
      kind,
      "2025-01",
      Array.from({ length: 48 }, () => 1000),
    ),
  );
  const monday = (week: number) => new Date(Date.UTC(2025, 1, 3) + week * 7 * DAY).toISOString().slice(0, 10);
  const paidIn = (
    before: readonly [number, number],
    now: readonly [number, number],
    rest: Partial<SavingsInput> = {},
  ) => {
    const daysOf = ([first, count]: readonly [number, number]) => ({ from: monday(first), to: monday(first + count) });
    const days = { baseline: daysOf(before), period: daysOf(now) };
    return savingsOf(anInput([], { programme: { ...programmeOf(0), costs }, ...days, draws: 1, ...rest }));
  };

  it("is no saving and no loss, though no two months, quarters or weeks of them are equally long", () => {
    const weeks = fc.tuple(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 52 }));
    fc.assert(
      fc.property(weeks, weeks, (before, now) => {
        const found = paidIn(before, now);

        for (const id of ["L5", "L6", "L7"]) expect(lever(found, id)?.money?.likely).toBeCloseTo(0, 6);
      }),
    );
  });

  it("was a loss of 269.59 in four weeks of February, in statements that compared days", () => {
    const [january, february] = [[48, 4] as const, [52, 4] as const];

    // Of three kinds: 27/31 and 1/28 of a month before, 27/28 and 1/31 now.
    expect(monday(52)).toBe("2026-02-02");
    expect(lever(paidIn(january, february, { paidBy: "days" }), "L6")?.money?.likely).toBeCloseTo(-269.585, 3);
  });
});
