/** Whether what was answered before is still true: one look at the database, which all who ask meanwhile share. */
import type { Config } from "#config/schema.ts";
import { dateOf } from "#metrics/calendar.ts";
import { SECOND } from "#metrics/time.ts";
import type { Installation } from "./installation.ts";
import { sourceKeys } from "./installation.ts";
import { Shared } from "./store/shared.ts";

/** What answers rest on, each another text when they may be others. */
export interface Seen {
  /** Of answers made of facts: they hold until a fact or a decision changes, a source has been looked at again, or the day ends. */
  readonly settled: string;
  /** Of answers that tell what is going on: they hold while nothing at all happens, here or in the database, and for a second at most. */
  readonly fleeting: string;
  readonly config: Config;
}

export class Watch {
  readonly #installation: Installation;
  readonly #shared = new Shared(async () => this.#see());
  /** What was seen of the facts last, and at which change of the database. */
  #stamp: { readonly change: string; readonly config: Config; readonly text: string } | null = null;

  constructor(installation: Installation) {
    this.#installation = installation;
  }

  async look(): Promise<Seen> {
    return this.#shared.look();
  }

  async #see(): Promise<Seen> {
    const { config, live, now, store } = this.#installation;
    const change = await store.change();
    if (this.#stamp?.change !== change || this.#stamp.config !== config)
      this.#stamp = { change, config, text: await store.stamp(sourceKeys(this.#installation)) };
    const at = now();
    return {
      settled: `${this.#stamp.text} ${dateOf(at, config.timezone)}`,
      fleeting: `${change} ${live.revision} ${Math.floor(at / SECOND)}`,
      config,
    };
  }
}
