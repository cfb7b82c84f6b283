/** How values lie, in steps of equal width that begin at a line, so that each is on one side of it. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const FEWEST = 6;
/** Widths that people read easily. */
const WIDTHS = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

/** From the lowest to the highest value without gaps; the width is the largest that makes at least {@link FEWEST} of it. Empty of nothing. */
export function histogramOf(values: readonly number[], line: number): readonly Bin[] {
  if (values.length === 0) return [];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const width = WIDTHS.find((one) => (high - low) / one >= FEWEST) ?? 0.001;
  // A value that is a multiple of the width but for its last binary digit belongs to the step that it begins.
  const stepOf = (value: number): number => Math.floor((value - line) / width + 1e-9);
  const first = stepOf(low);
  const counts = Array.from({ length: stepOf(high) - first + 1 }, () => 0);
  for (const value of values) counts[stepOf(value) - first] = (counts[stepOf(value) - first] ?? 0) + 1;
  const edge = (step: number): number => Number((line + step * width).toFixed(6));
  return counts.map((count, index) => ({ from: edge(first + index), to: edge(first + index + 1), count }));
}
