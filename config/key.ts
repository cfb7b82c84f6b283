/** The key that secrets at rest are sealed with. It is never in the database, and not in the folder of what it seals. */
import { createHash, randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { ConfigError } from "./errors.ts";

export interface Key {
  readonly bytes: Buffer;
  /** Tells one key from another, and nothing of the key itself. */
  readonly id: string;
  /** Where it came from: a variable, or a file. */
  readonly place: string;
}

const BYTES = 32;
const MAKE_ONE = "Make one with: openssl rand -hex 32";

/**
 * The key of `HEADWAY_KEY`, else of the file that `HEADWAY_KEY_FILE` names, else of the credential `headway-key` of systemd, else of
 * `headway/secrets.key` in this user's folder of configurations.
 *
 * @returns `null` where there is none yet.
 * @throws ConfigError when what is there is no key.
 */
export async function findKey(env: NodeJS.ProcessEnv): Promise<Key | null> {
  const given = text(env, "HEADWAY_KEY");
  if (given !== null) return keyOf(given, "the environment variable HEADWAY_KEY");
  for (const file of keyFiles(env)) {
    const found = await textOf(file);
    if (found !== null) return keyOf(found, file);
  }
  return null;
}

/** The key, made where there is none. @throws ConfigError when it cannot be written. */
export async function keyFor(env: NodeJS.ProcessEnv): Promise<Key> {
  const found = await findKey(env);
  if (found !== null) return found;
  await makeKey(ownFile(env));
  const made = await findKey(env);
  if (made === null) throw new Error("A key that was just written is not there.");
  return made;
}

/** The key of before, `HEADWAY_KEY_BEFORE`: what it sealed is read, and sealed anew. `null` where there is none. */
export function keyBefore(env: NodeJS.ProcessEnv): Key | null {
  const given = text(env, "HEADWAY_KEY_BEFORE");
  return given === null ? null : keyOf(given, "the environment variable HEADWAY_KEY_BEFORE");
}

/** Where a key is looked for, in words. */
export function keyPlaces(env: NodeJS.ProcessEnv): string {
  return `HEADWAY_KEY, ${keyFiles(env).join(" or ")}`;
}

/** A file that is named is the only one. */
function keyFiles(env: NodeJS.ProcessEnv): readonly string[] {
  const named = text(env, "HEADWAY_KEY_FILE");
  if (named !== null) return [named];
  const credentials = text(env, "CREDENTIALS_DIRECTORY");
  return credentials === null ? [ownFile(env)] : [join(credentials, "headway-key"), ownFile(env)];
}

/** Where a key is made. */
function ownFile(env: NodeJS.ProcessEnv): string {
  const folder = text(env, "XDG_CONFIG_HOME") ?? join(text(env, "HOME") ?? homedir(), ".config");
  return text(env, "HEADWAY_KEY_FILE") ?? join(folder, "headway", "secrets.key");
}

function keyOf(given: string, place: string): Key {
  const bytes = bytesOf(given.trim());
  if (bytes.length !== BYTES)
    throw new ConfigError("invalid", `${place} holds no key: it takes 64 hexadecimal digits. ${MAKE_ONE}`);
  const id = createHash("sha256").update("headway key").update(bytes).digest("hex").slice(0, 8);
  return { bytes, id, place };
}

/** Also in base64, as other programs write keys. */
function bytesOf(given: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(given)) return Buffer.from(given, "hex");
  return /^[\w+/-]{43}=?$/.test(given) ? Buffer.from(given, "base64") : Buffer.alloc(0);
}

/** Written aside and then linked into place: nobody ever reads half of it, and of two processes one makes it. */
async function makeKey(file: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(aside, `${randomBytes(BYTES).toString("hex")}\n`, { flag: "wx", mode: 0o600 });
    await link(aside, file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    if (code !== "EEXIST")
      throw new ConfigError(
        "unreadable",
        `The key that secrets are sealed with cannot be written to ${file} (${code}). Make its folder writable for this user, name another file with HEADWAY_KEY_FILE, or give a key in HEADWAY_KEY. ${MAKE_ONE}`,
        error,
      );
  } finally {
    await rm(aside, { force: true }).catch(() => undefined);
  }
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new ConfigError(
      "unreadable",
      `${file} cannot be read (${code}), and it holds the key of what is sealed. Make it readable for this user, and for nobody else.`,
      error,
    );
  }
}

/** What is empty was not set. */
function text(env: NodeJS.ProcessEnv, name: string): string | null {
  const found = env[name]?.trim();
  return found === undefined || found === "" ? null : found;
}
