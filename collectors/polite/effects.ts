/** What waiting, chance and the network are made of; tests pass their own. */
import { setTimeout as pause } from "node:timers/promises";
import type { Instant } from "#metrics/time.ts";
import { reaching } from "./reach.ts";

export interface Effects {
  readonly fetch: typeof fetch;
  readonly now: () => Instant;
  /** Rejects at once when the signal aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** At least 0 and less than 1. */
  readonly random: () => number;
}

/** Node's timers hold at most this many milliseconds (24.8 days); a longer one would fire at once. */
const LONGEST = 2 ** 31 - 1;

export const realEffects: Effects = {
  fetch: reaching(),
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    signal.throwIfAborted();
    try {
      await pause(Math.min(milliseconds, LONGEST), undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
  random: () => Math.random(),
};
