import { describe, expect, it } from "vitest";

import { assessed, assessedShare, openings } from "#metrics/programme/assessment.ts";
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

  it("says how much of it was looked at", () => {
    expect(assessedShare(programme)).toEqual({ known: 4, of: 21 });
    expect(assessedShare({ systems: [], assessment: [] })).toEqual({ known: 0, of: 0 });
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
