/** People exist only as keyed pseudonyms. The key lies beside the database, not in it, and sealed, so that neither alone names anybody. */
import { createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openKeyFile } from "./key-file.ts";
import { StoreError } from "./store/errors.ts";

/**
 * A function from an identity (an e-mail address) to a pseudonym of 16 characters, the same for every run with this data folder.
 *
 * @param env where the key is that the file is sealed with.
 * @param isNeeded whether pseudonyms are there already: then no other key is made.
 * @throws StoreError when it is not there and needed, or the file holds no key: pseudonyms made without one could be looked up by anybody.
 */
export async function openPseudonyms(
  dataFolder: string,
  env: NodeJS.ProcessEnv,
  isNeeded: () => Promise<boolean> = async () => false,
): Promise<(identity: string) => string> {
  const path = peopleKeyFile(dataFolder);
  if (!existsSync(path) && (await isNeeded()))
    throw new StoreError(
      "missing",
      `${path} is not there, and the database has pseudonyms that were made with it: with another key the same people would be taken for others, so none is made. Put the file back from where it is kept (it is in no backup of the database). If it is lost for good: openssl rand -hex 32 > ${path} makes another one, and the same people count as new ones from then on.`,
    );
  const key = await openKeyFile(path, env, WHAT);
  return (identity) => createHmac("sha256", key).update(identity).digest("base64url").slice(0, 16);
}

const WHAT = {
  purpose: "that people's names are hidden with",
  loss: "the same people then get new pseudonyms",
};

export function peopleKeyFile(dataFolder: string): string {
  return join(dataFolder, "people.key");
}
