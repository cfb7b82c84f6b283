/** Passwords: scrypt with a salt for each, off the loop, and never more than two at once, since each takes 128 MB. */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { ScryptOptions } from "node:crypto";
import { BadRequest, Refused } from "../answers/problem.ts";
import { keyOf } from "../store/members.ts";

/** OWASP's, of its cheat sheet on the storage of passwords. Kept with each hash, so that others can follow. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const SHORTEST = 12;
const LONGEST = 1000;

const AT_ONCE = 2;
/** Who comes when so many wait is sent away. */
const MOST_WAITING = 16;

/** @throws BadRequest saying what is asked of a password. */
export function refuseWeak(password: string, name: string): void {
  const { length } = Array.from(password.normalize("NFKC"));
  if (length < SHORTEST)
    throw new BadRequest(
      `A password has at least ${SHORTEST} characters; this one has ${length}. A few words in a row are a good one.`,
    );
  if (length > LONGEST) throw new BadRequest(`A password has at most ${LONGEST} characters.`);
  if (keyOf(password) === keyOf(name)) throw new BadRequest("The password is the name. Choose another password.");
}

/** `scrypt$131072$8$1$SALT$KEY`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return textOf(salt, await inTurn(async () => derive(password, salt, KEY_BYTES, COST)));
}

/** Takes as long whether there is such a user or not. @param hash `null`: nobody has this password. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = (hash ?? NOBODYS).split("$");
  const [kind, N, r, p, salt = "", key = ""] = parts;
  if (kind !== "scrypt") return false;
  const known = Buffer.from(key, "base64url");
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const found = await inTurn(async () => derive(password, Buffer.from(salt, "base64url"), known.length, cost));
  return timingSafeEqual(known, found) && hash !== null;
}

/** Of no password that anybody knows, as costly to try as the others. */
const NOBODYS = textOf(randomBytes(SALT_BYTES), randomBytes(KEY_BYTES));

function textOf(salt: Buffer, key: Buffer): string {
  const { N, r, p } = COST;
  return ["scrypt", N, r, p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

async function derive(
  password: string,
  salt: Buffer,
  bytes: number,
  cost: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, bytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

let running = 0;
const waiting: (() => void)[] = [];

/** @throws Refused when too many wait already. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING)
      throw new Refused(503, "Too many log in at once", "Too many log in at this moment. Try again in a few seconds.");
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}
