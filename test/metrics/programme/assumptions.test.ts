import { describe, expect, it } from "vitest";

import { blended, inForce, ratesInForce } from "#metrics/programme/assumptions.ts";
import { assumptionFlaws } from "#metrics/programme/check-assumptions.ts";

import { aCost, anAssumption, aProgramme, aTimeStudy } from "./declared.ts";

describe("what is assumed on a day", () => {
  const all = [
    anAssumption("capacity", 200),
    anAssumption("capacity", 300, { of: "Orders", validFrom: "2026-02-01" }),
    anAssumption("capacity", 320, { of: "Orders", validFrom: "2026-03-01" }),
  ];

  it("is what was said last of this one, else of all", () => {
    expect(inForce(all, "capacity", "orders", "2026-03-01")?.value).toBe(320);
    expect(inForce(all, "capacity", "orders", "2026-02-28")?.value).toBe(300);
    expect(inForce(all, "capacity", "orders", "2026-01-31")?.value).toBe(200);
    expect(inForce(all, "capacity", "billing", "2026-03-01")?.value).toBe(200);
  });

  it("is the usual value where nobody said anything, and says so, and else unknown", () => {
    expect(inForce([], "return", "orders", "2026-01-01")).toEqual({
      what: "return",
      of: null,
      value: 0.25,
      low: 0.15,
      high: 0.4,
      said: null,
    });
    expect(inForce([], "capacity", "orders", "2026-01-01")).toBeNull();
    expect(inForce(all, "capacity", "orders", "2019-12-31")).toBeNull();
  });

  it("is one rate for all roles, else their mean by what they work", () => {
    const roles = [
      anAssumption("rate", 80, { of: "developer" }),
      anAssumption("rate", 50, { of: "operator" }),
      anAssumption("role-share", 0.75, { of: "developer" }),
      anAssumption("role-share", 0.25, { of: "operator" }),
    ];

    expect(blended(ratesInForce(roles, "2026-01-01"))).toBe(72.5);
    expect(blended(ratesInForce([...roles, anAssumption("rate", 62.5)], "2026-01-01"))).toBe(62.5);
  });

  it("is no rate where nobody said how much roles work", () => {
    expect(ratesInForce([anAssumption("rate", 80, { of: "developer" })], "2026-01-01")).toEqual([]);
    expect(blended([])).toBeNull();
  });
});

describe("assumptions that fit together", () => {
  const told = (rest: Parameters<typeof aProgramme>[0]) =>
    assumptionFlaws(aProgramme(rest)).map(({ path, message }) => `${path.join(".")}: ${message}`);

  it("may have a history", () => {
    const later = anAssumption("rate", 70, { validFrom: "2026-06-01" });

    expect(told({ assumptions: [anAssumption("rate", 62.5), later] })).toEqual([]);
  });

  it("have their value in its range, and shares between 0 and 1", () => {
    expect(told({ assumptions: [anAssumption("rate", 5, { low: 6 })] })).toEqual([
      "assumptions.0.value: The value must lie between the low and the high one.",
    ]);
    expect(told({ assumptions: [anAssumption("invisible-share", 0.5, { high: 1.5 })] })).toEqual([
      "assumptions.0.value: A share lies between 0 and 1.",
    ]);
  });

  it("tell of one thing under one id", () => {
    const [first, second] = [anAssumption("rate", 5, { id: "a" }), anAssumption("rate", 6, { id: "b" })];

    expect(told({ assumptions: [first, second] })).toEqual([
      'assumptions.1.id: The rate of all is also told by "a", so nobody could say which holds. Use that id with another day.',
    ]);
    expect(told({ assumptions: [first, anAssumption("delay", 5, { id: "a" })] })).toEqual([
      'assumptions.1.id: "a" is the rate of all in another entry. Entries with one id are the history of one thing: give this one an id of its own.',
    ]);
  });

  it("name a month, and a bucket, once", () => {
    const twice = [
      { month: "2026-01", cost: 1 },
      { month: "2026-01", cost: 2 },
    ];

    expect(told({ costs: [aCost("ci", "2026-01", [], { months: twice })] })).toEqual([
      "costs.0.months.1: 2026-01 is there twice. Add the two up.",
    ]);
    expect(told({ timeStudies: [aTimeStudy("a", { toil: 0 })] })).toEqual([
      "timeStudies.0.hours: It tells of no hours.",
    ]);
    expect(told({ timeStudies: [aTimeStudy("a", { toil: 1 }, { to: "2026-10-01" })] })).toEqual([
      "timeStudies.0.to: It ends before it begins.",
    ]);
  });
});
