/** At most so many at once; the others wait in line. */
export interface Gate {
  /** Runs `work` when its turn has come. */
  readonly enter: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export function createGate(places: number): Gate {
  let free = places;
  const line: (() => void)[] = [];
  return {
    async enter(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => line.push(resolve));
      try {
        return await work();
      } finally {
        const next = line.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
