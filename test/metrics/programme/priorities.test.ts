import { describe, expect, it } from "vitest";
import type { Weighed } from "#metrics/programme/priorities.ts";
import { priorities } from "#metrics/programme/priorities.ts";
import type { ExposedSystem, ExposureTerms } from "#metrics/programme/worlds.ts";
import { EXPOSURE_TERMS } from "#metrics/programme/worlds.ts";
import { aWeek } from "#test/support/backbones.ts";

const terms: ExposureTerms = {
  ...EXPOSURE_TERMS,
  costOfDelay: 1,
  rate: 1,
  by: "value",
  unknown: 0,
  supposed: 0.5,
  draws: 50,
};
const aSystem = (system: string, element: ExposedSystem["element"], waitHours: number): ExposedSystem => ({
  system,
  element,
  group: "it",
  weeks: [aWeek({ waitHours }), aWeek({ waitHours })],
  chance: null,
  cost: null,
});
const backbone = [aSystem("ERP", "delivery", 400), aSystem("ERP", "integration", 100), aSystem("MES", "data", 50)];
const anInitiative = (id: string, has: Partial<Weighed> = {}): Weighed => ({
  id,
  element: "integration",
  systems: ["erp"],
  strategy: "abstract",
  chance: 0.5,
  cost: 100,
  ...has,
});

describe("the priority of an initiative", () => {
  it("is what it could remove of its element in its systems, by its chance and its cost", () => {
    expect(priorities([anInitiative("layer")], backbone, terms)).toEqual([
      {
        id: "layer",
        removable: { amount: 100, low: 100, high: 100 },
        priority: { amount: 0.5, low: 0.5, high: 0.5, rank: 1, topThree: 1 },
      },
    ]);
  });

  it("is about all elements of what it replaces, or whose core it changes", () => {
    const all = [
      anInitiative("replace", { strategy: "replace", cost: 1000 }),
      anInitiative("core", { element: "core" }),
      anInitiative("layer"),
    ];

    expect(priorities(all, backbone, terms).map(({ id, removable }) => [id, removable?.amount])).toEqual([
      ["core", 500],
      ["layer", 100],
      ["replace", 500],
    ]);
  });

  it("is not known without a cost or without anything measured, and nothing is ranked where too much is unknown", () => {
    const found = priorities(
      [anInitiative("free", { cost: 0 }), anInitiative("away", { systems: ["CRM"] })],
      backbone,
      terms,
    );
    const [vague] = priorities([anInitiative("layer")], backbone, { ...terms, unknown: 0.4 });

    expect(found).toMatchObject([
      { id: "free", removable: { amount: 100 }, priority: null },
      { id: "away", removable: null, priority: null },
    ]);
    expect(vague?.priority).toMatchObject({ amount: 0.5, rank: null, topThree: null });
  });
});
