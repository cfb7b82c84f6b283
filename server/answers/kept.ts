/** What several answers rest on and takes long: made once as long as nothing that it rests on may be another. */
import type { Config } from "#config/schema.ts";
import { dateOf } from "#metrics/calendar.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import type { Store } from "../store/store.ts";

/** Of one installation; those made first go first. */
const MOST = 32;

interface Made<Thing> {
  readonly stamp: string;
  readonly config: Config;
  readonly thing: Promise<Thing>;
}

/** It holds as answers do that are sent again as they were: until a fact or a decision changes, a source has been looked at again, or the day ends. Reviews are no part of it. */
export class Kept<Thing> {
  readonly #made = new WeakMap<Store, Map<string, Made<Thing>>>();

  /** Once, also when many ask at the same time. What failed is tried again. */
  async of(installation: Installation, question: object, make: () => Promise<Thing>): Promise<Thing> {
    const { store, config, now } = installation;
    const stamp = `${await store.ground(sourceKeys(installation))} ${dateOf(now(), config.timezone)}`;
    const known = this.#made.get(store) ?? new Map<string, Made<Thing>>();
    this.#made.set(store, known);
    const key = JSON.stringify(question);
    const before = known.get(key);
    if (before?.stamp === stamp && before.config === config) return before.thing;
    const made: Made<Thing> = { stamp, config, thing: make() };
    known.delete(key);
    known.set(key, made);
    made.thing.catch(() => known.get(key) === made && known.delete(key));
    for (const first of known.keys()) if (known.size > MOST) known.delete(first);
    return made.thing;
  }
}
