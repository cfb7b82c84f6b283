/** Statements are signed (Ed25519), so that whoever was given the public key once knows that a pack is this installation's. */
import type { KeyObject } from "node:crypto";
import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { join } from "node:path";
import { openKeyFile } from "../key-file.ts";

/** What comes before the 32 bytes of a key in PKCS #8 (RFC 8410, section 7) and in SubjectPublicKeyInfo (section 4). */
const PRIVATE = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC = Buffer.from("302a300506032b6570032100", "hex");

const WHAT = {
  purpose: "that statements are signed with",
  loss: "statements are then signed with another key, of which everybody who checks them must be told",
};

export interface Signer {
  /** 64 hexadecimal digits, for everybody to see. */
  readonly publicKey: string;
  /** In base64. */
  readonly sign: (text: string) => string;
}

export function statementKeyFile(dataFolder: string): string {
  return join(dataFolder, "statement.key");
}

/** @throws StoreError when the file holds no key; ConfigError when it is sealed with a key that is not there. */
export async function openSigner(dataFolder: string, env: NodeJS.ProcessEnv): Promise<Signer> {
  const seed = await openKeyFile(statementKeyFile(dataFolder), env, WHAT);
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key)
    .export({ format: "der", type: "spki" })
    .subarray(PUBLIC.length)
    .toString("hex");
  return { publicKey, sign: (text) => sign(null, Buffer.from(text), key).toString("base64") };
}

export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const [key, bytes] = [publicKeyOf(publicKey), Buffer.from(signature, "base64")];
  // Written otherwise, the same signature would give the same statement another hash.
  return key !== null && bytes.toString("base64") === signature && verify(null, Buffer.from(text), key, bytes);
}

/** `null` of what is no key. */
function publicKeyOf(text: string): KeyObject | null {
  if (!/^[0-9a-f]{64}$/.test(text)) return null;
  return createPublicKey({ key: Buffer.concat([PUBLIC, Buffer.from(text, "hex")]), format: "der", type: "spki" });
}

/** By which people compare two keys aloud: the first 16 digits of the SHA-256 of it. */
export function fingerprint(publicKey: string): string {
  const digits = createHash("sha256").update(publicKey).digest("hex").slice(0, 16);
  return digits.replaceAll(/(.{4})(?=.)/g, "$1 ");
}
