/** A statement as a workbook: the rows on sheets of their own, and formulas that add them up again beside what was printed. */
import writeXlsxFile from "write-excel-file/node";
import { hasAgreed } from "#metrics/programme/savings/ledger/lines.ts";
import { counts, isExpired, monthsBefore, monthsCounted } from "#metrics/programme/savings/ledger/months.ts";
import { placedIn, unplacedShare } from "#metrics/programme/savings/ledger/placing.ts";
import type { Printed } from "#metrics/programme/savings/statement/printed.ts";
import type { StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { UNKNOWN } from "#metrics/programme/savings/statement/printed.ts";
import { standingsOf } from "#metrics/programme/savings/statement/standings.ts";
import { inertText } from "../csv.ts";
import { periodFigure } from "./period.ts";
import type { Verified } from "./verify.ts";

/** A number, a text that nothing runs, a formula, or nothing. */
type Cell =
  | { readonly type: NumberConstructor; readonly value: number }
  | { readonly type: StringConstructor; readonly value: string }
  | { readonly type: "Formula"; readonly value: string }
  | null;

export interface Sheet {
  readonly sheet: string;
  readonly data: readonly (readonly Cell[])[];
}

/** @returns the bytes of the file. */
export async function workbook(verified: Verified): Promise<Buffer> {
  const made = sheets(verified).map(({ sheet, data }) => ({
    sheet,
    data: data.map((row) => [...row]),
    stickyRowsCount: 1,
  }));
  return writeXlsxFile(made).toBuffer();
}

/** Formulas are calculated when the workbook is opened; beside each stands what was printed, and whether it is the same. */
export function sheets({ figures, rows }: Pick<Verified, "figures" | "rows">): readonly Sheet[] {
  return [
    { sheet: "Statement", data: statementSheet([periodFigure(rows), ...figures], rows) },
    { sheet: "Lines", data: linesSheet(rows) },
    { sheet: "Months", data: monthsSheet(rows) },
    { sheet: "Placed", data: placedSheet(rows) },
    { sheet: "Books", data: booksSheet(rows) },
  ];
}

function text(value: string): Cell {
  return { type: String, value: inertText(value) };
}

function number(value: number | null): Cell {
  return value === null ? null : { type: Number, value };
}

/** Without the sign of equality: in the file none stands before a formula (ECMA-376, 18.3.1.40). */
function formula(value: string): Cell {
  return { type: "Formula", value };
}

function statementSheet(figures: readonly Printed[], { actuals }: StatementRows): Sheet["data"] {
  const head = ["Figure", "What it is", "Printed", "Added up again", "Unit", "Check"].map(text);
  return [
    head,
    ...figures.map(({ id, words, value, unit }, index): readonly Cell[] => {
      const [line, again] = [index + 2, formulaOf(id, actuals.length)];
      const nearly = unit === "hours" ? "0.051" : "0.0051";
      return [
        text(id),
        text(words),
        value === UNKNOWN || unit === "text" ? text(value) : number(Number(value)),
        again === null ? text(kindOfCheck(id)) : formula(again),
        text(UNITS[unit]),
        again === null ? null : formula(`IF(ABS(C${line}-D${line})<${nearly},"same","differs")`),
      ];
    }),
  ];
}

function kindOfCheck(id: string): string {
  return id === "statement.period" ? "" : "headway verify";
}

const UNITS = { money: "money", hours: "hours", lines: "lines", share: "%", number: "", text: "" } as const;

/** What adds a figure up from the other sheets; `null` of what is drawn at random, or is no sum. */
function formulaOf(id: string, books: number): string | null {
  const [kind = "", name = "", ...rest] = id.split(".");
  const what = rest.join(".");
  const ledger = `Lines!D:D,"${name}"`;
  if (kind === "ledger")
    switch (what) {
      case "agreed.lines":
        return `COUNTIFS(${ledger},Lines!J:J,1)`;
      case "agreed.amount":
        return `SUMIFS(Lines!H:H,${ledger},Lines!J:J,1)`;
      case "agreed.hours":
        return `SUMIFS(Lines!I:I,${ledger},Lines!J:J,1)`;
      case "sinceStart.amount":
        return `SUMIFS(Lines!L:L,${ledger})`;
      case "sinceStart.hours":
        return `SUMIFS(Lines!M:M,${ledger})`;
      case "early.amount":
        return `SUMIFS(Months!E:E,Months!B:B,"${name}",Months!D:D,0)`;
      case "early.hours":
        return `SUMIFS(Months!F:F,Months!B:B,"${name}",Months!D:D,0)`;
      case "underWay.amount":
        return `SUMIFS(Lines!H:H,${ledger},Lines!N:N,1)`;
      case "underWay.hours":
        return `SUMIFS(Lines!I:I,${ledger},Lines!N:N,1)`;
      case "expired.amount":
        return `SUMIFS(Lines!H:H,${ledger},Lines!O:O,1)`;
      case "expired.hours":
        return `SUMIFS(Lines!I:I,${ledger},Lines!O:O,1)`;
    }
  const [, where, unit] = /^(.*)\.(amount|hours)$/.exec(what) ?? [];
  if (kind === "placed" && where !== undefined)
    return `SUMIFS(Placed!${unit === "amount" ? "F:F" : "G:G"},Placed!B:B,"${name}",Placed!D:D,"${where}")`;
  // A criterion that looks like a month would be taken for a date: texts are compared instead.
  if (kind === "books" && what === "actual")
    return `SUMPRODUCT((Books!B2:B${books + 1}="${name}")*Books!C2:C${books + 1})`;
  return null;
}

/** Formulas speak of them by their letters: A is the first. */
const LINE_COLUMNS = (
  "Line, What, Lever, Ledger, From, Stage, Agreed on, Money a month, Hours a month, Counts in the month, Months counted, " +
  "Money so far, Hours so far, Under way, Expired, Counts from, Months not counted"
).split(", ");

function linesSheet(rows: StatementRows): Sheet["data"] {
  const head = LINE_COLUMNS.map(text);
  const { month } = rows;
  return [
    head,
    ...standingsOf(rows).map((standing, index): readonly Cell[] => {
      const { line, ledger, stage, isWithdrawn, agreedOn, countsFrom, amount, hours } = standing;
      const at = index + 2;
      const flag = (is: boolean): Cell => number(is ? 1 : 0);
      return [
        number(line.id),
        text(line.title),
        text(line.lever),
        text(ledger),
        text(line.fromMonth),
        text(isWithdrawn ? "withdrawn" : stage),
        agreedOn === null ? null : text(agreedOn),
        number(amount),
        number(hours),
        flag(counts(standing, month)),
        formula(`COUNTIFS(Months!A:A,A${at},Months!D:D,1)`),
        formula(`SUMIFS(Months!E:E,Months!A:A,A${at},Months!D:D,1)`),
        formula(`SUMIFS(Months!F:F,Months!A:A,A${at},Months!D:D,1)`),
        flag(!isWithdrawn && !hasAgreed(stage)),
        flag(!isWithdrawn && hasAgreed(stage) && isExpired(standing, month)),
        countsFrom === null ? null : text(countsFrom),
        formula(`COUNTIFS(Months!A:A,A${at},Months!D:D,0)`),
      ];
    }),
  ];
}

/** Each month of each line that finance agreed to, with what was said by its end; those before it agreed with a 0, since they do not count. */
function monthsSheet(rows: StatementRows): Sheet["data"] {
  const head = ["Line", "Ledger", "Month", "Counts", "Money", "Hours"].map(text);
  return [
    head,
    ...monthsIn(rows).map(({ standing: { line, ledger }, month, counted, amount, hours }): readonly Cell[] => [
      number(line.id),
      text(ledger),
      text(month),
      number(counted),
      number(amount),
      number(hours),
    ]),
  ];
}

function monthsIn(rows: StatementRows) {
  return standingsOf(rows).flatMap((standing) => {
    const of = (all: typeof monthsCounted, counted: 0 | 1) =>
      all(standing, rows.month).map((month) => ({ standing, counted, ...month }));
    return [...of(monthsBefore, 0), ...of(monthsCounted, 1)];
  });
}

/** Which share of each month that counts went where. */
function placedSheet(rows: StatementRows): Sheet["data"] {
  const head = ["Line", "Ledger", "Month", "Where", "Share", "Money", "Hours"].map(text);
  const places = monthsIn(rows).flatMap(({ standing: { line, ledger }, month, counted }, index) => {
    const placements = placedIn(line.id, rows.fundings, month);
    const rest = unplacedShare(placements);
    const all = [
      ...placements.map(({ purpose, initiative, share }) => ({ where: whereOf(purpose, initiative), share })),
      ...(rest > 0 ? [{ where: "unplaced", share: rest }] : []),
    ];
    return counted === 0 ? [] : all.map((place) => ({ line, ledger, month, row: index + 2, ...place }));
  });
  return [
    head,
    ...places.map(({ line, ledger, month, where, share, row }, index): readonly Cell[] => {
      const of = (column: string): Cell => formula(`E${index + 2}*Months!${column}${row}`);
      return [number(line.id), text(ledger), text(month), text(where), number(share), of("E"), of("F")];
    }),
  ];
}

function whereOf(purpose: string, initiative: string | null): string {
  return initiative === null ? purpose : `${purpose}.${initiative}`;
}

function booksSheet({ actuals }: StatementRows): Sheet["data"] {
  const head = ["Cost centre", "Month", "Paid"].map(text);
  return [head, ...actuals.map(({ costCentre, month, amount }) => [text(costCentre), text(month), number(amount)])];
}
