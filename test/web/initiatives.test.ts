import { describe, expect, it } from "vitest";

import { portfolioOf } from "#server/answers/portfolio.ts";
import { anInitiative, aProgramme, aUseCase, months } from "#test/metrics/programme/declared.ts";
import { labelLines } from "#web/chart/label-lines.ts";
import type { ForecastView } from "#web/programme/pictures.ts";
import { drawnOf, effortPicture, monthsPicture, roadmapPicture } from "#web/programme/pictures.ts";

const TODAY = "2027-02-16";
const programme = aProgramme({
  useCases: [aUseCase("instant", { title: "Instant payments" })],
  waves: [
    { id: "first", title: "First", useCase: null, teams: ["a"], services: [], from: "2027-01-11", practices: [] },
  ],
  initiatives: [
    anInitiative("layer", { title: "The layer", benefit: null }),
    anInitiative("app", {
      title: "The app",
      needs: ["layer"],
      plan: months("2027-06", 3, 5000),
      ramp: 4,
      actuals: [{ month: "2027-06", cost: 6000, benefit: 100 }],
    }),
    anInitiative("off", { state: "stopped", plan: months("2027-01", 3, 5000) }),
    anInitiative("old", { state: "done", plan: months("2026-10", 3, 5000) }),
  ],
});
const page = portfolioOf(programme, programme, TODAY);

describe("the picture of value against effort", () => {
  it("has what has both and was not stopped, by the numbers of the list beside it", () => {
    const { points } = effortPicture(page);

    expect(drawnOf(page.value).map(({ id }) => id)).toEqual(["old", "app"]);
    expect(points.map(({ number, effort }) => [number, effort])).toEqual([
      [1, 15_000],
      [2, 15_000],
    ]);
    expect(points[1]?.words.slice(0, 2)).toEqual(["The app", "Instant payments"]);
    expect(points[1]?.words[2]).toMatch(/^€[\d.]+K \(€[\d.]+K to €[\d.]+K\) for €15K$/);
  });
});

describe("the picture of the roadmap", () => {
  const picture = roadmapPicture(page);

  it("tells waves, what begins too early, what was stopped, and what is done", () => {
    expect(picture.rows.map(({ id, look, isCritical }) => [id, look, isCritical])).toEqual([
      ["first", "wave", false],
      ["old", "done", false],
      ["off", "stopped", false],
      ["layer", "planned", true],
      ["app", "early", true],
    ]);
    expect(picture.rows.at(-1)?.words).toEqual([
      "2027-06-01 to the day before 2027-09-01",
      "begins before The layer ends (2027-06), which it needs; on the critical path",
    ]);
    expect(picture.rows[0]?.words).toEqual(["2027-01-11 on"]);
  });

  it("has a line from what is needed to what needs it, and quarters from the first to the last", () => {
    expect(picture.needs).toEqual([{ from: 3, to: 4, isEarly: true }]);
    expect(picture.quarters.map(({ label }) => label)).toEqual(["2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3"]);
    expect([picture.from, picture.to]).toEqual([2026 * 12 + 9, 2027 * 12 + 9]);
    expect(picture.now).toBeCloseTo(2027 * 12 + 1 + 15 / 31, 9);
  });
});

describe("the picture of a forecast", () => {
  const pictured = (id: string, view: ForecastView) => {
    const [picture] = page.forecasts.filter((one) => one.id === id).map((one) => monthsPicture(one, view, "EUR"));
    return picture;
  };

  it("has the sum as planned, what came, and what would be", () => {
    const picture = pictured("app", "sum");

    expect(picture?.shape).toBe("lines");
    expect(picture?.series.map(({ look, values }) => [look, values.slice(0, 3)])).toEqual([
      ["planned", [-5000, -10_000, -15_000]],
      ["actual", [-5900, null, null]],
      ["outlook", [-5900, -10_900, -15_900]],
    ]);
    expect(picture?.months).toHaveLength(60);
  });

  it("leaves out lines of which nothing is known", () => {
    expect(pictured("layer", "sum")?.series.map(({ look }) => look)).toEqual(["planned"]);
  });

  it("shows cost as long as something is planned, and benefit until all of it has come", () => {
    const [cost, benefit] = [pictured("app", "cost"), pictured("app", "benefit")];

    expect(cost?.months).toEqual(["2027-06", "2027-07", "2027-08"]);
    expect(cost?.series.map(({ label, values }) => [label, values])).toEqual([
      ["planned", [5000, 5000, 5000]],
      ["spent", [6000, null, null]],
    ]);
    // Three months of plan, four of ramp, and three more.
    expect(benefit?.months).toHaveLength(10);
    expect(benefit?.series.map(({ label, values }) => [label, values[0]])).toEqual([
      ["expected", 0],
      ["brought", 100],
    ]);
  });
});

describe("words beside a bar", () => {
  it("stand in two lines at most, broken between words", () => {
    expect(labelLines("A layer over the mainframe", 14)).toEqual(["A layer over", "the mainframe"]);
    expect(labelLines("One way to production for everybody", 14)).toEqual(["One way to", "production for …"]);
    expect(labelLines("Unbreakableword", 5)).toEqual(["Unbreakableword"]);
  });
});
