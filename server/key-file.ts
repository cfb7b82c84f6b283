/** Keys of an installation that lie beside the database, not in it, and sealed: 32 bytes that are made once and never leave. */
import { randomBytes } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { seal, unseal } from "#config/sealed.ts";
import { StoreError } from "./store/errors.ts";

/**
 * @param what the key is for and what becomes of it when it is deleted, for the sentence that says it is none.
 * @throws StoreError when the file holds no key.
 * @throws ConfigError when it is sealed with a key that is not there.
 */
export async function openKeyFile(
  path: string,
  env: NodeJS.ProcessEnv,
  what: { readonly purpose: string; readonly loss: string },
): Promise<Buffer> {
  const held = (await readKey(path)) ?? (await makeKey(path, env));
  const { text, isStale } = await unseal(basename(path), held, path, env);
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new StoreError(
      "damaged",
      `${path} does not hold the key ${what.purpose} (64 hexadecimal digits). Restore it from a backup, or delete it: ${what.loss}.`,
    );
  // Who may not write it, or has no place for a key, reads it all the same; `headway check` says so.
  if (isStale) await sealAnew(path, text, env).catch(() => undefined);
  return Buffer.from(text, "hex");
}

/** The key is written aside and then linked into place: nobody ever reads half of it, and of two processes one makes it. */
async function makeKey(path: string, env: NodeJS.ProcessEnv): Promise<string> {
  const aside = await written(path, randomBytes(32).toString("hex"), env);
  try {
    await link(aside, path);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    await rm(aside, { force: true });
  }
  return (await readKey(path)) ?? "";
}

async function sealAnew(path: string, key: string, env: NodeJS.ProcessEnv): Promise<void> {
  const aside = await written(path, key, env);
  try {
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}

async function written(path: string, key: string, env: NodeJS.ProcessEnv): Promise<string> {
  const aside = `${path}.${randomBytes(8).toString("hex")}`;
  await writeFile(aside, `${await seal(basename(path), key, env)}\n`, { flag: "wx", mode: 0o600 });
  return aside;
}

async function readKey(path: string): Promise<string | null> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
