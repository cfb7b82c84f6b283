/** Rows of a file, pushed: the years that other tools hold. The same file again changes nothing, and nothing is ever deleted. */
import type { z } from "zod";
import { AlertBody, readAlert } from "#collectors/push/alert.ts";
import type { Envelope } from "#collectors/push/deployment.ts";
import { DeploymentBody, readDeployment } from "#collectors/push/deployment.ts";
import { IncidentBody, readIncident } from "#collectors/push/incident.ts";
import type { Refusal } from "#collectors/push/fields.ts";
import { Unacceptable } from "#collectors/push/fields.ts";
import type { Told } from "#collectors/push/sayings.ts";
import { nearest } from "#config/nearest.ts";
import { startOfDate } from "#metrics/calendar.ts";
import type { Instant } from "#metrics/time.ts";
import { TZDate } from "@date-fns/tz";
import type { CsvRow } from "./csv.ts";
import { CsvError, parseCsv } from "./csv.ts";
import { exportColumns } from "./export/columns.ts";
import type { Installation } from "./installation.ts";
import type { Reception } from "./store/pushes.ts";

export const importKinds = ["deployments", "incidents", "alerts"] as const;
export type ImportKind = (typeof importKinds)[number];

/** A row is read as the message that a program would have sent. */
interface Form {
  readonly schema: z.ZodObject;
  readonly read: (body: unknown, envelope: Envelope) => Told;
  /** The column that is asked for where a row does not say when. */
  readonly when: string;
}

const FORMS: Record<ImportKind, Form> = {
  deployments: { schema: DeploymentBody, read: readDeployment, when: "deployedAt" },
  incidents: { schema: IncidentBody, read: readIncident, when: "date" },
  alerts: { schema: AlertBody, read: readAlert, when: "openedAt" },
};

export interface ImportOptions {
  readonly kind: ImportKind;
  readonly text: string;
  /** For rows that do not say it. */
  readonly service: string | null;
  readonly environment: string | null;
  readonly dryRun: boolean;
}

export interface ImportedRow {
  readonly line: number;
  readonly result: "new" | "changed" | "same" | "refused";
  readonly id: string | null;
  readonly service: string | null;
  /** Fields that are different. */
  readonly changed: readonly string[];
  readonly reasons: readonly Refusal[];
}

export interface Imported {
  readonly rows: readonly ImportedRow[];
  /** Columns that mean nothing here. */
  readonly leftOut: readonly string[];
}

/** @throws CsvError when the file cannot be read as a table with the columns it needs. */
export async function importRows(installation: Installation, options: ImportOptions): Promise<Imported> {
  const { store, now, config } = installation;
  const [header, ...rows] = parseCsv(options.text);
  const columns = columnsOf(header, options.kind);
  const context = { columns, options, zone: config.timezone, now: now() };
  const read = rows.map((row) => ({ line: row.line, ...readRow(row, context) }));
  const messages = read.flatMap(({ message }) => (message === null ? [] : [message]));
  const receptions = (options.dryRun ? await store.previewPush(messages) : await store.push(messages, now())).values();
  return {
    leftOut: columns.filter((name) => !isKnown(name, options.kind) && !isDerived(name, options.kind)),
    rows: read.map(({ line, message, reasons }) =>
      message === null
        ? { line, result: "refused", id: null, service: null, changed: [], reasons }
        : { line, ...toldOf(message, receptions.next().value) },
    ),
  };
}

function toldOf({ id, service }: Told, reception: Reception | undefined): Omit<ImportedRow, "line"> {
  const result = reception?.result ?? "known";
  return { result: result === "known" ? "same" : result, id, service, changed: reception?.changed ?? [], reasons: [] };
}

function isKnown(column: string, kind: ImportKind): boolean {
  return Object.hasOwn(FORMS[kind].schema.shape, column);
}

/** What an export holds beside what was told is derived from it, and derived again. */
function isDerived(column: string, kind: ImportKind): boolean {
  return exportColumns[kind].some((name) => name === column);
}

function columnsOf(header: CsvRow | undefined, kind: ImportKind): readonly string[] {
  if (header === undefined) throw new CsvError("The file is empty. Its first line names the columns.");
  const columns = header.cells.map((cell) => cell.trim());
  const fields = Object.keys(FORMS[kind].schema.shape);
  const known = [...fields, ...exportColumns[kind]];
  for (const [index, column] of columns.entries()) {
    if (columns.indexOf(column) !== index) throw new CsvError(`Line 1: there are two columns called "${column}".`);
    const meant = known.includes(column) ? null : nearest(column, known);
    if (meant !== null) throw new CsvError(`Line 1: there is no column "${column}". Did you mean "${meant}"?`);
  }
  if (!columns.some((column) => isKnown(column, kind)))
    throw new CsvError(
      `Line 1: no column is known. The first line names the columns, such as ${fields.slice(0, 8).join(", ")}.`,
    );
  return columns;
}

interface RowContext {
  readonly columns: readonly string[];
  readonly options: ImportOptions;
  readonly zone: string;
  readonly now: Instant;
}

function readRow(
  { cells }: CsvRow,
  { columns, options, zone, now }: RowContext,
): { readonly message: Told | null; readonly reasons: readonly Refusal[] } {
  try {
    if (cells.length !== columns.length)
      throw new Unacceptable([
        { field: "row", reason: `It has ${cells.length} cells, and there are ${columns.length} columns.` },
      ]);
    const { kind } = options;
    const body = bodyOf(columns, cells, kind, zone);
    const filled = {
      ...body,
      service: body["service"] ?? body["appName"] ?? (body["repository"] === undefined ? options.service : undefined),
      ...(kind === "deployments" && {
        environment: body["environment"] ?? (body["env"] === undefined ? options.environment : undefined),
      }),
    };
    const { read, when } = FORMS[kind];
    const message = read(filled, { key: null, now });
    if (!message.dated) throw new Unacceptable([{ field: when, reason: "A row must say when." }]);
    return { message, reasons: [] };
  } catch (error) {
    if (!(error instanceof Unacceptable)) throw error;
    return { message: null, reasons: error.refusals };
  }
}

const INSTANTS = new Set([
  "deployedAt",
  "date",
  "finished_at",
  "startedAt",
  "createdAt",
  "openedAt",
  "endedAt",
  "resolvedAt",
  "fixedAt",
  "dismissedAt",
]);
/** Lists of what may hold no space; and of what may. */
const LISTS = ["includedCommitShas", "filePathFilters"];
const NAMES = ["labels"];

/** A row as the body that a program would have sent. */
function bodyOf(
  columns: readonly string[],
  cells: readonly string[],
  kind: ImportKind,
  zone: string,
): Readonly<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  for (const [index, column] of columns.entries()) {
    const text = plain(cells[index] ?? "");
    if (text === "" || !isKnown(column, kind)) continue;
    if (INSTANTS.has(column)) body[column] = instant(text, zone);
    else if (LISTS.includes(column)) body[column] = text.split(/[\s,;]+/);
    else if (NAMES.includes(column)) body[column] = text.split(/\s*[,;]\s*/);
    else if (column === "falseAlarm")
      body[column] = /^(true|1|yes)$/i.test(text) || (/^(false|0|no)$/i.test(text) ? false : text);
    else body[column] = text;
  }
  return body;
}

/** An export puts a quote before what a spreadsheet would run. */
function plain(cell: string): string {
  const text = cell.trim();
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

/** A file may leave out the zone: then the configured one is meant. */
function instant(text: string, zone: string): string {
  const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (match === null) return text.replace(" ", "T");
  const [, date = "", hours, minutes, seconds = "0"] = match;
  if (Number.isNaN(Date.parse(`${date}T00:00:00Z`))) return text;
  if (hours === undefined) return new Date(startOfDate(date, zone)).toISOString();
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return text;
  const at = new TZDate(year, month - 1, day, Number(hours), Number(minutes), Number(seconds), zone);
  return new Date(at.getTime()).toISOString();
}
