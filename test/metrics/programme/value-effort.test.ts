import { describe, expect, it } from "vitest";

import { valueWords } from "#metrics/programme/forecast-words.ts";
import { portfolio } from "#metrics/programme/portfolio.ts";
import type { Initiative } from "#metrics/programme/programme.ts";
import { valueForEffort } from "#metrics/programme/value-effort.ts";

import { anInitiative, aProgramme, aUseCase, months } from "./declared.ts";

const yearly = (likely: number) => ({ low: likely, likely, high: likely });

function weighed(...initiatives: readonly Initiative[]) {
  const programme = aProgramme({ initiatives, useCases: [aUseCase("instant", { title: "Instant payments" })] });
  return valueForEffort(portfolio(programme), programme);
}

describe("value against effort", () => {
  const layer = anInitiative("layer", { benefit: null, plan: months("2027-01", 3, 50_000) });
  const cheap = anInitiative("cheap", { plan: months("2027-04", 2, 5000), benefit: yearly(60_000), needs: ["layer"] });
  const large = anInitiative("large", { plan: months("2027-01", 10, 50_000), benefit: yearly(600_000) });

  it("puts most value for its effort first, not the largest value; enablers and what was stopped last", () => {
    const found = weighed(layer, large, cheap, { ...cheap, id: "off", state: "stopped", needs: [] });

    expect(found.map(({ id }) => id)).toEqual(["cheap", "large", "layer", "off"]);
    expect(found[0]?.value?.p50).toBeLessThan(Number(found[1]?.value?.p50));
    expect(found[0]?.perEffort).toBeCloseTo(Number(found[0]?.value?.p50) / 10_000, 9);
  });

  it("has the more valuable first of as much value for its effort", () => {
    const alike = [30_000, 60_000].map((benefit) =>
      anInitiative(`of ${benefit}`, { plan: months("2027-01", 2, benefit / 12), benefit: yearly(benefit) }),
    );

    expect(weighed(...alike).map(({ id }) => id)).toEqual(["of 60000", "of 30000"]);
  });

  it("is tied to the use case by its title, and tells how long it takes", () => {
    expect(weighed(cheap)[0]).toMatchObject({ useCase: "Instant payments", effort: 10_000, months: 2, grade: "C" });
  });

  it("counts slower teams among the effort", () => {
    expect(weighed({ ...cheap, affected: 100_000 })[0]?.effort).toBeCloseTo(55_000, 6);
  });

  it("tells what must be done first and brings nothing itself, until that is done", () => {
    const title = (id: string): string => id;
    const found = weighed(cheap, layer);
    const [words] = found.map((one) => valueWords(one, title, "EUR"));

    expect(found[0]?.enablers).toEqual([{ id: "layer", cost: 150_000 }]);
    expect(words).toMatch(
      /^€[\d.]+K \(€[\d.]+K to €[\d.]+K\) for €10K, [\d.]+ for each unit of cost\. What must be done first costs as well: layer \(€150K\)\.$/,
    );
    expect(weighed(cheap, { ...layer, state: "done" })[0]?.enablers).toEqual([]);
  });

  it("has no value of its own for an enabler and none without a plan", () => {
    const title = (id: string): string => id;
    const found = weighed(layer, cheap, anInitiative("idea", { plan: [] }), anInitiative("lonely", { benefit: null }));
    const words = Object.fromEntries(found.map((one) => [one.id, valueWords(one, title, "EUR")]));

    expect(words["layer"]).toBe("€150K for what it enables: cheap. The benefit is counted there.");
    expect(words["lonely"]).toBe("€60K without a benefit of its own, and nothing needs it.");
    expect(words["idea"]).toBe("Nothing is planned, so nobody can say what it costs.");
    expect(found.find(({ id }) => id === "idea")).toMatchObject({ effort: null, months: 0, value: null });
  });

  it("comes first where it costs nothing", () => {
    const free = anInitiative("free", { plan: months("2027-01", 1, 0) });

    expect(weighed(cheap, free).map(({ id, perEffort }) => [id, perEffort === null])).toEqual([
      ["free", true],
      ["cheap", false],
    ]);
  });
});
