/** Sets of time, as windows that neither touch nor overlap, in order. */
import { overlap } from "./grid.ts";
import { sum } from "./statistics/sum.ts";
import type { Window } from "./time.ts";

/** The time that lies in any of the windows. */
export function merged(windows: readonly Window[]): readonly Window[] {
  const found: Window[] = [];
  for (const window of windows.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last === undefined || window.from > last.to) found.push(window);
    else found[found.length - 1] = { from: last.from, to: Math.max(last.to, window.to) };
  }
  return found;
}

/** The time that lies in both sets. */
export function inBoth(some: readonly Window[], others: readonly Window[]): readonly Window[] {
  return merged(some.flatMap((one) => others.flatMap((other) => overlap(one, other) ?? [])));
}

/** How much of a window is left when a set of time is taken out, milliseconds. */
export function lengthWithout(window: Window, out: readonly Window[]): number {
  if (out.length === 0) return window.to - window.from;
  return window.to - window.from - sum(inBoth([window], out).map(({ from, to }) => to - from));
}
