/** People exist only as keyed pseudonyms. The key lies beside the database, not in it, and sealed, so that neither alone names anybody. */
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { openKeyFile } from "./key-file.ts";

/**
 * A function from an identity (an e-mail address) to a pseudonym of 16 characters, the same for every run with this data folder.
 *
 * @param env where the key is that the file is sealed with.
 * @throws StoreError when the file holds no key: pseudonyms made without one could be looked up by anybody.
 */
export async function openPseudonyms(
  dataFolder: string,
  env: NodeJS.ProcessEnv,
): Promise<(identity: string) => string> {
  const key = await openKeyFile(peopleKeyFile(dataFolder), env, WHAT);
  return (identity) => createHmac("sha256", key).update(identity).digest("base64url").slice(0, 16);
}

const WHAT = {
  purpose: "that people's names are hidden with",
  loss: "the same people then get new pseudonyms",
};

export function peopleKeyFile(dataFolder: string): string {
  return join(dataFolder, "people.key");
}
