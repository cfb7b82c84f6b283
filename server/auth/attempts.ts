/**
 * Logins that were begun and went to the provider. What must be the same when somebody comes back lies in their browser, sealed, so that
 * any process of an installation can take them up again; each can be taken up once.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";

/** Long enough to find one's phone. */
export const GOOD_FOR = 10 * MINUTE;
/** More are not remembered as taken; the provider takes no code twice either. */
const MOST = 10_000;

const Attempt = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Where in the dashboard somebody wanted to be. */
  to: z.string(),
  until: z.number(),
});
export type Attempt = z.output<typeof Attempt>;

const IV = 12;
const TAG = 16;

export class Attempts {
  readonly #now: () => Instant;
  readonly #key: Buffer;
  readonly #taken = new Set<string>();

  /** @param secret known to all processes of the installation; `null`: only this one takes up what it began. */
  constructor(now: () => Instant, secret: string | null) {
    this.#now = now;
    this.#key =
      secret === null ? randomBytes(32) : Buffer.from(hkdfSync("sha256", secret, "", "headway login attempt", 32));
  }

  seal(attempt: Omit<Attempt, "until">): { readonly sealed: string; readonly until: Instant } {
    const until = this.#now() + GOOD_FOR;
    const iv = randomBytes(IV);
    const cipher = createCipheriv("aes-256-gcm", this.#key, iv);
    const text = Buffer.concat([cipher.update(JSON.stringify({ ...attempt, until }), "utf8"), cipher.final()]);
    return { sealed: Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64url"), until };
  }

  /** @returns `null` for one that is none of ours, too old, or was taken up before. */
  take(sealed: string): Attempt | null {
    const attempt = this.#open(Buffer.from(sealed, "base64url"));
    if (attempt === null || attempt.until <= this.#now()) return null;
    const id = createHash("sha256").update(attempt.state).digest("base64url");
    if (this.#taken.has(id)) return null;
    this.#taken.add(id);
    for (const oldest of this.#taken) if (this.#taken.size > MOST) this.#taken.delete(oldest);
    return attempt;
  }

  #open(bytes: Buffer): Attempt | null {
    if (bytes.length <= IV + TAG) return null;
    try {
      const decipher = createDecipheriv("aes-256-gcm", this.#key, bytes.subarray(0, IV), { authTagLength: TAG });
      decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
      const text = Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]);
      return Attempt.parse(JSON.parse(text.toString("utf8")));
    } catch {
      return null; // sealed by another key, or changed
    }
  }
}
