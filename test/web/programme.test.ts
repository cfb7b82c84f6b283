import { describe, expect, it } from "vitest";

import {
  ASSUMED,
  ASSUMED_NAMES,
  BUCKETS as KNOWN_BUCKETS,
  COST_KINDS as KNOWN_COSTS,
} from "#metrics/programme/assumptions.ts";
import { ELEMENTS, STRATEGIES } from "#metrics/programme/programme.ts";
import {
  aCost,
  aFinding,
  anAssumption,
  anInitiative,
  aSystem,
  aTimeStudy,
  aUseCase,
} from "#test/metrics/programme/declared.ts";
import { nothingSaid, someSaid } from "#test/browser/support/programme.ts";
import { ASSUMED_WORDS, BUCKETS, COST_KINDS } from "#web/programme/assumed-words.ts";
import type { Choice, Field, List } from "#web/programme/field.ts";
import { isOptionalIn } from "#web/programme/field.ts";
import { FORMS, USUAL } from "#web/programme/forms.ts";
import { enteredOf, fieldsOf, idOf, known, thingOf } from "#web/programme/fields.ts";

const things: readonly (readonly [List, object])[] = [
  ["systems", aSystem("crm", { vendor: "A vendor", needs: ["ledger", "vault"] })],
  ["assessment", aFinding("crm")],
  ["useCases", aUseCase("instant", { elements: ["api", "data"], services: ["shop"] })],
  ["initiatives", anInitiative("hub", { affected: 12.5, actuals: [{ month: "2027-01", cost: 9, benefit: -1 }] })],
  ["initiatives", anInitiative("layer", { benefit: null, plan: [] })],
  ["consents", { id: "c", party: "finance", about: "hub", snapshot: null, answer: "asked", day: "2026-11-02" }],
  [
    "interventions",
    {
      id: "t",
      kind: "training",
      title: "Trunk",
      teams: ["a"],
      from: "2026-11-02",
      to: "2026-11-03",
      hours: 8,
      cost: 0,
    },
  ],
  ["assumptions", anAssumption("rate", 62.5)],
  ["assumptions", anAssumption("capacity", 230, { of: "a" })],
  ["costs", aCost("licences", "2026-11", [900, 901.5])],
  ["timeStudies", aTimeStudy("a", { "new-value": 30, toil: 9.5 })],
];

/** Required, and nothing stands in it when a form begins. */
function isBare(list: List, { name, kind, isOptional = false }: Field): boolean {
  const isFilled = ["many", "months", "actuals", "day"].includes(kind) || USUAL[list]?.[name] !== undefined;
  return isOptional === false && !isFilled;
}

function choices(list: List, field: string): readonly string[] {
  const said = fieldsOf(list).find(({ name }) => name === field)?.choices;
  return Array.isArray(said) ? said.map((one: Choice) => one.value) : [];
}

describe("a form of a programme", () => {
  it.each(things)("gives back a thing of %s that nobody changed", (list, thing) => {
    expect(thingOf(list, enteredOf(list, thing), thing)).toEqual(thing);
  });

  it("asks for everything that can be said, but for ids", () => {
    for (const [list, thing] of things) {
      const asked = fieldsOf(list).map(({ name }) => name.replace(/\..*/, ""));
      expect(["id", ...asked]).toEqual(expect.arrayContaining(Object.keys(thing)));
    }
  });

  it("gives a new thing an id that links can carry", () => {
    expect(idOf("Sofortüberweisung & Beratung, 24/7!")).toBe("sofortuberweisung-beratung-24-7");
    expect(thingOf("useCases", { title: "Instant payments" }, null)["id"]).toBe("instant-payments");
    expect(thingOf("consents", { party: "finance", about: "hub", day: "2026-11-02" }, null)["id"]).toBe(
      "finance-hub-2026-11-02",
    );
  });

  it("takes an initiative without a benefit for an enabler, and leaves half a range to the server", () => {
    expect(thingOf("initiatives", { "benefit.low": "", "benefit.likely": "" }, null)["benefit"]).toBeNull();
    expect(thingOf("initiatives", { "benefit.low": "5" }, null)["benefit"]).toEqual({
      low: 5,
      likely: null,
      high: null,
    });
  });

  it("takes an initiative of which nothing is expected yet for an idea", () => {
    const entered = {
      title: "A hub",
      whyNot: "",
      "hypothesis.metric": "",
      "hypothesis.by": "",
      kill: "",
      checkpoint: "",
    };

    expect(thingOf("initiatives", entered, null)).toMatchObject({
      hypothesis: null,
      whyNot: null,
      kill: null,
      checkpoint: null,
    });
  });

  it("asks for evidence of what stands in the way, and takes an empty one of what does not", () => {
    const evidence = fieldsOf("assessment").filter(({ name }) => name === "evidence");
    const areOptional = (gap: string) => evidence.map((field) => isOptionalIn(field, { gap }));

    expect(["", "none", "hinders", "blocks"].flatMap(areOptional)).toEqual([false, true, false, false]);
    expect(thingOf("assessment", { gap: "none", evidence: "" }, null)["evidence"]).toBe("");
  });

  it("begins with what is needed, and has the rest of an initiative folded", () => {
    const parts = FORMS.initiatives;

    expect(parts.filter(({ isLater = false }) => !isLater).flatMap(({ fields }) => fields)).toHaveLength(6);
    expect(parts.filter(({ isLater = false }) => isLater).map(({ title }) => title)).toEqual([
      "What it costs",
      "What it brings",
      "Why so, and what is expected",
      "What may go wrong",
      "What came so far",
    ]);
  });

  it.each(Object.keys(FORMS) as List[])("folds nothing that %s needs and a form does not begin with", (list) => {
    expect(
      FORMS[list]
        .filter(({ isLater }) => isLater === true)
        .flatMap(({ fields }) => fields.filter((field) => isBare(list, field))),
    ).toEqual([]);
  });

  it("reads a plan line by line, however people part month and money", () => {
    const { plan } = thingOf("initiatives", { plan: "2027-01 100\n2027-02: 200\n" }, null);

    expect(plan).toEqual([
      { month: "2027-01", cost: 100 },
      { month: "2027-02", cost: 200 },
    ]);
  });

  it("offers what the programme and the configuration know by name", () => {
    expect(known("systems", someSaid).map(({ value }) => value)).toEqual(["mainframe", "crm", "payments hub"]);
    expect(known("systems", nothingSaid).map(({ value }) => value)).toEqual(["mainframe"]);
    expect(known("about", someSaid).map(({ words }) => words)).toContain("Payments in seconds");
    expect(known("useCases", someSaid)[0]).toEqual({ value: "instant", words: "Instant payments" });
    expect(known("teams", someSaid)).toEqual([{ value: "money", words: "money" }]);
  });

  it("tells of assumptions as the product does elsewhere", () => {
    expect(Object.keys(ASSUMED_WORDS)).toEqual(ASSUMED_NAMES);
    expect(ASSUMED).toMatchObject(ASSUMED_WORDS);
    expect(BUCKETS).toEqual(KNOWN_BUCKETS);
    expect(COST_KINDS).toEqual(KNOWN_COSTS);
    expect(known("assumed", nothingSaid)[0]?.words).toBe("What an hour of work costs, blended (money an hour)");
  });

  it("has the elements and strategies there are", () => {
    expect(choices("assessment", "element")).toEqual(ELEMENTS);
    expect(choices("initiatives", "strategy")).toEqual(STRATEGIES);
  });
});
