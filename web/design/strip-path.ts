/** Where the dots of a strip lie: along a scale, those that would hide each other one above the other. Pure, so that it can be tested. */

export interface Dot {
  readonly x: number;
  readonly y: number;
}

export const STRIP_WIDTH = 320;
export const STRIP_HEIGHT = 28;
const RADIUS = 4;
const INSET = 8;
/** Beyond this ratio of largest to smallest a linear scale hides the small ones. */
const WIDE_RATIO = 40;

/** One dot per value, in the order of the values; on a logarithmic scale where they differ much and all are above zero. */
export function dotsOf(values: readonly number[]): readonly Dot[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const isWide = low > 0 && high / low > WIDE_RATIO;
  const scale = (value: number): number => (isWide ? Math.log(value) : value);
  const across = scale(high) - scale(low);
  const x = (value: number): number =>
    across === 0 ? STRIP_WIDTH / 2 : INSET + ((scale(value) - scale(low)) / across) * (STRIP_WIDTH - 2 * INSET);
  const last: number[] = [];
  const placed = new Map<number, Dot>();
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  for (const index of order) {
    const at = x(values[index] ?? 0);
    const free = last.findIndex((before) => at - before >= 2 * RADIUS);
    const row = free === -1 ? (last.length < ROWS ? last.length : ROWS - 1) : free;
    last[row] = at;
    placed.set(index, { x: at, y: STRIP_HEIGHT - RADIUS - 2 - row * 2 * RADIUS });
  }
  return values.map((_, index) => placed.get(index) ?? { x: 0, y: 0 });
}

const ROWS = 3;
