import { describe, expect, it } from "vitest";
import { inForce, QUESTIONS, quarterOf } from "#metrics/programme/team-assessment.ts";

describe("the questions of a quarter", () => {
  it("ask each thing once, as a statement with its source", () => {
    expect(new Set(QUESTIONS.map(({ id }) => id)).size).toBe(QUESTIONS.length);
    for (const { statement, source } of QUESTIONS) {
      expect(statement).toMatch(/^[A-Z].*\.$/);
      expect(source).toMatch(/^https:\/\/dora\.dev\//);
    }
  });

  it.each([
    ["2026-01-01", "2026-Q1"],
    ["2026-03-31", "2026-Q1"],
    ["2026-04-01", "2026-Q2"],
    ["2026-12-31", "2026-Q4"],
  ])("are those of the quarter of %s: %s", (day, quarter) => {
    expect(quarterOf(day)).toBe(quarter);
  });

  it("hold as a role answered last", () => {
    const answer = (team: string, role: string, said: number) => ({ team, quarter: "2026-Q2", role, said });
    const all = [answer("a", "team", 1), answer("b", "team", 2), answer("a", "team", 3), answer("a", "product", 4)];

    expect(inForce(all).map(({ said }) => said)).toEqual([3, 2, 4]);
  });
});
