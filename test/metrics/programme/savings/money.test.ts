import { describe, expect, it } from "vitest";
import { lengthOf, monthsIn, paid, programmeCost, within } from "#metrics/programme/savings/money.ts";
import { aCost, anInitiative, months } from "#test/metrics/programme/declared.ts";

const march = { from: "2026-03-01", to: "2026-04-01" };

describe("some days", () => {
  it("are as many as lie between the first and the last, which is none of them", () => {
    expect(lengthOf(march)).toBe(31);
    expect(lengthOf({ from: "2026-03-02", to: "2026-03-01" })).toBe(0);
  });

  it("are so many months, of one that they do not fill as large a part as they have of its days", () => {
    expect(monthsIn(march)).toBe(1);
    expect(monthsIn({ from: "2026-02-15", to: "2026-04-01" })).toBeCloseTo(14 / 28 + 1, 12);
    expect(monthsIn({ from: "2025-12-31", to: "2026-01-01" })).toBeCloseTo(1 / 31, 12);
  });
});

describe("what is told month by month", () => {
  it("lies evenly over the days of its month", () => {
    expect(within(months("2026-02", 3, 280), { from: "2026-02-22", to: "2026-03-02" })).toBeCloseTo(70 + 280 / 31, 12);
    expect(within(months("2026-02", 1, 280), march)).toBe(0);
    expect(within([], march)).toBe(0);
  });

  it("is whole where every month of the days is told of, of each cost of the kinds that are asked for", () => {
    const costs = [aCost("ci", "2026-01", [10, 20, 30]), aCost("licences", "2026-02", [5])];
    const quarter = { from: "2026-01-01", to: "2026-04-01" };

    expect(paid(costs, ["ci"], quarter)).toEqual({ amount: 60, isWhole: true, months: 3 });
    expect(paid(costs, ["ci", "licences"], quarter)).toEqual({ amount: 65, isWhole: false, months: 4 });
    expect(paid(costs, ["ci", "licences"], { from: "2026-02-01", to: "2026-03-01" })).toEqual({
      amount: 25,
      isWhole: true,
      months: 2,
    });
    expect(paid(costs, ["ci"], { from: "2026-03-30", to: "2026-04-02" })).toMatchObject({ isWhole: false, months: 1 });
    expect(paid(costs, ["overtime"], quarter)).toEqual({ amount: 0, isWhole: false, months: 0 });
  });
});

describe("what the programme cost", () => {
  const training = {
    id: "t",
    kind: "training" as const,
    title: "T",
    teams: [],
    from: "2026-03-30",
    to: "2026-04-02",
    hours: 8,
    cost: 400,
  };
  const came = (month: string, cost: number) => months(month, 1, cost).map((one) => ({ ...one, benefit: 0 }));
  const costOf = (has: Partial<Parameters<typeof programmeCost>[0]>, rate: number | null = 50) =>
    programmeCost({ interventions: [], initiatives: [], ...has }, march, rate);

  it("is that of interventions with the hours of those who took part, by the days of theirs that lie in it", () => {
    // Two of four days, the last of which is a day of it: of 400 and 8 × 50.
    expect(costOf({ interventions: [training] })).toBe(400);
    expect(costOf({ interventions: [training, training] })).toBe(800);
    expect(costOf({ interventions: [training] }, null)).toBe(200);
    expect(costOf({ interventions: [{ ...training, from: "2026-04-01" }] })).toBe(0);
    expect(costOf({})).toBe(0);
  });

  it("is that of initiatives month by month: what came, else what is planned once somebody decided on it", () => {
    const planned = { plan: months("2026-03", 2, 100), actuals: [] };
    const of = (rest: Parameters<typeof anInitiative>[1]) =>
      costOf({ initiatives: [anInitiative("layer", { ...planned, ...rest })] });

    expect((["approved", "running", "done"] as const).map((state) => of({ state }))).toEqual([100, 100, 100]);
    expect((["idea", "analysed", "stopped"] as const).map((state) => of({ state }))).toEqual([0, 0, 0]);
    expect(of({ state: "stopped", actuals: came("2026-03", 70) })).toBe(70);
    expect(of({ state: "running", actuals: came("2026-03", 70) })).toBe(70);
    expect(of({ state: "running", actuals: came("2026-02", 70) })).toBe(100);
  });
});
