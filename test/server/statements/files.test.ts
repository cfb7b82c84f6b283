import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { fileOf } from "#server/statements/files.ts";
import type { StatementForm } from "#server/statements/forms.ts";
import { verifyPack } from "#server/statements/verify.ts";
import type { Sheet } from "#server/statements/workbook.ts";
import { sheets } from "#server/statements/workbook.ts";
import { aPack, aSigner, EVALUATED, inDays, someRows, WORKED } from "./rows.ts";

async function aStatement() {
  const { text: content } = aPack(someRows(), await aSigner());
  const verified = verifyPack(Buffer.from(content), null);
  const file = async (as: StatementForm) =>
    fileOf({ month: "2026-06", content, madeAt: Date.parse("2026-07-03") }, verified, as);
  return { content, verified, file };
}

type Value = string | number;

/** What a spreadsheet makes of the few functions that a statement uses. */
class Calculator {
  readonly #sheets: ReadonlyMap<string, Sheet["data"]>;

  constructor(all: readonly Sheet[]) {
    this.#sheets = new Map(all.map(({ sheet, data }) => [sheet, data]));
  }

  value(sheet: string, column: number, row: number): Value {
    const cell = this.#sheets.get(sheet)?.[row - 1]?.[column];
    return [cell?.value ?? "", this.#result(sheet, String(cell?.value))][Number(cell?.type === "Formula")] ?? "";
  }

  #result(sheet: string, formula: string): Value {
    const [, left, other = sheet, right] = /^(\w\d+)\*(?:(\w+)!)?(\w\d+)$/.exec(formula) ?? [];
    const [, name, inner] = /^(COUNTIFS|SUMIFS|SUMPRODUCT)\((.*)\)$/.exec(formula) ?? [];
    switch (true) {
      case left !== undefined:
        return this.#number(sheet, left) * this.#number(other, right);
      case name === "SUMPRODUCT":
        return this.#product(String(inner));
      case name !== undefined:
        return this.#sum(sheet, String(name), String(inner).split(","));
      default:
        return "";
    }
  }

  #number(sheet: string, reference = ""): number {
    return Number(this.value(sheet, column(reference), Number(reference.slice(1))));
  }

  #sum(from: string, name: string, parts: readonly string[]): number {
    const summed = parts.slice(0, Number(name === "SUMIFS"));
    const criteria = parts.slice(summed.length);
    const sheet = String(criteria[0]).split("!")[0] ?? "";
    const wanted = criteria.map((part) => this.#wanted(from, part));
    let total = 0;
    for (const row of (this.#sheets.get(sheet) ?? []).keys()) {
      const matches = criteria.every((part, index) => index % 2 === 1 || this.#is(part, row + 1, wanted[index + 1]));
      const amounts = [...summed.map((range) => this.value(sheet, column(range.split("!")[1]), row + 1)), 1];
      total += [0, Number(amounts[0])][Number(matches)] ?? 0;
    }
    return total;
  }

  #is(range: string, row: number, wanted = ""): boolean {
    const [sheet = "", columns] = range.split("!");
    return String(this.value(sheet, column(columns), row)) === wanted;
  }

  /** A text in quotes, a number, or what stands in a cell. */
  #wanted(sheet: string, criterion: string): string {
    const cells = [criterion].filter((one) => /^[A-Z]\d+$/.test(one)).map((one) => String(this.#number(sheet, one)));
    return cells[0] ?? criterion.replaceAll('"', "");
  }

  /** `(Books!B2:B4="2026-05")*Books!C2:C4` */
  #product(inner: string): number {
    const [, month] = /="([^"]*)"/.exec(inner) ?? [];
    const rows = this.#sheets.get("Books") ?? [];
    return rows.filter((cells) => cells[1]?.value === month).reduce((all, cells) => all + Number(cells[2]?.value), 0);
  }
}

function column(reference = ""): number {
  return reference.charCodeAt(0) - 65;
}

describe("the workbook of a statement", () => {
  it("adds up again to what is printed, by its formulas", async () => {
    const { verified } = await aStatement();
    const all = sheets(verified);
    const calculator = new Calculator(all);
    const rows = all.filter(({ sheet }) => sheet === "Statement").flatMap(({ data }) => data.slice(1));

    const checked = rows.flatMap((cells, index) =>
      [cells].filter((row) => row[3]?.type === "Formula").map((row) => ({ row, at: index + 2 })),
    );
    for (const { row, at } of checked)
      expect(Number(calculator.value("Statement", 3, at)), String(row[0]?.value)).toBeCloseTo(Number(row[2]?.value), 2);
    expect(checked.length).toBeGreaterThan(30);
    expect(rows.length - checked.length).toBeLessThan(18);
  });

  it("is a file that Excel opens, in which names are text and never run", async () => {
    const { file } = await aStatement();
    const { name, body, encoding } = await file("xlsx");
    const parts = unzipSync(Buffer.from(body, encoding));
    const text = (part: string) => Buffer.from(Object(parts[part])).toString("utf8");

    expect(name).toBe("headway-statement-2026-06.xlsx");
    expect(Object.keys(parts)).toEqual(expect.arrayContaining(["[Content_Types].xml", "xl/workbook.xml"]));
    expect(text("xl/worksheets/sheet1.xml")).toContain("<f>SUMIFS(Lines!H:H,Lines!D:D,");
    const everything = Object.keys(parts).map(text).join("\n");
    expect(everything).toContain("'=HYPERLINK(1)");
    expect(everything).not.toContain("<f>HYPERLINK");
  });
});

describe("a statement as text", () => {
  it("is CSV with the printed digits, and one page without anything from elsewhere", async () => {
    const { file, verified } = await aStatement();
    const csv = (await file("csv")).body;
    const html = (await file("html")).body;

    expect(csv.split("\n")[0]).toBe("month,id,words,value,unit");
    expect(csv).toContain(
      '2026-06,ledger.capacity.agreed.amount,"Capacity released: agreed to, in the month",900.00,EUR',
    );
    expect(csv).toContain('books.2026-05.explained,"Books, 2026-05: explained by the terms",,EUR');
    expect(csv.split("\n")[1]).toBe(
      '2026-06,statement.period,Of which days it is,"Ledger: June 2026. Savings and levers: none, since there was nothing to compare with.",',
    );
    expect(html).toContain("--key KEY</code>, where KEY is the key that finance gave you by another way");
    expect(html).not.toContain(verified.head.key);
    expect(html).toContain("Issued on 2026-07-03.");
    expect(html).toContain("For finance: name, day, signature");
    expect(html).toContain("Books, 2026-06: not explained");
    expect(html).not.toContain("Finance has agreed to: 0 lines");
    expect(html).not.toMatch(/<script|https?:\/\//);
  });

  it("says on the page that nothing was agreed to, of which days it is, and what gross rests on", async () => {
    const all = someRows({
      ...WORKED,
      ...EVALUATED,
      month: "2026-04",
      lines: [],
      steps: [],
      fundings: [],
      actuals: [],
    });
    const { text: content } = aPack(inDays(all, { from: "2026-04-06", to: "2026-04-27" }), await aSigner());
    const verified = verifyPack(Buffer.from(content), null);
    const { body } = await fileOf({ month: "2026-04", content, madeAt: Date.parse("2026-05-04") }, verified, "html");

    expect(body).toContain(
      "Ledger: April 2026. Savings and levers: fiscal quarter 2026-Q1 so far, 6 to 26 April (3 whole weeks, of which 3, 6 to 26 April, end in the month). Do not add the statements of one quarter.",
    );
    expect(body).toContain("Finance has agreed to: 0 lines.");
    expect(body).toContain("The books say nothing of 2026-04.");
    expect(body).toContain("Gross and net rest on hours that were estimated");
    expect(body).toContain("Cost of the programme");
    expect(body).toContain("No better than C");
  });

  it("is the pack itself, byte for byte", async () => {
    const { file, content } = await aStatement();

    expect((await file("pack")).body).toBe(content);
  });
});
