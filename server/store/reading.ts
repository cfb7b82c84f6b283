/** The database as a thread sees it that derives facts and leaves the writing to others. */
import type { History } from "#metrics/history.ts";
import type { Kysely } from "kysely";
import type { Derived } from "./difference.ts";
import type { Rewrite } from "./facts.ts";
import { rewriteOf } from "./facts.ts";
import { openAs } from "./opening.ts";
import type { PushedNames } from "./pushes.ts";
import { historyOf, joinPushed } from "./pushes.ts";
import type { Schema } from "./schema.ts";
import type { RepositoryRecord } from "./services.ts";

/** Errors are the driver's own: the store translates them. */
export class Reading {
  readonly #db: Kysely<Schema>;

  /** Of a database that a store has open. Nothing is opened before something is asked. */
  constructor(path: string) {
    this.#db = openAs(path, "thread");
  }

  async history(record: RepositoryRecord): Promise<History | null> {
    return historyOf(this.#db, record);
  }

  async withPushed(history: History, names: PushedNames): Promise<History> {
    return joinPushed(this.#db, history, names);
  }

  async rewrite(derived: Derived): Promise<Rewrite | null> {
    return rewriteOf(this.#db, derived);
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }
}
