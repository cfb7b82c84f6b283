import { describe, expect, it } from "vitest";
import { methodOf, outcomeOf } from "#metrics/programme/savings/registered.ts";

describe("what a frozen plan says", () => {
  it.each([
    ["logarithm of the lead time, by team and week", "lead-time"],
    ["Lead-Time", "lead-time"],
    ["leadtime of the capacity", "lead-time"],
    ["share of capacity lost to L1–L4", "lost-share"],
    ["LOST hours", "lost-share"],
    ["happiness", null],
  ] as const)("of its outcome, in the words that were signed: %s", (outcome, found) => {
    expect(outcomeOf({ outcome })).toBe(found);
  });

  it("of its method is that of the quarter first, then the one that it names, and nothing where it names several", () => {
    const method = "difference-in-differences on the lost share";
    const quarters = [
      { quarter: "2026-Q4", method: "interrupted-time-series" },
      { quarter: "2027-Q1", method: null },
    ] as const;

    expect(methodOf({ method, quarters }, "2026-Q4")).toBe("interrupted-time-series");
    expect(methodOf({ method, quarters }, "2027-Q1")).toBe("difference-in-differences");
    expect(methodOf({ method, quarters }, "2026-Q3")).toBe("difference-in-differences");
    expect(methodOf({ method: `${method}, else interrupted-time-series`, quarters }, "2026-Q3")).toBeNull();
    expect(methodOf({ method: "as data allow", quarters }, "2026-Q3")).toBeNull();
  });
});
