/**
 * What a statement must not hold itself, it holds as a hash: of a salt, a line break and the text. The salt stays here, so that nobody who has the statement alone can
 * guess a short text; whoever is told the text and the salt can check that it is the one.
 */
import { randomBytes } from "node:crypto";
import { hashOf } from "./hash.ts";
import type { Store } from "./store/store.ts";

export function evidenceSubject(line: number, step: number): string {
  return `evidence ${line} ${step}`;
}

export function signerSubject(record: string): string {
  return `signer ${record}`;
}

/** SHA-256, hexadecimal. */
export function sealOf(salt: string, text: string): string {
  return hashOf(`${salt}\n${text}`);
}

/** The hash by which each of some subjects is known, whoever asks and however often; a salt is made where there is none yet. */
export async function sealing(
  store: Store,
  subjects: readonly string[],
): Promise<(subject: string, text: string) => string> {
  const known = await store.seals();
  const missing = subjects.filter((subject) => !known.has(subject));
  await store.addSeals(new Map(missing.map((subject) => [subject, randomBytes(16).toString("hex")])));
  const salts = missing.length === 0 ? known : await store.seals();
  return (subject, text) => sealOf(salts.get(subject) ?? "", text);
}

export interface Seal {
  readonly salt: string;
  readonly hash: string;
}

/** How statements know a text; `null` while none needed to. */
export function sealIn(salts: ReadonlyMap<string, string>, subject: string, text: string): Seal | null {
  const salt = salts.get(subject);
  return salt === undefined ? null : { salt, hash: sealOf(salt, text) };
}
