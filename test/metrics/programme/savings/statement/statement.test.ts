import { describe, expect, it } from "vitest";
import type { StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { printed } from "#metrics/programme/savings/statement/statement.ts";
import { standingsOf } from "#metrics/programme/savings/statement/standings.ts";
import { anAssumption, aCost } from "#test/metrics/programme/declared.ts";
import { known } from "#test/metrics/statistics/known.ts";
import { EVALUATED, someRows, WORKED } from "#test/support/statement-rows.ts";

/** Each figure on a line of its own, as it is printed. */
function lines(rows: StatementRows, which: RegExp): readonly string[] {
  return printed(rows)
    .filter(({ id }) => which.test(id))
    .map(({ id, words, value, unit }) => `${id}: ${words}: ${value} (${unit})`);
}

describe("what a statement prints of the ledger", () => {
  it("is what finance agreed to, what is under way, what was lost on the way and where it went", () => {
    expect(lines(someRows(), /^(?:ledger|leak|placed)/)).toMatchInlineSnapshot(`
      [
        "ledger.cashable.agreed.lines: Cashable: lines finance agreed to: 1 (lines)",
        "ledger.cashable.agreed.amount: Cashable: agreed to, in the month: 250.50 (money)",
        "ledger.cashable.agreed.hours: Cashable: agreed to, hours in the month: 0.0 (hours)",
        "ledger.cashable.sinceStart.amount: Cashable: agreed to, since the start: 1002.00 (money)",
        "ledger.cashable.sinceStart.hours: Cashable: agreed to, hours since the start: 0.0 (hours)",
        "ledger.cashable.underWay.amount: Cashable: under way, a month: 0.00 (money)",
        "ledger.cashable.expired.amount: Cashable: expired after eight quarters, a month: 0.00 (money)",
        "ledger.capacity.agreed.lines: Capacity released: lines finance agreed to: 1 (lines)",
        "ledger.capacity.agreed.amount: Capacity released: agreed to, in the month: 900.00 (money)",
        "ledger.capacity.agreed.hours: Capacity released: agreed to, hours in the month: 20.0 (hours)",
        "ledger.capacity.sinceStart.amount: Capacity released: agreed to, since the start: 7080.00 (money)",
        "ledger.capacity.sinceStart.hours: Capacity released: agreed to, hours since the start: 192.0 (hours)",
        "ledger.capacity.underWay.amount: Capacity released: under way, a month: 0.00 (money)",
        "ledger.capacity.expired.amount: Capacity released: expired after eight quarters, a month: 70.00 (money)",
        "ledger.avoided-loss.agreed.lines: Avoided loss: lines finance agreed to: 0 (lines)",
        "ledger.avoided-loss.agreed.amount: Avoided loss: agreed to, in the month: 0.00 (money)",
        "ledger.avoided-loss.agreed.hours: Avoided loss: agreed to, hours in the month: 0.0 (hours)",
        "ledger.avoided-loss.sinceStart.amount: Avoided loss: agreed to, since the start: 0.00 (money)",
        "ledger.avoided-loss.sinceStart.hours: Avoided loss: agreed to, hours since the start: 0.0 (hours)",
        "ledger.avoided-loss.underWay.amount: Avoided loss: under way, a month: 400.00 (money)",
        "ledger.avoided-loss.expired.amount: Avoided loss: expired after eight quarters, a month: 0.00 (money)",
        "ledger.value.agreed.lines: Value: lines finance agreed to: 0 (lines)",
        "ledger.value.agreed.amount: Value: agreed to, in the month: 0.00 (money)",
        "ledger.value.agreed.hours: Value: agreed to, hours in the month: 0.0 (hours)",
        "ledger.value.sinceStart.amount: Value: agreed to, since the start: 0.00 (money)",
        "ledger.value.sinceStart.hours: Value: agreed to, hours since the start: 0.0 (hours)",
        "ledger.value.underWay.amount: Value: under way, a month: 0.00 (money)",
        "ledger.value.expired.amount: Value: expired after eight quarters, a month: 0.00 (money)",
        "leak.capacity.planned: Capacity released: thought and not come, lost when planned: 100.00 (money)",
        "leak.cashable.withdrawn: Cashable: thought and not come, lost when withdrawn: 1000.00 (money)",
        "placed.cashable.out-of-the-budget.amount: Cashable: went to out-of-the-budget: 501.00 (money)",
        "placed.cashable.out-of-the-budget.hours: Cashable: hours that went to out-of-the-budget: 0.0 (hours)",
        "placed.cashable.unplaced.amount: Cashable: not placed anywhere yet: 501.00 (money)",
        "placed.cashable.unplaced.hours: Cashable: hours not placed anywhere yet: 0.0 (hours)",
        "placed.capacity.initiative.layer.amount: Capacity released: went to layer: 1800.00 (money)",
        "placed.capacity.initiative.layer.hours: Capacity released: hours that went to layer: 40.0 (hours)",
        "placed.capacity.training.amount: Capacity released: went to training: 900.00 (money)",
        "placed.capacity.training.hours: Capacity released: hours that went to training: 20.0 (hours)",
        "placed.capacity.unplaced.amount: Capacity released: not placed anywhere yet: 4380.00 (money)",
        "placed.capacity.unplaced.hours: Capacity released: hours not placed anywhere yet: 132.0 (hours)",
      ]
    `);
  });

  it("calls what was not placed by its purpose in formats that said no more", () => {
    expect(lines(someRows({ format: 2 }), /^placed\.cashable/)).toMatchInlineSnapshot(`
      [
        "placed.cashable.out-of-the-budget.amount: Cashable: went to out-of-the-budget: 501.00 (money)",
        "placed.cashable.out-of-the-budget.hours: Cashable: hours that went to out-of-the-budget: 0.0 (hours)",
        "placed.cashable.unplaced.amount: Cashable: went to unplaced: 501.00 (money)",
        "placed.cashable.unplaced.hours: Cashable: hours that went to unplaced: 0.0 (hours)",
      ]
    `);
  });

  it("counts a line from when finance agreed, and holds it against the hours there are, in formats that say so", () => {
    const [before, now] = ([3, 4] as const).map((format) => lines(someRows({ format }), /./));

    expect(known(now).filter((one) => !known(before).includes(one))).toMatchInlineSnapshot(`
      [
        "ledger.cashable.early.amount: Cashable: of months before finance agreed, not counted: 0.00 (money)",
        "ledger.cashable.early.hours: Cashable: hours of months before finance agreed, not counted: 0.0 (hours)",
        "ledger.capacity.sinceStart.amount: Capacity released: agreed to, since the start: 4500.00 (money)",
        "ledger.capacity.sinceStart.hours: Capacity released: agreed to, hours since the start: 100.0 (hours)",
        "ledger.capacity.early.amount: Capacity released: of months before finance agreed, not counted: 2580.00 (money)",
        "ledger.capacity.early.hours: Capacity released: hours of months before finance agreed, not counted: 92.0 (hours)",
        "ledger.avoided-loss.early.amount: Avoided loss: of months before finance agreed, not counted: 0.00 (money)",
        "ledger.avoided-loss.early.hours: Avoided loss: hours of months before finance agreed, not counted: 0.0 (hours)",
        "ledger.value.early.amount: Value: of months before finance agreed, not counted: 0.00 (money)",
        "ledger.value.early.hours: Value: hours of months before finance agreed, not counted: 0.0 (hours)",
        "placed.capacity.unplaced.amount: Capacity released: not placed anywhere yet: 1800.00 (money)",
        "placed.capacity.unplaced.hours: Capacity released: hours not placed anywhere yet: 40.0 (hours)",
        "room.team:payments.unplanned-rework.claimed: team:payments, unplanned-rework: hours a month that lines claim: 20.0 (hours)",
        "room.team:payments.unplanned-rework.held: team:payments, unplanned-rework: hours a month in the frozen baseline: 12.0 (hours)",
        "room.team:payments.toil.claimed: team:payments, toil: hours a month that lines claim: 0.0 (hours)",
        "room.team:payments.toil.held: team:payments, toil: hours a month in the frozen baseline: 400.0 (hours)",
        "room.unheld: Counted lines that are held against no hours: 0 (number)",
      ]
    `);
  });

  it("is read from lines as they stand", () => {
    const standings = standingsOf(someRows());

    expect(standings.map(({ stage, isWithdrawn }) => `${stage} ${isWithdrawn}`)).toEqual([
      "validated false",
      "realised false",
      "measured false",
      "planned true",
      "validated false",
    ]);
  });
});

describe("what a statement prints of the books", () => {
  it("is what was paid, and what is not explained of it", () => {
    const assumptions = [anAssumption("rate", 50), anAssumption("capacity", 4)];
    const costs = [aCost("ci", "2026-05", [100])];

    expect(lines(someRows({ assumptions, costs }), /^books/)).toEqual([
      "books.2026-05.actual: Books, 2026-05: paid: 1234.56 (money)",
      // Four hours a week at 50 in 31 days, and 100.
      "books.2026-05.explained: Books, 2026-05: explained by the terms: 985.71 (money)",
      "books.2026-05.unexplained: Books, 2026-05: not explained: 20.16 (share)",
    ]);
    expect(lines(someRows(), /^books.*explained/)).toEqual([
      "books.2026-05.explained: Books, 2026-05: explained by the terms: — (money)",
      "books.2026-05.unexplained: Books, 2026-05: not explained: — (share)",
    ]);
  });
});

describe("what a statement prints of savings", () => {
  it("is nothing where nothing was reckoned", () => {
    expect(lines(someRows(), /^(?:savings|lever|effect)/)).toEqual([]);
  });

  it("is each figure with its spread, whatever the cause", () => {
    expect(lines(someRows({ ...WORKED, month: "2026-01" }), /^(?:savings|lever)/)).toMatchInlineSnapshot(`
      [
        "savings.gross.share.likely: Saved, gross, of the baseline cost, as stated: 5.19 (share)",
        "savings.gross.share.p10: Saved, gross, of the baseline cost, P10: 5.19 (share)",
        "savings.gross.share.p50: Saved, gross, of the baseline cost, P50: 5.19 (share)",
        "savings.gross.share.p90: Saved, gross, of the baseline cost, P90: 5.19 (share)",
        "savings.net.share.likely: Saved, net of the programme, as stated: 2.36 (share)",
        "savings.net.share.p10: Saved, net of the programme, P10: 2.36 (share)",
        "savings.net.share.p50: Saved, net of the programme, P50: 2.36 (share)",
        "savings.net.share.p90: Saved, net of the programme, P90: 2.36 (share)",
        "savings.gross.reaches: Gross: how likely it reaches 10 %: 0.00 (share)",
        "savings.net.reaches: Net: how likely it reaches 10 %: 0.00 (share)",
        "savings.cash.share.likely: Cash alone, of the baseline cost, as stated: 0.47 (share)",
        "savings.cash.share.p10: Cash alone, of the baseline cost, P10: 0.47 (share)",
        "savings.cash.share.p50: Cash alone, of the baseline cost, P50: 0.47 (share)",
        "savings.cash.share.p90: Cash alone, of the baseline cost, P90: 0.47 (share)",
        "savings.baseline.cost.likely: Cost of the same time in the baseline, as stated: 212000.00 (money)",
        "savings.baseline.cost.p10: Cost of the same time in the baseline, P10: 212000.00 (money)",
        "savings.baseline.cost.p50: Cost of the same time in the baseline, P50: 212000.00 (money)",
        "savings.baseline.cost.p90: Cost of the same time in the baseline, P90: 212000.00 (money)",
        "savings.gross.amount.likely: Saved, gross, as stated: 11000.00 (money)",
        "savings.gross.amount.p10: Saved, gross, P10: 11000.00 (money)",
        "savings.gross.amount.p50: Saved, gross, P50: 11000.00 (money)",
        "savings.gross.amount.p90: Saved, gross, P90: 11000.00 (money)",
        "savings.programme.cost: Cost of the programme: 6000.00 (money)",
        "lever.L1.hours.likely: L1: hours, as stated: 43.2 (hours)",
        "lever.L1.hours.p10: L1: hours, P10: 43.2 (hours)",
        "lever.L1.hours.p50: L1: hours, P50: 43.2 (hours)",
        "lever.L1.hours.p90: L1: hours, P90: 43.2 (hours)",
        "lever.L1.amount.likely: L1: money, as stated: 2700.00 (money)",
        "lever.L1.amount.p10: L1: money, P10: 2700.00 (money)",
        "lever.L1.amount.p50: L1: money, P50: 2700.00 (money)",
        "lever.L1.amount.p90: L1: money, P90: 2700.00 (money)",
        "lever.L2.hours.likely: L2: hours, as stated: 116.8 (hours)",
        "lever.L2.hours.p10: L2: hours, P10: 116.8 (hours)",
        "lever.L2.hours.p50: L2: hours, P50: 116.8 (hours)",
        "lever.L2.hours.p90: L2: hours, P90: 116.8 (hours)",
        "lever.L2.amount.likely: L2: money, as stated: 7300.00 (money)",
        "lever.L2.amount.p10: L2: money, P10: 7300.00 (money)",
        "lever.L2.amount.p50: L2: money, P50: 7300.00 (money)",
        "lever.L2.amount.p90: L2: money, P90: 7300.00 (money)",
        "lever.L3.hours.likely: L3: hours, as stated: 0.0 (hours)",
        "lever.L3.hours.p10: L3: hours, P10: 0.0 (hours)",
        "lever.L3.hours.p50: L3: hours, P50: 0.0 (hours)",
        "lever.L3.hours.p90: L3: hours, P90: 0.0 (hours)",
        "lever.L3.amount.likely: L3: money, as stated: 0.00 (money)",
        "lever.L3.amount.p10: L3: money, P10: 0.00 (money)",
        "lever.L3.amount.p50: L3: money, P50: 0.00 (money)",
        "lever.L3.amount.p90: L3: money, P90: 0.00 (money)",
        "lever.L4.hours.likely: L4: hours, as stated: 0.0 (hours)",
        "lever.L4.hours.p10: L4: hours, P10: 0.0 (hours)",
        "lever.L4.hours.p50: L4: hours, P50: 0.0 (hours)",
        "lever.L4.hours.p90: L4: hours, P90: 0.0 (hours)",
        "lever.L4.amount.likely: L4: money, as stated: 0.00 (money)",
        "lever.L4.amount.p10: L4: money, P10: 0.00 (money)",
        "lever.L4.amount.p50: L4: money, P50: 0.00 (money)",
        "lever.L4.amount.p90: L4: money, P90: 0.00 (money)",
        "lever.L5.amount.likely: L5: money, as stated: 1000.00 (money)",
        "lever.L5.amount.p10: L5: money, P10: 1000.00 (money)",
        "lever.L5.amount.p50: L5: money, P50: 1000.00 (money)",
        "lever.L5.amount.p90: L5: money, P90: 1000.00 (money)",
        "lever.L6.amount.likely: L6: money, as stated: — (money)",
        "lever.L6.amount.p10: L6: money, P10: — (money)",
        "lever.L6.amount.p50: L6: money, P50: — (money)",
        "lever.L6.amount.p90: L6: money, P90: — (money)",
        "lever.L7.amount.likely: L7: money, as stated: — (money)",
        "lever.L7.amount.p10: L7: money, P10: — (money)",
        "lever.L7.amount.p50: L7: money, P50: — (money)",
        "lever.L7.amount.p90: L7: money, P90: — (money)",
        "lever.L8.amount.likely: L8: money, as stated: — (money)",
        "lever.L8.amount.p10: L8: money, P10: — (money)",
        "lever.L8.amount.p50: L8: money, P50: — (money)",
        "lever.L8.amount.p90: L8: money, P90: — (money)",
      ]
    `);
  });

  it("is lost hours for each unit that was delivered, where units are known, and else why not", () => {
    const units = (linked: number) => ({
      unit: "linked-issue" as const,
      weeks: ["2026-01-05", "2026-01-12"].map((week, at) => ({
        team: "orders",
        week,
        units: 40 + 10 * at,
        changes: 100,
        linked,
      })),
    });
    const rows = (linked: number) =>
      someRows({
        ...WORKED,
        month: "2026-01",
        reckoning: { ...known(WORKED.reckoning), units: units(linked) },
      });

    expect([80, 1].map((linked) => lines(rows(linked), /volume-adjusted/))).toMatchInlineSnapshot(`
      [
        [
          "savings.volume-adjusted.before: Linked issues delivered in as many days before: 40 (number)",
          "savings.volume-adjusted.now: Linked issues delivered: 50 (number)",
          "savings.volume-adjusted.linked.before: Changes that closed an issue, before: 80.00 (share)",
          "savings.volume-adjusted.linked.now: Changes that close an issue, now: 80.00 (share)",
          "savings.volume-adjusted.share.likely: Saved, held against linked issues, whatever the cause, as stated: 10.85 (share)",
          "savings.volume-adjusted.share.p10: Saved, held against linked issues, whatever the cause, P10: 10.85 (share)",
          "savings.volume-adjusted.share.p50: Saved, held against linked issues, whatever the cause, P50: 10.85 (share)",
          "savings.volume-adjusted.share.p90: Saved, held against linked issues, whatever the cause, P90: 10.85 (share)",
          "savings.volume-adjusted.hours.likely: Hours of L1 to L4, held against linked issues, as stated: 352.0 (hours)",
          "savings.volume-adjusted.hours.p10: Hours of L1 to L4, held against linked issues, P10: 352.0 (hours)",
          "savings.volume-adjusted.hours.p50: Hours of L1 to L4, held against linked issues, P50: 352.0 (hours)",
          "savings.volume-adjusted.hours.p90: Hours of L1 to L4, held against linked issues, P90: 352.0 (hours)",
        ],
        [
          "savings.volume-adjusted.before: Linked issues delivered in as many days before: 40 (number)",
          "savings.volume-adjusted.now: Linked issues delivered: 50 (number)",
          "savings.volume-adjusted.linked.before: Changes that closed an issue, before: 1.00 (share)",
          "savings.volume-adjusted.linked.now: Changes that close an issue, now: 1.00 (share)",
          "savings.volume-adjusted.lacking: Nothing is held against linked issues: 1 % of the changes closed an issue before, 1 % do now: too few for issues to stand for the work. (text)",
        ],
      ]
    `);
  });

  it("is how far it can be believed, why no further, and both effects with their intervals, where they are evaluated", () => {
    const rows = someRows({
      ...WORKED,
      ...EVALUATED,
      month: "2026-04",
      actuals: [{ costCentre: "1", month: "2026-04", amount: 9 }],
    });

    expect(lines(rows, /^(?:savings\.(?:grade|cap|seed|draws|baseline|registered|deviation)|effect)/))
      .toMatchInlineSnapshot(`
        [
          "savings.baseline.cost.likely: Cost of the same time in the baseline, as stated: 10800000.00 (money)",
          "savings.baseline.cost.p10: Cost of the same time in the baseline, P10: 10800000.00 (money)",
          "savings.baseline.cost.p50: Cost of the same time in the baseline, P50: 10800000.00 (money)",
          "savings.baseline.cost.p90: Cost of the same time in the baseline, P90: 10800000.00 (money)",
          "savings.grade: How far it can be believed, A to D: C (text)",
          "savings.cap.1: No better than B: Too few weeks before adoption to pretend that it came earlier. (text)",
          "savings.cap.2: No better than C: What the books say and what is estimated differ by more than 5 %. (text)",
          "savings.cap.3: No better than C: Nobody stated 3 of the assumptions: usual values stand in for them. (text)",
          "savings.cap.4: No better than B: Where hours go was never held against a time study or a survey. (text)",
          "savings.seed: Seed of all that is drawn: 7 (number)",
          "savings.draws: Draws of the savings: 20 (number)",
          "effect.draws: Draws of the effect: 49 (number)",
          "savings.baseline: Held against the frozen baseline: Autumn (text)",
          "savings.registered: Evaluated as the frozen plan says: Spring (text)",
          "savings.deviation.1: Not as it was planned: team 4 began in the week of 2026-02-02 and is not in the plan. (text)",
          "effect.lost.verdict: Lost capacity: whether there is an effect: yes (text)",
          "effect.lost.method: Lost capacity: method: difference-in-differences (text)",
          "effect.lost.grade: Lost capacity: grade of the estimate: B (text)",
          "effect.lost.teams: Lost capacity: teams: 9 (number)",
          "effect.lost.adopted: Lost capacity: teams that adopted and are in the estimate: 5 (number)",
          "effect.lost.not-yet: Lost capacity: teams that had not adopted: 4 (number)",
          "effect.lost.team-weeks: Lost capacity: weeks of teams since adoption: 30 (number)",
          "effect.lost.missing: Lost capacity: weeks of teams that are missing: 0 (number)",
          "effect.lost.saving.mean: Lost capacity: saved since adoption, mean: 12.13 (share)",
          "effect.lost.saving.low: Lost capacity: saved, 90 % interval from: 11.80 (share)",
          "effect.lost.saving.high: Lost capacity: saved, 90 % interval to: 12.57 (share)",
          "effect.lost.saving.p10: Lost capacity: saved, P10: 11.86 (share)",
          "effect.lost.saving.p50: Lost capacity: saved, P50: 12.15 (share)",
          "effect.lost.saving.p90: Lost capacity: saved, P90: 12.39 (share)",
          "effect.lost.saving.reaches: Lost capacity: how likely it is 10 % or more: 100.00 (share)",
          "effect.lost.detectable: Lost capacity: the smallest saving that would be seen by now: 0.58 (share)",
          "effect.lead-time.verdict: Lead time: whether there is an effect: no (text)",
          "effect.lead-time.method: Lead time: method: difference-in-differences (text)",
          "effect.lead-time.grade: Lead time: grade of the estimate: B (text)",
          "effect.lead-time.teams: Lead time: teams: 9 (number)",
          "effect.lead-time.adopted: Lead time: teams that adopted and are in the estimate: 5 (number)",
          "effect.lead-time.not-yet: Lead time: teams that had not adopted: 4 (number)",
          "effect.lead-time.team-weeks: Lead time: weeks of teams since adoption: 30 (number)",
          "effect.lead-time.missing: Lead time: weeks of teams that are missing: 0 (number)",
          "effect.lead-time.saving.mean: Lead time: saved since adoption, mean: 0.00 (share)",
          "effect.lead-time.saving.low: Lead time: saved, 90 % interval from: 0.00 (share)",
          "effect.lead-time.saving.high: Lead time: saved, 90 % interval to: 0.00 (share)",
          "effect.lead-time.saving.p10: Lead time: saved, P10: 0.00 (share)",
          "effect.lead-time.saving.p50: Lead time: saved, P50: 0.00 (share)",
          "effect.lead-time.saving.p90: Lead time: saved, P90: 0.00 (share)",
          "effect.lead-time.saving.reaches: Lead time: how likely it is 10 % or more: 0.00 (share)",
          "effect.lead-time.detectable: Lead time: the smallest saving that would be seen by now: 0.00 (share)",
        ]
      `);
  });

  it("is unknown, and no 0, where nobody adopted", () => {
    const { adoptions, ...evaluation } = known(EVALUATED.evaluation);
    const nobody = adoptions.map((one) => ({ ...one, week: null, from: "none" as const }));
    const rows = someRows({
      ...WORKED,
      ...EVALUATED,
      evaluation: { ...evaluation, adoptions: nobody },
      month: "2026-04",
    });

    expect(
      lines(rows, /^effect\.lost\.(?:verdict|saving|detectable)/).map((one) => one.replace(/^[^:]*: /, "")),
    ).toEqual([
      "Lost capacity: whether there is an effect: not yet (text)",
      "Lost capacity: saved since adoption, mean: — (share)",
      "Lost capacity: saved, 90 % interval from: — (share)",
      "Lost capacity: saved, 90 % interval to: — (share)",
      "Lost capacity: saved, P10: — (share)",
      "Lost capacity: saved, P50: — (share)",
      "Lost capacity: saved, P90: — (share)",
      "Lost capacity: how likely it is 10 % or more: — (share)",
      "Lost capacity: the smallest saving that would be seen by now: — (share)",
    ]);
  });

  it("prints hours of what is under way and did not come from format 5 on, and the same of everything else", () => {
    const [before, now] = ([4, 5] as const).map((format) =>
      lines(someRows({ format }), /^(?:ledger|leak)\.capacity\.(?!agreed|sinceStart|early)/),
    );

    expect(known(now).filter((one) => known(before).includes(one))).toEqual(before);
    expect(known(now).filter((one) => !known(before).includes(one))).toMatchInlineSnapshot(`
      [
        "ledger.capacity.underWay.hours: Capacity released: under way, hours a month: 0.0 (hours)",
        "ledger.capacity.expired.hours: Capacity released: expired after eight quarters, hours a month: 3.0 (hours)",
        "leak.capacity.planned.hours: Capacity released: hours thought and not come, lost when planned: 0.0 (hours)",
      ]
    `);
  });

  it("says what was frozen, and that more is claimed than there ever was, in formats that say so", () => {
    const [before, now] = ([3, 4] as const).map((format) =>
      lines(someRows({ ...WORKED, ...EVALUATED, format, month: "2026-04" }), /^(?:savings|effect)/),
    );

    expect(known(now).filter((one) => !known(before).includes(one))).toMatchInlineSnapshot(`
      [
        "savings.weeks: Whole weeks of the quarter so far: 6 (number)",
        "savings.weeks.new: Of them in no earlier statement: those that end in the month: 4 (number)",
        "savings.baseline.hash: Baseline: SHA-256 of what was frozen: 1111111111111111111111111111111111111111111111111111111111111111 (text)",
        "savings.baseline.frozen: Baseline: frozen on: 2025-12-01 (text)",
        "savings.baseline.signer: Baseline: who signed, as a salted hash: 2222222222222222222222222222222222222222222222222222222222222222 (text)",
      ]
    `);
  });

  it("says what was not planned, frozen or explained by the books of whole months in formats before", () => {
    const evaluation = { ...known(EVALUATED.evaluation), baseline: null, registered: null };
    const rows = someRows({
      ...WORKED,
      ...EVALUATED,
      evaluation,
      format: 2,
      month: "2026-04",
      actuals: [{ costCentre: "1", month: "2026-04", amount: 9 }],
    });

    expect(lines(rows, /^savings\.(?:grade|cap|baseline$|registered|deviation)/)).toMatchInlineSnapshot(`
      [
        "savings.grade: How far it can be believed, A to D: C (text)",
        "savings.cap.1: No better than B: Too few weeks before adoption to pretend that it came earlier. (text)",
        "savings.cap.2: No better than C: No baseline was frozen before the results could be seen. (text)",
        "savings.cap.3: No better than C: Nobody stated 3 of the assumptions: usual values stand in for them. (text)",
        "savings.cap.4: No better than B: Where hours go was never held against a time study or a survey. (text)",
        "savings.baseline: Held against the frozen baseline: none was frozen (text)",
        "savings.registered: Evaluated as the frozen plan says: none was frozen (text)",
      ]
    `);
  });
});
