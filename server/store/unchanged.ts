/** What was read of the database and holds as long as nothing in it changes, whoever writes. */
export class Unchanged<Thing> {
  readonly #change: () => Promise<string>;
  readonly #kept = new Map<string, Promise<Thing>>();
  #seen: string | null = null;

  /** @param change another text after each transaction of anybody that changed anything. */
  constructor(change: () => Promise<string>) {
    this.#change = change;
  }

  /** Once, also for many who ask at the same time. What failed is tried again. */
  async of(key: string, read: () => Promise<Thing>): Promise<Thing> {
    // Looked at before it is read: what changes meanwhile is noticed by whoever asks next.
    const change = await this.#change();
    if (change !== this.#seen) this.#kept.clear();
    this.#seen = change;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const thing = read();
    this.#kept.set(key, thing);
    thing.catch(() => this.#kept.get(key) === thing && this.#kept.delete(key));
    return thing;
  }
}
