import { ConfigError } from "#config/errors.ts";
import { loadConfig } from "#config/load.ts";
import { Config } from "#config/schema.ts";
import type { Kept } from "../privacy.ts";
import { NEVER, personalFields, retentionWords } from "../privacy.ts";
import type { Arguments } from "./args.ts";
import type { Effects } from "./effects.ts";
import type { Screen } from "./screen.ts";
import { createScreen, wrap } from "./screen.ts";

/** `headway check --privacy`: everything kept that is about people, what for and for how long. Nothing is opened for it. */
export async function printPrivacy(args: Arguments, effects: Effects): Promise<number> {
  const months = await monthsOf(args, effects);
  const fields = personalFields();
  const screen = createScreen(effects.stdout, effects.env);
  const rows = fields.map((field) => ({ ...field, retention: retentionWords(field.retention, months) }));
  await screen.print(
    args.json
      ? JSON.stringify({ pseudonymMonths: months, fields: rows, never: NEVER }, null, 2)
      : text(fields, months, screen),
  );
  return 0;
}

/** What is configured; where nothing can be looked at, what would be. */
async function monthsOf({ options: { config, repo } }: Arguments, { cwd, env }: Effects): Promise<number> {
  try {
    return (await loadConfig({ cwd, env, config, repo })).privacy.pseudonymMonths;
  } catch (error) {
    if (error instanceof ConfigError && error.reason === "missing" && config === undefined)
      return Config.shape.privacy.parse(undefined).pseudonymMonths;
    throw error;
  }
}

function text(fields: readonly Kept[], months: number, screen: Screen): string {
  const blocks = fields.map(({ where, holds, purpose, retention }) =>
    [
      screen.paint("strong", where),
      ...[`holds: ${holds}`, `for: ${purpose}`, `kept: ${retentionWords(retention, months)}`].map(
        (line) => `  ${wrap(line, screen.width - 2, "    ")}`,
      ),
    ].join("\n"),
  );
  const head = wrap("What Headway keeps that is about people, or that people wrote:", screen.width);
  return [head, ...blocks, wrap(NEVER, screen.width)].join("\n\n");
}
