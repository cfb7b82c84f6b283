/** Comma-separated values (RFC 4180), written so that no spreadsheet runs them, and read strictly: what could be meant in two ways is refused with its line. */
import type { Value } from "./export/columns.ts";

export interface CsvRow {
  /** Of the file, where the row begins; 1 is the header's. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The text is no CSV; nothing of it can be taken. */
export class CsvError extends Error {
  override readonly name = "CsvError";
}

/** A cell, and what ends it: a separator, the end of the line, or the end of the text. */
const QUOTED = /"((?:[^"]|"")*)"/y;

/**
 * The rows of a text, the header included. Lines end in LF or CRLF, a byte order mark is no part of it, empty lines are no rows.
 * The separator is the header's first of comma, semicolon and tab: spreadsheets write either.
 *
 * @throws CsvError where a quote stands alone.
 */
export function parseCsv(text: string): readonly CsvRow[] {
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  const separator = /[,;\t\r\n]/.exec(body.replace(/"(?:[^"]|"")*"/g, ""))?.[0] ?? ",";
  return [...rowsOf(body, /[,;\t]/.test(separator) ? separator : ",")];
}

function* rowsOf(text: string, separator: string): Generator<CsvRow> {
  const plain = new RegExp(`[^"\\r\\n${separator}]*`, "y");
  let [position, line] = [0, 1];
  while (position < text.length) {
    const row = { line, cells: [] as string[] };
    for (let more = true; more;) {
      const isQuoted = text[position] === '"';
      const pattern = isQuoted ? QUOTED : plain;
      pattern.lastIndex = position;
      const match = pattern.exec(text);
      if (match === null) throw new CsvError(`Line ${line}: a quote opens here that nothing closes.`);
      const cell = isQuoted ? (match[1] ?? "") : match[0];
      position += match[0].length;
      line += cell.split("\n").length - 1;
      row.cells.push(isQuoted ? cell.replaceAll('""', '"') : cell);
      const end = ending(text, position, separator);
      if (end === null)
        throw new CsvError(
          `Line ${line}: a quote stands inside a cell. Put the whole cell in quotes, and write each quote in it twice.`,
        );
      position += end.length;
      more = end === separator;
      if (end.endsWith("\n")) line += 1;
    }
    if (row.cells.length > 1 || row.cells[0] !== "") yield row;
  }
}

/** What ends a cell; `null` when something else follows it. */
function ending(text: string, position: number, separator: string): string | null {
  if (position >= text.length) return "";
  if (text.startsWith("\r\n", position)) return "\r\n";
  const sign = text[position];
  return sign === "\n" || sign === separator ? sign : null;
}

/** What a spreadsheet would run as a formula; a name and nothing but a name, `@scope/package@1.2.3`, does nothing. */
const FORMULA = /^(?:[=+\-\t\r]|@(?![\w.-]+\/[\w.-]+(?:@[\w.+-]+)?$))/;

/** A text that could run gets a quote before it; text with separators is quoted (RFC 4180). */
export function csvCell(value: Value): string {
  if (value === null) return "";
  if (typeof value !== "string" && !Array.isArray(value)) return String(value);
  const inert = inertText(typeof value === "string" ? value : value.join(" "));
  return /[",\n\r]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** A text that a spreadsheet does not run, wherever it is pasted. */
export function inertText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
