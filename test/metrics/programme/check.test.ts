import { describe, expect, it } from "vitest";

import { cautions, flaws } from "#metrics/programme/check.ts";
import type { Initiative } from "#metrics/programme/programme.ts";

import {
  aCost,
  aFinding,
  anAssumption,
  anInitiative,
  aProgramme,
  aSystem,
  aTimeStudy,
  aUseCase,
  months,
} from "./declared.ts";

const known = { services: ["shop"], teams: ["orders"], systems: [] };
const sound = aProgramme({
  systems: [aSystem("crm"), aSystem("ledger", { needs: ["crm"] })],
  assessment: [aFinding("crm")],
  useCases: [aUseCase("instant", { systems: ["crm"], services: ["shop"] })],
  initiatives: [anInitiative("hub", { systems: ["crm"] })],
  consents: [{ id: "c1", party: "finance", about: "hub", snapshot: null, answer: "asked", day: "2026-11-02" }],
  interventions: [
    {
      id: "t",
      kind: "training",
      title: "Trunk",
      teams: ["orders"],
      from: "2026-11-02",
      to: "2026-11-03",
      hours: 16,
      cost: 0,
    },
  ],
});

describe("a programme", () => {
  it("that fits together has no flaw, and an empty one neither", () => {
    expect(flaws(sound, known)).toEqual([]);
    expect(flaws(aProgramme(), { services: [], teams: [], systems: [] })).toEqual([]);
  });

  it("names what is there twice, in whatever case it is written", () => {
    const programme = {
      ...sound,
      systems: [...sound.systems, aSystem("CRM")],
      assessment: [aFinding("crm"), aFinding("crm")],
    };

    expect(flaws(programme, known)).toEqual([
      { path: ["systems", 2, "name"], message: '"CRM" is there twice (also systems[0]). Keep one.' },
      {
        path: ["assessment", 1, "element"],
        message: '"integration of crm" is there twice (also assessment[0]). Keep one.',
      },
    ]);
  });

  it("names what is there twice in each of its lists, by what tells it apart", () => {
    const both = <T>(one: T): readonly T[] => [one, one];
    const wave = {
      id: "w",
      title: "W",
      useCase: null,
      teams: ["orders"],
      services: [],
      from: "2026-03-02",
      practices: [],
    };
    const milestone = {
      id: "m",
      title: "M",
      owner: "Office",
      scope: "organisation",
      metric: "deployment-frequency",
      setOn: "2026-01-01",
      from: null,
      target: 1,
      due: "2026-12-31",
    };
    const exemption = { id: "e", service: "shop", practice: "review", part: null, reason: "So.", owner: "orders" };
    const doubled = flaws(
      {
        ...sound,
        consents: sound.consents.flatMap(both),
        interventions: sound.interventions.flatMap(both),
        useCases: sound.useCases.flatMap(both),
        assumptions: both(anAssumption("capacity", 1)),
        costs: both(aCost("ci", "2026-01", [1])),
        timeStudies: both(aTimeStudy("orders", { toil: 1 })),
        waves: both(wave),
        adoptions: both({ id: "a", team: "orders", practice: "review", day: "2026-03-02" }),
        milestones: both(milestone),
        exemptions: both(exemption),
        drills: both({ id: "d", service: "shop", day: "2026-03-02" }),
        elements: both({ service: "shop", element: "core" as const, suggested: null }),
      },
      known,
    );

    expect(doubled.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual(
      [
        ["useCases", "id", "instant"],
        ["consents", "id", "c1"],
        ["interventions", "id", "t"],
        ["assumptions", "validFrom", "capacity from 2020-01-01"],
        ["costs", "id", "ci"],
        ["timeStudies", "id", "study-orders"],
        ["waves", "id", "w"],
        ["adoptions", "id", "a"],
        ["milestones", "id", "m"],
        ["exemptions", "id", "e"],
        ["drills", "id", "d"],
        ["elements", "service", "shop"],
      ].map(([list, field, name]) => `${list}.1.${field}: "${name}" is there twice (also ${list}[0]). Keep one.`),
    );
  });

  it("names what it refers to and is not there, with what is", () => {
    const programme = {
      ...sound,
      assessment: [aFinding("CRN")],
      useCases: [aUseCase("instant", { services: ["shp"] })],
      initiatives: [anInitiative("hub", { systems: ["gone"], useCase: "late", needs: ["layer"] })],
      interventions: sound.interventions.map((one) => ({ ...one, teams: ["order"] })),
    };

    expect(flaws(programme, known).map(({ path }) => path.join("."))).toEqual([
      "assessment.0.system",
      "useCases.0.services",
      "initiatives.0.systems",
      "initiatives.0.useCase",
      "initiatives.0.needs",
      "interventions.0.teams",
    ]);
    expect(flaws(programme, known)[0]?.message).toBe('There is no system "CRN". There are "crm", "ledger".');
    expect(flaws(sound, { ...known, services: [] })[0]?.message).toBe(
      'There is no service "shop": none is there yet. Add it first.',
    );
  });

  it("names the one that is there, and twelve of more", () => {
    const names = Array.from({ length: 13 }, (_, index) => `s${index}`);
    const messageOf = (systems: readonly string[]) =>
      flaws(aProgramme({ systems: systems.map((name) => aSystem(name)), assessment: [aFinding("gone")] }), known)[0]
        ?.message;

    expect(messageOf(["crm"])).toBe('There is no system "gone". There is "crm".');
    expect(messageOf(names.slice(0, 12))).toMatch(/"s10", "s11"\.$/);
    expect(messageOf(names)).toMatch(/"s10", "s11" and others\.$/);
  });

  it("may assume something of any role and runner, and of teams, services and use cases that are there", () => {
    const found = (programme: Parameters<typeof aProgramme>[0]) =>
      flaws(aProgramme({ useCases: [aUseCase("instant")], ...programme }), known).map(
        ({ path, message }) => `${path.join(".")}: ${message.split(". There")[0]}`,
      );

    expect(
      found({
        assumptions: [
          anAssumption("rate", 1, { of: "developer" }),
          anAssumption("ci-price", 1, { of: "ubuntu" }),
          anAssumption("capacity", 1, { of: "orders" }),
          anAssumption("downtime", 1, { of: "shop" }),
          anAssumption("delay", 1, { of: "instant" }),
          anAssumption("delay", 1),
        ],
        costs: [aCost("ci", "2026-01", [1]), aCost("licences", "2026-01", [1], { team: "orders" })],
        timeStudies: [aTimeStudy("orders", { toil: 1 })],
        elements: [{ service: "shop", element: "core", suggested: null }],
      }),
    ).toEqual([]);
    expect(
      found({
        assumptions: [
          anAssumption("capacity", 1, { of: "sales" }),
          anAssumption("downtime", 1, { of: "till" }),
          anAssumption("delay", 1, { of: "late" }),
        ],
        costs: [aCost("ci", "2026-01", [1], { team: "sales" })],
        timeStudies: [aTimeStudy("sales", { toil: 1 })],
        elements: [{ service: "till", element: "core", suggested: null }],
      }),
    ).toEqual([
      'elements.0.service: There is no service "till"',
      'assumptions.0.of: There is no team "sales"',
      'assumptions.1.of: There is no service "till"',
      'assumptions.2.of: There is no use case "late"',
      'costs.0.team: There is no team "sales"',
      'timeStudies.0.team: There is no team "sales"',
    ]);
  });

  it("may speak of systems of the configuration, and agree to the whole programme", () => {
    const consent = { id: "c", party: "finance", snapshot: null, answer: "asked", day: "2026-11-02" } as const;
    const programme = aProgramme({ assessment: [aFinding("ERP")], consents: [{ ...consent, about: "programme" }] });

    expect(flaws(programme, { ...known, systems: [{ name: "ERP", element: null, technology: "it" }] })).toEqual([]);
  });

  it("says of each what kind of thing is not there", () => {
    const programme = {
      ...sound,
      systems: [aSystem("crm"), aSystem("ledger", { needs: ["gone"] })],
      useCases: [aUseCase("instant", { systems: ["gone"], services: ["gone"] })],
      initiatives: [anInitiative("hub", { systems: ["gone"], useCase: "gone", needs: ["gone"] })],
      consents: sound.consents.map((one) => ({ ...one, about: "gone" })),
      interventions: sound.interventions.map((one) => ({ ...one, teams: ["gone"] })),
    };

    expect(flaws(programme, known).map(({ path: [list], message }) => `${list}: ${message.split('"')[0]}`)).toEqual([
      "systems: There is no system ",
      "useCases: There is no system ",
      "useCases: There is no service ",
      "initiatives: There is no system ",
      "initiatives: There is no use case ",
      "initiatives: There is no initiative ",
      "consents: There is no wave or initiative ",
      "interventions: There is no team ",
    ]);
  });

  it("refuses ranges that are upside down, months that are there twice, and what ends before it begins", () => {
    const wrong = { low: 3, likely: 2, high: 4 };
    const programme = {
      ...sound,
      useCases: [aUseCase("instant", { value: wrong })],
      initiatives: [
        anInitiative("hub", { benefit: wrong, plan: [...months("2027-01", 2, 1), ...months("2027-01", 1, 1)] }),
      ],
      interventions: sound.interventions.map((one) => ({ ...one, to: "2026-11-01" })),
    };

    expect(flaws(programme, known).map(({ path }) => path.join("."))).toEqual([
      "useCases.0.value",
      "initiatives.0.benefit",
      "initiatives.0.plan.2",
      "interventions.0.to",
    ]);
  });

  it("refuses initiatives that wait for each other", () => {
    const initiatives = [anInitiative("a", { needs: ["b"] }), anInitiative("b", { needs: ["a"] })];

    expect(flaws({ ...sound, consents: [], initiatives }, known)).toEqual([
      {
        path: ["initiatives", 0, "needs"],
        message: 'These wait for each other, so none could ever begin: "a" needs "b" needs "a". Take one of them out.',
      },
    ]);
  });
});

describe("an initiative", () => {
  const bare = { whyNot: null, hypothesis: null, kill: null, checkpoint: null };
  const found = (state: Initiative["state"]) =>
    flaws({ ...sound, initiatives: [anInitiative("hub", { title: "Hub", systems: ["crm"], state, ...bare })] }, known);

  it.each(["idea", "analysed", "stopped"] as const)("needs no more than its place while it is %s", (state) => {
    expect(found(state)).toEqual([]);
  });

  it.each(["approved", "running"] as const)("says why, what is expected and on what it is stopped: %s", (state) => {
    expect(found(state)).toEqual([
      {
        path: ["initiatives", 0, "whyNot"],
        message: `“Hub” is ${state}: say why not the other two strategies. Until then it is an idea, or analysed.`,
      },
      {
        path: ["initiatives", 0, "hypothesis"],
        message: `“Hub” is ${state}: say what is expected of it. Until then it is an idea, or analysed.`,
      },
      {
        path: ["initiatives", 0, "kill"],
        message: `“Hub” is ${state}: say on what it is stopped. Until then it is an idea, or analysed.`,
      },
      {
        path: ["initiatives", 0, "checkpoint"],
        message: `“Hub” is ${state}: say when it is looked at next. Until then it is an idea, or analysed.`,
      },
    ]);
  });

  it("is not looked at again once it is done", () => {
    expect(found("done").map(({ path }) => path[2])).toEqual(["whyNot", "hypothesis", "kill"]);
  });
});

describe("what weakens a programme", () => {
  it("is said in a sentence each", () => {
    const late = anInitiative("app", { title: "The app", needs: ["hub"] });
    const weak = { ...sound, initiatives: [...sound.initiatives, late] };

    expect(cautions(weak)).toEqual([
      "There is 1 use case: with 3 to 10 each upgrade can be tied to value, and attention is not spread too thin.",
      "“The app” is planned to begin in 2027-01, before “Initiative hub”, which it needs, is finished at the end of 2027-06.",
    ]);
  });

  it("is too many use cases as well as too few", () => {
    const of = (count: number) =>
      cautions(aProgramme({ useCases: Array.from({ length: count }, (_, index) => aUseCase(`${index}`)) }));

    expect(of(2)[0]).toMatch(/^There are 2 use cases: with 3 to 10/);
    expect([of(3), of(10)]).toEqual([[], []]);
    expect(of(11)[0]).toMatch(/^There are 11 use cases/);
  });

  it("is nothing where there are a few use cases and nothing is promised twice", () => {
    const useCases = ["a", "b", "c"].map((id) => aUseCase(id));
    const twice = anInitiative("hub", { useCase: "a", benefit: { low: 0, likely: 2_000_000, high: 2_000_000 } });

    expect(cautions(aProgramme({ useCases }))).toEqual([]);
    expect(cautions(aProgramme({ useCases, initiatives: [twice] }))[0]).toContain(
      "together promise 2000000 a year, more than the 1500000 it is thought to be worth at most",
    );
    expect(cautions(aProgramme())).toEqual([]);
  });
});
