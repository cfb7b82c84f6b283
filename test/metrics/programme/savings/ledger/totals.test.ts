import { describe, expect, it } from "vitest";
import { standingOf } from "#metrics/programme/savings/ledger/lines.ts";
import { leaks, totals } from "#metrics/programme/savings/ledger/totals.ts";
import { ledgerSentence, OVERLAP_WORDS } from "#metrics/programme/savings/ledger/words.ts";
import { aLine, aStep, upTo } from "./entries.ts";

type Draft = Parameters<typeof aLine>[1];
const NOTHING = { lines: 0, amount: 0, hours: 0 };
const agreed = (id: number, draft: Draft = {}, day = "2026-02-01") =>
  standingOf(aLine(id, draft), upTo(id, "validated", { day }));

describe("what a ledger adds up to", () => {
  it("is nothing of each ledger while there is no line", () => {
    const nothing = { agreed: NOTHING, underWay: NOTHING, sinceStart: NOTHING, early: NOTHING, expired: NOTHING };

    expect(totals([], "2026-03")).toEqual(
      ["cashable", "capacity", "avoided-loss", "value"].map((ledger) => ({ ledger, ...nothing })),
    );
  });

  it("is what counts in the month, what counted since the start, and what came before finance agreed", () => {
    const [, capacity] = totals([agreed(1), agreed(2, { amount: null, fromMonth: "2026-03" })], "2026-03");

    expect(capacity).toEqual({
      ledger: "capacity",
      agreed: { lines: 2, amount: 1000, hours: 40 },
      sinceStart: { lines: 2, amount: 2000, hours: 60 },
      early: { lines: 1, amount: 1000, hours: 20 },
      underWay: NOTHING,
      expired: NOTHING,
    });
  });

  it("tells of what is under way what it is thought to be, whenever it is to begin, and nothing of what was withdrawn", () => {
    const thought = standingOf(aLine(1, { fromMonth: "2030-01" }), upTo(1, "measured"));
    const gone = standingOf(aLine(2), [...upTo(2, "validated"), aStep(2, "withdrawn")]);
    const [, capacity] = totals([thought, gone], "2026-03");

    expect(capacity).toMatchObject({
      agreed: NOTHING,
      underWay: { lines: 1, amount: 1000, hours: 20 },
      sinceStart: NOTHING,
      early: NOTHING,
      expired: NOTHING,
    });
  });

  it("tells of what is over what it was worth, and keeps what it saved", () => {
    const [, capacity] = totals([agreed(1, { fromMonth: "2024-01" }, "2024-01-05")], "2026-03");
    const [, never] = totals([agreed(1, { fromMonth: "2024-01" })], "2026-03");

    expect(capacity).toMatchObject({
      agreed: NOTHING,
      underWay: NOTHING,
      sinceStart: { lines: 1, amount: 24_000, hours: 480 },
      expired: { lines: 1, amount: 1000, hours: 20 },
    });
    expect(never).toMatchObject({ sinceStart: NOTHING, early: { lines: 1, amount: 24_000, hours: 480 } });
  });
});

describe("what was lost between the first thought and what came", () => {
  it("is added up by ledger and step, in money and hours, and below 0 where it turned out to be more", () => {
    const lines = [aLine(1), aLine(2), aLine(3, { lever: "L5", hours: null }), aLine(4, { amount: null })];
    const steps = [
      aStep(1, "planned", { amount: 900 }),
      aStep(2, "planned", { amount: 950, hours: 15 }),
      aStep(3, "planned", { amount: 1200 }),
      aStep(4, "planned"),
      aStep(2, "implemented", { hours: 15 }),
      aStep(2, "withdrawn"),
      aStep(4, "withdrawn"),
    ];

    expect(leaks(lines, steps)).toEqual([
      { ledger: "capacity", step: "planned", amount: 150, hours: 5 },
      { ledger: "capacity", step: "withdrawn", amount: 950, hours: 15 + 20 },
      { ledger: "cashable", step: "planned", amount: -200, hours: 0 },
    ]);
  });

  it("is what is said of a line for the first time, below 0, and nothing where nothing was said", () => {
    const unsaid = aLine(1, { amount: null, hours: null });

    expect(leaks([unsaid], upTo(1, "measured"))).toEqual([]);
    expect(leaks([unsaid], [aStep(1, "planned", { hours: 8 })])).toEqual([
      { ledger: "capacity", step: "planned", amount: 0, hours: -8 },
    ]);
  });
});

describe("the sentence of the ledger", () => {
  const said = (lines: Parameters<typeof totals>[0], has: Partial<Parameters<typeof ledgerSentence>[1]> = {}) =>
    ledgerSentence(totals(lines, "2026-03"), { currency: "EUR", unplaced: 0, overdue: 0, ...has });

  it("says how many lines are under way while finance agreed to none, of all ledgers", () => {
    const thought = (id: number, draft: Draft = {}) => standingOf(aLine(id, draft), []);

    expect(said([thought(1), thought(2, { lever: "L5" })])).toBe(
      "Finance has agreed to nothing yet; 2 lines are under way.",
    );
  });

  it("calls each ledger by its name, leaves out those of which nothing is agreed to, and says of which nobody said a worth", () => {
    const all = [
      agreed(1, { lever: "L5", amount: 1234.5, hours: null }),
      agreed(2, { amount: null, hours: 1500 }),
      agreed(3, { lever: "L7", amount: 3, hours: 0 }),
      agreed(4, { lever: "L8", amount: null, hours: null }),
    ];

    expect(said(all)).toBe(
      "Finance agreed to, a month: cashable EUR 1,235; capacity released 1,500 hours; avoided loss EUR 3; value not said.",
    );
    expect(said(all.slice(1, 2))).toBe("Finance agreed to, a month: capacity released 1,500 hours.");
  });

  it("says of how many lines a part goes nowhere, and of which for too long only where there are some", () => {
    const ending = (unplaced: number, overdue: number) =>
      said([agreed(1)], { unplaced, overdue }).replace(/^.*? hours\./, "");

    expect(ending(0, 0)).toBe("");
    expect(ending(2, 0)).toBe(" Of 2 lines a part goes nowhere.");
    expect(ending(3, 2)).toBe(" Of 3 lines a part goes nowhere, of 2 of them for two quarters or longer.");
  });

  it("says of each overlap what it means", () => {
    expect(OVERLAP_WORDS).toEqual({
      same: "the same saving twice",
      bucket: "from the same hours, capped together",
      cause: "of the same work in another ledger, never added",
    });
  });
});
