/** How long somebody who failed to log in waits before the next try: longer each time, by account and by address. */
import type { Instant } from "#metrics/time.ts";
import { HOUR, MINUTE, SECOND } from "#metrics/time.ts";

/** Tries without a wait: people mistype, and a whole office may have one address. */
const FREE = { account: 5, address: 30 } as const;
/** An account is never locked for long by whoever tries at it; an address may be. */
const LONGEST = { account: MINUTE, address: 15 * MINUTE } as const;
/** Who tried nothing for so long begins anew. */
const FORGOTTEN = HOUR;
/** More are not remembered; those who tried longest ago go first. */
const MOST = 10_000;

type Kind = keyof typeof LONGEST;

interface Tries {
  readonly failed: number;
  readonly at: Instant;
}

export class Patience {
  readonly #now: () => Instant;
  readonly #tries = new Map<string, Tries>();

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /**
   * Takes a try of an account from an address, which counts as failed until {@link succeed}: many at once are many tries.
   *
   * @returns seconds until one may try again; 0 when this one may.
   */
  take(account: string, address: string): number {
    const wait = Math.max(this.#wait("account", account), this.#wait("address", address));
    if (wait > 0) return Math.ceil(wait / SECOND);
    for (const key of keys(account, address)) {
      const failed = (this.#known(key)?.failed ?? 0) + 1;
      this.#tries.delete(key);
      this.#tries.set(key, { failed, at: this.#now() });
    }
    while (this.#tries.size > MOST) this.#tries.delete(this.#tries.keys().next().value ?? "");
    return 0;
  }

  /** It was the right password. The address keeps its other tries: somebody's own account does not pay for those at others. */
  succeed(account: string, address: string): void {
    const [own, shared] = keys(account, address);
    this.#tries.delete(own);
    const tries = this.#known(shared);
    if (tries !== null) this.#tries.set(shared, { ...tries, failed: tries.failed - 1 });
  }

  #wait(kind: Kind, who: string): number {
    const tries = this.#known(`${kind} ${who}`);
    if (tries === null || tries.failed < FREE[kind]) return 0;
    const delay = Math.min(LONGEST[kind], SECOND * 2 ** (tries.failed - FREE[kind]));
    return Math.max(0, tries.at + delay - this.#now());
  }

  #known(key: string): Tries | null {
    const tries = this.#tries.get(key);
    return tries === undefined || tries.at < this.#now() - FORGOTTEN ? null : tries;
  }
}

function keys(account: string, address: string): readonly [string, string] {
  return [`account ${account}`, `address ${address}`];
}
