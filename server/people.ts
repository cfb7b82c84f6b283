/** People exist only as keyed pseudonyms. The key lies beside the database, not in it, so that the database alone names nobody. */
import { createHmac, randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A function from an identity (an e-mail address) to a pseudonym of 16 characters, the same for every run with this data folder. */
export async function openPseudonyms(dataFolder: string): Promise<(identity: string) => string> {
  const key = await openKey(join(dataFolder, "people.key"));
  return (identity) => createHmac("sha256", key).update(identity).digest("base64url").slice(0, 16);
}

/** `wx` lets one of two processes that start together make the key; the other reads it. */
async function openKey(path: string): Promise<Buffer> {
  try {
    await writeFile(path, `${randomBytes(32).toString("hex")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return Buffer.from((await readFile(path, "utf8")).trim(), "hex");
}
