/** Webhooks come in bursts: the sources they are about are synced once, soon after. The schedule goes on as if there were none. */
import type { Instant } from "#metrics/time.ts";
import { SECOND } from "#metrics/time.ts";

/** Called with the key of a source that has news. */
export type Nudge = (source: string) => void;

/** Waits for some time, and can be stopped from waiting. */
export type Timer = (milliseconds: number, ring: () => void) => () => void;

export interface NudgeEffects {
  readonly now?: () => Instant;
  readonly timer?: Timer;
}

const QUIET = 2 * SECOND;
/** Where it is never quiet, this much is enough. */
const PATIENCE = 10 * SECOND;

export class Nudges {
  readonly #sync: (sources: ReadonlySet<string>) => Promise<void>;
  readonly #now: () => Instant;
  readonly #timer: Timer;
  readonly #waiting = new Set<string>();
  #since: Instant | null = null;
  #cancel: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  /** @param sync brings some sources up to date; it is never called while it is under way. */
  constructor(sync: (sources: ReadonlySet<string>) => Promise<void>, effects: NudgeEffects = {}) {
    this.#sync = sync;
    this.#now = effects.now ?? Date.now;
    this.#timer = effects.timer ?? systemTimer;
  }

  readonly nudge: Nudge = (source) => {
    this.#waiting.add(source);
    this.#since ??= this.#now();
    this.#cancel();
    const left = Math.max(0, this.#since + PATIENCE - this.#now());
    this.#cancel = this.#timer(Math.min(QUIET, left), () => this.#begin());
  };

  /** Takes no more, and ends with what is under way. */
  async stop(): Promise<void> {
    this.#cancel();
    this.#waiting.clear();
    await this.#running;
  }

  #begin(): void {
    this.#since = null;
    this.#running = this.#running.then(async () => {
      const sources = new Set(this.#waiting);
      this.#waiting.clear();
      if (sources.size > 0) await this.#sync(sources);
    });
  }
}

const systemTimer: Timer = (milliseconds, ring) => {
  const timeout = setTimeout(ring, milliseconds);
  return () => clearTimeout(timeout);
};

/** Does one piece of work after the other: two syncs at a time would collect the same source twice. */
export function turns(): <Thing>(work: () => Promise<Thing>) => Promise<Thing> {
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
