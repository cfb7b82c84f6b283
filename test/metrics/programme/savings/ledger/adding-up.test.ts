import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Transition } from "#metrics/programme/savings/ledger/lines.ts";
import { LINE_STAGES, standingOf } from "#metrics/programme/savings/ledger/lines.ts";
import { counts, monthsCounted, worthIn } from "#metrics/programme/savings/ledger/months.ts";
import { LEDGERS } from "#metrics/programme/savings/result.ts";
import { overlapOf, overlaps } from "#metrics/programme/savings/ledger/overlaps.ts";
import type { Funding } from "#metrics/programme/savings/ledger/placing.ts";
import {
  isOverdue,
  placedIn,
  placedUntil,
  placingFlaw,
  PURPOSES,
  unplacedShare,
} from "#metrics/programme/savings/ledger/placing.ts";
import { reconciled } from "#metrics/programme/savings/ledger/reconcile.ts";
import { leaks, totals } from "#metrics/programme/savings/ledger/totals.ts";
import { ledgerSentence } from "#metrics/programme/savings/ledger/words.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { aLine, apart, aStep, months, someLines, upTo } from "./entries.ts";

const someSteps = (line: number) =>
  fc
    .tuple(fc.constantFrom(...LINE_STAGES), fc.option(fc.integer({ min: 0, max: 900 })), fc.boolean())
    .map(([stage, amount, isWithdrawn]): readonly Transition[] => [
      ...upTo(line, stage, { amount }),
      ...[aStep(line, "withdrawn")].filter(() => isWithdrawn),
    ]);

const someFundings = (line: number) =>
  fc
    .array(
      fc.tuple(months, fc.array(fc.constantFrom(...PURPOSES.filter((one) => one !== "initiative")), { maxLength: 4 })),
      { maxLength: 3 },
    )
    .map((all): readonly Funding[] =>
      all.map(([fromMonth, purposes]) => {
        const names = [...new Set(purposes)];
        const placements = names.map((purpose) => ({ purpose, initiative: null, share: 1 / 4 }));
        return { line, fromMonth, placements };
      }),
    );

const aLedger = someLines.chain((lines) =>
  fc.record({
    lines: fc.constant(lines),
    transitions: fc.tuple(...lines.map(({ id }) => someSteps(id))).map((all) => all.flat()),
    fundings: fc.tuple(...lines.map(({ id }) => someFundings(id))).map((all) => all.flat()),
    month: months,
  }),
);

describe("the ledger", () => {
  it("adds each ledger up by itself: what is agreed in a month is what its lines say", () => {
    fc.assert(
      fc.property(aLedger, ({ lines, transitions, month }) => {
        const standings = lines.map((line) => standingOf(line, transitions));
        const counted = standings.filter((one) => counts(one, month));

        for (const { ledger, agreed } of totals(standings, month)) {
          const own = counted.filter((one) => one.ledger === ledger);
          expect(agreed.lines).toBe(own.length);
          expect(agreed.amount).toBe(sum(own.map((one) => Number(worthIn(one, month).amount))));
        }
        expect(totals(standings, month).map(({ ledger }) => ledger)).toEqual(LEDGERS);
      }),
    );
  });

  it("places every hour and every coin exactly once, or says that it went nowhere", () => {
    fc.assert(
      fc.property(aLedger, ({ lines, transitions, fundings, month }) => {
        const standings = lines.map((line) => standingOf(line, transitions));
        const placed = placedUntil(standings, fundings, month);
        const saved = standings.flatMap((one) => monthsCounted(one, month).map(({ amount }) => Number(amount)));

        expect(sum(placed.map(({ amount }) => amount))).toBeCloseTo(sum(saved), 6);
        expect(sum(totals(standings, month).map(({ sinceStart }) => sinceStart.amount))).toBeCloseTo(sum(saved), 6);
      }),
    );
  });

  it("loses nothing unsaid: what was first thought, minus all leaks, is what stands", () => {
    fc.assert(
      fc.property(aLedger, ({ lines, transitions }) => {
        const standings = lines.map((line) => standingOf(line, transitions));
        const left = standings.filter(({ isWithdrawn }) => !isWithdrawn);
        const lost = leaks(lines, transitions);

        expect(sum(lines.map(({ amount }) => Number(amount))) - sum(lost.map(({ amount }) => amount))).toBeCloseTo(
          sum(left.map(({ amount }) => Number(amount))),
          6,
        );
      }),
    );
  });

  it("names each leak by the step at which it happened", () => {
    const steps = [
      ...upTo(1, "measured"),
      aStep(1, "validated", { amount: 700 }),
      ...upTo(2, "planned"),
      aStep(2, "withdrawn"),
    ];

    expect(leaks([aLine(1), aLine(2, { lever: "L5", hours: null, amount: 50 })], steps)).toEqual([
      { ledger: "capacity", step: "validated", amount: 300, hours: 0 },
      { ledger: "cashable", step: "withdrawn", amount: 50, hours: 0 },
    ]);
  });
});

describe("no saving twice", () => {
  const of = (id: number, draft: Parameters<typeof aLine>[1]) => standingOf(aLine(id, draft), []);

  it("sees the same lever of the same work, levers of the same hours, and other ledgers of the same cause", () => {
    const all = [
      of(1, { lever: "L1" }),
      of(2, { lever: "L2" }),
      of(3, { lever: "L2", scope: "organisation" }),
      of(4, { lever: "L7" }),
      of(5, { lever: "L2", scope: "team:shop" }),
    ];

    expect(overlaps(all, apart)).toEqual([
      { a: 1, b: 2, kind: "bucket" },
      { a: 1, b: 3, kind: "bucket" },
      { a: 1, b: 4, kind: "cause" },
      { a: 2, b: 3, kind: "same" },
      { a: 3, b: 5, kind: "same" },
    ]);
  });

  it("is the same whoever is named first, and nothing of what was withdrawn or is of another time", () => {
    fc.assert(
      fc.property(aLedger, ({ lines, transitions }) => {
        const standings = lines.map((line) => standingOf(line, transitions));
        for (const a of standings)
          for (const b of standings) {
            expect(overlapOf(a, b, apart)).toBe(overlapOf(b, a, apart));
            expect(overlapOf({ ...a, isWithdrawn: true }, b, apart)).toBeNull();
          }
      }),
    );
    expect(overlapOf(of(1, {}), of(2, { fromMonth: "2028-01" }), apart)).toBeNull();
    expect(overlapOf(of(1, {}), of(2, { fromMonth: "2027-12" }), apart)).toBe("same");
  });
});

describe("where a saving went", () => {
  const agreed = standingOf(aLine(1), upTo(1, "validated", { day: "2026-02-01" }));
  const half = { line: 1, fromMonth: "2026-03", placements: [{ purpose: "training", initiative: null, share: 0.5 }] };
  const initiative = (share: number) => ({ purpose: "initiative", initiative: "layer", share }) as const;

  it("is what was said last of what has begun", () => {
    const later = { line: 1, fromMonth: "2026-05", placements: [initiative(1)] } as const;
    const said = [half, later] as readonly Funding[];

    expect(placedIn(1, said, "2026-02")).toEqual([]);
    expect(placedIn(1, said, "2026-04")).toEqual(half.placements);
    expect(placedIn(1, said, "2026-06")).toEqual(later.placements);
    expect(unplacedShare(later.placements)).toBe(0);
    expect(placedUntil([agreed], said, "2026-06")).toEqual([
      { purpose: "initiative", initiative: "layer", amount: 2000, hours: 40 },
      { purpose: "training", initiative: null, amount: 1000, hours: 20 },
      { purpose: "unplaced", initiative: null, amount: 2000, hours: 40 },
    ]);
  });

  it("is that of each line by itself, with purposes in one order and initiatives by name", () => {
    const other = standingOf(aLine(2), upTo(2, "validated", { day: "2026-02-01" }));
    const to = (line: number, ...placements: Funding["placements"][number][]): Funding => ({
      line,
      fromMonth: "2026-01",
      placements,
    });
    const half_ = (purpose: Funding["placements"][number]["purpose"], named: string | null = null) => ({
      purpose,
      initiative: named,
      share: 0.5,
    });
    const said = [
      to(1, half_("less-overtime"), half_("initiative", "tills")),
      to(2, half_("new-value"), half_("initiative", "layer")),
    ];

    expect(placedIn(2, said, "2026-02")).toEqual(said[1]?.placements);
    expect(placedIn(3, said, "2026-02")).toEqual([]);
    expect(
      placedUntil([agreed, other], said, "2026-02").map((one) => [one.purpose, one.initiative, one.hours]),
    ).toEqual([
      ["initiative", "layer", 10],
      ["initiative", "tills", 10],
      ["new-value", null, 10],
      ["less-overtime", null, 10],
    ]);
  });

  it("adds up money and hours of lines that say them", () => {
    const hours = standingOf(aLine(2, { amount: null }), upTo(2, "validated", { day: "2026-02-01" }));
    const money = standingOf(aLine(3, { hours: null }), upTo(3, "validated", { day: "2026-02-01" }));

    expect(placedUntil([hours, money], [], "2026-02")).toEqual([
      { purpose: "unplaced", initiative: null, amount: 1000, hours: 20 },
    ]);
  });

  it("is told as going nowhere when nobody has placed all of it for two quarters", () => {
    const said = [half] as readonly Funding[];
    const all = [{ ...half, placements: [initiative(1)] }] as readonly Funding[];

    expect(isOverdue(agreed, said, "2026-07-31")).toBe(false);
    expect(isOverdue(agreed, said, "2026-08-01")).toBe(true);
    expect(isOverdue(agreed, all, "2026-08-01")).toBe(false);
    expect(isOverdue(standingOf(aLine(1), []), [], "2026-12-01")).toBe(false);
    expect(isOverdue({ ...agreed, isWithdrawn: true }, said, "2026-08-01")).toBe(false);
    expect(isOverdue(agreed, said, "2027-12-31")).toBe(true);
    expect(isOverdue(agreed, said, "2028-01-01")).toBe(false);
  });

  it.each([
    [[initiative(0.5), { purpose: "new-value", initiative: null, share: 0.6 }], "above 100 %"],
    [[initiative(0.5), initiative(0.5)], "named twice"],
    [[{ purpose: "initiative", initiative: null, share: 1 }], "Name the initiative"],
    [[{ purpose: "training", initiative: "layer", share: 1 }], "Name the initiative"],
    [[{ purpose: "initiative", initiative: "none", share: 1 }], 'no initiative "none"'],
  ] as const)("cannot be said so: %o", (placements, words) => {
    expect(placingFlaw(agreed, { placements }, ["layer"])).toContain(words);
  });

  it("is said of what finance agreed to alone", () => {
    const measured = standingOf(aLine(1), upTo(1, "measured"));

    expect(placingFlaw(measured, { placements: [] }, [])).toBe(
      "Finance has not agreed to the line, which is measured: only what is validated can be placed.",
    );
    expect(placingFlaw({ ...agreed, isWithdrawn: true }, { placements: [] }, [])).toBe(
      "The line was withdrawn, so there is nothing to place.",
    );
    expect(placingFlaw(agreed, { placements: [] }, [])).toBeNull();
    const thirds = [1, 2, 3].map((n) => ({ purpose: "initiative", initiative: `i${n}`, share: 1 / 3 }) as const);
    expect(placingFlaw(agreed, { placements: thirds }, ["i1", "i2", "i3"])).toBeNull();
    expect(unplacedShare(thirds)).toBe(0);
  });
});

describe("what the books say", () => {
  const rate = { what: "rate", of: null, value: 50 } as const;
  const capacity = { what: "capacity", of: null, value: 70 } as const;
  const said = { low: 0, high: 100, source: "Books", owner: "Finance", validFrom: "2026-01-01" };
  const assumptions = [rate, capacity].map((one) => ({ id: one.what, ...one, ...said }));
  const ci = {
    id: "ci",
    kind: "ci",
    title: "CI",
    team: null,
    source: "Bill",
    owner: "Platform",
    months: [{ month: "2026-02", cost: 1000 }],
  } as const;
  const actual = (amount: number) => [{ costCentre: "1", month: "2026-02", amount }];

  it("is held against capacity × rate and what was paid: 28 days of two teams and the pipelines", () => {
    const terms = { assumptions, costs: [ci], teams: ["a", "b"] };

    expect(reconciled(actual(30_000), terms)).toEqual([
      { month: "2026-02", actual: 30_000, explained: 29_000, difference: 1000, share: 1000 / 30_000, capsGrade: false },
    ]);
    expect(reconciled(actual(31_000), terms)[0]?.capsGrade).toBe(true);
    expect(reconciled(actual(27_000), terms)[0]?.capsGrade).toBe(true);
  });

  it("is explained by nothing where nobody said what an hour costs, and that is not 0", () => {
    expect(reconciled(actual(30_000), { assumptions: [], costs: [ci], teams: ["a"] })[0]).toMatchObject({
      explained: null,
      difference: null,
      share: null,
      capsGrade: null,
    });
    expect(reconciled(actual(0), { assumptions, costs: [], teams: ["a"] })[0]?.share).toBeNull();
  });
});

describe("the sentence of the ledger", () => {
  const sentence = (lines: Parameters<typeof totals>[0]) =>
    ledgerSentence(totals(lines, "2026-03"), { currency: "EUR", unplaced: 1, overdue: 1 });

  it("says what finance agreed to, each ledger by itself", () => {
    const cash = standingOf(aLine(2, { lever: "L5", hours: null, amount: 500 }), upTo(2, "validated"));

    expect(sentence([])).toBe("The ledger is empty: nobody has said yet what is saved.");
    expect(sentence([standingOf(aLine(1), [])])).toBe("Finance has agreed to nothing yet; 1 line is under way.");
    expect(sentence([standingOf(aLine(1), upTo(1, "validated")), cash])).toBe(
      "Finance agreed to, a month: cashable EUR 500; capacity released EUR 1,000 or 20 hours. Of 1 line a part goes nowhere, of 1 of them for two quarters or longer.",
    );
  });
});
