/** What commands share that take amounts by month from a file: shown first, all or nothing. */
import { basename, resolve } from "node:path";
import { counted } from "#metrics/words.ts";
import { Refused } from "../answers/problem.ts";
import { CsvError } from "../csv.ts";
import type { Installation } from "../installation.ts";
import type { Arguments } from "./args.ts";
import { TERMINAL } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { withInstallation } from "./installed.ts";
import { createScreen } from "./screen.ts";
import { readText } from "./text-file.ts";

interface Amount {
  readonly before: number | null;
  readonly after: number;
}

interface Taken<Row extends Amount> {
  readonly counts: { readonly new: number; readonly changed: number; readonly same: number };
  readonly rows: readonly Row[];
  readonly mistakes: readonly { readonly line: number; readonly reason: string }[];
}

interface Kind<Row extends Amount> {
  readonly take: (installation: Installation, text: string, isKept: boolean, by: string) => Promise<Taken<Row>>;
  /** What a row is about, before its amount. */
  readonly about: (row: Row) => string;
}

/**
 * Fails with 1 when there is any mistake: then nothing is taken.
 *
 * @throws CsvError when the file cannot be read, or is refused as a whole.
 */
export async function importAmounts<Row extends Amount>(
  args: Arguments,
  effects: Effects,
  file: string,
  { take, about }: Kind<Row>,
): Promise<number> {
  const text = await readText(resolve(effects.cwd, file), (message, options) => new CsvError(message, options));
  const { dryRun } = args;
  const { by = TERMINAL } = args.options;
  return withInstallation(args, effects, async (installation) => {
    const taken = await take(installation, text, !dryRun, by).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      throw new CsvError(error.message, { cause: error });
    });
    const { counts, rows, mistakes } = taken;
    const kept = dryRun ? " Nothing was kept: this was a dry run." : "";
    const refused =
      mistakes.length > 0
        ? ` Nothing is kept while there is a mistake: ${counted(mistakes.length, "line")} cannot be read.`
        : kept;
    const lines = [
      `${basename(file)}: ${counts.new} new, ${counts.changed} changed, ${counts.same} same.${refused}`,
      ...mistakes.map(({ line, reason }) => `  line ${line}: ${reason}`),
      ...rows.map((row) => `  ${about(row)}: ${amountWords(row)}`),
    ];
    const { print } = createScreen(effects.stdout, effects.env);
    await print(args.json ? JSON.stringify(taken, null, 2) : lines.join("\n"));
    return mistakes.length > 0 ? 1 : 0;
  });
}

/** `12.00`, or `10.00 → 12.00` where there was another one. */
function amountWords({ before, after }: Amount): string {
  return `${before === null ? "" : `${before.toFixed(2)} → `}${after.toFixed(2)}`;
}
