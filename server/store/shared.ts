/** Looks that many ask for at the same time. */

/** One look for all who ask meanwhile, but never one that began before: who has just changed something asks for what is true now. */
export class Shared<T> {
  readonly #see: () => Promise<T>;
  #looking: Promise<unknown> = Promise.resolve();
  #waiting: Promise<T> | null = null;

  constructor(see: () => Promise<T>) {
    this.#see = see;
  }

  async look(): Promise<T> {
    this.#waiting ??= this.#looking
      .catch(() => undefined)
      .then(async () => {
        this.#waiting = null;
        const looking = this.#see();
        this.#looking = looking;
        return looking;
      });
    return this.#waiting;
  }
}
