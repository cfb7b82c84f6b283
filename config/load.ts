/** Finds what to look at: a repository that was named, a configuration file, or the repository somebody stands in. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isRemote, withoutCredentials } from "#collectors/git/remote.ts";
import { knownValues } from "./environment.ts";
import { ConfigError } from "./errors.ts";
import { dataFolderOf, parseConfig } from "./parse.ts";
import { misplaced } from "./placement.ts";
import { Config } from "./schema.ts";
import { readSecrets } from "./secrets.ts";

export const DEFAULT_FILE = "headway.yaml";

/** A configuration and the file it came from; `null` when it came from none. */
export type LoadedConfig = Config & { readonly file: string | null };

export interface Wanted {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** `--config`. */
  readonly config?: string | undefined;
  /** `--repo`: a path or an address. */
  readonly repo?: string | undefined;
}

/**
 * A repository that is named wins, then a file that is named, then `headway.yaml`, then the git repository around the
 * working directory. A named repository with a named file: only that repository, and everything else from the file.
 *
 * @throws ConfigError when there is nothing to look at, or the file cannot be used.
 */
export async function loadConfig({ cwd, env, config, repo }: Wanted): Promise<LoadedConfig> {
  if (repo !== undefined && config !== undefined) return narrow(await load(resolve(cwd, config), env), cwd, repo);
  if (repo !== undefined) return plainGit(cwd, repo);
  if (config !== undefined) return load(resolve(cwd, config), env);
  const standard = join(cwd, DEFAULT_FILE);
  if (existsSync(standard)) return load(standard, env);
  const around = repositoryAround(cwd);
  if (around !== null) return plainGit(cwd, around);
  throw new ConfigError("missing", nothingToLookAt(cwd));
}

/** The git repository that contains a folder; `null` when there is none. */
export function repositoryAround(folder: string): string | null {
  if (existsSync(join(folder, ".git"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : repositoryAround(parent);
}

async function load(file: string, env: NodeJS.ProcessEnv): Promise<LoadedConfig> {
  const text = await read(file);
  const known = knownValues(await readSecrets(dataFolderOf(text, file), env), env);
  return { ...parseConfig(text, file, known), file };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT") {
      throw new ConfigError(
        "missing",
        `There is no configuration file ${file}. Correct the path, or write one with \`headway init --config ${file}\`.`,
        error,
      );
    }
    const why = code === "EISDIR" ? "it is a folder" : code === "EACCES" ? "this user may not read it" : String(code);
    throw new ConfigError("unreadable", `${file} cannot be read: ${why}. Name a readable file with --config.`, error);
  }
}

function plainGit(cwd: string, repo: string): LoadedConfig {
  const sources = [{ host: "git", ...placeOf(cwd, repo) }];
  const result = Config.safeParse({ database: resolve(cwd, "data/headway.db"), sources });
  if (result.success) return { ...result.data, file: null };
  throw new ConfigError(
    "invalid",
    `${withoutCredentials(repo)} cannot be looked at: ${result.error.issues.map(({ message }) => message).join(" ")}`,
  );
}

/** The file's own entry of that repository, with its name and its rules, where it has one. */
function narrow(whole: LoadedConfig, cwd: string, repo: string): LoadedConfig {
  const { path, url } = { path: undefined, url: undefined, ...placeOf(cwd, repo) };
  const own = whole.sources.filter((source) => source.host === "git" && source.path === path && source.url === url);
  if (own.length === 0) return { ...whole, sources: plainGit(cwd, repo).sources, services: [] };
  return { ...whole, sources: own, services: whole.services.filter((one) => misplaced([one], own).length === 0) };
}

/** A folder that exists is meant even where its name looks like an address. */
function placeOf(cwd: string, repo: string): { path: string } | { url: string } {
  const path = resolve(cwd, repo);
  if (existsSync(path)) return { path };
  if (isRemote(repo)) return { url: repo };
  throw new ConfigError(
    "missing",
    `There is no folder ${path} to look at, and nothing is cloned from an address like that. Correct what follows --repo: a folder, or an address such as https://github.com/acme/shop.git.`,
  );
}

function nothingToLookAt(cwd: string): string {
  return `There is nothing to look at: ${cwd} has no ${DEFAULT_FILE} and is not in a git repository. Three ways to go on:
  cd into a git repository and run this again
  name one: headway … --repo PATH (or an address: --repo https://…)
  list several in a file: headway init writes an example ${DEFAULT_FILE}`;
}
