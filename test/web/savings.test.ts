import { describe, expect, it } from "vitest";

import { share } from "#web/format.ts";
import {
  againstTheLine,
  assumedTitle,
  assumedValue,
  type Bar,
  cellWords,
  changeWords,
  type Estimate,
  hours,
  inputWords,
  intervalWords,
  savingsLink,
  sizeWords,
  turning,
  varianceRows,
} from "#web/savings/words.ts";

const estimate = (p10: number, likely: number, p90: number): Estimate => ({
  likely,
  spread: { p10, p50: likely, p90 },
});
const plain = (text: string): string => text.replaceAll("\u00a0", " ");
const bar = (title: string, low: number, high: number): Bar => ({
  assumption: {
    what: "rate",
    title,
    unit: "money",
    of: null,
    value: 60,
    low: 50,
    high: 70,
    source: null,
    owner: null,
    validFrom: null,
  },
  low,
  high,
});

describe("a saving in words", () => {
  it("is an interval with the stated value in it, never one number", () => {
    expect(plain(intervalWords(estimate(-0.01, 0.03, 0.08), share))).toBe("−1 % to 8 %, with everything as stated 3 %");
    expect(plain(cellWords(estimate(12, 20, 31), hours))).toBe("12 h to 31 h");
    expect(cellWords(null, hours)).toBe("—");
  });

  it("is less than before, more, or may as well be nothing", () => {
    expect(sizeWords(estimate(0.02, 0.05, 0.08), 0)).toMatch(/^Less than before; below the line/);
    expect(sizeWords(estimate(-0.08, -0.05, -0.02), 0)).toMatch(/^More than before; below the line/);
    expect(sizeWords(estimate(-0.02, 0.05, 0.18), 0.3)).toMatch(/^It may as well be nothing; on which side/);
  });

  it("is above the line, below it or on a side that cannot be told, by the draws", () => {
    expect(plain(againstTheLine(0.95))).toBe("at or above the line of 10 % (95 % of the draws reach it)");
    expect(plain(againstTheLine(0.05))).toBe("below the line of 10 % (5 % of the draws reach it)");
    expect(plain(againstTheLine(0.8043))).toBe(
      "on which side of the line of 10 % cannot be told (80 % of the draws reach it)",
    );
  });
});

describe("what would change the verdict", () => {
  const bars = [bar("Hours", 0.08, 0.13), bar("Rate", 0.11, 0.12), bar("Minutes", 0.12, 0.09)];
  const headline = { gross: estimate(0, 0.1, 0.2), net: estimate(0, 0.1, 0.2), grossReaches: 0.5, netReaches: 0.5 };
  const figures = (tornado: readonly Bar[]) => ({ headline, tornado });

  it("is what moves the result over the line by itself, whichever way", () => {
    expect(turning(bars).map((one) => one.assumption.title)).toEqual(["Hours", "Minutes"]);
    expect(changeWords(figures(bars))).toBe(
      "“Hours” alone moves the net result over the line between its low and its high value; so do Minutes. To know that better would change the verdict.",
    );
  });

  it("is no assumption where each leaves it on the same side", () => {
    expect(changeWords(figures([bar("Rate", 0.11, 0.12)]))).toContain("No assumption alone moves the net result");
    expect(changeWords(figures([]))).toBe("No assumption moves the result.");
    expect(changeWords({ ...figures(bars), headline: null })).toContain("Nothing can be said before");
  });
});

describe("the parts of it", () => {
  it("add up to why the cost changed", () => {
    const rows = varianceRows({ volume: 100, mix: -20, efficiency: -300, rate: 40 });

    expect(rows.map(({ amount }) => amount)).toEqual([100, -20, -300, 40, -180]);
  });

  it("are called what people call them", () => {
    expect(assumedTitle({ title: "An hour", of: "developers" })).toBe("An hour, developers");
    expect(assumedTitle({ title: "An hour", of: null })).toBe("An hour");
    expect(assumedValue(1_250_000, "money", "EUR")).toBe("€1.25M");
    expect(assumedValue(0.012, "money a minute", "EUR")).toBe("€0.012 a minute");
    expect(plain(assumedValue(0.3, "share", "EUR"))).toBe("30 %");
    expect(assumedValue(0.25, "hours", "EUR")).toBe("0.25 hours");
    expect(inputWords("targetFailRate")).toBe("Target fail rate");
  });

  it("have an address of their own, without what nobody chose", () => {
    expect(savingsLink({ quarter: "2026-Q3", seed: null, lever: "L1", team: "a & b", week: "" })).toBe(
      "savings?quarter=2026-Q3&lever=L1&team=a+%26+b",
    );
    expect(savingsLink({ quarter: null })).toBe("savings");
  });
});
