/** Work that comes piece by piece, with room between for what somebody does meanwhile. */
let last: Promise<void> = Promise.resolve();

/** Kept when it is the turn of whoever asks: in the order of asking, each in a task of its own. */
export function inTurn(): Promise<void> {
  last = last.then(() => new Promise((resolve) => setTimeout(resolve)));
  return last;
}
