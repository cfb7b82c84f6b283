/** What will happen, in the order of time. Nothing that happens can change anything before it, so more time only adds to the end. */
import type { Instant } from "#metrics/time.ts";
import { SECOND } from "#metrics/time.ts";

type Act = (at: Instant) => void;

interface Entry {
  readonly at: Instant;
  /** What was planned first comes first, of two at the same instant. */
  readonly turn: number;
  readonly act: Act;
}

export class Agenda {
  /** A heap: each entry comes before the two below it. */
  readonly #entries: Entry[] = [];
  #turn = 0;
  #now = -Infinity;

  /** Hosts tell whole seconds. What was planned for the past happens now. */
  plan(at: Instant, act: Act): void {
    const whole = Math.max(this.#now, Math.floor(at / SECOND) * SECOND);
    this.#entries.push({ at: whole, turn: (this.#turn += 1), act });
    this.#rise(this.#entries.length - 1);
  }

  /** Lets everything happen that comes at or before an instant. */
  runUntil(until: Instant): void {
    for (let next = this.#entries[0]; next !== undefined && next.at <= until; next = this.#entries[0]) {
      this.#takeFirst();
      this.#now = next.at;
      next.act(next.at);
    }
  }

  #takeFirst(): void {
    const last = this.#entries.pop();
    if (last === undefined || this.#entries.length === 0) return;
    this.#entries[0] = last;
    this.#sink(0);
  }

  #rise(from: number): void {
    for (let index = from; index > 0;) {
      const above = (index - 1) >> 1;
      if (!this.#swapIfLater(above, index)) return;
      index = above;
    }
  }

  #sink(from: number): void {
    for (let index = from; ;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const below = this.#isBefore(right, left) ? right : left;
      if (!this.#swapIfLater(index, below)) return;
      index = below;
    }
  }

  /** @returns whether they were in the wrong order. */
  #swapIfLater(above: number, below: number): boolean {
    const [upper, lower] = [this.#entries[above], this.#entries[below]];
    if (upper === undefined || lower === undefined || !this.#isBefore(below, above)) return false;
    this.#entries[above] = lower;
    this.#entries[below] = upper;
    return true;
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#entries[one], this.#entries[other]];
    if (a === undefined || b === undefined) return false;
    return a.at < b.at || (a.at === b.at && a.turn < b.turn);
  }
}
