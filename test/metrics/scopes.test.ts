import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Organisation, Scope, Team, Tenure } from "#metrics/scopes.ts";
import { isAlways, isDuring, isPartOf, ownersInTurn, scopeNamed, scopeText, timesOf } from "#metrics/scopes.ts";
import { utc } from "../support/builders.ts";

const team = (name: string): Scope => ({ kind: "team", name });
const always = [{ from: -Infinity, to: Infinity }];
const [january, april, july] = [utc("2026-01-01"), utc("2026-04-01"), utc("2026-07-01")];

/** Payments owned the shop in the first quarter, checkout since; checkout is a part of sales. */
const acme: Organisation = {
  teams: [
    { name: "payments", parent: null },
    { name: "sales", parent: null },
    { name: "checkout", parent: "sales" },
    { name: "idle", parent: "checkout" },
  ],
  tenures: [
    { team: "payments", service: "shop", from: january, to: april },
    { team: "checkout", service: "shop", from: april, to: Infinity },
    { team: "sales", service: "site", from: -Infinity, to: Infinity },
  ],
  systems: new Map([["books", "ledger"]]),
};

describe("a scope", () => {
  it("of a team has a service in the time in which it owned it, and no other", () => {
    expect(timesOf(team("payments"), "shop", acme)).toEqual([{ from: january, to: april }]);
    expect(timesOf(team("payments"), "site", acme)).toEqual([]);
  });

  it("of a team has what its parts have", () => {
    expect(timesOf(team("sales"), "shop", acme)).toEqual([{ from: april, to: Infinity }]);
    expect(timesOf(team("sales"), "site", acme)).toEqual(always);
    expect(timesOf(team("checkout"), "site", acme)).toEqual([]);
    const whole = (part: string) => acme.teams.map(({ name }) => isPartOf(part, name, acme.teams));

    expect(whole("idle")).toEqual([false, true, true, true]);
    expect(whole("sales")).toEqual([false, true, false, false]);
  });

  it("of a team that owns nothing is empty", () => {
    expect(timesOf(team("idle"), "shop", acme)).toEqual([]);
  });

  it("of the organisation, a system or a service has it at all times", () => {
    expect(timesOf({ kind: "organisation" }, "shop", acme)).toEqual(always);
    expect(timesOf({ kind: "system", name: "ledger" }, "books", acme)).toEqual(always);
    expect(timesOf({ kind: "system", name: "ledger" }, "shop", acme)).toEqual([]);
    expect(timesOf({ kind: "service", name: "shop" }, "shop", acme)).toEqual(always);
    expect(timesOf({ kind: "service", name: "shop" }, "site", acme)).toEqual([]);
  });

  it("unites the times of several owners in one", () => {
    const tenures = [
      { team: "checkout", service: "shop", from: april, to: july },
      { team: "sales", service: "shop", from: january, to: april },
      { team: "idle", service: "shop", from: january, to: utc("2026-05-01") },
    ];

    expect(timesOf(team("sales"), "shop", { ...acme, tenures })).toEqual([{ from: january, to: july }]);
  });

  it("ends, though teams were parts of each other", () => {
    const teams = [
      { name: "a", parent: "b" },
      { name: "b", parent: "a" },
    ];

    expect(isPartOf("a", "b", teams)).toBe(true);
    expect(isPartOf("a", "c", teams)).toBe(false);
  });
});

describe("an instant", () => {
  it("lies in a time from its beginning until just before its end", () => {
    const times = [{ from: january, to: april }];

    expect([january - 1, january, april - 1, april].map((at) => isDuring(at, times))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it("that is unknown lies only in all time", () => {
    expect(isDuring(null, always)).toBe(true);
    expect(isDuring(null, [{ from: january, to: Infinity }])).toBe(false);
    expect(isDuring(0, [])).toBe(false);
    expect(isAlways([])).toBe(false);
  });
});

describe("the owners of a service", () => {
  it("follow one another without a gap, nobody included", () => {
    expect(ownersInTurn("shop", acme.tenures)).toEqual([
      { from: -Infinity, to: january, team: null },
      { from: january, to: april, team: "payments" },
      { from: april, to: Infinity, team: "checkout" },
    ]);
    expect(ownersInTurn("unknown", acme.tenures)).toEqual([{ from: -Infinity, to: Infinity, team: null }]);
  });

  it("are the first named where several own it at once", () => {
    const shared = [
      { team: "one", service: "shop", from: january, to: july },
      { team: "two", service: "shop", from: -Infinity, to: april },
    ];

    expect(ownersInTurn("shop", shared).map((turn) => turn.team)).toEqual(["two", "one", null]);
  });
});

const services = ["shop", "site", "books"] as const;
/** Each in the one before it or in none. */
const trees = fc.array(fc.option(fc.nat({ max: 5 })), { minLength: 6, maxLength: 6 }).map((parents) =>
  parents.map((parent, index): Team => ({
    name: `t${index}`,
    parent: parent === null || parent >= index ? null : `t${parent}`,
  })),
);
/** A service is handed from one team to the next, or to nobody. */
const handovers = fc
  .tuple(
    fc.constantFrom(...services),
    fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 5 }).map((all) => all.toSorted((a, b) => a - b)),
    fc.array(fc.option(fc.nat({ max: 5 }), { freq: 4 }), { minLength: 6, maxLength: 6 }),
  )
  .map(([service, days, owners]): readonly Tenure[] =>
    [-Infinity, ...days].flatMap((from, index) => {
      const owner = owners[index] ?? null;
      return owner === null ? [] : [{ service, team: `t${owner}`, from, to: days[index] ?? Infinity }];
    }),
  );
const organisations = fc
  .tuple(trees, fc.uniqueArray(handovers, { maxLength: 3, selector: ([first]) => first?.service }))
  .map(([teams, histories]): Organisation => ({ teams, tenures: histories.flat(), systems: new Map() }));

describe("teams that own one after another", () => {
  it("have each instant of a service once between them, together with nobody", () => {
    fc.assert(
      fc.property(organisations, fc.constantFrom(...services), fc.integer({ min: -1, max: 21 }), (one, service, at) => {
        const roots = one.teams.filter(({ parent }) => parent === null);
        const holders = roots.filter(({ name }) => isDuring(at, timesOf(team(name), service, one)));
        const owner = ownersInTurn(service, one.tenures).find((turn) => isDuring(at, [turn]));
        expect(holders).toHaveLength(Number(owner?.team !== null));
        expect(holders.every(({ name }) => isPartOf(String(owner?.team), name, one.teams))).toBe(true);
      }),
    );
  });
});

describe("a scope as a text", () => {
  const named: readonly Scope[] = [
    { kind: "organisation" },
    team("payments"),
    { kind: "system", name: "a: b" },
    { kind: "service", name: "two\nlines" },
  ];

  it("is read as it was written", () => {
    expect(named.map((scope) => scopeNamed(scopeText(scope)))).toEqual(named);
    expect(scopeText(team("payments"))).toBe("team:payments");
    expect(scopeText({ kind: "organisation" })).toBe("organisation");
  });

  it("names none where its kind or its name is not there", () => {
    const nothing = ["", "payments", "team:", "people:somebody", ":payments", "teams:payments", "the organisation"];

    expect(nothing.map(scopeNamed)).toEqual(nothing.map(() => null));
  });
});
