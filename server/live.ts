/** What happens at this moment, for whoever watches: which sources are being collected, how far, and what they wait for. */
import type { Limit } from "#collectors/polite/limits.ts";
import type { Wait } from "#collectors/polite/index.ts";
import type { Instant } from "#metrics/time.ts";

export interface Activity {
  readonly startedAt: Instant;
  /** 0 to 1, when it can be known. */
  readonly progress: number | null;
  readonly events: number;
}

/** What a host said last of its limit. */
export interface Left {
  readonly requests: number;
  readonly of: number;
  readonly resetAt: Instant;
}

/** @public One source at this moment. */
export interface SourceLife {
  /** `null` when it is not being collected. */
  readonly activity: Activity | null;
  readonly waiting: Wait | null;
  readonly left: Left | null;
  /** Requests since its collection began. */
  readonly requests: number;
  /** It is collected for the first time, or was, and not all that came in is derived yet. */
  readonly isFirst: boolean;
}

const ASLEEP: SourceLife = { activity: null, waiting: null, left: null, requests: 0, isFirst: false };

export class Live {
  readonly #sources = new Map<string, SourceLife>();
  /** What each of a host's counters said last, by source. */
  readonly #counters = new Map<string, Map<string, Left>>();
  readonly #watchers = new Set<() => void>();
  #revision = 0;

  /** Another one after everything that happened. */
  get revision(): number {
    return this.#revision;
  }

  of(source: string): SourceLife {
    return this.#sources.get(source) ?? ASLEEP;
  }

  begin(source: string, startedAt: Instant, isFirst: boolean): void {
    this.#set(source, { activity: { startedAt, progress: null, events: 0 }, waiting: null, requests: 0, isFirst });
  }

  advance(source: string, progress: number | null, events: number): void {
    const { activity } = this.of(source);
    if (activity !== null) this.#set(source, { activity: { ...activity, progress, events } });
  }

  wait(source: string, waiting: Wait | null): void {
    this.#set(source, { waiting });
  }

  /** An answer came, and perhaps with it what is left of the host's limit. */
  answered(source: string, limit: Limit | null): void {
    const counters = this.#counters.get(source) ?? new Map<string, Left>();
    if (limit !== null)
      counters.set(limit.resource, { requests: limit.remaining, of: limit.limit, resetAt: limit.resetAt });
    this.#counters.set(source, counters);
    this.#set(source, { requests: this.of(source).requests + 1, left: scarcest(counters.values()) });
  }

  end(source: string): void {
    this.#set(source, { activity: null, waiting: null });
  }

  /** All that was collected is derived, as far as it will be before the next sync. */
  settle(): void {
    for (const [source, life] of this.#sources) this.#sources.set(source, { ...life, isFirst: false });
    this.tell();
  }

  /** Something changed that is not about one source, such as the list of them. */
  tell(): void {
    this.#revision++;
    for (const watcher of this.#watchers) watcher();
  }

  /** @returns how to stop watching. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  #set(source: string, change: Partial<SourceLife>): void {
    this.#sources.set(source, { ...this.of(source), ...change });
    this.tell();
  }
}

/** Hosts count several things; the one that will be used up first is the one to know of. */
function scarcest(counters: Iterable<Left>): Left | null {
  const [first = null] = [...counters].sort((a, b) => a.requests / a.of - b.requests / b.of);
  return first;
}
