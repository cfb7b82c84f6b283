import { expect, it } from "vitest";
import { periodWords } from "#metrics/programme/savings/statement/period.ts";
import { EVALUATED, WORKED } from "./rows.ts";

const reckoned = (from: string, to: string, evaluation = EVALUATED.evaluation) =>
  periodWords({
    month: "2026-10",
    reckoning: WORKED.reckoning && { ...WORKED.reckoning, period: { from, to } },
    evaluation,
  });

it("is said of which days the figures of a statement are", () => {
  expect(reckoned("2026-10-05", "2026-10-26")).toBe(
    "Ledger: October 2026. Savings and levers: fiscal quarter 2026-Q1 so far, 5 to 25 October (3 whole weeks). Do not add the statements of one quarter.",
  );
  expect(reckoned("2026-09-28", "2026-10-05", null)).toBe(
    "Ledger: October 2026. Savings and levers: fiscal quarter so far, 28 September to 4 October (1 whole week). Do not add the statements of one quarter.",
  );
  expect(periodWords({ month: "2026-10", reckoning: null, evaluation: null })).toBe(
    "Ledger: October 2026. Savings and levers: none, since there was nothing to compare with.",
  );
});
