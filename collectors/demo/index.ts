/**
 * A company that does not exist, told like any host: a seeded simulation whose truth is known.
 *
 * It lives until now. What has happened never changes: each thing draws its own chance, and nothing can change what was before it.
 */
import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { SECOND } from "#metrics/time.ts";
import { SORTS_VERSION } from "#metrics/layout/sorts.ts";
import type { Batch, Collector, Cursor } from "../collector.ts";
import type { PeopleContext } from "../people.ts";
import type { DemoOptions } from "./options.ts";
import { filesOf } from "./files.ts";
import { AHEAD, calendars, sceneOf } from "./scene.ts";
import { simulate } from "./simulate.ts";
import { EDITION, truthOf } from "./truth.ts";

export interface DemoContext extends PeopleContext {
  readonly now?: () => Instant;
}

export function demo(options: DemoOptions, { now = Date.now, pseudonym }: DemoContext): Collector {
  const { seed, since, years } = options;
  const source = `demo:${since}/${years}/${seed}/${EDITION}`;
  return {
    source,
    name: demoName(),
    collect: (cursor, signal) => collect(options, source, remembered(pseudonym), now(), cursor, signal),
  };
}

export function demoName(): string {
  return "Demo organisation";
}

function remembered(hide: (identity: string) => string): (identity: string) => string {
  const known = new Map<string, string>();
  return (identity) => {
    const hidden = known.get(identity) ?? hide(identity);
    known.set(identity, hidden);
    return hidden;
  };
}

/** So many services are told at once. */
const AT_ONCE = 4;

/** The past is lived through anew, service by service, and what is new of it is told. */
async function* collect(
  options: DemoOptions,
  source: string,
  hide: (identity: string) => string,
  now: Instant,
  cursor: Cursor | null,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const truth = truthOf(options);
  const daysOf = calendars(Date.parse(options.since), now + AHEAD);
  const until = Math.floor(now / SECOND) * SECOND;
  const bookmark = new Map(Object.entries(readBookmark(cursor)));
  for (let told = 0; told < truth.services.length; told += AT_ONCE) {
    signal.throwIfAborted();
    const events: DeliveryEvent[] = [];
    for (const service of truth.services.slice(told, told + AT_ONCE)) {
      const from = bookmark.get(service.name) ?? -Infinity;
      // A clock that was put back tells nothing that was told before.
      if (until <= from) continue;
      events.push(...simulate(sceneOf(truth, service, source, daysOf, hide), until).after(from));
      bookmark.set(service.name, until);
      const files = `files of ${service.name}`;
      if (bookmark.get(files) !== SORTS_VERSION) events.push(filesOf(service, truth, source));
      bookmark.set(files, SORTS_VERSION);
      await setImmediate();
    }
    const progress = Math.min(1, (told + AT_ONCE) / truth.services.length);
    const bookmarked = JSON.stringify(Object.fromEntries(bookmark));
    yield { events, removed: [], notices: [], cursor: bookmarked, progress };
  }
}

/** Per service, until when it was told; and by which rules its files were looked at. */
const Bookmark = z.record(z.string(), z.number());
type Bookmark = z.infer<typeof Bookmark>;

function readBookmark(cursor: Cursor | null): Bookmark {
  return cursor === null ? {} : Bookmark.parse(JSON.parse(cursor));
}
