import { describe, expect, it } from "vitest";
import { mostUnexplained, reconciled, reconciledIn } from "#metrics/programme/savings/ledger/reconcile.ts";
import { aCost, anAssumption } from "#test/metrics/programme/declared.ts";

/** Two teams of 40 hours a week at 50, and 1,000 a month for pipelines: 17,000 in a month of four weeks. */
const terms = {
  assumptions: [anAssumption("rate", 50), anAssumption("capacity", 40)],
  costs: [aCost("ci", "2026-02", [1000, 500]), aCost("downtime", "2026-02", [7777])],
  teams: ["a", "b"],
};
const paid = (month: string, amount: number, costCentre = "4711") => ({ costCentre, month, amount });

describe("what the books say was paid", () => {
  it("is held against hours, their rate and what was said to be paid, but not against what was lost", () => {
    expect(reconciled([paid("2026-02", 10_000), paid("2026-02", 9000, "4712")], terms)).toEqual([
      {
        month: "2026-02",
        actual: 19_000,
        explained: 17_000,
        difference: 2000,
        share: 2000 / 19_000,
        capsGrade: true,
      },
    ]);
  });

  it("is told month by month, each with the weeks that it has, the oldest first", () => {
    const found = reconciled([paid("2026-03", 18_000), paid("2026-02", 17_000), paid("2026-04", 1)], terms);

    expect(found.map(({ month }) => month)).toEqual(["2026-02", "2026-03", "2026-04"]);
    expect(found.map(({ explained }) => explained)).toEqual([17_000, 80 * (31 / 7) * 50 + 500, 80 * (30 / 7) * 50]);
    expect(found[0]).toMatchObject({ difference: 0, share: 0, capsGrade: false });
  });

  it("caps a grade where more than a twentieth is not explained, in either direction", () => {
    const capsOf = (amount: number) => reconciled([paid("2026-02", amount)], terms)[0]?.capsGrade;

    expect([17_894, 17_895, 16_191, 16_190].map(capsOf)).toEqual([false, true, false, true]);
  });

  it("is not explained where nobody said what an hour costs, how many a team has, or who is in it", () => {
    const nothing = { explained: null, difference: null, share: null, capsGrade: null };
    const february = [paid("2026-02", 10)];
    const own = [anAssumption("rate", 50), anAssumption("capacity", 40, { of: "a" })];

    expect(reconciled(february, { ...terms, assumptions: [anAssumption("capacity", 40)] })[0]).toMatchObject(nothing);
    expect(reconciled(february, { ...terms, assumptions: own })[0]).toMatchObject(nothing);
    expect(reconciled(february, { ...terms, teams: [] })[0]).toMatchObject(nothing);
    expect(reconciled(february, { ...terms, assumptions: own, teams: ["a"] })[0]).toMatchObject({ explained: 9000 });
  });

  it("is no share of nothing", () => {
    expect(reconciled([paid("2026-02", 0)], terms)[0]).toMatchObject({
      actual: 0,
      difference: -17_000,
      share: null,
      capsGrade: null,
    });
    expect(reconciled([], terms)).toEqual([]);
  });
});

describe("what is not explained", () => {
  const books = [paid("2026-01", 99), paid("2026-02", 20_000), paid("2026-03", 12_000), paid("2026-04", 5)];

  it("is that of the worst month of those that begin and end in some days, up or down", () => {
    const march = 12_000 - (80 * (31 / 7) * 50 + 500);

    expect(mostUnexplained(books, terms, { from: "2026-02-01", to: "2026-04" })).toBe(march / 12_000);
    expect(mostUnexplained(books, terms, { from: "2026-02-15", to: "2026-03" })).toBe(0.15);
    expect(mostUnexplained(books, terms, { from: "2026-05", to: "2026-09" })).toBeNull();
    expect(mostUnexplained(books, { ...terms, teams: [] }, { from: "2026-02", to: "2026-04" })).toBeNull();
  });

  it("of months together is of what was paid in all of them", () => {
    const explained = 17_000 + 80 * (31 / 7) * 50 + 500;

    expect(reconciledIn(books, terms, { from: "2026-02-01", to: "2026-04-01" })).toEqual({
      months: ["2026-02", "2026-03"],
      actual: 32_000,
      explained,
      difference: 32_000 - explained,
      share: (32_000 - explained) / 32_000,
    });
  });

  it("of months together is not known where one is not explained, nothing was paid, or the books say nothing", () => {
    const later = [anAssumption("rate", 50, { validFrom: "2026-03-01" }), anAssumption("capacity", 40)];
    const days = { from: "2026-02-01", to: "2026-04-01" };
    const unknown = { explained: null, difference: null, share: null };

    expect(reconciledIn(books, { ...terms, assumptions: later }, days)).toMatchObject({ actual: 32_000, ...unknown });
    expect(reconciledIn([paid("2026-02", 5), paid("2026-03", -5)], terms, days)).toMatchObject({
      actual: 0,
      ...unknown,
    });
    expect(reconciledIn(books, terms, { from: "2027-01", to: "2028-01" })).toBeNull();
  });
});
