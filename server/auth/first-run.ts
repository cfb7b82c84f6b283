/** The code with which somebody who sees the terminal becomes the first administrator. */
import { randomInt, timingSafeEqual } from "node:crypto";
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";
import { hashOf } from "../hash.ts";

const GOOD_FOR = 15 * MINUTE;
/** Then another one has to be asked for. */
const MOST_TRIES = 5;
/** Without those that look alike. */
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH = 12;

export class FirstRun {
  readonly #now: () => Instant;
  readonly #announce: (line: string) => void;
  #pending: { readonly hash: string; readonly expiresAt: Instant; tries: number } | null = null;

  /** @param announce prints where only those see it who run Headway. */
  constructor(now: () => Instant, announce: (line: string) => void) {
    this.#now = now;
    this.#announce = announce;
  }

  /** Prints another code; one from before is good for nothing any more. @returns until when it is good. */
  begin(): Instant {
    const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
    const expiresAt = this.#now() + GOOD_FOR;
    this.#pending = { hash: hashOf(letters), expiresAt, tries: 0 };
    const shown = letters.match(/.{4}/g)?.join("-") ?? letters;
    this.#announce(`the code for the first administrator, good for 15 minutes and for one use: ${shown}`);
    return expiresAt;
  }

  /** Whether it is the code; a wrong one may be tried four times more. */
  isCode(code: string): boolean {
    const pending = this.#pending;
    if (pending === null || pending.expiresAt <= this.#now()) return false;
    const given = code.toUpperCase().replace(/[^A-Z0-9]/g, "");
    const isIt = timingSafeEqual(Buffer.from(pending.hash), Buffer.from(hashOf(given)));
    if (!isIt && ++pending.tries >= MOST_TRIES) this.#pending = null;
    return isIt;
  }

  /** It was used. */
  end(): void {
    this.#pending = null;
  }
}
