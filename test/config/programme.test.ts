import { describe, expect, it } from "vitest";

import { parseProgramme, printProgramme } from "#config/programme.ts";
import { NOTHING } from "#metrics/programme/programme.ts";

import {
  aCost,
  anAssumption,
  aTimeStudy,
  aFinding,
  anInitiative,
  aProgramme,
  aSystem,
  aUseCase,
} from "#test/metrics/programme/declared.ts";

const known = { services: ["shop"], teams: ["orders"], systems: [] };
const read = (text: string) => parseProgramme(text, "programme.yaml", known);
const refusal = (text: string): string => {
  try {
    read(text);
    return "";
  } catch (error) {
    return String(error);
  }
};

describe("a programme's file", () => {
  it("names the line on which a group or a list is called by its name", () => {
    const text = "currency: EUR\n\nvisoin:\n  # what for\n  sentence: Faster\nsystms:\n  - name: crm\n";

    expect(refusal(text)).toContain("line 3, visoin: Unknown key");
    expect(refusal(text)).toContain("line 6, systms: Unknown key");
  });

  it("needs little to begin with", () => {
    expect(read("systems: [{ name: crm }]")).toEqual({ ...NOTHING, systems: [aSystem("crm")] });
  });

  it("reads back as it was written, whatever was said and whatever was not", () => {
    const programme = aProgramme({
      currency: "CHF",
      vision: {
        sentence: "Change a product in a day: always.",
        targets: [{ id: "weekly", words: "Weekly", by: "2028" }],
      },
      systems: [
        aSystem("crm", { vendor: "# not a comment", releases: "every second Sunday" }),
        aSystem("ledger", { needs: ["crm"] }),
      ],
      assessment: [
        aFinding("crm", { evidence: "yes" }),
        aFinding("crm", { element: "api", gap: "none", evidence: "" }),
      ],
      useCases: [aUseCase("instant", { services: ["shop"] })],
      initiatives: [
        anInitiative("hub", { benefit: null }),
        anInitiative("app", { needs: ["hub"], affected: 12.5 }),
        anInitiative("thought", { state: "idea", whyNot: null, hypothesis: null, kill: null, checkpoint: null }),
      ],
      consents: [
        {
          id: "c",
          party: "works-council",
          about: "hub",
          snapshot: "a".repeat(64),
          answer: "agreed",
          day: "2026-11-02",
        },
      ],
      interventions: [
        {
          id: "t",
          kind: "training",
          title: "Trunk",
          teams: ["orders"],
          from: "2026-11-02",
          to: "2026-11-03",
          hours: 16,
          cost: 4000,
        },
      ],
      assumptions: [anAssumption("rate", 62.5), anAssumption("capacity", 230, { of: "orders" })],
      costs: [aCost("ci", "2026-10", [12_000, 11_000])],
      timeStudies: [aTimeStudy("orders", { toil: 12 })],
      fiscalYearBegins: 10,
    });

    expect(read(printProgramme(programme))).toEqual(programme);
    expect(read(printProgramme(NOTHING))).toEqual(NOTHING);
    expect(printProgramme(NOTHING)).not.toContain("vision");
  });

  it("is refused with every mistake at its line", () => {
    const text = `systems:
  - name: crm
    elemnt: api
assessment:
  - { system: crm, element: api, gap: huge, evidence: Slow., confidence: low, day: 2026-13-40 }
`;

    expect(refusal(text)).toBe(
      `ConfigError: programme.yaml is not a valid programme.
  line 3, systems[0].elemnt: Unknown key \`elemnt\` in systems[0]. Did you mean \`element\`?
  line 5, assessment[0].gap: Here must stand one of \`none\`, \`hinders\`, \`blocks\`.
  line 5, assessment[0].day: "2026-13-40" is no date. Write year, month and day, such as \`2026-12-25\`.`,
    );
  });

  it("is refused when it contradicts itself", () => {
    expect(
      refusal(
        "systems: [{ name: a }]\nassessment:\n  - { system: b, element: api, gap: none, evidence: ok, confidence: low, day: 2026-11-02 }",
      ),
    ).toContain('line 3, assessment[0].system: There is no system "b". There is "a".');
  });

  it("is refused where it is no YAML or empty", () => {
    expect(refusal("a: [")).toContain("programme.yaml cannot be read as a programme: line 1");
    expect(refusal("")).toContain("it is empty. `headway programme export` writes");
  });
});
