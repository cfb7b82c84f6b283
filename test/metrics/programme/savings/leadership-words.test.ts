import { describe, expect, it } from "vitest";
import { headlineRows, ledgerRows, placedRow } from "#metrics/programme/savings/leadership-words.ts";
import type { Estimate } from "#metrics/programme/savings/result.ts";

const estimate = (p10: number, p50: number, p90: number): Estimate => ({ likely: p50, spread: { p10, p50, p90 } });
const headline = {
  gross: estimate(0.11, 0.13, 0.15),
  net: estimate(-0.02, 0.05, 0.12),
  grossReaches: 0.96,
  netReaches: 0.3,
};

describe("savings for leadership", () => {
  it("are intervals gross and net, each with its side of the line", () => {
    expect(headlineRows({ headline, programmeCost: 6000 }, "EUR")).toEqual([
      { name: "Gross: 11.0 to 15.0 %", words: "At or above the line; 96 % of the draws reach 10 %.", tone: "good" },
      {
        name: "Net of €6K that the programme cost: −2.0 to 12.0 %",
        words: "On which side of the line cannot be told; 30 % of the draws reach 10 %.",
        tone: null,
      },
    ]);
  });

  it("say that more was spent than before, and nothing while no share is known", () => {
    const worse = { ...headline, net: estimate(-0.2, -0.1, -0.01), netReaches: 0 };

    expect(headlineRows({ headline: worse, programmeCost: 0 }, "EUR").at(-1)).toMatchObject({
      words: "Below the line; 0 % of the draws reach 10 %.",
      tone: "bad",
    });
    expect(headlineRows({ headline: null, programmeCost: 0 }, "EUR")).toEqual([]);
  });

  it("keep the ledgers apart, and leave out what nobody knows", () => {
    const rows = ledgerRows(
      [
        { name: "cashable", money: estimate(900, 1000, 1100), hours: null },
        { name: "capacity", money: null, hours: estimate(-5.4, 160, 210) },
        { name: "value", money: null, hours: null },
      ],
      "EUR",
    );

    expect(rows.map(({ name, words }) => `${name}: ${words}`)).toEqual([
      "Cash: €900 to €1.1K.",
      "Capacity released: −5 to 210 hours.",
    ]);
  });

  it("say where it went, cash before hours before value, in each largest first, and what nobody placed", () => {
    const placed = [
      { ledger: "value", purpose: "new-value", amount: 9000, hours: 0 },
      { ledger: "capacity", purpose: "unplaced", amount: 0, hours: 40 },
      { ledger: "cashable", purpose: "out-of-the-budget", amount: 300, hours: 0 },
      { ledger: "cashable", purpose: "training", amount: 2000, hours: 0 },
      { ledger: "cashable", purpose: "initiative", amount: 0, hours: 0 },
    ] as const;

    expect(placedRow(placed, "EUR")?.words).toBe(
      "€2K of cash to training; €300 of cash out of the budget; 40 hours of capacity released not placed yet; €9K of value to new value.",
    );
    expect(placedRow([], "EUR")).toBeNull();
  });
});
