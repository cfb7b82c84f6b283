/** How often somebody may ask: a bucket that fills with time. */
import type { Instant } from "#metrics/time.ts";
import { MINUTE, SECOND } from "#metrics/time.ts";

/** More callers than this are forgotten: the fullest buckets are those that matter least. */
const MOST = 1000;

export class Pace {
  readonly #perMinute: number;
  readonly #now: () => Instant;
  readonly #buckets = new Map<string, { left: number; at: Instant }>();

  constructor(perMinute: number, now: () => Instant = Date.now) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Takes one of a caller's turns. @returns seconds until there is one again; 0 when there was. */
  take(caller: string): number {
    const now = this.#now();
    const { left, at } = this.#buckets.get(caller) ?? { left: this.#perMinute, at: now };
    const filled = Math.min(this.#perMinute, left + (Math.max(0, now - at) * this.#perMinute) / MINUTE);
    const taken = filled >= 1;
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { left: taken ? filled - 1 : filled, at: now });
    if (this.#buckets.size > MOST) this.#buckets.delete(this.#buckets.keys().next().value ?? caller);
    return taken ? 0 : Math.ceil(((1 - filled) * MINUTE) / this.#perMinute / SECOND);
  }
}
