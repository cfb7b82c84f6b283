/** Long answers are made in short pieces, one a turn of the event loop, so that nobody who asks for little waits for who asks for much. */
import type { Pieces } from "#metrics/pieces.ts";

const waiting: (() => void)[] = [];

/** Resolves when it is one's turn: those who wait are let on one by one, in their order, and others are answered between. */
async function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(letOn);
  });
}

function letOn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(letOn);
}

/** So long may one piece of work take, milliseconds. */
const PIECE = 10;

/** One answer's work: asked now and then, it waits for its next turn when its piece is used up. */
export class Pace {
  #began = performance.now();

  async rest(): Promise<void> {
    if (performance.now() - this.#began < PIECE) return;
    await turn();
    this.#began = performance.now();
  }

  /** Does some work, with a rest after each piece that may take it. */
  async through<Thing>(work: Pieces<Thing>): Promise<Thing> {
    for (;;) {
      const { done, value } = work.next();
      if (done === true) return value;
      await this.rest();
    }
  }

  /** Somebody waits for what this is the pace of. It makes no haste and no rests but these, unless another one says so. */
  hurry(): void {
    // There is nothing to leave out.
  }
}

/** Each thing with what is read of it: what comes next is read while one is looked at. */
export async function* readAhead<Thing, Read>(
  things: readonly Thing[],
  read: (thing: Thing) => Promise<Read>,
): AsyncGenerator<readonly [thing: Thing, read: Read]> {
  let ahead: Promise<readonly [Thing, Read]> | null = null;
  for (const thing of things) {
    const before = ahead;
    ahead = read(thing).then((found) => [thing, found] as const);
    ahead.catch(() => undefined); // it is waited for in its turn, unless something fails before
    if (before !== null) yield before;
  }
  if (ahead !== null) yield ahead;
}
