import { describe, expect, it } from "vitest";

import { differences, keyOf } from "#metrics/programme/differences.ts";

import { aFinding, anInitiative, aProgramme, aSystem, aUseCase } from "./declared.ts";

describe("what one version has that another has not", () => {
  const before = aProgramme({
    systems: [aSystem("crm"), aSystem("ledger")],
    assessment: [aFinding("crm", { gap: "hinders" })],
    initiatives: [anInitiative("hub")],
  });

  it("is nothing of the same", () => {
    expect(differences(before, structuredClone(before))).toEqual([]);
    expect(differences(before, { ...before, systems: before.systems.toReversed() })).toEqual([]);
  });

  it("is told field by field, where it was added, changed or removed", () => {
    const after = {
      ...before,
      systems: [aSystem("crm", { owner: "Sales IT", needs: ["vault"] }), aSystem("vault")],
      assessment: [aFinding("crm", { gap: "blocks" })],
    };

    expect(differences(before, after)).toEqual([
      {
        list: "systems",
        key: "crm",
        verb: "changed",
        fields: [
          { name: "owner", before: null, after: "Sales IT" },
          { name: "needs", before: "[]", after: '["vault"]' },
        ],
      },
      expect.objectContaining({ list: "systems", key: "ledger", verb: "removed" }),
      expect.objectContaining({ list: "systems", key: "vault", verb: "added" }),
      {
        list: "assessment",
        key: "crm integration",
        verb: "changed",
        fields: [{ name: "gap", before: "hinders", after: "blocks" }],
      },
    ]);
  });

  it("tells the parts of which there is one", () => {
    const vision = { sentence: "Weekly.", targets: [] };
    const after = { ...before, currency: "CHF", vision };

    expect(differences(before, after).map(({ list, verb }) => [list, verb])).toEqual([
      ["currency", "changed"],
      ["vision", "added"],
    ]);
    expect(differences(after, before).map(({ verb }) => verb)).toEqual(["changed", "removed"]);
  });

  it("knows a thing by what tells it from the others of its list", () => {
    expect(keyOf("assessment", aFinding("crm"))).toBe("crm integration");
    expect(keyOf("useCases", aUseCase("instant"))).toBe("instant");
  });
});
