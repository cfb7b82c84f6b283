/** People exist only as keyed pseudonyms. The key lies beside the database, not in it, and sealed, so that neither alone names anybody. */
import { createHmac, randomBytes } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { seal, unseal } from "#config/sealed.ts";
import { StoreError } from "./store/errors.ts";

const NAME = "people.key";

/**
 * A function from an identity (an e-mail address) to a pseudonym of 16 characters, the same for every run with this data folder.
 *
 * @param env where the key is that the file is sealed with.
 */
export async function openPseudonyms(
  dataFolder: string,
  env: NodeJS.ProcessEnv,
): Promise<(identity: string) => string> {
  const key = await openKey(peopleKeyFile(dataFolder), env);
  return (identity) => createHmac("sha256", key).update(identity).digest("base64url").slice(0, 16);
}

export function peopleKeyFile(dataFolder: string): string {
  return join(dataFolder, NAME);
}

/**
 * @throws StoreError when the file holds no key: pseudonyms made without one could be looked up by anybody.
 * @throws ConfigError when it is sealed with a key that is not there.
 */
async function openKey(path: string, env: NodeJS.ProcessEnv): Promise<Buffer> {
  const written = (await readKey(path)) ?? (await makeKey(path, env));
  const { text, isStale } = await unseal(NAME, written, path, env);
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new StoreError(
      "damaged",
      `${path} does not hold the key that people's names are hidden with (64 hexadecimal digits). Restore it from a backup, or delete it: the same people then get new pseudonyms.`,
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
  await writeFile(aside, `${await seal(NAME, key, env)}\n`, { flag: "wx", mode: 0o600 });
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
