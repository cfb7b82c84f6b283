import { describe, expect, it } from "vitest";
import { hoursBetween } from "#web/chart/hours.ts";
import { dotsOf, dotsPicture, dotsWords, layersOf } from "#web/flow/pictures.ts";
import type { Flow, Row, Rows } from "#web/types.ts";
import { aMeasure } from "./support.ts";

const WINDOW = { from: "2026-03-01T00:00:00Z", to: "2026-03-31T00:00:00Z" };

function aRow(of: Partial<Row> = {}): Row {
  return {
    kind: "change",
    id: "7",
    title: "Round amounts",
    service: "shop",
    at: "2026-03-10T12:00:00Z",
    url: null,
    value: 10,
    openFor: null,
    counted: true,
    why: "",
    labels: null,
    subject: null,
    judgement: null,
    ...of,
  };
}

function rowsOf(rows: Row[], of: Partial<Rows> = {}): Rows {
  const whole = aMeasure({ value: 10, p85: 20 });
  return { metric: "cycle-time", window: WINDOW, whole, total: rows.length, counted: rows.length, rows, ...of };
}

describe("the dots of single changes", () => {
  it("are the rows that count and are known, in the order of the rows, so that a dot opens its row", () => {
    const rows = [aRow(), aRow({ id: "8", counted: false }), aRow({ id: "9", value: null }), aRow({ id: "10" })];

    expect(dotsOf(rows).map(({ id }) => id)).toEqual(["7", "10"]);
    expect(dotsPicture(rowsOf(rows), "UTC", []).dots).toHaveLength(2);
  });

  it("lie in the window, between the median and P85, in words with what they are", () => {
    const { from, to, dots, lines, isLogarithmic } = dotsPicture(rowsOf([aRow()]), "UTC", []);

    expect([from, to]).toEqual([Date.parse(WINDOW.from), Date.parse(WINDOW.to)]);
    expect(dots).toEqual([
      {
        at: Date.parse("2026-03-10T12:00:00Z"),
        hours: 10,
        words: ["Round amounts", "shop", "10\u00a0h, merged Tue 10 Mar 2026, 12:00"],
      },
    ]);
    expect(lines).toEqual([
      { label: "P50", hours: 10 },
      { label: "P85", hours: 20 },
    ]);
    expect(isLogarithmic).toBe(false);
  });

  it("are spread by their logarithm where the slowest would press the others down, and no time at all is a minute", () => {
    const { isLogarithmic, dots } = dotsPicture(rowsOf([aRow({ value: 900 }), aRow({ value: 0 })]), "UTC", []);

    expect(isLogarithmic).toBe(true);
    expect(dots.map(({ hours }) => hours)).toEqual([900, 1 / 60]);
  });

  it("begin where the shown ones begin if there are more, and say how many are shown", () => {
    const reply = rowsOf([aRow()], { counted: 4200 });

    expect(dotsPicture(reply, "UTC", []).from).toBe(Date.parse("2026-03-10T12:00:00Z"));
    expect(dotsWords(reply)).toBe(
      "The newest 1\u00a0change of 4,200, each a dot where it was merged. Half took at most 10\u00a0h, 85 % at most 20\u00a0h.",
    );
    expect(dotsWords(rowsOf([aRow()]))).toContain("1\u00a0change, each a dot");
  });

  it("have no lines where nothing is known", () => {
    const reply = rowsOf([aRow({ value: null })], { whole: aMeasure({ value: null, p85: null }), counted: 0 });

    expect(dotsPicture(reply, "UTC", [])).toMatchObject({ dots: [], lines: [], isLogarithmic: false });
    expect(dotsWords(reply)).toBe("0\u00a0changes, each a dot where it was merged.");
  });
});

describe("the layers of a cumulative flow", () => {
  const series: Flow["series"] = [
    { label: "W1", ...WINDOW, partial: false, open: null, signal: null, standing: null },
    {
      label: "W2",
      ...WINDOW,
      partial: true,
      open: 6,
      signal: null,
      standing: { coding: 1, pickup: 2, review: 3, waiting: 4, done: 50 },
    },
  ];

  it("lie on each other from what comes in to what is done, with a gap where nothing is known", () => {
    const { layers, labels } = layersOf(series, { ticks: ["1 Mar", "8 Mar"], hasDone: true, annotations: [] });

    expect(layers.map(({ values }) => values)).toEqual([
      [null, 1],
      [null, 2],
      [null, 3],
      [null, 4],
      [null, 50],
    ]);
    expect(labels).toEqual(["W1", "W2 · running"]);
  });

  it("leave out what is done where only what is on its way is asked for", () => {
    expect(
      layersOf(series, { ticks: ["1 Mar", "8 Mar"], hasDone: false, annotations: [] }).layers.map(({ title }) => title),
    ).toEqual(["Coding", "Waiting for review", "In review", "Waiting for deployment"]);
  });
});

it("a logarithmic axis has its lines at lengths that people say", () => {
  expect(hoursBetween(0.5, 200)).toEqual([1, 6, 24, 72, 168]);
  expect(hoursBetween(2, 3)).toEqual([]);
});
