import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calm } from "#metrics/programme/calm.ts";
import type { GateInput, GateService } from "#metrics/programme/gate.ts";
import { gate, GATE_CONDITIONS, GATE_TERMS } from "#metrics/programme/gate.ts";
import type { Status } from "#metrics/programme/practice-status.ts";
import { STABLE_WORLD, stableService } from "#test/support/stable-services.ts";

const all = (status: Status) => new Map(GATE_TERMS.practices.map((id) => [id, status]));

const aService = (name: string, has: Partial<GateService> = {}): GateService => ({
  name,
  releaseClass: "cloud",
  practices: all("adopted"),
  deploymentsPerWeek: 3,
  isCalm: true,
  ...has,
});
const services = (count: number, has: Partial<GateService> = {}) =>
  Array.from({ length: count }, (_, index) => aService(`s${index}`, has));

const good: GateInput = {
  services: services(10),
  teams: ["a", "b", "c", "d", "e"].map((name) => ({ name, leadTimeRatio: { low: 0.5, high: 0.9 } })),
  failRate: { change: -0.01, high: 0.02 },
  reworkRate: { change: 0, high: 0.01 },
  alertAge: { before: 20, now: 12 },
  savings: { effect: "yes", onPlan: true, words: "5.2 % gross." },
  constraint: { name: "Mainframe", measured: 0.5, declared: 0.3, unknown: 0.2 },
  consents: GATE_TERMS.parties.map((party) => ({ party, answer: "agreed" })),
};
const stateOf = (has: Partial<GateInput>, id: string) =>
  gate({ ...good, ...has }).conditions.find((one) => one.id === id)?.state;

describe("the gate", () => {
  it("passes when every condition is met", () => {
    const found = gate(good);

    expect(found).toMatchObject({ outcome: "pass", words: "Pass: the foundation is in place." });
    expect(found.conditions.map(({ id }) => id)).toEqual(GATE_CONDITIONS);
    expect(found.conditions.flatMap(({ missing }) => missing)).toEqual([]);
  });

  it("asks for adopted practices in seven services of ten, and practised ones are not adopted", () => {
    const some = (adopted: number, other: Status) => [
      ...services(adopted),
      ...services(10 - adopted, { practices: all(other) }),
    ];

    expect(stateOf({ services: some(7, "practising") }, "practices")).toBe("met");
    expect(stateOf({ services: some(6, "practising") }, "practices")).toBe("not-met");
    expect(stateOf({ services: some(6, "not-measurable") }, "practices")).toBe("cannot-be-said");
    expect(stateOf({ services: some(6, "not-applicable") }, "practices")).toBe("met");
    expect(stateOf({ services: services(3, { practices: new Map() }) }, "practices")).toBe("cannot-be-said");
  });

  it("names the services that miss, and those of which nothing can be said", () => {
    const found = gate({
      ...good,
      services: [
        ...services(6),
        aService("till", { practices: all("not-yet") }),
        ...services(3, { practices: all("not-measurable") }),
      ],
    });

    expect(found.conditions[0]?.missing).toEqual([
      "till",
      "s0: nothing can be said",
      "s1: nothing can be said",
      "s2: nothing can be said",
    ]);
    expect(found.conditions[0]?.evidence).toBe(
      "6 of 10 services have adopted all of them; of 3 services nothing can be said.",
    );
  });

  it("asks for an interval of the lead time ratio that lies below 1 in three teams of five", () => {
    const [faster, alike, unknown] = [{ low: 0.5, high: 0.99 }, { low: 0.5, high: 1 }, null];
    const teams = (...ratios: readonly (typeof faster | null)[]) =>
      ratios.map((leadTimeRatio, index) => ({ name: `t${index}`, leadTimeRatio }));

    expect(stateOf({ teams: teams(faster, faster, faster, alike, alike) }, "lead-time")).toBe("met");
    expect(stateOf({ teams: teams(faster, faster, alike, alike, alike) }, "lead-time")).toBe("not-met");
    expect(stateOf({ teams: teams(faster, faster, unknown, alike, alike) }, "lead-time")).toBe("cannot-be-said");
    expect(stateOf({ teams: [] }, "lead-time")).toBe("cannot-be-said");
  });

  it("asks for a weekly deployment only where the class allows it", () => {
    const rare = services(9, { releaseClass: "embedded", deploymentsPerWeek: 0.1 });

    expect(stateOf({ services: [...rare, aService("web", { deploymentsPerWeek: 1 })] }, "cadence")).toBe("met");
    expect(stateOf({ services: [...rare, aService("web", { deploymentsPerWeek: 0.9 })] }, "cadence")).toBe("not-met");
    expect(stateOf({ services: rare }, "cadence")).toBe("met");
    expect(stateOf({ services: [] }, "cadence")).toBe("cannot-be-said");
  });

  it("asks that failures, rework and alerts have not become worse", () => {
    expect(stateOf({ failRate: { change: 0, high: 0.021 } }, "stability")).toBe("not-met");
    expect(stateOf({ reworkRate: null }, "stability")).toBe("cannot-be-said");
    expect(stateOf({ alertAge: { before: 20, now: 21 } }, "stability")).toBe("not-met");
    expect(stateOf({ alertAge: null }, "stability")).toBe("met");
  });

  it("is held by an essential condition that is not met, by a refusal, and where nobody knows what they decide on", () => {
    const refused = good.consents.map((one) => ({ ...one, answer: "refused" as const }));
    const blind: Partial<GateInput> = { services: [], teams: [] };

    expect(gate({ ...good, failRate: { change: 0.05, high: 0.09 } }).outcome).toBe("hold");
    expect(gate({ ...good, consents: refused }).outcome).toBe("hold");
    expect(gate({ ...good, ...blind }).outcome).toBe("hold");
  });

  it("is conditional where something else is missing, and lists it", () => {
    const found = gate({
      ...good,
      savings: null,
      constraint: null,
      consents: good.consents.slice(1),
      reworkRate: null,
    });

    expect(found.outcome).toBe("conditional");
    expect(found.words).toBe(
      "Conditional: 4 of 8 conditions are met. Missing: stability (the rework rate of the baseline or of now is unknown); savings (no saving was measured or planned); the constraint (no bottleneck of the backbone is ranked); consent (sponsor was not asked).",
    );
  });

  it("takes savings on plan for enough while they cannot be shown yet", () => {
    const savings = (effect: "yes" | "no" | "not-yet", onPlan: boolean | null) =>
      stateOf({ savings: { effect, onPlan, words: "" } }, "savings");

    expect(savings("not-yet", true)).toBe("met");
    expect(savings("not-yet", false)).toBe("not-met");
    expect(savings("not-yet", null)).toBe("cannot-be-said");
    expect(savings("no", true)).toBe("not-met");
  });

  it("does not take a constraint for known of which more than 30 % is unknown", () => {
    expect(stateOf({ constraint: { name: "ERP", measured: 0.4, declared: 0.3, unknown: 0.3 } }, "constraint")).toBe(
      "met",
    );
    expect(stateOf({ constraint: { name: "ERP", measured: 0.4, declared: 0.29, unknown: 0.31 } }, "constraint")).toBe(
      "cannot-be-said",
    );
  });

  it("never opens wider when something gets worse", () => {
    const order = ["hold", "conditional", "pass"];
    const answer = fc.constantFrom(true, false, null);
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 8 }), fc.nat(7), (calms, place) => {
        const before = calms.map((isCalm, index) => aService(`s${index}`, { isCalm }));
        const after = before.with(place % before.length, aService(`s${place % before.length}`, { isCalm: false }));

        expect(order.indexOf(gate({ ...good, services: after }).outcome)).toBeLessThanOrEqual(
          order.indexOf(gate({ ...good, services: before }).outcome),
        );
      }),
    );
  });

  it("does not hold back an organisation of stable services by its condition on calm", () => {
    const held = Array.from({ length: 60 }, (_, organisation) => {
      const own = Array.from({ length: 10 }, (_service, index) =>
        aService(`s${index}`, { isCalm: calm(stableService(organisation * 10 + index + 1, STABLE_WORLD)).isCalm }),
      );
      return stateOf({ services: own }, "calm");
    }).filter((state) => state !== "met");

    expect(held.length / 60).toBeLessThanOrEqual(0.02);
  });
});
