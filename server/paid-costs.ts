/** Takes what was paid for licences, contractors, overtime, pipelines and the like from a CSV file, as a version of the programme. */
import type { CostKind } from "#metrics/programme/assumptions.ts";
import { COST_KINDS } from "#metrics/programme/assumptions.ts";
import type { PaidMonth } from "#metrics/programme/paid-costs.ts";
import { changesOf, withPaid } from "#metrics/programme/paid-costs.ts";
import { instead } from "#config/nearest.ts";
import { BadRequest } from "./answers/problem.ts";
import { standing } from "./answers/programme.ts";
import type { Control } from "./commands.ts";
import type { CommandReply } from "./contract.ts";
import type { CsvRow } from "./csv.ts";
import { CsvError, parseCsv } from "./csv.ts";
import type { Installation } from "./installation.ts";
import { keepProgramme } from "./planning.ts";

type Imported = CommandReply<"/api/programme/costs/import">;

export function importingCosts(installation: Installation): Pick<Control, "/api/programme/costs/import"> {
  return {
    "/api/programme/costs/import": async ({ text, save, actor }) => {
      try {
        return await importCosts(installation, text, save, actor);
      } catch (error) {
        if (error instanceof CsvError) throw new BadRequest(error.message);
        throw error;
      }
    },
  };
}

const COLUMNS = ["kind", "title", "month", "amount"] as const;
/** Whoever answers for costs of which the file does not say it. */
const OWNER = "Finance";
const SOURCE = "Imported";

/**
 * Months that are told again are changed, others stay: the same file again changes nothing.
 *
 * @param save `false`: only says what would change.
 * @throws CsvError when the text is no table with the columns it needs.
 */
export async function importCosts(
  installation: Installation,
  text: string,
  save: boolean,
  actor: string,
): Promise<Imported> {
  const { version, programme } = await standing(installation);
  const { rows, mistakes } = readCosts(text, programme.currency);
  const changes = changesOf(programme.costs, rows);
  const isNew = changes.filter(({ before }) => before === null).length;
  if (save && mistakes.length === 0 && changes.length > 0) {
    const costs = [...withPaid(programme.costs, rows)];
    const said = { follows: version?.version ?? null, reason: "Costs of a file", actor };
    await keepProgramme(installation, { ...programme, costs }, said);
  }
  return {
    counts: {
      new: isNew,
      changed: changes.length - isNew,
      same: rows.length - changes.length,
      refused: mistakes.length,
    },
    rows: [...changes],
    mistakes: [...mistakes],
  };
}

interface Read {
  readonly rows: readonly PaidMonth[];
  readonly mistakes: readonly { readonly line: number; readonly reason: string }[];
}

function readCosts(text: string, currency: string): Read {
  const [header, ...rest] = parseCsv(text);
  const names = header?.cells.map((cell) => cell.trim()) ?? [];
  const lacking = COLUMNS.filter((name) => !names.includes(name));
  if (lacking.length > 0)
    throw new CsvError(
      `Line 1: there is no column ${lacking.join(", ")}. The first line names the columns: kind,title,month,amount and, if you like, team, source, owner and currency.`,
    );
  const rows: PaidMonth[] = [];
  const mistakes: { line: number; reason: string }[] = [];
  const seen = new Map<string, number>();
  for (const row of rest) {
    const read = readRow(row, names, currency);
    if (typeof read === "string") {
      mistakes.push({ line: row.line, reason: read });
      continue;
    }
    const { kind, title, team, month } = read;
    const key = JSON.stringify([kind, title.toLowerCase(), team?.toLowerCase() ?? null, month]);
    const first = seen.get(key);
    if (first === undefined) rows.push(read);
    else mistakes.push({ line: row.line, reason: `Line ${first} says the same cost and month. Add the two up.` });
    seen.set(key, first ?? row.line);
  }
  return { rows, mistakes };
}

/** What a row says, or why it cannot be read. */
function readRow({ cells }: CsvRow, names: readonly string[], currency: string): PaidMonth | string {
  if (cells.length !== names.length) return `It has ${cells.length} cells, and there are ${names.length} columns.`;
  const of = (name: string): string => (cells[names.indexOf(name)] ?? "").trim().replace(/^'(?=[=+\-@])/, "");
  const kind = COST_KINDS.find((one) => one === of("kind"));
  const [title, month, amount] = [of("title"), of("month"), of("amount")];
  if (kind === undefined) return wrongKind(of("kind"));
  if (title === "" || title.length > 200) return "Say what is paid for, in 200 letters at most.";
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return `"${month}" is no month. Write it as 2026-10.`;
  if (names.includes("currency") && of("currency") !== currency)
    return `The programme is in ${currency}, and this is ${of("currency")}. Convert it first.`;
  // With separators of thousands 1.234 would be read in two ways.
  if (!/^\d{1,12}(\.\d{1,2})?$/.test(amount))
    return `"${amount}" is no cost. Write digits and a point, such as 12345.60.`;
  const or = (name: string, usual: string): string => (of(name) === "" ? usual : of(name));
  return {
    kind,
    title,
    team: of("team") === "" ? null : of("team"),
    month,
    amount: Number(amount),
    source: or("source", SOURCE),
    owner: or("owner", OWNER),
  };
}

function wrongKind(said: string): string {
  const kinds: readonly CostKind[] = COST_KINDS;
  return `There are no costs of the kind "${said}". ${instead(said, kinds)}`;
}
