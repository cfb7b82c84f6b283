/** Changes on their way, of many services, in pieces. */
import type { Opened, Passage } from "#metrics/flow/work.ts";
import type { Window } from "#metrics/time.ts";
import type { Place } from "../store/fact-rows.ts";
import type { Store } from "../store/store.ts";
import { Pace } from "./turns.ts";

/** Services that are read at once: some milliseconds of work. */
const AT_ONCE = 25;

/** Those that matter at an instant. */
export async function passages(
  store: Store,
  places: readonly Place[],
  asked: Parameters<Store["passages"]>[1],
): Promise<readonly Passage[]> {
  return inPieces(places, async (some) => store.passages(some, asked));
}

/** Those that were opened in a window. */
export async function openedIn(store: Store, places: readonly Place[], window: Window): Promise<readonly Passage[]> {
  return inPieces(places, async (some) => store.openedPassages(some, window));
}

async function inPieces(
  places: readonly Place[],
  read: (some: readonly Place[]) => Promise<readonly Passage[]>,
): Promise<readonly Passage[]> {
  const found: Passage[] = [];
  const pace = new Pace();
  for (let start = 0; start < places.length; start += AT_ONCE) {
    for (const one of await read(places.slice(start, start + AT_ONCE))) found.push(one);
    await pace.rest();
  }
  return found;
}

export type TitleOf = (change: Opened) => { readonly title: string; readonly url: string | null };

/** What is read in full is only what is shown. */
export async function titlesOf(store: Store, places: readonly Place[], shown: readonly Opened[]): Promise<TitleOf> {
  const ids = new Map<string, string[]>();
  for (const change of shown) ids.set(placeOf(change), [...(ids.get(placeOf(change)) ?? []), change.id]);
  const found = new Map<string, Awaited<ReturnType<Store["titles"]>>>();
  for (const place of places) {
    const wanted = ids.get(placeOf(place));
    if (wanted !== undefined) found.set(placeOf(place), await store.titles(place.serviceId, wanted));
  }
  return (change) => found.get(placeOf(change))?.get(change.id) ?? { title: change.id, url: null };
}

function placeOf({ source, service }: Pick<Opened, "source" | "service">): string {
  return `${source}\n${service}`;
}
