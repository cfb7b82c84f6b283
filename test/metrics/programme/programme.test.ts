import { describe, expect, it } from "vitest";
import { withSystemCalled, withSystems } from "#metrics/programme/programme.ts";
import { aFinding, anInitiative, aProgramme, aSystem, aUseCase } from "./declared.ts";

describe("the systems of a programme", () => {
  it("are those that it declares, then those that the configuration lists and it says nothing of", () => {
    const own = aSystem("CRM", { owner: "Sales" });
    const known = ["crm", "ERP"].map((name) => ({ name, element: "core" as const, technology: "ot" as const }));

    expect(withSystems(aProgramme({ systems: [own] }), known).systems).toEqual([
      own,
      { name: "ERP", element: "core", technology: "ot", owner: null, vendor: null, releases: null, needs: [] },
    ]);
  });

  it("have another name wherever they are spoken of, and nothing else has", () => {
    const programme = aProgramme({
      systems: [aSystem("CRM"), aSystem("ERP", { needs: ["CRM", "MES"] })],
      assessment: [aFinding("CRM"), aFinding("ERP")],
      useCases: [aUseCase("CRM", { systems: ["ERP", "CRM"] })],
      initiatives: [anInitiative("CRM", { systems: ["CRM"] })],
    });

    expect(withSystemCalled(programme, "CRM", "Sales")).toEqual(
      aProgramme({
        systems: [aSystem("Sales"), aSystem("ERP", { needs: ["Sales", "MES"] })],
        assessment: [aFinding("Sales"), aFinding("ERP")],
        useCases: [aUseCase("CRM", { systems: ["ERP", "Sales"] })],
        initiatives: [anInitiative("CRM", { systems: ["Sales"] })],
      }),
    );
    expect(withSystemCalled(programme, "MRP", "Sales")).toEqual(programme);
  });
});
