/** Answers are remembered until a fact or the configuration changes, somebody judges something, a source has been looked at again, or the day ends. */
import type { Config } from "#config/schema.ts";
import { dateOf } from "#metrics/calendar.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";

const MOST = 200;

export class Answers {
  readonly #installation: Installation;
  readonly #remembered = new Map<string, Promise<unknown>>();
  #version = "";
  #config: Config | null = null;

  constructor(installation: Installation) {
    this.#installation = installation;
  }

  /** The answer to a question, computed once per version of the facts, also when many ask at the same time. */
  async remember<T>(kind: string, query: object, answer: () => Promise<T>): Promise<T> {
    await this.#forgetOldVersions();
    const key = `${kind} ${JSON.stringify(query)}`;
    const known = this.#remembered.get(key);
    // oxlint-disable-next-line no-unsafe-type-assertion -- the kind is part of the key, and each kind has one type
    if (known !== undefined) return known as Promise<T>;
    const made = answer();
    this.#remembered.set(key, made);
    made.catch(() => this.#remembered.delete(key));
    if (this.#remembered.size > MOST) this.#remembered.delete(this.#remembered.keys().next().value ?? key);
    return made;
  }

  async #forgetOldVersions(): Promise<void> {
    const { store, now, config } = this.#installation;
    const sources = await store.sources(sourceKeys(this.#installation));
    const version = JSON.stringify([
      await store.factsVersion(),
      await store.journalVersion(),
      await store.baselinesVersion(),
      dateOf(now(), config.timezone),
      sources.map(({ key, syncedAt }) => [key, syncedAt]),
    ]);
    if (version === this.#version && config === this.#config) return;
    this.#version = version;
    this.#config = config;
    this.#remembered.clear();
  }
}
