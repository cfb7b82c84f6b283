import { describe, expect, it } from "vitest";
import { pipelinesWords } from "#metrics/items/pipeline-words.ts";

const usual = { name: "CI", service: "shop", isBroken: false, hours: 0.5, runs: 40, flaky: 0, flakyOf: 40 };

describe("pipelines together", () => {
  it("name the slowest and the flakiest, with their service where there are several", () => {
    const flaky = { ...usual, name: "CD", service: "ledger", hours: 0.1, flaky: 4 };

    expect(pipelinesWords([usual, flaky], "26 weeks")).toBe(
      "2 pipelines in 26 weeks: CI of shop takes longest (median 30 min), CD of ledger is the flakiest (4 of 40 runs).",
    );
  });

  it("name none that ran seldom or never failed without a reason", () => {
    expect(pipelinesWords([{ ...usual, runs: 4, flaky: 1, flakyOf: 4 }], "26 weeks")).toBe(
      "1 pipeline in 26 weeks, each with too few runs to say more.",
    );
    expect(pipelinesWords([{ ...usual, isBroken: true }], "26 weeks")).toBe(
      "1 pipeline in 26 weeks: CI takes longest (median 30 min), 1 is broken now.",
    );
    expect(pipelinesWords([], "7 days")).toBe("No run of a pipeline finished in 7 days.");
  });

  it("name the slowest of those that ran five times, and by what it is so; nobody knows how long others take", () => {
    const slow = { ...usual, name: "E2E", hours: 3 };

    expect(pipelinesWords([usual, slow, { ...usual, name: "old", hours: null }], "7 days")).toBe(
      "3 pipelines in 7 days: E2E takes longest (median 3 h).",
    );
    expect(pipelinesWords([usual, { ...slow, runs: 5 }], "7 days")).toContain("E2E takes longest");
    expect(pipelinesWords([usual, { ...slow, runs: 4 }], "7 days")).toContain("CI takes longest");
    expect(pipelinesWords([{ ...usual, hours: null }], "7 days")).toBe(
      "1 pipeline in 7 days, each with too few runs to say more.",
    );
  });

  it("name the one of which the largest share is flaky, of five runs or more; once is no habit", () => {
    const often = { ...usual, hours: null, name: "often", flaky: 10, flakyOf: 100 };
    const mostly = { ...usual, hours: null, name: "mostly", flaky: 2, flakyOf: 5 };

    expect(pipelinesWords([often, mostly], "7 days")).toBe(
      "2 pipelines in 7 days: mostly is the flakiest (2 of 5 runs).",
    );
    expect(pipelinesWords([often, { ...mostly, flakyOf: 4 }], "7 days")).toContain("often is the flakiest");
    expect(pipelinesWords([{ ...mostly, flaky: 1 }], "7 days")).not.toContain("flakiest");
  });

  it("say how many are broken now", () => {
    const broken = { ...usual, hours: null, isBroken: true };

    expect(pipelinesWords([broken, broken, { ...broken, isBroken: false }], "7 days")).toBe(
      "3 pipelines in 7 days: 2 are broken now.",
    );
  });
});
