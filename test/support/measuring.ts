/** For programs in `test/bench`: what took how long, as a table. */

/** The middle of some numbers. */
export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** How many milliseconds something takes: the middle of some runs, after one that does not count. */
export async function milliseconds(runs: number, work: (run: number) => unknown): Promise<number> {
  const took: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const began = performance.now();
    await work(run);
    took.push(performance.now() - began);
  }
  return middle(took.slice(1));
}

export interface Line {
  readonly what: string;
  readonly found: string;
  /** At most this much is right; empty where there is no limit. */
  readonly limit?: number;
  readonly value: number;
}

/** Prints the lines, and says which of them are over their limit. */
export function printTable(lines: readonly Line[]): void {
  const width = Math.max(...lines.map(({ what }) => what.length));
  for (const { what, found, limit, value } of lines) {
    const verdict = limit === undefined ? "" : value <= limit ? `≤ ${limit}` : `OVER ${limit}`;
    console.log(`  ${what.padEnd(width)}  ${found.padStart(12)}  ${verdict}`);
  }
}

export function ratio(what: string, of: number, to: number, limit?: number): Line {
  const value = of / to;
  return { what, found: `× ${value.toFixed(2)}`, value, ...(limit !== undefined && { limit }) };
}

export function amount(what: string, value: number, unit: string, limit?: number): Line {
  return { what, found: `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`, value, ...(limit !== undefined && { limit }) };
}
