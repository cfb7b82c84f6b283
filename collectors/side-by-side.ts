/** Several readers at once, each going on as soon as what it brought was taken. */

/**
 * Yields what comes first of up to `width` readers at a time; the first error ends all of them. A reader that is left in the
 * middle is ended; `stop` then ends what it waits for.
 */
export async function* sideBySide<Item>(
  readers: readonly AsyncGenerator<Item>[],
  width: number,
  stop: AbortController,
): AsyncGenerator<Item> {
  const waiting = readers.values();
  const running = new Map<AsyncGenerator<Item>, Promise<Came<Item>>>();
  const start = () => {
    const { value } = waiting.next();
    if (value !== undefined) running.set(value, next(value));
  };
  for (let place = 0; place < width; place += 1) start();
  try {
    while (running.size > 0) {
      const { reader, result } = await Promise.race(running.values());
      if (result.done === true) {
        running.delete(reader);
        start();
        continue;
      }
      yield result.value;
      running.set(reader, next(reader));
    }
  } finally {
    stop.abort(new Error("Nobody waits for this any more."));
    await Promise.allSettled(running.values());
    await Promise.allSettled([...running.keys()].map((reader) => reader.return(undefined)));
  }
}

interface Came<Item> {
  readonly reader: AsyncGenerator<Item>;
  readonly result: IteratorResult<Item>;
}

function next<Item>(reader: AsyncGenerator<Item>): Promise<Came<Item>> {
  const came = reader.next().then((result) => ({ reader, result }));
  came.catch(() => undefined); // whoever races for it hears of it; one that nobody races for any more is no news
  return came;
}
