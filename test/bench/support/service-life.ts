/** The life of one service of a made-up organisation, told in the order of time. */
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR, MINUTE } from "#metrics/time.ts";
import { chanceFrom } from "./chance.ts";
import { Work } from "./work.ts";

export interface LifeOptions {
  readonly source: string;
  readonly repository: string;
  /** Tells its chances and its ids from those of other services. */
  readonly index: number;
  /** A Monday at midnight, UTC: people work from there, Monday to Friday from 8 to 18. */
  readonly start: Instant;
  /** Changes on a working day, on average. */
  readonly perDay: number;
}

const WORKDAY = 10 * HOUR;
/** A change is opened at most this long before it is merged, since nobody foresees more than that of what comes. */
const LEAD = 10 * DAY;

/** An event as its host knows it from an instant on. */
export interface Told {
  readonly at: Instant;
  readonly event: DeliveryEvent;
}

/** Goes forward and never back. The same options make the same life. */
export class ServiceLife {
  readonly #options: LifeOptions;
  readonly #work: Work;
  readonly #gap: () => number;
  #worked = 0;
  #lastAt: Instant;
  #pending: readonly Told[] = [];

  constructor(options: LifeOptions) {
    const chance = chanceFrom(options.index);
    this.#options = options;
    this.#work = new Work(options, chance);
    this.#gap = () => MINUTE + chance.long(WORKDAY / options.perDay);
    this.#lastAt = options.start;
  }

  /** What happened before an instant and was not told yet; of each event its latest version. */
  until(to: Instant): readonly DeliveryEvent[] {
    const pending = [...this.#pending];
    while (this.#lastAt < to + LEAD) {
      this.#worked += this.#gap();
      this.#lastAt = this.#workingTime(this.#worked);
      pending.push(...this.#work.change(this.#lastAt));
    }
    const latest = new Map<string, DeliveryEvent>();
    for (const { at, event } of pending) if (at < to) latest.set(`${event.kind} ${event.id}`, event);
    this.#pending = pending.filter(({ at }) => at >= to);
    return [...latest.values()];
  }

  #workingTime(worked: number): Instant {
    const days = Math.floor(worked / WORKDAY);
    return this.#options.start + (Math.floor(days / 5) * 7 + (days % 5)) * DAY + 8 * HOUR + (worked % WORKDAY);
  }
}
