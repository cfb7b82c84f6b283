/** Where the line of a sparkline runs. Pure, so that gaps can be tested. */

export interface Spot {
  readonly x: number;
  readonly y: number;
}

export const WIDTH = 120;
export const HEIGHT = 36;
const INSET = 4;

/** One list of spots per unbroken stretch: what is unknown is a gap, not a zero. The lowest value shown is 0 or the smallest. */
export function stretches(values: readonly (number | null)[]): Spot[][] {
  const known = values.filter((value) => value !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(...known, low);
  const spots = values.map((value, index) =>
    value === null ? null : { x: placeOf(index, values.length), y: heightOf((value - low) / (high - low || 1)) },
  );
  return split(spots);
}

/** Where one of so many values is, from the left. */
export function placeOf(index: number, count: number): number {
  return INSET + (index / Math.max(1, count - 1)) * (WIDTH - 2 * INSET);
}

function heightOf(up: number): number {
  return HEIGHT - INSET - up * (HEIGHT - 2 * INSET);
}

function split(spots: readonly (Spot | null)[]): Spot[][] {
  const parts: Spot[][] = [[]];
  for (const each of spots) {
    if (each === null) parts.push([]);
    else parts.at(-1)?.push(each);
  }
  return parts.filter((part) => part.length > 0);
}

/** An SVG path; a lone spot becomes a short dash so that it can be seen. */
export function pathOf(part: readonly Spot[]): string {
  const line = part.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  return part.length === 1 ? `${line}h0.01` : line;
}
