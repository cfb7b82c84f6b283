import { describe, expect, it } from "vitest";

import { quarterAt, quarterNamed, quartersBetween } from "#metrics/programme/fiscal.ts";

describe("a fiscal quarter", () => {
  it("is that of the calendar where the year begins in January", () => {
    expect(quarterAt("2026-11-29", 1)).toEqual({ id: "2026-Q4", from: "2026-10-01", to: "2027-01-01" });
    expect(quarterAt("2026-03-31", 1).id).toBe("2026-Q1");
  });

  it("is called by the year in which the fiscal year begins", () => {
    expect(quarterAt("2026-11-29", 10)).toEqual({ id: "2026-Q1", from: "2026-10-01", to: "2027-01-01" });
    expect(quarterAt("2026-09-30", 10)).toEqual({ id: "2025-Q4", from: "2026-07-01", to: "2026-10-01" });
    expect(quarterAt("2026-01-15", 2)).toEqual({ id: "2025-Q4", from: "2025-11-01", to: "2026-02-01" });
  });

  it("is found again by its name", () => {
    expect(quarterNamed("2025-Q4", 10)).toEqual(quarterAt("2026-08-01", 10));
    expect(["2025-Q5", "2025-Q0", "x2025-Q1", "2025-Q12", "Q1", ""].map((id) => quarterNamed(id, 10))).toEqual(
      Array.from({ length: 6 }, () => null),
    );
  });

  it("follows the one before without a gap", () => {
    const found = quartersBetween("2025-12-31", "2026-07-01", 1);

    expect(found.map(({ id }) => id)).toEqual(["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]);
    expect(found.slice(1).map(({ from }) => from)).toEqual(found.slice(0, -1).map(({ to }) => to));
  });
});
