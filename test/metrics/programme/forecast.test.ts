import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { businessCase, USUAL_TERMS } from "#metrics/programme/business-case.ts";
import type { Forecast } from "#metrics/programme/forecast.ts";
import { forecast } from "#metrics/programme/forecast.ts";
import { forecastWords } from "#metrics/programme/forecast-words.ts";
import type { Initiative } from "#metrics/programme/programme.ts";

import { anInitiative, months } from "./declared.ts";

const terms = { ...USUAL_TERMS, years: 2 };
const yearly = (likely: number) => ({ low: likely, likely, high: likely });
type Came = readonly (readonly [cost: number, benefit: number])[];

function came(first: string, all: Came) {
  const dates = months(first, all.length, 0);
  return all.map(([cost, benefit], index) => ({ month: String(dates[index]?.month), cost, benefit }));
}

/** That many months alike. */
function alike(count: number): Came {
  return Array.from({ length: count }, () => [10_000, 0] as const);
}

function found(rest: Partial<Initiative>, today = "2027-01"): Forecast {
  const one = forecast(anInitiative("a", { plan: months("2027-01", 6, 10_000), ...rest }), today, terms);
  if (one === null) throw new Error("Something is planned, so something is forecast.");
  return one;
}

describe("a forecast", () => {
  it("expects the curve of the business case, whatever the plan", () => {
    const plans = fc.record({
      costs: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 }),
      likely: fc.integer({ min: 0, max: 100_000 }),
      ramp: fc.integer({ min: 0, max: 20 }),
      affected: fc.option(fc.integer({ min: 0, max: 5000 })),
    });
    fc.assert(
      fc.property(plans, ({ costs, likely, ramp, affected }) => {
        const plan = months("2027-01", costs.length, 0).map((one, index) => ({ ...one, cost: Number(costs[index]) }));
        const initiative = anInitiative("a", { plan, benefit: yearly(likely), ramp, affected });
        const told = forecast(initiative, "2027-01", { ...terms, draws: 1 });
        const judged = businessCase(initiative, { ...terms, draws: 1 });
        const curve = judged?.curve.map((sum): unknown => expect.closeTo(sum, 4));
        expect(told?.months.map(({ expectedSum }) => expectedSum)).toEqual(curve);
        expect(told?.deepest.expected).toBeCloseTo(Number(judged?.deepest), 6);
      }),
    );
  });

  it("gives the known J-curve of what came: cost and dip, benefit, its deepest point and when it is back", () => {
    // Investment and dip, and benefit, in thousands; a month stands for a quarter.
    const actuals = came("2027-01", [
      [300, 0],
      [200 + 40, 0],
      [100 + 20, 30],
      [20, 90],
      [20, 150],
      [20, 150],
      [20, 150],
      [20, 150],
      [20, 150],
    ]);
    const told = found({ plan: months("2027-01", 9, 0), actuals, benefit: yearly(0) }, "2027-10");

    expect(told.deepest.actual).toBe(-630);
    expect(told.payback.outlook).toBeCloseTo(7.31, 2);
    expect(told.months.slice(0, 9).map(({ actualSum }) => actualSum)).toEqual([
      -300, -540, -630, -560, -430, -300, -170, -40, 90,
    ]);
  });

  it("lays what came beside what was planned until then, and what is left", () => {
    const told = found({
      actuals: came("2027-01", [
        [12_000, 0],
        [11_000, 500],
      ]),
      benefit: yearly(120_000),
    });

    expect(told).toMatchObject({ until: "2027-02", silent: 0, overdue: 0 });
    expect(told.cost).toEqual({ planned: 60_000, plannedUntil: 20_000, spent: 23_000, left: 40_000, outlook: 63_000 });
    expect(told.benefit).toEqual({ expectedUntil: 0, brought: 500 });
    expect(told.months.slice(0, 3)).toEqual([
      {
        month: "2027-01",
        planned: 10_000,
        dip: 0,
        expected: 0,
        spent: 12_000,
        brought: 0,
        expectedSum: -10_000,
        actualSum: -12_000,
        outlookSum: null,
      },
      {
        month: "2027-02",
        planned: 10_000,
        dip: 0,
        expected: 0,
        spent: 11_000,
        brought: 500,
        expectedSum: -20_000,
        actualSum: -22_500,
        outlookSum: -22_500,
      },
      {
        month: "2027-03",
        planned: 10_000,
        dip: 0,
        expected: 0,
        spent: null,
        brought: null,
        expectedSum: -30_000,
        actualSum: null,
        outlookSum: -32_500,
      },
    ]);
  });

  it("moves the day on which the money is back by what came so far", () => {
    const told = found({ benefit: yearly(120_000), actuals: came("2027-01", [[30_000, 0]]) });

    // Six months of 10,000, then 10,000 a month: back after twelve. 20,000 more take two months more.
    expect(told.payback.expected).toBeCloseTo(11, 9);
    expect(told.payback.outlook).toBeCloseTo(13, 9);
  });

  it("is what was planned, as long as all came as planned", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), (known) => {
        const told = found({
          actuals: came(
            "2027-01",
            Array.from({ length: known }, () => [10_000, 0]),
          ),
        });
        expect(told.payback.outlook).toEqual(told.payback.expected);
        expect(told.cost.outlook).toBe(told.cost.planned);
        const [expected, actual] = [
          told.months.map(({ expectedSum }) => expectedSum),
          told.months.map(({ actualSum }) => actualSum),
        ];
        expect(actual.slice(0, known)).toEqual(expected.slice(0, known));
        expect(actual.slice(known).every((sum) => sum === null)).toBe(true);
      }),
    );
  });

  it("counts the dip of slower teams in what came as well, since nobody measures it", () => {
    const told = found({ affected: 20_000, actuals: came("2027-01", [[10_000, 0]]) });

    expect(told.months[0]).toMatchObject({ dip: 3000, expectedSum: -13_000, actualSum: -13_000 });
  });

  it("says of which months nobody spoke: up to the last that is known, and since", () => {
    const actuals = [...came("2027-01", [[1, 0]]), ...came("2027-03", [[1, 0]])];

    expect(found({ actuals }, "2027-06")).toMatchObject({ until: "2027-03", silent: 1, overdue: 2 });
    expect(found({ actuals, state: "done" }, "2027-06").overdue).toBe(0);
    expect(found({}, "2027-03")).toMatchObject({ until: null, silent: 0, overdue: 2 });
    expect(found({}, "2027-03").deepest.actual).toBeNull();
  });

  it("leaves nothing of a plan that was stopped", () => {
    const told = found({ state: "stopped", actuals: came("2027-01", [[9000, 0]]) });

    expect(told.cost).toMatchObject({ left: 0, outlook: 9000 });
    expect(told.payback.outlook).toBeNull();
    expect(told.months.every(({ outlookSum }) => outlookSum === null)).toBe(true);
  });

  it("begins with the first month that cost something, be it before the plan, and ends with the last that is known", () => {
    const early = found({ actuals: came("2026-11", [[500, 0]]) });
    const late = found({ actuals: came("2029-05", [[0, 700]]) });

    expect(early.months[0]).toMatchObject({ month: "2026-11", planned: 0, expected: 0, spent: 500, actualSum: -500 });
    expect(early.months[2]).toMatchObject({ month: "2027-01", planned: 10_000 });
    expect(late.months.at(-1)).toMatchObject({ month: "2029-05", brought: 700 });
  });

  it("has the cost of an enabler, and leaves the benefit to what it enables", () => {
    const told = found({ benefit: null, actuals: came("2027-01", [[9000, 0]]) });

    expect(told.benefit).toBeNull();
    expect(told.months[0]).toMatchObject({ expected: null, actualSum: -9000 });
  });

  it("is none where nothing is planned and nothing came", () => {
    expect(forecast(anInitiative("a", { plan: [] }), "2027-01")).toBeNull();
    const unplanned = anInitiative("a", { plan: [], actuals: came("2027-01", [[5, 0]]) });
    expect(forecast(unplanned, "2027-01")?.months[0]).toMatchObject({ month: "2027-01", planned: 0, spent: 5 });
  });
});

describe("what a forecast says", () => {
  const words = (rest: Partial<Initiative>, today?: string): string =>
    forecastWords(found(rest, today), anInitiative("a", rest), "EUR");

  it("tells what came, what is left, and when the money is back", () => {
    expect(words({ benefit: yearly(120_000), actuals: came("2027-01", [[30_000, 0]]) })).toBe(
      "Until 2027-01 €30K were spent of €10K planned, 200 % more. It brought €0, as people say; €0 was expected by then. " +
        "€50K are left, so it costs €80K instead of €60K. The money is back after 13 months instead of after 11 months, if the rest comes as planned.",
    );
  });

  it("says who measured a benefit, of what nobody spoke, and what was stopped", () => {
    const actuals = came("2027-02", [[10_000, 3000]]);

    expect(words({ grade: "B", actuals }, "2027-04")).toContain("It brought €3K, as was measured; €0 was expected");
    expect(words({ actuals }, "2027-04")).toContain(
      "Of 1 month up to then nobody said anything. Nothing was said of 1 month since then.",
    );
    expect(words({ state: "stopped", actuals })).toContain("It was stopped: what was spent is spent");
    expect(words({ benefit: null, actuals })).toContain("Its benefit is counted where it enables others.");
  });

  it("says nothing of how far apart they are where nothing was planned, or both are the same but for half a percent", () => {
    const spent = (cost: number, first = "2027-01") => words({ benefit: null, actuals: came(first, [[cost, 0]]) });

    expect(spent(900, "2026-12")).toMatch(/^Until 2026-12 €900 were spent of €0 planned\. /);
    expect(spent(10_040)).toMatch(/planned\. Its/);
    expect(spent(10_060)).toMatch(/planned, 1 % more\. /);
    expect(spent(9900)).toMatch(/planned, 1 % less\. /);
  });

  it("says when nothing is known yet", () => {
    expect(words({}, "2027-03")).toBe(
      "Nothing is known yet of what it cost or brought. €60K are planned. 2 months of the plan are over.",
    );
  });

  it("says that all is as planned, and that money does not come back", () => {
    const whole = came("2027-01", alike(6));

    expect(words({ actuals: whole, benefit: yearly(120_000) })).toContain(
      "Nothing is left of the plan; it cost €60K instead of €60K. The money is back after 11 months, as planned, if the rest comes so.",
    );
    expect(words({ actuals: whole, benefit: yearly(1) })).toContain(
      "The money does not come back within the years that are counted, nor was it planned to.",
    );
    const dear = came("2027-01", [[5_000_000, 0]]);
    expect(words({ actuals: dear, benefit: yearly(120_000) })).toContain(
      "The money does not come back within the years that are counted any more; after 11 months was planned.",
    );
    const lucky = came("2027-01", [[0, 90_000]]);
    expect(words({ actuals: lucky, benefit: yearly(1) })).toContain("after 0 months, which was not planned at all.");
  });
});
