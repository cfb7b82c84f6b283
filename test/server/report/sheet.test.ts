/** One sheet, three renderings: what it says must stand in each of them, on one page of paper. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractText, getDocumentProxy } from "unpdf";
import { html } from "#server/report/html.ts";
import { markdown } from "#server/report/markdown.ts";
import { pdf } from "#server/report/pdf.ts";
import type { Part, Sheet } from "#server/report/sheet.ts";
import { sparkPath } from "#server/report/spark.ts";

const madeAt = Date.parse("2026-11-29T00:00:00Z");

function aPart(has: Partial<Part>): Part {
  return { title: "Savings", sentence: "Not measurable yet.", rows: [], missing: [], ...has };
}

function aSheet(has: Partial<Sheet> = {}): Sheet {
  return {
    title: "Leadership: organisation",
    about: "1 Jun to 29 Nov 2026 (UTC)",
    sentence: "Lead time fell from 38 h to 22 h.",
    notes: ["Against the baseline “Start”."],
    five: [
      {
        title: "Change fail rate",
        value: "4 % (n 120)",
        label: "Signal, better",
        tone: "good",
        words: "4 % now, 9 % in the baseline.",
        series: [9, null, 4, 5, 4],
      },
      { title: "Rework rate", value: "No deployment.", label: null, tone: "quiet", words: null, series: [] },
    ],
    parts: [
      aPart({ missing: ["No baseline is frozen. Freeze one."] }),
      aPart({ title: "Vision", rows: [{ name: "Order to cash", words: "€1.2M a year.", tone: "bad" }] }),
    ],
    quality: "Data: commits by bots 8 %.",
    foot: "Headway.",
    ...has,
  };
}

async function read(file: Buffer): Promise<{ readonly pages: number; readonly text: string }> {
  const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: true });
  return { pages: totalPages, text: text.replaceAll(/\s+/g, " ") };
}

const WORDS = [
  "Leadership: organisation",
  "Lead time fell from 38 h to 22 h.",
  "Against the baseline “Start”.",
  "Change fail rate",
  "Signal, better",
  "No baseline is frozen. Freeze one.",
  "Order to cash",
  "€1.2M a year.",
  "Data: commits by bots 8 %.",
];

describe("the sheet", () => {
  it("says the same as Markdown, as HTML and as a PDF of one page", async () => {
    const sheet = aSheet();

    const { pages, text } = await read(await pdf(sheet, madeAt));

    expect(pages).toBe(1);
    expect(WORDS.filter((words) => !text.includes(words))).toEqual([]);
    expect(WORDS.filter((words) => !markdown(sheet).includes(words))).toEqual([]);
    expect(WORDS.filter((words) => !html(sheet).includes(words))).toEqual([]);
  });

  it("is the same file for the same sheet at the same time", async () => {
    const [first, second] = await Promise.all([pdf(aSheet(), madeAt), pdf(aSheet(), madeAt)]);

    expect(first.equals(second)).toBe(true);
  });

  it("keeps letters of other alphabets in the PDF", async () => {
    const { text } = await read(await pdf(aSheet({ title: "Leadership: Łódź, Ελλάδα, Завод" }), madeAt));

    expect(text).toContain("Leadership: Łódź, Ελλάδα, Завод");
  });

  it("makes letters smaller where there is much to say, and stays on one page", async () => {
    const rows = Array.from({ length: 8 }, (_, n) => ({
      name: `Use case ${n}`,
      words: "It is worth something between a little and a lot in each year, as its owner says. ".repeat(2),
      tone: "quiet" as const,
    }));
    const sheet = aSheet({ parts: Array.from({ length: 6 }, (_, n) => aPart({ title: `Part ${n}`, rows })) });

    const { pages, text } = await read(await pdf(sheet, madeAt));

    expect(pages).toBe(1);
    expect(text).toContain("Part 5");
  });

  it("leaves nothing out where even the smallest letters do not fit", async () => {
    const rows = Array.from({ length: 150 }, (_, n) => ({
      name: `Row ${n}`,
      words: "Much. ".repeat(9),
      tone: "bad" as const,
    }));

    const { pages, text } = await read(await pdf(aSheet({ parts: [aPart({ rows })] }), madeAt));

    expect(pages).toBeGreaterThan(1);
    expect(text).toContain("Row 149");
  });
});

describe("a name on the sheet", () => {
  it("stays a name in HTML and Markdown, whatever it is", () => {
    const sheet = aSheet({ title: `<img src=x onerror="alert(1)"> | *a* [b](c)` });

    expect(html(sheet)).not.toContain("<img");
    expect(markdown(sheet)).toContain(String.raw`# \<img src=x onerror="alert(1)"\> \| \*a\* \[b\](c)`);
  });

  it("never ends a cell of a table", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (value) => {
        const five = aSheet().five.map((one) => ({ ...one, value }));
        const lines = markdown(aSheet({ five })).split("\n");
        const [cells] = lines.filter((line) => line.startsWith("| Change fail rate |"));

        expect(cells?.replaceAll(/\\./gs, "").split("|")).toHaveLength(6);
      }),
    );
  });

  it("needs nothing from elsewhere and runs nothing", () => {
    expect(html(aSheet())).not.toMatch(/<script|src=|href=|url\(|@import/);
  });
});

describe("the shape of a series", () => {
  it("runs from the left to the right, with the lowest at the bottom", () => {
    expect(sparkPath([0, 5, 10], 100, 20)).toBe("M0.0 20.0 L50.0 10.0 L100.0 0.0");
  });

  it("is broken where nothing is known, and a value alone is a dot", () => {
    expect(sparkPath([10, 10, null, 10, null, 10, 10], 60, 20)).toBe(
      "M0.0 0.0 L10.0 0.0 M30.0 0.0 L30.0 0.0 M50.0 0.0 L60.0 0.0",
    );
  });

  it("is nothing for fewer than three values", () => {
    expect(sparkPath([1, null, 2], 60, 20)).toBe("");
  });

  it("stays inside its box", () => {
    const value = fc.option(fc.integer({ min: -20, max: 20 }), { nil: null });
    fc.assert(
      fc.property(fc.array(value, { minLength: 3 }), (series) => {
        const places = [...sparkPath(series, 60, 20).matchAll(/[ML](\S+) (\S+)/g)];
        const outside = places.filter(
          ([, x, y]) => Math.max(Math.abs(Number(x) - 30) / 30, Math.abs(Number(y) - 10) / 10) > 1,
        );

        expect(outside).toEqual([]);
      }),
    );
  });
});
