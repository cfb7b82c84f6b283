/** Work that is done in pieces of some milliseconds: whoever asks for it lets others have a turn between them, or does not. */
export type Pieces<Thing> = Generator<void, Thing>;

/** All of it at once. */
export function finished<Thing>(work: Pieces<Thing>): Thing {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
