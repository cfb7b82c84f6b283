import { describe, expect, it } from "vitest";
import { FIVE, readingOf, readingWords } from "#metrics/baselines/leadership.ts";
import { metrics } from "#metrics/index.ts";

describe("DORA's five as leadership reads them", () => {
  it.each([
    ["better", "signal", "Signal, better"],
    ["worse", "signal", "Signal, worse"],
    ["different", "signal", "Signal"],
    ["within-variation", "noise", "Noise: within normal variation"],
    ["too-few", "too-few", "Too little to tell"],
    [null, "not-comparable", "Not comparable"],
  ] as const)("reads a verdict %s as %s: %s", (verdict, reading, words) => {
    expect(readingOf(verdict)).toBe(reading);
    expect(readingWords(readingOf(verdict), verdict)).toBe(words);
  });

  it("has a word for what is not known", () => {
    expect(readingWords("unknown", null)).toBe("Unknown");
  });

  it("are five, each a metric of delivery", () => {
    const delivery = metrics.filter(({ factor }) => factor !== "context").map(({ id }) => id);

    expect(FIVE).toHaveLength(5);
    expect(FIVE.flat().filter((id) => !delivery.includes(id))).toEqual([]);
  });
});
