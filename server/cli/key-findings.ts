/** What `headway check` and `headway backup` say of the key that secrets are sealed with. */
import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { dataFolder } from "#config/data-folder.ts";
import type { Key } from "#config/key.ts";
import { findKey } from "#config/key.ts";
import type { Config } from "#config/schema.ts";
import { isSealed } from "#config/sealed.ts";
import { secretsInClear } from "#config/secrets.ts";
import { byNumber } from "#metrics/plurals.ts";
import { peopleKeyFile } from "../people.ts";
import type { Effects } from "./effects.ts";
import type { Finding } from "./findings.ts";

const about = "secrets";

/** Whether all that is kept beside the database is sealed, by which key, and whether that key lies elsewhere. */
export async function findSecrets(config: Config, { env }: Effects): Promise<Finding> {
  const folder = dataFolder(config);
  const clear = [...(await secretsInClear(folder)), ...((await isPeopleKeyClear(folder)) ? ["people.key"] : [])];
  const key = await findKey(env);
  if (clear.length > 0) {
    const message = `${clear.join(", ")} in ${folder} ${byNumber(clear.length, "stands", "stand")} in clear. They are sealed as soon as this user may write there and a key can be made: give one in HEADWAY_KEY (openssl rand -hex 32), or make this user's home writable.`;
    return { level: "warning", about, message };
  }
  if (key === null) return { level: "fine", about, message: "none are kept yet" };
  if (isWithin(key, folder))
    return {
      level: "warning",
      about,
      message: `sealed with ${keyWords(key)}, which lies in the folder of what it opens. Whoever copies that folder has both: give the key in HEADWAY_KEY, or move it and name it in HEADWAY_KEY_FILE.`,
    };
  return { level: "fine", about, message: `sealed with ${keyWords(key)}; keep a copy of it in another place` };
}

/** `the key 1a2b3c4d in /home/ada/.config/headway/secrets.key`. */
export function keyWords({ id, place }: Key): string {
  return `the key ${id} in ${place}`;
}

function isWithin({ place }: Key, folder: string): boolean {
  return place.startsWith("/") && !relative(resolve(folder), place).startsWith("..");
}

async function isPeopleKeyClear(folder: string): Promise<boolean> {
  const text = await readFile(peopleKeyFile(folder), "utf8").catch(() => null);
  return text !== null && !isSealed(text.trim());
}
