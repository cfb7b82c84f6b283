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
    expect(stateOf({ services: some(6, "insufficient-data") }, "practices")).toBe("cannot-be-said");
    expect(stateOf({ services: some(6, "not-yet") }, "practices")).toBe("not-met");
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
    const evidence = gate({ ...good, teams: teams(faster) }).conditions.map((one) => one.evidence);
    expect(evidence).toContain("1 of 1 team is faster.");
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
    expect(stateOf({ alertAge: { before: 20, now: 20 } }, "stability")).toBe("met");
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

  it("names a few in its sentence, says how many more there are, and leaves empty brackets out", () => {
    const slow = (count: number) =>
      gate({
        ...good,
        services: [],
        teams: Array.from({ length: count }, (_, index) => ({
          name: `t${index}`,
          leadTimeRatio: { low: 0.9, high: 1.1 },
        })),
      }).words;

    expect(slow(5)).toContain("Missing: practices; lead time (t0, t1, t2, t3, t4); cadence; calm weeks.");
    expect(slow(6)).toContain("Missing: practices; lead time (t0, t1, t2, t3 and 2 more); cadence; calm weeks.");
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

  it("is held with what is met and what is missing, by name", () => {
    const found = gate({ ...good, failRate: { change: 0.05, high: 0.09 }, alertAge: { before: 20, now: 21 } });

    expect(found.words).toBe(
      "Hold: 7 of 8 conditions are met. Missing: stability (that the change fail rate has not become higher is not shown, serious alerts are open for longer than at the baseline).",
    );
  });

  it("is held where of more than half of the essential conditions nothing can be said, and not of fewer", () => {
    // Essential are practices, lead time, cadence, stability and calm weeks.
    const silent = { services: services(10, { practices: all("not-measurable"), isCalm: null }) };

    expect(gate({ ...good, ...silent }).outcome).toBe("conditional");
    expect(gate({ ...good, ...silent, reworkRate: null }).outcome).toBe("hold");
    expect(gate({ ...good, savings: null, constraint: null, consents: [] }).outcome).toBe("conditional");
  });

  it("asks for consent of each party, all of whose answers are given", () => {
    const missingOf = (...answers: readonly ("asked" | "agreed" | "refused")[]) =>
      gate({
        ...good,
        consents: [
          ...good.consents.filter(({ party }) => party !== "works-council"),
          ...answers.map((answer) => ({ party: "works-council", answer })),
        ],
      }).conditions.at(-1);

    expect(missingOf("agreed", "agreed")).toMatchObject({ state: "met", evidence: "5 of 5 have agreed.", missing: [] });
    expect(missingOf()).toMatchObject({ evidence: "4 of 5 have agreed.", missing: ["works council was not asked"] });
    expect(missingOf("agreed", "asked")).toMatchObject({
      state: "not-met",
      missing: ["works council has not answered"],
    });
    expect(missingOf("agreed", "refused")).toMatchObject({ state: "not-met", missing: ["works council refused"] });
  });

  it("says of each condition what is asked, with its limit", () => {
    expect(gate(good).conditions.map(({ id, isEssential, asked }) => [id, isEssential, asked])).toEqual([
      ["practices", true, expect.stringMatching(/^The practices of stages 1 to 3 are adopted in at least 70 % of the/)],
      ["lead-time", true, expect.stringMatching(/^The median lead time is shorter .* in at least 60 % of the teams/)],
      [
        "cadence",
        true,
        expect.stringMatching(/^At least 70 % of the services whose class allows it are deployed every/),
      ],
      [
        "stability",
        true,
        expect.stringMatching(/^Neither failures nor rework .* at most \+2 points, and serious alerts/),
      ],
      [
        "calm",
        true,
        expect.stringMatching(/^At least 80 % of the services had no unfavourable signal .* eight weeks\.$/),
      ],
      ["savings", false, "Savings are shown, or finance agreed to what was planned by now."],
      ["constraint", false, "The constraint that remains is named, with at most 30 % of the waits unknown."],
      ["consent", false, "All who must agree have agreed."],
    ]);
  });

  it("says what there is of each condition", () => {
    expect(gate(good).conditions.map(({ evidence }) => evidence)).toEqual([
      "10 of 10 services have adopted all of them.",
      "5 of 5 teams are faster.",
      "10 of 10 services are.",
      "Change fail rate −1 points, at most +2 points; rework rate +0 points, at most +1 points; serious alerts are open for 12 days, 20 days before.",
      "10 of 10 services had none.",
      "5.2 % gross.",
      "Mainframe: of the hours waited 50 % are measured, 30 % declared, 20 % unknown.",
      "5 of 5 have agreed.",
    ]);
  });

  it("says what is not known, of whom and of what", () => {
    const one = services(1, { practices: all("not-yet"), deploymentsPerWeek: null });
    const found = gate({
      ...good,
      services: one,
      teams: [],
      failRate: null,
      alertAge: null,
      savings: null,
      constraint: { name: "ERP", measured: 0.4, declared: 0.2, unknown: 0.4 },
    });

    expect(found.conditions.map(({ evidence, missing }) => [evidence, ...missing])).toEqual([
      ["0 of 1 service has adopted all of them.", "s0"],
      ["No team is known."],
      ["0 of 1 service is; of 1 service nothing can be said.", "s0: nothing can be said"],
      [
        "Change fail rate unknown; rework rate +0 points, at most +1 points; no alerts are known, which does not decide.",
        "the change fail rate of the baseline or of now is unknown",
      ],
      ["1 of 1 service had none."],
      ["no saving was measured or planned", "no saving was measured or planned"],
      [
        "ERP: of the hours waited 40 % are measured, 20 % declared, 40 % unknown.",
        "more than 30 % of the hours waited are unknown: declare them, or measure them",
      ],
      ["5 of 5 have agreed."],
    ]);
  });

  it("asks nobody for a weekly deployment where no class allows it, and says so", () => {
    const found = gate({ ...good, services: services(3, { releaseClass: "embedded", deploymentsPerWeek: 0.1 }) });

    expect(found.conditions[2]).toMatchObject({
      state: "met",
      evidence: "The class of no service allows it, so nobody is asked.",
      missing: [],
    });
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
