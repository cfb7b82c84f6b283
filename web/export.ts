/** What a panel shows, as a file. */

export type Cell = string | number | null;

/** RFC 4180. A cell a spreadsheet would take for a formula gets an apostrophe, because titles come from strangers. */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return rows
    .map((row) => row.map(cell).join(","))
    .join("\r\n")
    .concat("\r\n");
}

function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows of the API with the names of their fields; what has parts stands in one cell. */
export function cellsOf(rows: readonly object[]): Cell[][] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [names, ...rows.map((row) => names.map((name) => cellOf(Reflect.get(row, name))))];
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "string") return value;
  const isList = Array.isArray(value) && value.every((one) => typeof one === "string" || typeof one === "number");
  return isList ? value.join(" ") : JSON.stringify(value);
}

/** Hands a file to the reader. */
export function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function saveText(
  name: string,
  text: string,
  type: "text/csv" | "text/html" | "text/markdown" | "application/json" | "application/yaml",
): void {
  save(name, new Blob([text], { type: `${type};charset=utf-8` }));
}
