/** Tokens and apps that were checked and not saved yet. The browser gives a token once and then speaks of it by a name. */
import { randomUUID } from "node:crypto";
import type { Credentials, TokenHost } from "#collectors/index.ts";
import type { Probed } from "#collectors/probe.ts";
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";

export interface Held {
  readonly host: TokenHost;
  readonly url: string;
  readonly credentials: Credentials;
  /** The environment variable that holds the token or the key; `null` where it must be saved. */
  readonly variable: string | null;
  readonly probed: Probed;
}

const HALF_AN_HOUR = 30 * MINUTE;
const MOST = 20;

export class HeldTokens {
  readonly #now: () => Instant;
  readonly #tokens = new Map<string, Held & { readonly until: Instant }>();

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /** @returns its name. */
  hold(held: Held): string {
    const name = randomUUID();
    this.#tokens.set(name, { ...held, until: this.#now() + HALF_AN_HOUR });
    for (const oldest of this.#tokens.keys()) if (this.#tokens.size > MOST) this.#tokens.delete(oldest);
    return name;
  }

  of(name: string): Held | null {
    const found = this.#tokens.get(name);
    if (found === undefined || found.until > this.#now()) return found ?? null;
    this.#tokens.delete(name);
    return null;
  }

  forget(name: string): void {
    this.#tokens.delete(name);
  }
}

/** What must not be known to anybody: the token, or the key of the app. */
export function secretOf({ credentials }: Held): string {
  return "app" in credentials ? credentials.app.privateKey : credentials.token;
}
