/** Whether finance agreed to what was planned. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LedgerLine, Transition } from "#metrics/programme/savings/ledger/lines.ts";
import { planIn } from "#metrics/programme/savings/ledger/on-plan.ts";
import { planWords } from "#metrics/programme/savings/ledger/words.ts";
import { aLine, aStep, months, someLines, upTo } from "./entries.ts";

const MONTH = "2026-03";
const plan = (lines: readonly LedgerLine[], transitions: readonly Transition[], month = MONTH) =>
  planIn(lines, transitions, month).map(({ planned, agreed, isMet }) => [planned, agreed, isMet]);

describe("what was planned for a month", () => {
  it("is nothing without a line that was planned", () => {
    expect(plan([], [])).toEqual([]);
    expect(plan([aLine(1)], [])).toEqual([]);
    expect(planWords([], MONTH, "EUR")).toBeNull();
  });

  it("is nothing where nobody said what a line is worth", () => {
    expect(plan([aLine(1, { amount: null, hours: null })], upTo(1, "planned"))).toEqual([]);
  });

  it("is what a line was said to be worth when it was planned, against what finance agreed to", () => {
    const steps = [
      aStep(1, "planned", { amount: 900 }),
      aStep(1, "implemented", { amount: 800 }),
      aStep(1, "measured"),
      aStep(1, "validated", { amount: 950, hours: 21 }),
    ];

    expect(plan([aLine(1)], steps)).toEqual([[{ amount: 900, hours: 20 }, { amount: 950, hours: 21 }, true]]);
    expect(plan([aLine(1)], steps.slice(0, 3))).toEqual([[{ amount: 900, hours: 20 }, { amount: 0, hours: 0 }, false]]);
  });

  it("is not kept where money came and hours did not, or the other way round", () => {
    const agreed = (worth: Partial<Transition>) =>
      plan([aLine(1)], [...upTo(1, "measured"), aStep(1, "validated", worth)]).map(([, , isMet]) => isMet);

    expect(agreed({})).toEqual([true]);
    expect(agreed({ hours: 19 })).toEqual([false]);
    expect(agreed({ amount: 999 })).toEqual([false]);
  });

  it("stays planned when a line is given up, and is kept when another one brings more", () => {
    const given = [aStep(1, "planned"), aStep(1, "withdrawn")];
    const more = aLine(2, { amount: 2000, hours: 40 });

    expect(plan([aLine(1)], given)).toEqual([[{ amount: 1000, hours: 20 }, { amount: 0, hours: 0 }, false]]);
    expect(plan([aLine(1), more], [...given, ...upTo(2, "validated")]).map(([, , isMet]) => isMet)).toEqual([false]);
    expect(
      plan([aLine(1), more], [...given, ...upTo(2, "measured"), aStep(2, "validated", { amount: 3000, hours: 60 })]),
    ).toEqual([[{ amount: 3000, hours: 60 }, { amount: 3000, hours: 60 }, true]]);
  });

  it("begins with the first month of a line and ends with its eight quarters", () => {
    const line = aLine(1, { fromMonth: "2024-03" });

    expect(plan([line], upTo(1, "planned"), "2024-02")).toEqual([]);
    expect(plan([line], upTo(1, "planned"), "2024-03")).toHaveLength(1);
    expect(plan([line], upTo(1, "planned"), "2026-02")).toHaveLength(1);
    expect(plan([line], upTo(1, "planned"), "2026-03")).toEqual([]);
  });

  it("is told of each ledger by itself: cash does not make up for hours that did not come", () => {
    const lines = [aLine(1, { lever: "L2" }), aLine(2, { lever: "L6", hours: null })];
    const found = planIn(lines, [...upTo(1, "planned"), ...upTo(2, "validated")], MONTH);

    expect(found.map(({ ledger, isMet }) => [ledger, isMet])).toEqual([
      ["cashable", true],
      ["capacity", false],
    ]);
    expect(planWords(found, MONTH, "EUR")).toBe(
      "By the ledger what finance agreed to in March 2026 is less than planned: cashable EUR 1,000 planned, EUR 1,000 agreed to; capacity released EUR 1,000 or 20 hours planned, nothing agreed to.",
    );
  });

  it("is kept wherever finance agreed to every line as it was planned", () => {
    fc.assert(
      fc.property(someLines, months, (lines, month) => {
        const day = "2023-12-31";
        const steps = lines.flatMap(({ id }) => upTo(id, "validated", { day }));
        const found = planIn(lines, steps, month);

        expect(found.filter(({ isMet }) => !isMet)).toEqual([]);
        expect(planWords(found, month, "EUR")).not.toEqual(expect.stringContaining("less than planned"));
      }),
    );
  });
});
