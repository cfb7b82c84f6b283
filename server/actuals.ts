/** Takes what the books say from a CSV file: every mistake at once with its line, and nothing while there is any. */
import type { Actual } from "#metrics/programme/savings/ledger/reconcile.ts";
import { inForce } from "./answers/actuals.ts";
import { hashOf } from "./hash.ts";
import { BadRequest, Refused } from "./answers/problem.ts";
import { standing } from "./answers/programme.ts";
import type { Control } from "./commands.ts";
import type { CommandReply } from "./contract.ts";
import type { CsvRow } from "./csv.ts";
import { CsvError, parseCsv } from "./csv.ts";
import type { Installation } from "./installation.ts";

type Imported = CommandReply<"/api/savings/actuals/import">;

export function importing(installation: Installation): Pick<Control, "/api/savings/actuals/import"> {
  return {
    "/api/savings/actuals/import": async ({ text, save, actor }) => {
      try {
        return await importActuals(installation, text, save, actor);
      } catch (error) {
        if (error instanceof CsvError) throw new BadRequest(error.message);
        throw error;
      }
    },
  };
}

const COLUMNS = ["costCentre", "month", "amount"] as const;

/**
 * @param save `false`: only says what would change.
 * @throws CsvError when the text is no table with the columns it needs.
 */
export async function importActuals(
  installation: Installation,
  text: string,
  save: boolean,
  actor: string,
): Promise<Imported> {
  const { store, now, live } = installation;
  const { programme } = await standing(installation);
  const { rows, mistakes } = readActuals(text, programme.currency);
  const versions = await store.actuals();
  const before = new Map(inForce(versions).map((one) => [keyOf(one), one]));
  const changes = rows.filter((row) => before.get(keyOf(row))?.amount !== row.amount);
  const told = changes.map(({ line, costCentre, month, amount: after }) => {
    const was = before.get(keyOf({ costCentre, month }));
    const result = was === undefined ? ("new" as const) : ("changed" as const);
    return { line, result, costCentre, month, before: was?.amount ?? null, after };
  });
  const isNew = told.filter(({ result }) => result === "new").length;
  const counts = {
    new: isNew,
    changed: told.length - isNew,
    same: rows.length - told.length,
    refused: mistakes.length,
  };
  if (save && mistakes.length === 0 && changes.length > 0) {
    const next = changes.map((row) => ({ ...row, number: (before.get(keyOf(row))?.number ?? 0) + 1 }));
    if (!(await store.addActuals(next, { fileHash: hashOf(text), actor, madeAt: now() })))
      throw new Refused(
        409,
        "Somebody was faster",
        "The same months were imported meanwhile, so nothing was kept. Look at what is there now, and import again.",
      );
    live.tell();
  }
  return { counts, rows: told, mistakes: [...mistakes] };
}

function keyOf({ costCentre, month }: Pick<Actual, "costCentre" | "month">): string {
  return `${month} ${costCentre}`;
}

interface Read {
  readonly rows: readonly (Actual & { readonly line: number })[];
  readonly mistakes: readonly { readonly line: number; readonly reason: string }[];
}

function readActuals(text: string, currency: string): Read {
  const [header, ...rest] = parseCsv(text);
  const names = header?.cells.map((cell) => cell.trim()) ?? [];
  const lacking = COLUMNS.filter((name) => !names.includes(name));
  if (lacking.length > 0)
    throw new CsvError(
      `Line 1: there is no column ${lacking.join(", ")}. The first line names the columns: costCentre,month,amount and, if you like, currency.`,
    );
  const rows: (Actual & { readonly line: number })[] = [];
  const mistakes: { line: number; reason: string }[] = [];
  const seen = new Map<string, number>();
  for (const row of rest) {
    const read = readRow(row, names, currency);
    if (typeof read === "string") mistakes.push({ line: row.line, reason: read });
    else {
      const first = seen.get(keyOf(read));
      if (first === undefined) rows.push({ ...read, line: row.line });
      else mistakes.push({ line: row.line, reason: `Line ${first} says the same cost centre and month.` });
      seen.set(keyOf(read), first ?? row.line);
    }
  }
  return { rows, mistakes };
}

/** What a row says, or why it cannot be read. */
function readRow({ cells }: CsvRow, names: readonly string[], currency: string): Actual | string {
  if (cells.length !== names.length) return `It has ${cells.length} cells, and there are ${names.length} columns.`;
  const of = (name: string): string => (cells[names.indexOf(name)] ?? "").trim();
  const [costCentre, month, amount] = [of("costCentre").replace(/^'(?=[=+\-@])/, ""), of("month"), of("amount")];
  if (costCentre === "" || costCentre.length > 100) return "Name the cost centre, in 100 letters at most.";
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return `"${month}" is no month. Write it as 2026-10.`;
  if (names.includes("currency") && of("currency") !== currency)
    return `The programme is in ${currency}, and this is ${of("currency")}. Convert it first.`;
  // With separators of thousands 1.234 would be read in two ways.
  if (!/^-?\d{1,12}(\.\d{1,2})?$/.test(amount))
    return `"${amount}" is no amount. Write digits and a point, such as 12345.60.`;
  return { costCentre, month, amount: Number(amount) };
}
