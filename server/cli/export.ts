import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { instead } from "#config/nearest.ts";
import type { ExportFormat, ExportName } from "../contract.ts";
import { exportFormats, exportKinds } from "../contract.ts";
import { exportRows } from "../export.ts";
import type { Arguments } from "./args.ts";
import { askedWindow, oneOf } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { prepare, withInstallation } from "./installed.ts";
import { UsageError } from "./usage.ts";

/** `headway export KIND`: rows to stdout, as fast as they are taken. */
export async function exportCommand(args: Arguments, effects: Effects): Promise<number> {
  const kind = askedKind(args);
  const asked = { ...askedWindow(args), format: askedFormat(args) };
  return withInstallation(args, effects, async (installation) => {
    if (!(await prepare(installation, effects))) return 1;
    const rows = Readable.from(exportRows(installation, kind, asked));
    await pipeline(rows, effects.stdout, { end: false, signal: effects.signal });
    return 0;
  });
}

function askedKind({ operands: [kind, extra] }: Arguments): ExportName {
  const known = exportKinds.find((name) => name === kind);
  if (kind === undefined) throw new UsageError(`Say what to export: ${exportKinds.join(", ")}.`);
  if (known === undefined)
    throw new UsageError(`There are no rows of the kind "${kind}". ${instead(kind, exportKinds)}`);
  if (extra !== undefined)
    throw new UsageError(`One kind at a time: \`headway export ${kind}\`, then \`headway export ${extra}\`.`);
  return known;
}

function askedFormat({ options: { format }, json }: Arguments): ExportFormat {
  const asked = oneOf("format", format ?? (json ? "json" : "ndjson"), exportFormats);
  if (json && asked !== "json")
    throw new UsageError(`--json and --format ${asked} exclude each other. Keep one of them.`);
  return asked;
}
