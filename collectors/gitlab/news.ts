/** What is new of one kind since a watermark, and what was not final then. */
import type { Instant } from "#metrics/time.ts";
import { DAY, MINUTE } from "#metrics/time.ts";
import type { Updated } from "./client.ts";
import type { Watermark } from "./cursor.ts";
import { looksOf } from "./looks.ts";
import { updatedSince } from "./paging.ts";
import type { Lister } from "./paging.ts";

export interface Listed {
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

export interface Kind<Item extends Listed> {
  readonly list: (filter: Updated) => Lister<Item>;
  readonly id: (item: Item) => number;
  readonly isFinal: (item: Item) => boolean;
  /** Asks for one that was not final; `null` when it no longer exists. */
  readonly one: (id: number) => Promise<Item | null>;
}

export interface News<Item> {
  readonly items: readonly Item[];
  /** Those that were not final and are no longer there. */
  readonly gone: readonly number[];
  readonly watermark: Watermark;
  readonly done: number | null;
}

/** Updates that were being stored while others were already shown carry an older instant. */
const OVERLAP = 5 * MINUTE;
/** What is not final for longer has been forgotten by everyone; should it change after all, the list of updates says so. */
const PATIENCE = 30 * DAY;
const ASKED_ONE_BY_ONE = 5;

export async function* news<Item extends Listed>(kind: Kind<Item>, before: Watermark): AsyncGenerator<News<Item>> {
  const since = before.at === null ? null : before.at - OVERLAP;
  const met = new Set<number>();
  let watermark = before;
  let all: number | null = null;
  for await (const { items, left } of updatedSince(kind.list, since, kind.id)) {
    const fresh = unseen(items, watermark, kind);
    for (const item of items) met.add(kind.id(item));
    watermark = advanced(watermark, items, kind);
    all ??= left;
    const done = all === null ? null : Math.min(1, met.size / all);
    if (fresh.length > 0) yield { items: fresh, gone: [], watermark, done };
  }
  const unmet = watermark.pending.filter(([id]) => !met.has(id)).slice(-ASKED_ONE_BY_ONE);
  for (const [id] of unmet) {
    const item = await kind.one(id);
    if (item === null) {
      watermark = { ...watermark, pending: watermark.pending.filter(([other]) => other !== id) };
      yield { items: [], gone: [id], watermark, done: 1 };
    } else if (unseen([item], watermark, kind).length > 0) {
      watermark = { ...advanced(watermark, [item], kind), at: watermark.at };
      yield { items: [item], gone: [], watermark, done: 1 };
    }
  }
}

/** Hosts say that something is merged or finished a moment after they updated it, so its looks count and not the instant alone. */
function unseen<Item extends Listed>(items: readonly Item[], { recent }: Watermark, { id }: Kind<Item>): Item[] {
  const known = new Map(recent.map(([each, , looks]) => [each, looks]));
  return items.filter((item) => {
    const looks = known.get(id(item));
    return looks === undefined || looks !== looksOf(item);
  });
}

export function advanced<Item extends Listed>(before: Watermark, items: readonly Item[], kind: Kind<Item>): Watermark {
  if (items.length === 0) return before;
  const at = Math.max(before.at ?? 0, ...items.map(({ updated_at }) => updated_at));
  const recent = new Map(before.recent.map((each) => [each[0], each]));
  const pending = new Map(before.pending);
  for (const item of items) {
    const id = kind.id(item);
    recent.set(id, [id, item.updated_at, looksOf(item)]);
    if (kind.isFinal(item)) pending.delete(id);
    else pending.set(id, item.created_at);
  }
  const waiting = [...pending].filter(([, createdAt]) => createdAt >= at - PATIENCE);
  const asked = new Set(waiting.map(([id]) => id));
  return {
    at,
    recent: [...recent.values()].filter(([id, updatedAt]) => updatedAt >= at - OVERLAP || asked.has(id)),
    pending: waiting,
  };
}
