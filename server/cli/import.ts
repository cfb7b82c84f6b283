import { basename, resolve } from "node:path";
import { instead } from "#config/nearest.ts";
import { counted } from "#metrics/words.ts";
import { CsvError } from "../csv.ts";
import type { ImportKind, Imported, ImportedRow } from "../import.ts";
import { importKinds, importRows } from "../import.ts";
import { refresh } from "../refresh.ts";
import type { Arguments } from "./args.ts";
import type { Effects } from "./effects.ts";
import { COSTS, importCostsCommand } from "./import-costs.ts";
import { withInstallation } from "./installed.ts";
import { createScreen } from "./screen.ts";
import { readText } from "./text-file.ts";
import { UsageError } from "./usage.ts";

const KINDS = [...importKinds, COSTS] as const;

/** `headway import KIND FILE`: rows of a file, pushed. Fails when any was refused; the others are taken all the same. Of costs none is. */
export async function importCommand(args: Arguments, effects: Effects): Promise<number> {
  if (args.operands[0] === COSTS) return importCostsCommand(args, effects);
  const { kind, file } = askedFile(args);
  const { service = null, environment = null, by = null } = args.options;
  if (by !== null) throw new UsageError("Only costs are signed: leave --by out.");
  if (kind !== "deployments" && environment !== null)
    throw new UsageError("Only deployments have an environment: leave --environment out.");
  const text = await readText(resolve(effects.cwd, file), (message, options) => new CsvError(message, options));
  const { dryRun } = args;
  return withInstallation(args, effects, async (installation) => {
    const imported = await importRows(installation, { kind, text, service, environment, dryRun }).catch(
      (error: unknown) => {
        if (!(error instanceof CsvError)) throw error;
        throw new CsvError(`${file} cannot be imported. ${error.message}`, { cause: error });
      },
    );
    if (!dryRun) await refresh(installation);
    const { print } = createScreen(effects.stdout, effects.env);
    const counts = countsOf(imported);
    await print(
      args.json
        ? JSON.stringify({ file, kind, dryRun, counts, ...imported }, null, 2)
        : lines(basename(file), imported, dryRun).join("\n"),
    );
    return counts.refused > 0 ? 1 : 0;
  });
}

function askedFile({ operands: [kind, file, extra] }: Arguments): { kind: ImportKind; file: string } {
  const known = importKinds.find((one) => one === kind);
  if (kind === undefined) throw new UsageError(`Say what to import: headway import ${KINDS.join("|")} FILE.csv`);
  if (known === undefined) throw new UsageError(`There are no rows of the kind "${kind}". ${instead(kind, KINDS)}`);
  if (file === undefined) throw new UsageError(`Name the file: headway import ${known} FILE.csv`);
  if (extra !== undefined) throw new UsageError(`One file at a time: "${extra}" is one too many.`);
  return { kind: known, file };
}

function countsOf({ rows }: Imported): Record<ImportedRow["result"], number> {
  const counts = { new: 0, changed: 0, same: 0, refused: 0 };
  for (const { result } of rows) counts[result] += 1;
  return counts;
}

/** The sum of it, then the rows that differ or were refused. */
function lines(name: string, imported: Imported, dryRun: boolean): string[] {
  const { rows, leftOut } = imported;
  const counts = countsOf(imported);
  const sum = `${counts.new} new, ${counts.changed} changed, ${counts.same} same, ${counts.refused} refused`;
  const shown = rows.filter(({ result }) => result === "refused" || (dryRun && result !== "same"));
  return [
    `${name}: ${counted(rows.length, "row")}: ${sum}.${dryRun ? " Nothing was stored: this was a dry run." : ""}`,
    ...(leftOut.length > 0 ? [`Columns that mean nothing here, and are left out: ${leftOut.join(", ")}`] : []),
    ...shown.map(rowLine),
  ];
}

function rowLine({ line, result, id, service, changed, reasons }: ImportedRow): string {
  const where = `  line ${line}: ${result}`;
  if (result === "refused") return `${where}: ${reasons.map(({ field, reason }) => `${field}: ${reason}`).join(" ")}`;
  return `${where}: ${service}, ${id}${changed.length > 0 ? ` (${changed.join(", ")})` : ""}`;
}
