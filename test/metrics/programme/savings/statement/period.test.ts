import { expect, it } from "vitest";
import type { StatementFormat } from "#metrics/programme/savings/statement/formats.ts";
import { periodWords } from "#metrics/programme/savings/statement/period.ts";
import { EVALUATED, WORKED } from "#test/support/statement-rows.ts";

const reckoned = (from: string, to: string, evaluation = EVALUATED.evaluation, format: StatementFormat = 3) =>
  periodWords({
    format,
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
  expect(periodWords({ format: 4, month: "2026-10", reckoning: null, evaluation: null })).toBe(
    "Ledger: October 2026. Savings and levers: none, since there was nothing to compare with.",
  );
});

it("is said which weeks are in no earlier statement, in formats that say so", () => {
  const whole = (from: string, to: string) => /\((.*)\)/.exec(reckoned(from, to, null, 4))?.[1];

  expect(whole("2026-09-21", "2026-10-26")).toBe(
    "5 whole weeks, of which 4, 28 September to 25 October, are in no earlier statement",
  );
  expect(whole("2026-09-21", "2026-10-05")).toBe(
    "2 whole weeks, of which 1, 28 September to 4 October, is in no earlier statement",
  );
  expect(whole("2026-09-21", "2026-09-28")).toBe("1 whole week, of which none is in no earlier statement");
});

it("is said which weeks end in the month from format 5 on, which is so of the first statement, too", () => {
  const whole = (from: string, to: string) => /\((.*)\)/.exec(reckoned(from, to, null, 5))?.[1];

  expect(whole("2026-09-21", "2026-10-26")).toBe(
    "5 whole weeks, of which 4, 28 September to 25 October, end in the month",
  );
  expect(whole("2026-09-21", "2026-10-05")).toBe(
    "2 whole weeks, of which 1, 28 September to 4 October, ends in the month",
  );
  expect(whole("2026-09-21", "2026-09-28")).toBe("1 whole week, of which none ends in the month");
});
