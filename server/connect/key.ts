/** The private key of a GitHub App: read by this program from the file that GitHub gave out, so that no browser ever has it. */
import { createPrivateKey } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { BadRequest } from "../answers/problem.ts";

/** No key is longer; whatever else somebody names is not read to its end. */
const MOST_BYTES = 20_000;

const ANOTHER = "Create a private key in the app's settings, and name the .pem file that GitHub gives you.";

/**
 * The text of the key in a file of this machine. Nothing of what the file holds is ever said.
 *
 * @throws BadRequest when it holds none.
 */
export async function keyIn(file: string, cwd: string): Promise<string> {
  const path = resolve(cwd, file.trim().replace(/^~(?=\/|$)/, homedir()));
  return usableKey(await textOf(path), path);
}

/**
 * The key on one line, as it stands in an environment: its line breaks are written `\n`.
 *
 * @param text as in the file, or already on one line.
 * @param where it comes from, for the sentence that refuses it.
 * @throws BadRequest when it is no private key.
 */
export function usableKey(text: string, where: string): string {
  const pem = text
    .replaceAll(String.raw`\n`, "\n")
    .replaceAll("\r", "")
    .trim();
  if (/ENCRYPTED/.test(pem))
    throw new BadRequest(`The key in ${where} is locked with a passphrase, which Headway does not have. ${ANOTHER}`);
  if (!/^-----BEGIN (RSA )?PRIVATE KEY-----\n/.test(pem))
    throw new BadRequest(`${where} holds no private key: it begins otherwise than GitHub's .pem files. ${ANOTHER}`);
  if (!isKey(pem))
    throw new BadRequest(
      `The private key in ${where} is damaged, or only a part of one: nobody can sign with it. ${ANOTHER}`,
    );
  return pem.replaceAll("\n", String.raw`\n`);
}

function isKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

async function textOf(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw new BadRequest(`${path} is too large for a private key. ${ANOTHER}`);
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof BadRequest) throw error;
    throw new BadRequest(
      `${path} cannot be read, so the app has no key: ${reasonOf(error)}. The file must be on the machine on which Headway runs, and this user must be allowed to read it.`,
    );
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder";
    case "EACCES":
    case "EPERM":
      return "this user may not read it";
    default:
      return code;
  }
}
