import { describe, expect, it } from "vitest";
import { openings } from "#metrics/programme/assessment.ts";
import { gapRows, measuredRows, useCaseRows } from "#metrics/programme/leadership-words.ts";
import { portfolio } from "#metrics/programme/portfolio.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import { NOTHING } from "#metrics/programme/programme.ts";
import { aFinding, anInitiative, aSystem, aUseCase } from "./declared.ts";

const programme: Programme = {
  ...NOTHING,
  systems: [aSystem("ERP")],
  assessment: [aFinding("ERP")],
  useCases: [aUseCase("small", { value: { low: 1, likely: 2, high: 3 } }), aUseCase("instant", { title: "Instant" })],
  initiatives: [anInitiative("layer", { title: "A layer", systems: ["ERP"] })],
};

function rowsOf(shown: Programme): ReturnType<typeof gapRows> {
  return gapRows(shown, openings(shown), portfolio(shown));
}

describe("use cases for leadership", () => {
  it("come with what they are worth, who owns them and who works at them, what is worth most first", () => {
    expect(useCaseRows(programme)).toEqual([
      { name: "Instant", words: "€1M (€500K to €1.5M) a year from 2028; Retail; 1 initiative.", tone: null },
      { name: "Use case small", words: "€2 (€1 to €3) a year from 2028; Retail; no initiative yet.", tone: null },
    ]);
  });

  it("say how many work at them", () => {
    const initiatives = ["a", "b", "c"].map((id) => anInitiative(id));

    expect(useCaseRows({ ...programme, initiatives })[0]?.words).toContain("Retail; 3 initiatives.");
  });

  it("do not count an initiative that was stopped", () => {
    const initiatives = [anInitiative("layer", { state: "stopped" })];

    expect(useCaseRows({ ...programme, initiatives })[0]?.words).toContain("no initiative yet");
  });
});

describe("gaps for leadership", () => {
  it("come with what they are in the way of and the business case of what takes them up", () => {
    const [first, second] = rowsOf(programme);

    expect(first).toMatchObject({ name: "ERP, integration (declared)", tone: "bad" });
    expect(first?.words).toMatch(
      /^blocks “Instant”\. A layer: net present value €\d+K \(€\d+K to €\d+K\), back after \d+ months in 100 % of the draws\.$/,
    );
    expect(second?.words).toBe("blocks “Use case small”. No initiative takes it up.");
  });

  it("say where the benefit of an enabler is counted, and what nobody planned", () => {
    const enabler = anInitiative("layer", { title: "A layer", systems: ["ERP"], benefit: null });
    const next = anInitiative("next", { needs: ["layer"] });

    expect(rowsOf({ ...programme, initiatives: [enabler, next] })[0]?.words).toContain(
      "A layer: its benefit is counted where it enables others.",
    );
    expect(rowsOf({ ...programme, initiatives: [enabler] })[0]?.words).toContain(
      "nobody has planned what it costs yet",
    );
  });

  it("hinder or block", () => {
    const [row] = rowsOf({ ...programme, assessment: [aFinding("ERP", { gap: "hinders" })] });

    expect(row).toMatchObject({ tone: null, words: expect.stringMatching(/^hinders “Instant”/) });
  });

  it("hardly ever pay back what nothing comes of", () => {
    const hopeless = anInitiative("layer", { title: "A layer", systems: ["ERP"], chance: 0 });

    expect(rowsOf({ ...programme, initiatives: [hopeless] })[0]?.words).toMatch(/value −€.*hardly ever back/);
  });
});

describe("what was measured, for leadership", () => {
  const systems = [
    { system: "ERP", words: "ERP: value lost to waiting 90 h." },
    { system: "CRM", words: "CRM: value lost to waiting 10 h." },
  ];

  it("says that it was measured, in its order, with what is to be done about it", () => {
    const [first, second] = measuredRows(systems, portfolio(programme), "EUR");

    expect(first).toMatchObject({ name: "ERP (measured)", tone: "bad" });
    expect(first?.words).toMatch(/^Value lost to waiting 90 h\. A layer: net present value €\d+K/);
    expect(second).toEqual({
      name: "CRM (measured)",
      words: "Value lost to waiting 10 h. No initiative is about it.",
      tone: null,
    });
  });

  it.each(["stopped", "done"] as const)("names no initiative that is over: %s", (state) => {
    const over = portfolio({
      ...programme,
      initiatives: [anInitiative("layer", { systems: ["ERP"], state })],
    });

    expect(measuredRows(systems, over, "EUR")[0]?.words).toContain("No initiative is about it.");
  });
});
