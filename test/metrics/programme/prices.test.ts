import { describe, expect, it } from "vitest";
import type { Assumption } from "#metrics/programme/assumptions.ts";
import { isOf, pricesOf, weeksBefore } from "#metrics/programme/prices.ts";
import { WEEK } from "#metrics/time.ts";
import { aUseCase } from "./declared.ts";

const services = [
  { service: "shop", system: "Tills", merged: 30 },
  { service: "stock", system: "ERP", merged: 70 },
];
const assumed = (what: Assumption["what"], of: string | null, value: number): Assumption => {
  const told = { source: "finance", owner: "Finance", validFrom: "2026-01-01" };
  return { id: `${what}-${of}`, what, of, value, low: value, high: value, ...told };
};
const asked = { useCase: null, day: "2026-11-28" };

describe("what waiting costs", () => {
  it("is the cost of delay of a use case, spread over the changes of its services", () => {
    const useCases = [aUseCase("same-day", { services: ["shop"], systems: ["ERP"] })];
    const assumptions = [assumed("delay", "same-day", 16_800)];

    const { delay, used } = pricesOf({ assumptions, useCases }, services, asked);

    // A week has 168 hours, and 100 changes share it.
    expect(delay?.("shop")).toBeCloseTo(1, 9);
    expect(delay?.("elsewhere")).toBeNull();
    expect(used[0]).toMatchObject({ what: "delay", value: 16_800, source: "finance" });
  });

  it("is what the use case is worth in a year where nobody said what a week of delay costs", () => {
    const useCases = [
      aUseCase("all", { services: [], systems: [], value: { low: 1, likely: 52 * 16_800, high: 1e9 } }),
    ];

    const { delay, used } = pricesOf({ assumptions: [], useCases }, services, asked);

    expect(delay?.("stock")).toBeCloseTo(1, 9);
    expect(used[0]).toMatchObject({ value: 16_800, source: "what the use case is worth in a year, by 52 weeks" });
  });

  it("adds use cases that wait for the same change, and is that of one where it is asked for", () => {
    const of = (id: string) => aUseCase(id, { services: ["shop"], systems: [] });
    const assumptions = [assumed("delay", "a", 5040), assumed("delay", "b", 10_080)];
    const useCases = [of("a"), of("b")];

    expect(pricesOf({ assumptions, useCases }, services, asked).delay?.("shop")).toBeCloseTo(3, 9);
    expect(pricesOf({ assumptions, useCases }, services, { ...asked, useCase: "a" }).delay?.("shop")).toBeCloseTo(1, 9);
  });

  it("is not invented: what nobody said is missing, and said so", () => {
    const { delay, rate, downtime, missing } = pricesOf({ assumptions: [], useCases: [] }, services, asked);
    const said = [assumed("rate", null, 62.5), assumed("downtime", "shop", 400), assumed("return", null, 0.4)];
    const priced = pricesOf({ assumptions: said, useCases: [] }, services, asked);

    expect([delay, rate, downtime("shop"), missing.length]).toEqual([null, null, null, 3]);
    expect([priced.rate, priced.downtime("shop"), priced.downtime("stock"), priced.returnHours]).toEqual([
      62.5,
      400,
      null,
      0.4,
    ]);
    expect(priced.missing).toHaveLength(1);
  });

  it("says which values it was reckoned with, each once, and where they are from", () => {
    const assumptions = [
      assumed("rate", "developer", 80),
      assumed("role-share", "developer", 1),
      assumed("downtime", null, 400),
      { ...assumed("delay", "same-day", 10), low: 5, high: 20 },
    ];
    const useCases = [
      aUseCase("same-day", { title: "Same day" }),
      aUseCase("worth", { value: { low: 52, likely: 104, high: 520 } }),
    ];
    const { used, missing } = pricesOf({ assumptions, useCases }, services, asked);

    expect(missing).toEqual([]);
    expect(used.map(({ what, of, value, low, high, source }) => [what, of, value, low, high, source])).toEqual([
      ["delay", "Same day", 10, 5, 20, "finance"],
      ["delay", "Use case worth", 2, 1, 10, "what the use case is worth in a year, by 52 weeks"],
      ["rate", "developer", 80, 80, 80, "finance"],
      ["role-share", "developer", 1, 1, 1, "finance"],
      ["return", null, 0.25, 0.15, 0.4, "usual, nobody said otherwise"],
      ["downtime", null, 400, 400, 400, "finance"],
    ]);
  });

  it("says what is shown in hours as long as nobody said more, and what to add", () => {
    expect(pricesOf({ assumptions: [], useCases: [] }, services, asked).missing).toEqual([
      expect.stringMatching(
        /^No use case says what it is worth, .* in hours: add a use case, or the assumption `delay`\.$/,
      ),
      expect.stringMatching(/^Nobody said what a working hour costs, .* in hours: add the assumption `rate`\.$/),
      expect.stringMatching(
        /^Nobody said what an hour of a failure costs, .* in hours: add the assumption `downtime`\.$/,
      ),
    ]);
  });

  it("is nothing an hour where nothing was merged of what a use case needs", () => {
    const idle = services.map((one) => ({ ...one, merged: 0 }));

    expect(pricesOf({ assumptions: [], useCases: [aUseCase("a")] }, idle, asked).delay?.("shop")).toBe(0);
  });

  it("asks which services a use case needs", () => {
    expect(isOf({ services: [], systems: [] }, { service: "shop", system: null })).toBe(true);
    expect(isOf({ services: ["stock"], systems: [] }, { service: "shop", system: null })).toBe(false);
    expect(isOf({ services: ["stock"], systems: ["Tills"] }, { service: "shop", system: "Tills" })).toBe(true);
    expect(isOf({ services: [], systems: ["Tills"] }, { service: "shop", system: null })).toBe(false);
    expect(isOf({ services: [], systems: ["Tills"] }, { service: "shop", system: "ERP" })).toBe(false);
    expect(isOf({ services: ["shop"], systems: [] }, { service: "shop", system: "ERP" })).toBe(true);
  });

  it("is looked at in whole weeks up to a moment", () => {
    expect(weeksBefore(3 * WEEK, 2)).toEqual([
      { from: WEEK, to: 2 * WEEK },
      { from: 2 * WEEK, to: 3 * WEEK },
    ]);
  });
});
