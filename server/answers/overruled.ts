/** The deployments of a window that somebody said failed, or did not. */
import { isDuring } from "#metrics/scopes.ts";
import type { Window } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import type { Store } from "../store/store.ts";
import type { OwnedPlace } from "./columns.ts";
import type { Judged } from "./judged.ts";

/** Of some services, each in its times: how many. */
export async function overruledIn(
  store: Store,
  judged: Judged,
  places: readonly OwnedPlace[],
  window: Window,
): Promise<number> {
  let count = 0;
  for (const { service, subject } of judged.overrides) {
    if (subject === null) continue;
    for (const place of places.filter((one) => one.service === service)) {
      const at = (await store.findSubject(place.serviceId, "deployment", subject)) ?? null;
      if (within(at, window) && isDuring(at, place.times)) count += 1;
    }
  }
  return count;
}
