import { describe, expect, it } from "vitest";

import { funnel, overclaims, portfolio } from "#metrics/programme/portfolio.ts";

import { anInitiative, aProgramme, aUseCase, months } from "./declared.ts";

describe("a portfolio", () => {
  const layer = anInitiative("layer", { benefit: null });
  const small = anInitiative("small", { needs: ["layer"], benefit: { low: 20_000, likely: 20_000, high: 20_000 } });
  const large = anInitiative("large", { needs: ["small"], benefit: { low: 90_000, likely: 90_000, high: 90_000 } });

  it("puts what is worth most first, and enablers with what stands on them last", () => {
    const found = portfolio(aProgramme({ initiatives: [layer, small, large] }));

    expect(found.map(({ initiative, enables }) => [initiative.id, enables])).toEqual([
      ["large", []],
      ["small", ["large"]],
      ["layer", ["small", "large"]],
    ]);
    expect(found.at(-1)?.case).toBeNull();
  });

  it("says what an initiative waits for, where it is planned to begin before that is finished", () => {
    const waits = (of: readonly ReturnType<typeof anInitiative>[]) =>
      portfolio(aProgramme({ initiatives: of })).map(({ initiative, waitsFor }) => [initiative.id, waitsFor]);

    expect(waits([layer, small])).toEqual([
      ["small", ["layer"]],
      ["layer", []],
    ]);
    expect(waits([layer, { ...small, plan: months("2027-07", 2, 1) }])[0]).toEqual(["small", []]);
  });

  it("finds nothing promised twice where promises are what it is thought to be worth at most, or nobody said one", () => {
    const useCases = [aUseCase("instant", { value: { low: 0, likely: 90_000, high: 110_000 } })];

    expect(overclaims({ useCases, initiatives: [layer, small, large] })).toEqual([]);
    expect(overclaims({ useCases, initiatives: [{ ...small, useCase: "advice" }, large, large] })).toEqual([
      { useCase: "instant", claimed: 180_000, worth: 110_000 },
    ]);
  });

  it("compares what came with what was planned until then", () => {
    const actuals = [
      { month: "2027-02", cost: 12_000, benefit: 500 },
      { month: "2027-01", cost: 9000, benefit: 0 },
    ];
    const [told] = portfolio(
      aProgramme({ initiatives: [anInitiative("a", { plan: months("2027-01", 6, 10_000), actuals })] }),
    );
    const [quiet] = portfolio(aProgramme({ initiatives: [anInitiative("a")] }));

    expect(told?.progress).toEqual({ planned: 20_000, spent: 21_000, brought: 500, until: "2027-02" });
    expect(quiet?.progress).toEqual({ planned: 0, spent: 0, brought: 0, until: null });
  });

  it("counts how far initiatives have come", () => {
    const states = funnel([layer, { ...small, state: "done" }, { ...large, state: "done" }]);

    expect(states.filter(({ count }) => count > 0)).toEqual([
      { state: "approved", count: 1 },
      { state: "done", count: 2 },
    ]);
    expect(states.map(({ state }) => state)).toEqual(["idea", "analysed", "approved", "running", "done", "stopped"]);
  });

  it("finds what is promised twice, and not what was stopped", () => {
    const useCases = [aUseCase("instant", { value: { low: 0, likely: 90_000, high: 100_000 } })];
    const claim = overclaims({ useCases, initiatives: [small, large] });

    expect(claim).toEqual([{ useCase: "instant", claimed: 110_000, worth: 100_000 }]);
    expect(overclaims({ useCases, initiatives: [{ ...small, state: "stopped" }, large] })).toEqual([]);
  });
});
