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

  it("is said of a runner by its kind, else by its class, else of all runners", () => {
    const price = (of: string | null, value: number, validFrom = "2020-01-01") =>
      anAssumption("ci-price", value, { of, validFrom });
    const prices = [price("self-hosted", 2), price(null, 1), price("Self-Hosted: GPU", 3)];
    const of = (runner: string | null, all = prices) => inForce(all, "ci-price", runner, "2026-01-01")?.value;

    expect([of("self-hosted: gpu"), of("self-hosted: linux"), of("ubuntu"), of(null)]).toEqual([3, 2, 1, 1]);
    expect(of("self-hosted: gpu", [price("self-hosted", 2), price("self-hosted: gpu", 3, "2026-06-01")])).toBe(2);
    expect(of("self-hosted: gpu", [price("other", 2)])).toBeUndefined();
    expect(inForce([anAssumption("capacity", 9, { of: "a" })], "capacity", "a: b", "2026-01-01")).toBeNull();
  });

  it("is the last one that began, in whatever order they are said, with whom it is said of", () => {
    const said = (validFrom: string, value: number) =>
      anAssumption("capacity", value, { of: "A", validFrom, low: 1, high: 9 });

    expect(
      inForce([said("2026-03-01", 3), said("2026-01-01", 1), said("2026-02-01", 2)], "capacity", "a", "2026-12-31"),
    ).toEqual({
      what: "capacity",
      of: "A",
      value: 3,
      low: 1,
      high: 9,
      said: said("2026-03-01", 3),
    });
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

  it("leaves out roles of which one of both is not known yet", () => {
    const roles = [
      anAssumption("rate", 80, { of: "developer" }),
      anAssumption("role-share", 0.75, { of: "developer" }),
      anAssumption("rate", 50, { of: "operator" }),
      anAssumption("role-share", 0.25, { of: "operator", validFrom: "2027-01-01" }),
    ];

    expect(blended(ratesInForce(roles, "2026-01-01"))).toBe(80);
    expect(blended(ratesInForce(roles, "2027-01-01"))).toBe(72.5);
    expect(ratesInForce(roles, "2019-01-01")).toEqual([]);
    expect(blended([{ what: "role-share", of: "developer", value: 0 }])).toBeNull();
  });

  it("is no rate where nobody said how much roles work", () => {
    expect(
      ratesInForce([anAssumption("rate", 80, { of: "a" }), anAssumption("role-share", 0, { of: "a" })], "2026-01-01"),
    ).toEqual([]);
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

  it("may lie at the end of their range, and a share may be all of it", () => {
    const fine = [
      anAssumption("rate", 5, { low: 5, high: 6 }),
      anAssumption("rate", 6, { of: "a", low: 5, high: 6 }),
      anAssumption("invisible-share", 1),
      anAssumption("capacity", 2),
    ];

    expect(told({ assumptions: fine })).toEqual([]);
    expect(told({ assumptions: [anAssumption("rate", 5, { high: 4 })] })).toHaveLength(1);
  });

  it("are about names in any case, and about another thing under another name", () => {
    const of = (name: string | null, id: string) => anAssumption("capacity", 5, { of: name, id });

    expect(told({ assumptions: [of("Orders", "a"), of("orders", "a"), of("Billing", "b"), of(null, "c")] })).toEqual(
      [],
    );
    expect(told({ assumptions: [of("Orders", "a"), of("orders", "b")] })[0]).toContain(
      "The capacity of orders is also",
    );
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

  it("name each bucket of a study once, which may begin and end on one day", () => {
    const study = aTimeStudy("a", { toil: 1 }, { from: "2026-11-02", to: "2026-11-02" });
    const doubled = { ...study, hours: [...study.hours, ...study.hours] };

    expect(told({ timeStudies: [study] })).toEqual([]);
    expect(told({ timeStudies: [study, doubled] })).toEqual([
      "timeStudies.1.hours: A bucket is there twice. Add the two up.",
    ]);
    expect(told({ timeStudies: [aTimeStudy("a", { toil: 0, other: 1 })] })).toEqual([]);
    expect(told({ costs: [aCost("ci", "2026-01", [1, 2, 3])] })).toEqual([]);
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
