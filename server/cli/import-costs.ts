/** `headway import costs FILE`: what was paid month by month, as a version of the programme. */
import { basename, resolve } from "node:path";
import { counted } from "#metrics/words.ts";
import { Refused } from "../answers/problem.ts";
import type { CommandReply } from "../contract.ts";
import { CsvError } from "../csv.ts";
import { importCosts } from "../paid-costs.ts";
import type { Arguments } from "./args.ts";
import { TERMINAL } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { withInstallation } from "./installed.ts";
import { createScreen } from "./screen.ts";
import { readText } from "./text-file.ts";
import { UsageError } from "./usage.ts";

/** The kind of rows that is no event of a host. */
export const COSTS = "costs";

/** Fails when there is any mistake: then nothing is taken. */
export async function importCostsCommand(args: Arguments, effects: Effects): Promise<number> {
  const [, file, extra] = args.operands;
  if (file === undefined) throw new UsageError("Name the file: headway import costs FILE.csv");
  if (extra !== undefined) throw new UsageError(`One file at a time: "${extra}" is one too many.`);
  const { service, environment, by = TERMINAL } = args.options;
  if (service !== undefined || environment !== undefined)
    throw new UsageError("Costs are of a team or of everybody: leave --service and --environment out.");
  const text = await readText(resolve(effects.cwd, file), (message, options) => new CsvError(message, options));
  const { dryRun } = args;
  return withInstallation(args, effects, async (installation) => {
    const taken = await importCosts(installation, text, !dryRun, by).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      throw new CsvError(error.message, { cause: error });
    });
    const { print } = createScreen(effects.stdout, effects.env);
    await print(args.json ? JSON.stringify(taken, null, 2) : lines(basename(file), taken, dryRun).join("\n"));
    return taken.mistakes.length > 0 ? 1 : 0;
  });
}

function lines(
  name: string,
  { counts, rows, mistakes }: CommandReply<"/api/programme/costs/import">,
  dryRun: boolean,
): string[] {
  const kept = dryRun ? " Nothing was kept: this was a dry run." : "";
  const refused =
    mistakes.length > 0
      ? ` Nothing is kept while there is a mistake: ${counted(mistakes.length, "line")} cannot be read.`
      : kept;
  return [
    `${name}: ${counts.new} new, ${counts.changed} changed, ${counts.same} same.${refused}`,
    ...mistakes.map(({ line, reason }) => `  line ${line}: ${reason}`),
    ...rows.map(
      ({ kind, title, team, month, before, after }) =>
        `  ${before === null ? "new" : "changed"}: ${kind}, ${title}${team === null ? "" : `, ${team}`}, ${month}: ${before === null ? "" : `${before.toFixed(2)} → `}${after.toFixed(2)}`,
    ),
  ];
}
