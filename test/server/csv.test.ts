import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CsvError, parseCsv } from "#server/csv.ts";

const cellsOf = (text: string) => parseCsv(text).map(({ cells }) => cells);

describe("CSV", () => {
  it.each([
    [
      "plain",
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "without an end of the last line",
      "a,b\n1,2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "with CRLF and a byte order mark",
      "\ufeffa,b\r\n1,2\r\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "with quotes, separators and lines in cells",
      'a,b\n"x ""y"", z","1\r\n2"\n',
      [
        ["a", "b"],
        ['x "y", z', "1\r\n2"],
      ],
    ],
    [
      "with empty cells and empty lines",
      "a,b\n\n,\n\n",
      [
        ["a", "b"],
        ["", ""],
      ],
    ],
    [
      "separated by semicolons",
      "a;b\n1,5;2",
      [
        ["a", "b"],
        ["1,5", "2"],
      ],
    ],
    [
      "separated by tabs",
      "a\tb\n1\t2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "with a comma in a quoted name",
      '"a,b";c\n1;2',
      [
        ["a,b", "c"],
        ["1", "2"],
      ],
    ],
    ["of one column", "a\n1\n", [["a"], ["1"]]],
    ["that is empty", "", []],
  ])("is read %s", (_how, text, rows) => {
    expect(cellsOf(text)).toEqual(rows);
  });

  it("knows the line of each row, also after cells of several lines", () => {
    expect(parseCsv('a\n"1\n2"\n\n3\n').map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it.each([
    ['a\n"1', "Line 2"],
    ['a\n1"2', "Line 2"],
    ['a\n"1"2', "Line 2"],
    ['a,b\n1,"2"x\n', "Line 2"],
    ["a\n1\r2", "Line 2"],
  ])("that could be meant in two ways is refused with its line: %j", (text, where) => {
    expect(() => parseCsv(text)).toThrow(CsvError);
    expect(() => parseCsv(text)).toThrow(where);
  });

  it("gives back what was written", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", ",", ";", '"', "\n", "\r\n", " ", "ü") });
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

    fc.assert(
      fc.property(rows, (written) => {
        const text = ["h,i", ...written.map((cells) => cells.map(quoted).join(","))].join("\r\n");
        expect(cellsOf(text).slice(1)).toEqual(written);
      }),
      { numRuns: 300 },
    );
  });

  it("never fails in another way, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", ";", "\ufeff") }), (text) => {
        let thrown: unknown = new CsvError();
        try {
          parseCsv(text);
        } catch (error) {
          thrown = error;
        }
        expect(thrown).toBeInstanceOf(CsvError);
      }),
      { numRuns: 1000 },
    );
  });
});
