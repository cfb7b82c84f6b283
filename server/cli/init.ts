import { writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { ConfigError } from "#config/errors.ts";
import { exampleConfig } from "#config/example.ts";
import { DEFAULT_FILE, repositoryAround } from "#config/load.ts";
import type { Arguments } from "./args.ts";
import { refuseOperands } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { createScreen } from "./screen.ts";

/** `headway init`: writes a configuration to begin with, and never over another one. */
export async function init(args: Arguments, { cwd, env, stdout }: Effects): Promise<number> {
  refuseOperands(args);
  const file = resolve(cwd, args.options.config ?? DEFAULT_FILE);
  const repository = repositoryAround(dirname(file));
  const path = repository === null ? "" : relative(dirname(file), repository);
  await writeNew(file, exampleConfig(path === "" ? "." : path));
  const { print } = createScreen(stdout, env);
  await print(args.json ? JSON.stringify({ file }) : nextSteps(file, file === resolve(cwd, DEFAULT_FILE), repository));
  return 0;
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx" });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "") throw error;
    throw new ConfigError("unreadable", refusal(file, code), error);
  }
}

function refusal(file: string, code: string): string {
  if (code === "EEXIST")
    return `${file} exists already, and is left as it is. Name another file with --config, or move that one away.`;
  if (code === "ENOENT")
    return `The folder ${dirname(file)} does not exist. Make it first, or name another file with --config.`;
  return `${file} cannot be written (${code}). Make its folder writable for this user, or name another file with --config.`;
}

function nextSteps(file: string, isDefault: boolean, repository: string | null): string {
  const option = isDefault ? "" : ` --config ${file}`;
  const looksAt =
    repository === null
      ? "This folder is in no git repository: name yours under `sources`"
      : `It looks at ${repository}; list more under \`sources\``;
  return `Wrote ${file}. ${looksAt}.
Next: headway check${option}    what can be read, and what would count as a release
      headway start${option}    collect, and serve the dashboard`;
}
