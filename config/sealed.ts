/** Secrets at rest: AES-256-GCM with a key from elsewhere. What was sealed for one name opens under no other. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { ConfigError } from "./errors.ts";
import type { Key } from "./key.ts";
import { findKey, keyBefore, keyFor, keyPlaces } from "./key.ts";

/** `sealed:1:KEY:…`, where KEY tells which key opens it, and the rest is nonce, tag and cipher text. */
const SEALED = /^sealed:1:([0-9a-f]{8}):([\w-]+)$/;
const CIPHER = "aes-256-gcm";
const NONCE = 12;
const TAG = 16;

export interface Opened {
  readonly text: string;
  /** Whether it should be written anew: it was in clear, or sealed with the key of before. */
  readonly isStale: boolean;
}

export function isSealed(text: string): boolean {
  return SEALED.test(text);
}

/** Makes a key where there is none. @throws ConfigError when there is none to be had. */
export async function seal(name: string, text: string, env: NodeJS.ProcessEnv): Promise<string> {
  const key = await keyFor(env);
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key.bytes, nonce).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `sealed:1:${key.id}:${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/**
 * What stands in a file: sealed, or in clear as an earlier Headway or a person wrote it.
 *
 * @param file for the sentence that says why it does not open.
 * @throws ConfigError when its key is not there, or it was changed.
 */
export async function unseal(name: string, text: string, file: string, env: NodeJS.ProcessEnv): Promise<Opened> {
  const [, id, body] = SEALED.exec(text) ?? [];
  if (id === undefined || body === undefined) return { text, isStale: true };
  const current = await findKey(env);
  const key = [current, keyBefore(env)].find((one) => one?.id === id);
  if (key === undefined || key === null) throw withoutKey(name, id, file, current, env);
  try {
    return { text: opened(key, name, Buffer.from(body, "base64url")), isStale: key.id !== current?.id };
  } catch (error) {
    throw new ConfigError(
      "unreadable",
      `${name} in ${file} was changed since it was sealed, or is damaged, and does not open. Take the file from a backup, or delete it: ${LOSS}.`,
      error,
    );
  }
}

function opened({ bytes }: Key, name: string, body: Buffer): string {
  const decipher = createDecipheriv(CIPHER, bytes, body.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(name)).setAuthTag(body.subarray(NONCE, NONCE + TAG));
  return Buffer.concat([decipher.update(body.subarray(NONCE + TAG)), decipher.final()]).toString("utf8");
}

const LOSS =
  "tokens that were saved must then be entered again, and where it was people.key the same people get new pseudonyms";

function withoutKey(name: string, id: string, file: string, found: Key | null, env: NodeJS.ProcessEnv): ConfigError {
  const there = found === null ? `there is none in ${keyPlaces(env)}` : `the one in ${found.place} is ${found.id}`;
  return new ConfigError(
    "unreadable",
    `${name} in ${file} is sealed with the key ${id}, and ${there}. Run Headway as the user and with the environment that it was sealed with, or give that key in HEADWAY_KEY or HEADWAY_KEY_FILE. Where it is lost, delete ${file}: ${LOSS}.`,
  );
}
