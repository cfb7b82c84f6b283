import { describe, expect, it } from "vitest";
import type { Judgement } from "#metrics/judgements.ts";
import { overridesOf, scopeOf, titleOf, windowOf } from "#metrics/judgements.ts";
import { HOUR } from "#metrics/time.ts";
import { utc } from "#test/support/builders.ts";

const aJudgement = (has: Partial<Judgement>): Judgement => ({
  id: 1,
  kind: "failed",
  service: "shop",
  scope: null,
  subject: "v1",
  from: null,
  to: null,
  recoveredAt: null,
  rebases: false,
  reason: "It was down.",
  actor: "somebody",
  madeAt: 0,
  ...has,
});

describe("whose numbers a judgement is about", () => {
  it("is its service, else its team or system, else the organisation", () => {
    expect(scopeOf({ service: "shop", scope: null })).toEqual({ kind: "service", name: "shop" });
    expect(scopeOf({ service: "shop", scope: "team:payments" })).toEqual({ kind: "service", name: "shop" });
    expect(scopeOf({ service: null, scope: "team:payments" })).toEqual({ kind: "team", name: "payments" });
    expect(scopeOf({ service: null, scope: "system:ledger" })).toEqual({ kind: "system", name: "ledger" });
    expect(scopeOf({ service: null, scope: null })).toEqual({ kind: "organisation" });
  });
});

describe("the mark of a note", () => {
  it("says what is written for it, else why it was made", () => {
    expect(titleOf({ subject: "New host", reason: "We moved." })).toBe("New host");
    expect(titleOf({ subject: null, reason: "We moved." })).toBe("We moved.");
  });
});

describe("the days of a judgement", () => {
  it("begin and end with days of the zone", () => {
    expect(windowOf({ from: "2026-03-01", to: "2026-03-02" }, "Europe/Berlin")).toEqual({
      from: utc("2026-02-28T23:00"),
      to: utc("2026-03-01T23:00"),
    });
  });

  it("are open where it names none", () => {
    expect(windowOf({ from: null, to: "2026-03-02" }, "UTC")).toEqual({ from: -Infinity, to: utc("2026-03-02") });
    expect(windowOf({ from: "2026-03-01", to: null }, "UTC")).toEqual({ from: utc("2026-03-01"), to: Infinity });
  });
});

describe("what people overrule of a service", () => {
  const failed = aJudgement({ subject: "v2", recoveredAt: HOUR });
  const fine = aJudgement({ kind: "not-failed", subject: "v1" });
  const told = [
    { deployment: "v1", failed: false, recoveredAt: null },
    { deployment: "v2", failed: true, recoveredAt: HOUR },
  ];

  it("is what failed after all and what did not, in one order however it was decided", () => {
    expect(overridesOf([failed, fine], "shop")).toEqual(told);
    expect(overridesOf([fine, failed], "shop")).toEqual(told);
  });

  it("is nothing of other services, of other judgements, and of none that names no deployment", () => {
    expect(overridesOf([failed, fine], "site")).toEqual([]);
    expect(overridesOf([aJudgement({ kind: "note" }), aJudgement({ kind: "deployment" })], "shop")).toEqual([]);
    expect(overridesOf([aJudgement({ subject: null })], "shop")).toEqual([]);
  });
});
