/** Several generators at once, each no further ahead than what was taken from it. */

interface Turn<Item> {
  readonly generator: AsyncGenerator<Item>;
  readonly result: IteratorResult<Item>;
}

/** Yields as items come, from at most `width` generators at a time. The first error ends all of them. */
export async function* sideBySide<Item>(
  generators: readonly AsyncGenerator<Item>[],
  width: number,
): AsyncGenerator<Item> {
  const waiting = [...generators];
  const running = new Map<AsyncGenerator<Item>, Promise<Turn<Item>>>();
  const advance = (generator: AsyncGenerator<Item>) => {
    const turn = generator.next().then((result) => ({ generator, result }));
    // Whoever loses the race and then fails is heard of in its own turn, or not at all when another has failed before.
    turn.catch(() => {});
    running.set(generator, turn);
  };
  try {
    for (;;) {
      while (running.size < width) {
        const next = waiting.shift();
        if (next === undefined) break;
        advance(next);
      }
      if (running.size === 0) return;
      const { generator, result } = await Promise.race(running.values());
      if (result.done === true) {
        running.delete(generator);
        continue;
      }
      yield result.value;
      advance(generator);
    }
  } finally {
    await Promise.allSettled([...running.keys(), ...waiting].map((generator) => generator.return(undefined)));
  }
}
