/** People exist only as keyed pseudonyms. The key lies beside the database, not in it, so that the database alone names nobody. */
import { createHmac, randomBytes } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StoreError } from "./store/errors.ts";

/** A function from an identity (an e-mail address) to a pseudonym of 16 characters, the same for every run with this data folder. */
export async function openPseudonyms(dataFolder: string): Promise<(identity: string) => string> {
  const key = await openKey(join(dataFolder, "people.key"));
  return (identity) => createHmac("sha256", key).update(identity).digest("base64url").slice(0, 16);
}

/** @throws StoreError when the file holds no key: pseudonyms made without one could be looked up by anybody. */
async function openKey(path: string): Promise<Buffer> {
  const text = (await readKey(path)) ?? (await makeKey(path));
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, "hex");
  throw new StoreError(
    "damaged",
    `${path} does not hold the key that people's names are hidden with (64 hexadecimal digits). Restore it from a backup, or delete it: the same people then get new pseudonyms.`,
  );
}

/** The key is written aside and then linked into place: nobody ever reads half of it, and of two processes one makes it. */
async function makeKey(path: string): Promise<string> {
  const aside = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    await writeFile(aside, `${randomBytes(32).toString("hex")}\n`, { flag: "wx", mode: 0o600 });
    await link(aside, path);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    await rm(aside, { force: true });
  }
  return (await readKey(path)) ?? "";
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
