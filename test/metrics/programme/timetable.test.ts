import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { barWords, portfolioSentence } from "#metrics/programme/forecast-words.ts";
import type { Forecast } from "#metrics/programme/forecast.ts";
import { forecast } from "#metrics/programme/forecast.ts";
import type { Initiative } from "#metrics/programme/programme.ts";
import type { Timetable } from "#metrics/programme/timetable.ts";
import { timetable } from "#metrics/programme/timetable.ts";
import { sum } from "#metrics/statistics/sum.ts";

import { anInitiative, aProgramme, months } from "./declared.ts";

const TODAY = "2027-02-15";
const aWave = (id: string, from: string) => ({
  id,
  title: `Wave ${id}`,
  useCase: null,
  teams: ["money"],
  services: [],
  from,
  practices: [],
});

const layer = anInitiative("layer", { plan: months("2027-01", 6, 10_000), benefit: null });
const app = anInitiative("app", { plan: months("2027-06", 4, 5000), needs: ["layer"] });
const dropped = anInitiative("dropped", {
  state: "stopped",
  plan: months("2026-11", 3, 1000),
  actuals: [{ month: "2026-11", cost: 900, benefit: 0 }],
});

function quarters(found: Timetable, field: "begins" | "goesOn" | "ends") {
  return Object.fromEntries(found.quarters.map((one) => [one.id, one[field]]));
}

describe("the roadmap by quarter", () => {
  const programme = aProgramme({
    initiatives: [app, layer, dropped, anInitiative("idea", { plan: [] })],
    waves: [aWave("second", "2027-04-01"), aWave("first", "2027-01-11")],
  });
  const told = () => timetable(programme, TODAY);

  it("has waves first, then initiatives, each by its beginning; without a plan there is no place", () => {
    expect(told().bars.map(({ kind }) => kind)).toEqual(["wave", "wave", "initiative", "initiative", "initiative"]);
    expect(told().bars.map(({ id, from, to }) => [id, from, to])).toEqual([
      ["first", "2027-01-11", null],
      ["second", "2027-04-01", null],
      ["dropped", "2026-11-01", "2026-12-01"],
      ["layer", "2027-01-01", "2027-07-01"],
      ["app", "2027-06-01", "2027-10-01"],
    ]);
    expect(told().unplanned).toEqual(["idea"]);
  });

  it("says what begins, goes on and ends in each quarter, and which one is now", () => {
    expect(told().quarters.map(({ id, isNow }) => [id, isNow])).toEqual([
      ["2026-Q4", false],
      ["2027-Q1", true],
      ["2027-Q2", false],
      ["2027-Q3", false],
    ]);
    expect(quarters(told(), "begins")).toEqual({
      "2026-Q4": ["dropped"],
      "2027-Q1": ["first", "layer"],
      "2027-Q2": ["second", "app"],
      "2027-Q3": [],
    });
    expect(quarters(told(), "goesOn")).toEqual({ "2026-Q4": [], "2027-Q1": [], "2027-Q2": [], "2027-Q3": [] });
    expect(quarters(told(), "ends")).toEqual({
      "2026-Q4": ["dropped"],
      "2027-Q1": [],
      "2027-Q2": ["layer"],
      "2027-Q3": ["app"],
    });
  });

  it("goes on in the quarters between the one in which it begins and the one in which it ends", () => {
    const long = anInitiative("long", { plan: months("2026-12", 8, 1) });
    const told = timetable(aProgramme({ initiatives: [long], waves: [aWave("first", "2026-10-01")] }), TODAY);

    expect(quarters(told, "begins")).toEqual({
      "2026-Q4": ["first", "long"],
      "2027-Q1": [],
      "2027-Q2": [],
      "2027-Q3": [],
    });
    expect(quarters(told, "goesOn")).toEqual({
      "2026-Q4": [],
      "2027-Q1": ["long"],
      "2027-Q2": ["long"],
      "2027-Q3": [],
    });
    expect(quarters(told, "ends")).toEqual({ "2026-Q4": [], "2027-Q1": [], "2027-Q2": [], "2027-Q3": ["long"] });
  });

  it("has what begins on one day by its title, and what was stopped as planned where nothing came of it", () => {
    const initiatives = [
      anInitiative("b", { title: "Later", state: "stopped" }),
      anInitiative("a", { title: "Zoo" }),
      anInitiative("c", { title: "Before", state: "stopped", actuals: [{ month: "2026-10", cost: 1, benefit: 0 }] }),
    ];
    const { bars } = timetable(aProgramme({ initiatives }), TODAY);

    expect(bars.map(({ kind, title, state, from, to }) => [kind, title, state, from, to])).toEqual([
      ["initiative", "Before", "stopped", "2027-01-01", "2027-02-01"],
      ["initiative", "Later", "stopped", "2027-01-01", "2027-07-01"],
      ["initiative", "Zoo", "approved", "2027-01-01", "2027-07-01"],
    ]);
  });

  it("tells what is planned to be spent in a quarter, without what was stopped, and what was", () => {
    expect(told().quarters.map(({ planned, spent }) => [planned, spent])).toEqual([
      [0, 900],
      [30_000, null],
      [35_000, null],
      [15_000, null],
    ]);
  });

  it("counts quarters from the fiscal year", () => {
    const shifted = timetable({ ...programme, fiscalYearBegins: 4 }, TODAY);

    expect(shifted.quarters.map(({ id }) => id)).toEqual(["2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2"]);
  });

  it("marks what begins before what it needs, the critical path, and what was stopped", () => {
    const title = (id: string): string => id.toUpperCase();
    const words = Object.fromEntries(told().bars.map((bar) => [bar.id, barWords(bar, title)]));

    expect(words).toEqual({
      first: "",
      second: "",
      dropped: "stopped",
      layer: "on the critical path",
      app: "begins before LAYER ends (2027-06), which it needs; on the critical path",
    });
    expect(barWords({ ...layerBar(told()), state: "done", isCritical: false }, title)).toBe("done");
  });

  it("shows this quarter where nothing is planned", () => {
    const empty = timetable(aProgramme(), TODAY);

    expect(empty.quarters).toEqual([
      {
        id: "2027-Q1",
        from: "2027-01-01",
        to: "2027-04-01",
        isNow: true,
        begins: [],
        goesOn: [],
        ends: [],
        planned: 0,
        spent: null,
      },
    ]);
    expect(portfolioSentence(aProgramme(), empty, [])).toBe("No initiative is planned yet.");
  });

  it("spends over all quarters what all plans cost, and begins and ends each initiative once", () => {
    const plan = fc.record({ first: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 1, max: 30 }) });
    fc.assert(
      fc.property(fc.array(plan, { maxLength: 6 }), fc.integer({ min: 1, max: 12 }), (plans, fiscalYearBegins) => {
        const initiatives = plans.map(({ first, length }, at) =>
          anInitiative(String(at), {
            plan: months(`${2026 + Math.floor(first / 12)}-${String((first % 12) + 1).padStart(2, "0")}`, length, 7),
          }),
        );
        const told = timetable(aProgramme({ initiatives, fiscalYearBegins }), TODAY);
        const ids = initiatives.map(({ id }) => id).toSorted();
        expect(sum(told.quarters.map(({ planned }) => planned))).toBe(7 * sum(plans.map(({ length }) => length)));
        expect(told.quarters.flatMap(({ begins }) => begins).toSorted()).toEqual(ids);
        expect(told.quarters.flatMap(({ ends }) => ends).toSorted()).toEqual(ids);
        expect(told.quarters.filter(({ isNow }) => isNow)).toHaveLength(1);
      }),
    );
  });
});

describe("a portfolio in a sentence", () => {
  it("says how much is planned and spent, and what of the order does not work", () => {
    const initiatives = [app, layer, dropped];
    const programme = aProgramme({ initiatives });
    const forecasts = forecastsOf(initiatives);

    expect(portfolioSentence(programme, timetable(programme, TODAY), forecasts)).toBe(
      "3 initiatives, 1 of them stopped: €80K planned for the others, €900 spent. 1 initiative begins before what it needs.",
    );
    const calm = aProgramme({ initiatives: [layer] });
    expect(portfolioSentence(calm, timetable(calm, TODAY), [])).toBe(
      "1 initiative: €0 planned, €0 spent. Nothing begins before what it needs.",
    );
  });
});

function layerBar({ bars }: Timetable): Timetable["bars"][number] {
  const [bar] = bars.filter(({ id }) => id === "layer");
  if (bar === undefined) throw new Error("The layer is planned, so it has a bar.");
  return bar;
}

function forecastsOf(initiatives: readonly Initiative[]): readonly Forecast[] {
  return initiatives.flatMap((one) => forecast(one, "2027-02") ?? []);
}
