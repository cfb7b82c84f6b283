import { describe, expect, it } from "vitest";
import type { StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { printed } from "#metrics/programme/savings/statement/statement.ts";
import { anAssumption } from "#test/metrics/programme/declared.ts";
import { EVALUATED, someRows, WORKED } from "#test/support/statement-rows.ts";

/** Each figure on a line of its own, as it is printed. */
function lines(rows: StatementRows, which: RegExp): readonly string[] {
  return printed(rows)
    .filter(({ id }) => which.test(id))
    .map(({ id, words, value, unit }) => `${id}: ${words}: ${value} (${unit})`);
}

describe("what a statement prints of what it rests on", () => {
  const evaluated = (draft: Partial<StatementRows> = {}) =>
    someRows({ ...WORKED, ...EVALUATED, format: 5, month: "2026-04", ...draft });
  const frozen = (kind: "baseline" | "plan" | "measures", name: string, digit: string) => ({
    kind,
    name,
    scope: "organisation",
    hash: digit.repeat(64),
    frozenOn: "2025-12-01",
    signerHash: digit.repeat(64),
    content: null,
  });

  it("is which weeks it adds, in words that are so of the first statement, too, from format 5 on", () => {
    expect(lines(evaluated(), /^savings\.weeks/)).toEqual([
      "savings.weeks: Whole weeks of the quarter so far: 6 (number)",
      "savings.weeks.new: Of them those that end in the month, which no earlier statement has: 4 (number)",
    ]);
  });

  it("is what was frozen, of the baseline and the plan that it names and of no others", () => {
    const records = [
      frozen("plan", "Autumn", "1"),
      frozen("measures", "Autumn", "2"),
      frozen("baseline", "Spring", "3"),
      frozen("plan", "Spring", "4"),
      frozen("plan", "Summer", "5"),
    ];
    const found = printed(evaluated({ records })).filter(({ id }) => /\.(?:hash|frozen|signer)$/.test(id));

    expect(found.map(({ id, words, value }) => `${id}: ${words}: ${value.slice(0, 10)}`)).toEqual([
      "savings.baseline.hash: Baseline: SHA-256 of what was frozen: 2222222222",
      "savings.baseline.frozen: Baseline: frozen on: 2025-12-01",
      "savings.baseline.signer: Baseline: who signed, as a salted hash: 2222222222",
      "savings.registered.hash: Plan: SHA-256 of what was frozen: 4444444444",
      "savings.registered.frozen: Plan: frozen on: 2025-12-01",
      "savings.registered.signer: Plan: who signed, as a salted hash: 4444444444",
    ]);
  });

  it("is who answers for how many of the assumptions, by name, and nothing where nothing is assumed", () => {
    const assumptions = [
      anAssumption("rate", 50, { owner: "Finance" }),
      anAssumption("capacity", 100, { owner: "Engineering" }),
      anAssumption("return", 0.25, { owner: "Finance" }),
    ];

    expect(lines(evaluated({ assumptions }), /^assumptions/)).toEqual([
      "assumptions.owners: Who answers for what is assumed: Engineering (1), Finance (2) (text)",
    ]);
    expect(lines(evaluated({ assumptions: [] }), /^assumptions/)).toEqual([]);
  });

  it("is what the programme cost, of interventions and of initiatives month by month", () => {
    const initiatives = [
      { id: "layer", state: "running", plan: [{ month: "2026-01", cost: 3100 }], actuals: [] } as const,
    ];
    const costOf = (draft: Partial<StatementRows>) =>
      lines(someRows({ ...WORKED, month: "2026-01", ...draft }), /^savings\.programme/);

    // Seven of 31 days, beside the 6,000 of a training.
    expect(costOf({ initiatives })).toEqual(["savings.programme.cost: Cost of the programme: 6700.00 (money)"]);
    expect(costOf({ interventions: [] })).toEqual(["savings.programme.cost: Cost of the programme: 0.00 (money)"]);
  });

  it("is unknown, and no 0, where nobody said what an hour costs", () => {
    const assumptions = WORKED.assumptions.filter(({ what }) => what !== "rate");
    const found = lines(someRows({ ...WORKED, assumptions, month: "2026-01" }), /^savings\.(?:gross|net|baseline)/);

    expect(found).toHaveLength(18);
    expect(found.filter((one) => !one.includes(": — ("))).toEqual([]);
  });

  it("is lines that count and are held against no hours, which caps its grade", () => {
    const nobody = "Finance agreed to 1 line of hours of which nobody said how many there are.";
    const of = (draft: Partial<StatementRows>) => printed(evaluated({ caps: [], ...draft })).map(({ value }) => value);

    expect(lines(evaluated({ caps: [], scopes: [] }), /^room/)).toEqual([
      "room.unheld: Counted lines that are held against no hours: 1 (number)",
    ]);
    expect(of({ scopes: [] })).toContain(nobody);
    expect(of({})).not.toContain(nobody);
    expect(of({ scopes: [], format: 3 })).not.toContain(nobody);
  });

  it("is how full each scope and bucket is, a line of a part of a scope being one of the whole", () => {
    expect(lines(evaluated(), /^room/)).toEqual([
      "room.team:payments.unplanned-rework.claimed: team:payments, unplanned-rework: hours a month that lines claim: 20.0 (hours)",
      "room.team:payments.unplanned-rework.held: team:payments, unplanned-rework: hours a month in the frozen baseline: 12.0 (hours)",
      "room.team:payments.toil.claimed: team:payments, toil: hours a month that lines claim: 0.0 (hours)",
      "room.team:payments.toil.held: team:payments, toil: hours a month in the frozen baseline: 400.0 (hours)",
      "room.organisation.capacity.claimed: organisation: hours a month that lines claim: 20.0 (hours)",
      "room.organisation.capacity.held: organisation: hours a month that its teams have: 13914.3 (hours)",
      "room.team:payments.capacity.claimed: team:payments: hours a month that lines claim: 20.0 (hours)",
      "room.team:payments.capacity.held: team:payments: hours a month that its teams have: 13914.3 (hours)",
      "room.unheld: Counted lines that are held against no hours: 0 (number)",
    ]);
  });
});
