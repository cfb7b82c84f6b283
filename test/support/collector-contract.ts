/** What every collector promises, whatever its host. Its test gives it a world: a host with a history of some batches. */
import { expect, it } from "vitest";
import type { Batch, Collector, Cursor } from "#collectors/collector.ts";
import type { DeliveryEvent } from "#metrics/events.ts";

export interface World {
  /** A collector over the world as it is now, with batches small enough that there are several. */
  readonly collector: () => Collector;
  /** Something happens there: things are new, changed and gone. */
  readonly change: () => void | Promise<void>;
}

export function keepsTheCollectorContract(make: () => World | Promise<World>): void {
  it("yields the same events under the same ids when it collects twice", async () => {
    const { collector } = await make();

    const [once, twice] = [await fromTheBeginning(collector()), await fromTheBeginning(collector())];

    expect(once.events.size).toBeGreaterThan(0);
    expect(twice.events).toEqual(once.events);
    expect(collector().source).toBe(collector().source);
  });

  it("yields events of its own source only, each with a repository and an id", async () => {
    const { collector } = await make();

    const { events } = await fromTheBeginning(collector());

    const sources = new Set([...events.values()].map(({ source }) => source));
    const names = [...events.values()].flatMap(({ repository, id }) => [repository, id]);
    expect(sources).toEqual(new Set([collector().source]));
    expect(names).not.toContain("");
  });

  it("yields several batches, of which the last one carries a bookmark", async () => {
    const { collector } = await make();

    const batches = await allBatches(collector(), null);

    expect(batches.length).toBeGreaterThan(2);
    expect(batches.at(-1)?.cursor).toEqual(expect.any(String));
  });

  it("yields no event after everything was collected", async () => {
    const { collector } = await make();
    const { cursor } = await fromTheBeginning(collector());

    const batches = await allBatches(collector(), cursor);

    expect(batches.flatMap(({ events, removed }) => [...events, ...removed])).toEqual([]);
  });

  it("loses nothing when it is stopped after any batch and resumed", async () => {
    const { collector } = await make();
    const whole = await fromTheBeginning(collector());

    for (let stop = 0; stop <= whole.batches; stop++) {
      const known = new Known();
      await known.take(collector(), stop);
      await known.take(collector());
      expect(known.events).toEqual(whole.events);
    }
  });

  it("finds what happened since, as if it had collected from the beginning", async () => {
    const { collector, change } = await make();
    const known = await fromTheBeginning(collector());

    await change();
    await known.take(collector());

    const fresh = await fromTheBeginning(collector());
    expect(known.without(leftBehind(known, fresh))).toEqual(fresh.events);
  });

  it("finds what happened since even when it is stopped after any batch and resumed", async () => {
    const { collector, change } = await make();
    const first = await fromTheBeginning(collector());
    await change();
    const fresh = await fromTheBeginning(collector());

    for (let stop = 0; stop <= fresh.batches; stop++) {
      const known = new Known(first);
      await known.take(collector(), stop);
      await known.take(collector());
      expect(known.without(leftBehind(known, fresh))).toEqual(fresh.events);
    }
  });

  it("yields nothing once it was told to stop", async () => {
    const { collector } = await make();

    await expect(allBatches(collector(), null, AbortSignal.abort(new Error("stop")))).rejects.toThrow("stop");
  });

  it("stops between two batches when it is told to", async () => {
    const { collector } = await make();
    const controller = new AbortController();
    const batches: Batch[] = [];

    const collecting = (async () => {
      for await (const batch of collector().collect(null, controller.signal)) {
        batches.push(batch);
        controller.abort(new Error("stop"));
      }
    })();

    await expect(collecting).rejects.toThrow("stop");
    expect(batches).toHaveLength(1);
  });
}

/** What a store would know: the latest of every event, and the bookmark. */
export class Known {
  readonly events: Map<string, DeliveryEvent>;
  /** By themselves: what files there are is asked of hosts once a day, or a week, so that whoever goes on may know those of yesterday. */
  readonly layouts: Map<string, DeliveryEvent>;
  cursor: Cursor | null;
  batches = 0;

  constructor(before: Known | null = null) {
    this.events = new Map(before?.events);
    this.layouts = new Map(before?.layouts);
    this.cursor = before?.cursor ?? null;
  }

  /** Collects from its bookmark on, at most so many batches. */
  async take(collector: Collector, limit = Infinity): Promise<this> {
    let taken = 0;
    if (taken === limit) return this;
    for await (const batch of collector.collect(this.cursor, never())) {
      this.save(batch);
      if (++taken === limit) break;
    }
    this.batches = taken;
    return this;
  }

  save({ events, removed, cursor }: Batch): void {
    for (const event of events) (event.kind === "layout" ? this.layouts : this.events).set(key(event), event);
    for (const removal of removed) this.events.delete(key(removal));
    this.cursor = cursor ?? this.cursor;
  }

  without(keys: ReadonlySet<string>): Map<string, DeliveryEvent> {
    return new Map([...this.events].filter(([name]) => !keys.has(name)));
  }
}

export async function allBatches(collector: Collector, cursor: Cursor | null, signal = never()): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of collector.collect(cursor, signal)) batches.push(batch);
  return batches;
}

export async function fromTheBeginning(collector: Collector): Promise<Known> {
  return await new Known().take(collector);
}

/**
 * Commits that nothing leads to any more, as after a force-push: hosts do not report them as deleted, and facts, which
 * are walks from heads and tags, never meet them. Nothing else may be left behind.
 */
export function leftBehind(known: Known, fresh: Known): Set<string> {
  const commits = [...known.events].filter(([name, { kind }]) => kind === "commit" && !fresh.events.has(name));
  return new Set(commits.map(([name]) => name));
}

function key({ kind, repository, id }: { kind: string; repository: string; id: string }): string {
  return `${kind} ${repository} ${id}`;
}

function never(): AbortSignal {
  return new AbortController().signal;
}
