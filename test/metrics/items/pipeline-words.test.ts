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
});
