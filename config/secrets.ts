/**
 * Tokens and keys that were given to the dashboard: a file beside the database that only its owner may read, in the form of an environment.
 * Names stand in clear, values are sealed. A line that somebody wrote by hand is read once, and sealed.
 */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ConfigError } from "./errors.ts";
import { isSealed, seal, unseal } from "./sealed.ts";

const FILE = "secrets.env";
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function secretsFile(folder: string): string {
  return join(folder, FILE);
}

const LINE = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/;

/**
 * By name; empty where there is no such file. What stands there in clear is sealed, where the file can be written.
 *
 * @param env where the key is.
 * @throws ConfigError when it cannot be read.
 */
export async function readSecrets(folder: string, env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const file = secretsFile(folder);
  const secrets: Record<string, string> = {};
  const stale = new Set<string>();
  for (const line of (await textOf(file)).split("\n")) {
    const [, name, value] = LINE.exec(line) ?? [];
    if (name === undefined || value === undefined || value === "") continue;
    const { text, isStale } = await unseal(name, unquoted(value), file, env);
    secrets[name] = text;
    if (isStale) stale.add(name);
  }
  // Who may not write it, or has no place for a key, reads it all the same; `headway check` says so.
  for (const name of stale) await keep(folder, name, secrets[name] ?? "", env).catch(() => undefined);
  return secrets;
}

/** Which of them stand in clear. */
export async function secretsInClear(folder: string): Promise<readonly string[]> {
  const named = (await textOf(secretsFile(folder))).split("\n").flatMap((line) => {
    const [, name, value] = LINE.exec(line) ?? [];
    return name === undefined || value === undefined || value === "" || isSealed(unquoted(value)) ? [] : [name];
  });
  return named;
}

/** What stands on one line as it is, between quotes where it holds spaces. A backslash only where it begins `\n`, the line break of a key. */
const VALUE = /^(?:[^\r\n"'\\]|\\n)+$/;

/** Adds or replaces one secret and leaves every other line as it is. Written aside and moved into place. */
export async function writeSecret(folder: string, name: string, value: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (!NAME.test(name) || !VALUE.test(value)) throw new Error("A name or a token of another form was let in.");
  await keep(folder, name, value, env);
}

/** In the place of the line that has the name, or as the last one. */
async function keep(folder: string, name: string, value: string, env: NodeJS.ProcessEnv): Promise<void> {
  const file = secretsFile(folder);
  const before = (await textOf(file)).split("\n").filter((line) => line !== "");
  const line = `${name}=${await seal(name, value, env)}`;
  const isOld = (one: string) => LINE.exec(one)?.[1] === name;
  const lines = before.map((one) => (isOld(one) ? line : one));
  const head =
    before.length === 0
      ? ["# Tokens and keys saved by Headway's dashboard. Nobody else may read this file; do not commit it."]
      : [];
  await prepareFolder(folder);
  await writePrivately(file, `${[...head, ...lines, ...(lines.includes(line) ? [] : [line])].join("\n")}\n`);
}

/** @throws ConfigError when the folder cannot be written to. */
async function writePrivately(file: string, text: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(aside, text, { flag: "wx", mode: 0o600 });
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw unwritable(file, error);
  }
}

/** A repository that Headway is started in must not commit its secrets. */
async function prepareFolder(folder: string): Promise<void> {
  try {
    const made = await mkdir(folder, { recursive: true });
    const ignored = join(folder, ".gitignore");
    const lines = (await textOf(ignored)).split("\n");
    if (made !== undefined) await writeFile(ignored, "*\n");
    else if (!lines.includes("*") && !lines.includes(`${FILE}*`))
      await writeFile(ignored, [...lines.filter((line) => line !== ""), `${FILE}*`, ""].join("\n"));
  } catch (error) {
    throw unwritable(secretsFile(folder), error);
  }
}

function unwritable(file: string, error: unknown): ConfigError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
  return new ConfigError(
    "unreadable",
    `${file} cannot be written (${code}), so the token was not saved and nothing else was changed. Make ${dirname(file)} writable for this user, or name an environment variable instead.`,
    error,
  );
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT" || code === "ENOTDIR") return "";
    throw new ConfigError(
      "unreadable",
      `${file} cannot be read (${String(code)}), and the tokens in it are needed. Make it readable for this user.`,
      error,
    );
  }
}

function unquoted(value: string): string {
  return /^"(.*)"$/.exec(value)?.[1] ?? /^'(.*)'$/.exec(value)?.[1] ?? value;
}
