import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monthNumber, monthOf } from "#metrics/programme/months.ts";
import type { Transition } from "#metrics/programme/savings/ledger/lines.ts";
import { standingOf } from "#metrics/programme/savings/ledger/lines.ts";
import {
  countedFromFirstMonth,
  counts,
  EXPIRES_AFTER,
  isExpired,
  monthsBefore,
  monthsCounted,
  worthIn,
} from "#metrics/programme/savings/ledger/months.ts";
import { totals } from "#metrics/programme/savings/ledger/totals.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { aLine, aStep, months, upTo } from "./entries.ts";

const asOf = (steps: readonly Transition[], month: string) => steps.filter(({ day }) => day.slice(0, 7) <= month);
const since = (from: string, until: string) =>
  Array.from({ length: Math.max(0, monthNumber(until) - monthNumber(from) + 1) }, (_, index) =>
    monthOf(monthNumber(from) + index),
  );

/** Agreed to in some month, and with other figures on later days. */
const history = fc
  .record({
    agreed: months,
    amounts: fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 900 })), { maxLength: 2 }),
  })
  .map(({ agreed, amounts }): readonly Transition[] => {
    const later = amounts.toSorted(([a], [b]) => a - b);
    const steps = ["realised", "sustained"] as const;
    return [
      ...upTo(1, "validated", { day: `${agreed}-14` }),
      ...later.map(([months_, amount], index) =>
        aStep(1, steps[index] ?? "sustained", { day: `${monthOf(monthNumber(agreed) + months_)}-20`, amount }),
      ),
    ];
  });

describe("a month of a line", () => {
  it("counts from when finance agreed, not before its first month, and not after eight quarters of it", () => {
    fc.assert(
      fc.property(months, months, months, (fromMonth, agreed, month) => {
        const standing = standingOf(aLine(1, { fromMonth }), upTo(1, "validated", { day: `${agreed}-28` }));
        const age = monthNumber(month) - monthNumber(fromMonth);

        expect(counts(standing, month)).toBe([month >= agreed, age >= 0, age < EXPIRES_AFTER].every(Boolean));
        expect(isExpired(standing, month)).toBe(age >= EXPIRES_AFTER);
      }),
    );
  });

  it("is either counted, or before finance agreed, or expired: none is both and none is left out", () => {
    fc.assert(
      fc.property(months, months, months, (fromMonth, agreed, until) => {
        const standing = standingOf(aLine(1, { fromMonth }), upTo(1, "validated", { day: `${agreed}-01` }));
        const both = [...monthsBefore(standing, until), ...monthsCounted(standing, until)].map(({ month }) => month);

        expect(both).toEqual(since(fromMonth, until).slice(0, EXPIRES_AFTER));
      }),
    );
  });

  it("adds up: what was saved since the start is what the statement of each month said of that month", () => {
    fc.assert(
      fc.property(months, history, months, (fromMonth, steps, until) => {
        const line = aLine(1, { fromMonth });
        const said = since("2024-01", until).map((month) => {
          const then = totals([standingOf(line, asOf(steps, month))], month);
          return sum(then.map(({ agreed }) => agreed.amount));
        });
        const now = totals([standingOf(line, asOf(steps, until))], until);

        expect(sum(now.map(({ sinceStart }) => sinceStart.amount))).toBe(sum(said));
      }),
    );
  });

  it("is taken back with all others when finance sends the line back, and counts anew from when it agrees again", () => {
    const steps = [
      ...upTo(1, "validated", { day: "2026-02-10" }),
      aStep(1, "rejected", { day: "2026-04-10" }),
      aStep(1, "validated", { day: "2026-05-10", amount: 700 }),
    ];
    const counted = (month: string) =>
      monthsCounted(standingOf(aLine(1), asOf(steps, month)), month).map((one) => [one.month, one.amount]);

    expect(counted("2026-03")).toEqual([
      ["2026-02", 1000],
      ["2026-03", 1000],
    ]);
    expect(counted("2026-04")).toEqual([]);
    expect(counted("2026-06")).toEqual([
      ["2026-05", 700],
      ["2026-06", 700],
    ]);
    expect(monthsBefore(standingOf(aLine(1), steps), "2026-06")).toHaveLength(4);
  });

  it("is before nothing of what finance does not agree to, or what was withdrawn, and worth what was agreed to", () => {
    const steps = [...upTo(1, "measured"), aStep(1, "validated", { day: "2026-03-10", amount: 700 })];
    const before = (all: readonly Transition[]) => monthsBefore(standingOf(aLine(1), all), "2026-06");

    expect(before(steps)).toEqual([
      { month: "2026-01", amount: 700, hours: 20 },
      { month: "2026-02", amount: 700, hours: 20 },
    ]);
    expect(before(upTo(1, "measured"))).toEqual([]);
    expect(before([...steps, aStep(1, "withdrawn")])).toEqual([]);
  });

  it("is worth what was said last by its end: at first as somebody thought of it", () => {
    const steps = [
      aStep(1, "planned", { day: "2026-02-28", amount: 800 }),
      aStep(1, "implemented", { day: "2026-04-01", hours: 5 }),
    ];
    const standing = standingOf(aLine(1), steps);
    const worth = (month: string) => Object.values(worthIn(standing, month));

    expect(["2026-01", "2026-02", "2026-03", "2026-04"].map(worth)).toEqual([
      [1000, 20],
      [800, 20],
      [800, 20],
      [800, 5],
    ]);
  });

  it("counted from its first month on until the third format of statements, as last said", () => {
    const steps = [
      ...upTo(1, "measured", { day: "2026-02-01" }),
      aStep(1, "validated", { day: "2026-03-01", amount: 5 }),
    ];
    const standing = countedFromFirstMonth(standingOf(aLine(1), steps));

    expect(monthsCounted(standing, "2026-03").map(({ month, amount }) => [month, amount])).toEqual([
      ["2026-01", 5],
      ["2026-02", 5],
      ["2026-03", 5],
    ]);
    expect(monthsBefore(standing, "2026-03")).toEqual([]);
    expect(counts(countedFromFirstMonth(standingOf(aLine(1), [])), "2026-03")).toBe(false);
  });
});
