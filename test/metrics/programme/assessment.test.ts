import { describe, expect, it } from "vitest";

import { assessed, assessedShare, forUseCase, openings } from "#metrics/programme/assessment.ts";
import { ELEMENTS } from "#metrics/programme/programme.ts";

import { aFinding, anInitiative, aProgramme, aSystem, aUseCase } from "./declared.ts";

describe("an assessment", () => {
  const programme = aProgramme({
    systems: [aSystem("crm"), aSystem("ledger"), aSystem("mainframe")],
    assessment: [
      aFinding("crm", { gap: "hinders" }),
      aFinding("crm", { element: "data", gap: "hinders" }),
      aFinding("mainframe"),
      aFinding("mainframe", { element: "data", gap: "none" }),
    ],
  });

  it("has a row for each system, those that block most first, and what nobody looked at stays unknown", () => {
    const rows = assessed(programme);

    expect(rows.map(({ system, worst }) => [system, worst])).toEqual([
      ["mainframe", "blocks"],
      ["crm", "hinders"],
      ["ledger", null],
    ]);
    expect(rows[0]?.cells.map(({ element }) => element)).toEqual(ELEMENTS);
    expect(rows[0]?.cells.filter(({ finding }) => finding === null)).toHaveLength(5);
  });

  it("puts one that blocks before any number that only hinder", () => {
    const systems = [aSystem("a"), aSystem("b")];
    const assessment = [
      ...ELEMENTS.map((element) => aFinding("a", { element, gap: "hinders" })),
      aFinding("b", { gap: "blocks" }),
    ];

    expect(assessed({ systems, assessment }).map(({ system }) => system)).toEqual(["b", "a"]);
  });

  it("puts what hinders in more places first, then what comes first by name", () => {
    const systems = ["d", "c", "b", "a"].map((name) => aSystem(name));
    const assessment = [
      aFinding("d", { gap: "hinders" }),
      aFinding("d", { element: "data", gap: "hinders" }),
      aFinding("b", { gap: "none" }),
    ];

    expect(assessed({ systems, assessment }).map(({ system, worst }) => [system, worst])).toEqual([
      ["d", "hinders"],
      ["a", null],
      ["b", "none"],
      ["c", null],
    ]);
  });

  it("says how much of it was looked at, each part once and only of systems that are there", () => {
    expect(assessedShare(programme)).toEqual({ known: 4, of: 21 });
    expect(
      assessedShare({ systems: [aSystem("crm")], assessment: [aFinding("crm"), aFinding("crm"), aFinding("gone")] }),
    ).toEqual({ known: 1, of: 7 });
    expect(assessedShare({ systems: [], assessment: [] })).toEqual({ known: 0, of: 0 });
  });
});

describe("a programme for one use case", () => {
  const consent = { party: "sponsor", snapshot: null, answer: "agreed", day: "2026-01-05" } as const;
  const programme = aProgramme({
    systems: [aSystem("crm"), aSystem("ledger")],
    assessment: [
      aFinding("crm"),
      aFinding("crm", { element: "data" }),
      aFinding("ledger"),
      aFinding("ledger", { element: "api" }),
    ],
    useCases: [aUseCase("instant", { systems: ["crm"] }), aUseCase("advice", { elements: ["api"] })],
    initiatives: [
      anInitiative("app", { needs: ["layer"] }),
      anInitiative("layer", { useCase: "advice", needs: ["base"] }),
      anInitiative("base", { useCase: "advice", needs: ["gone"] }),
      anInitiative("other", { useCase: "advice" }),
    ],
    consents: ["programme", "base", "other"].map((about) => ({ ...consent, id: about, about })),
  });
  const shown = (id: string) => {
    const { systems, assessment, useCases, initiatives, consents } = forUseCase(programme, id);
    return [
      useCases.map((one) => one.id),
      systems.map(({ name }) => name),
      assessment.map(({ system, element }) => `${element} of ${system}`),
      initiatives.map((one) => one.id),
      consents.map(({ about }) => about),
    ];
  };

  it("has what it needs, its initiatives with those under them, and who agreed to these", () => {
    expect(shown("instant")).toEqual([
      ["instant"],
      ["crm"],
      ["integration of crm"],
      ["app", "layer", "base"],
      ["programme", "base"],
    ]);
  });

  it("has all systems where it names none", () => {
    expect(shown("advice")).toEqual([
      ["advice"],
      ["crm", "ledger"],
      ["api of ledger"],
      ["layer", "base", "other"],
      ["programme", "base", "other"],
    ]);
  });

  it("has none of it where there is none of that name", () => {
    expect(shown("gone")).toEqual([[], [], [], [], ["programme"]]);
  });
});

describe("gaps × use cases", () => {
  const assessment = [
    aFinding("crm", { gap: "hinders" }),
    aFinding("mainframe"),
    aFinding("mainframe", { element: "data", gap: "none" }),
    aFinding("vault", { element: "security" }),
  ];
  const systems = ["crm", "mainframe", "vault"].map((name) => aSystem(name));
  const small = { low: 1, likely: 2, high: 3 };

  it("are what stands in the way of what a use case needs, the worst and the most valuable first", () => {
    const useCases = [aUseCase("advice", { value: small, systems: ["crm", "mainframe"] }), aUseCase("instant")];
    const found = openings(aProgramme({ systems, assessment, useCases }));

    expect(found.map(({ finding, useCase }) => [useCase, finding.system])).toEqual([
      ["instant", "mainframe"],
      ["advice", "mainframe"],
      ["instant", "crm"],
      ["advice", "crm"],
    ]);
  });

  it("are in this order, in whichever order use cases are said", () => {
    const useCases = [30, 10, 20].map((likely) => aUseCase(`${likely}`, { value: { low: 1, likely, high: 99 } }));
    const orderOf = (all: typeof useCases) =>
      openings(aProgramme({ systems, assessment: [aFinding("crm")], useCases: all })).map(({ useCase }) => useCase);

    expect([orderOf(useCases), orderOf(useCases.toReversed())]).toEqual([
      ["30", "20", "10"],
      ["30", "20", "10"],
    ]);
  });

  it("say which initiative has taken one up, and that one was stopped is no answer", () => {
    const initiatives = [
      anInitiative("hub", { systems: ["mainframe"] }),
      anInitiative("other", { systems: ["mainframe"], useCase: "advice" }),
      anInitiative("elsewhere", { systems: ["mainframe"], element: "data" }),
      anInitiative("crm", { systems: ["crm"], state: "stopped" }),
    ];
    const found = openings(aProgramme({ systems, assessment, useCases: [aUseCase("instant")], initiatives }));

    expect(found.map(({ finding, initiatives: taken }) => [finding.system, taken])).toEqual([
      ["mainframe", ["hub"]],
      ["crm", []],
    ]);
  });

  it("are none where nothing was looked at", () => {
    expect(openings(aProgramme({ systems, useCases: [aUseCase("instant")] }))).toEqual([]);
  });
});
