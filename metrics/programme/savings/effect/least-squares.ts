/** Ordinary least squares with few columns. */
export interface Fit {
  readonly coefficients: readonly number[];
  readonly residuals: Float64Array;
  /** (X′X)⁻¹ */
  readonly inverse: readonly (readonly number[])[];
}

/** @returns `null` where the columns do not tell the coefficients apart. */
export function leastSquares(rows: readonly (readonly number[])[], values: ArrayLike<number>): Fit | null {
  const [first = []] = rows;
  const cross = first.map((_, a) => first.map((_one, b) => summed(rows, (row) => (row[a] ?? 0) * (row[b] ?? 0))));
  const inverse = inverted(cross);
  if (inverse === null) return null;
  const moments = first.map((_, a) => summed(rows, (row, at) => (row[a] ?? 0) * (values[at] ?? 0)));
  const coefficients = inverse.map((line) => dot(line, moments));
  return {
    coefficients,
    residuals: Float64Array.from(rows, (row, at) => (values[at] ?? 0) - dot(row, coefficients)),
    inverse,
  };
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return summed(a, (value, at) => value * (b[at] ?? 0));
}

function summed<T>(items: readonly T[], valueOf: (item: T, at: number) => number): number {
  let total = 0;
  for (const [at, item] of items.entries()) total += valueOf(item, at);
  return total;
}

/** A pivot that is so small a part of its column's size is rounding. */
const ROUNDING = 1e-12;

/** Gauss–Jordan with pivots chosen by size. */
function inverted(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] | null {
  const n = matrix.length;
  const work = matrix.map((line, row) => [...line, ...line.map((_, column) => (row === column ? 1 : 0))]);
  for (let column = 0; column < n; column++) {
    let best = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(work[row]?.[column] ?? 0) > Math.abs(work[best]?.[column] ?? 0)) best = row;
    }
    const pivot = work[best] ?? [];
    const size = pivot[column] ?? 0;
    if (Math.abs(size) <= ROUNDING * Math.abs(matrix[column]?.[column] ?? 0)) return null;
    [work[best], work[column]] = [work[column] ?? [], pivot.map((value) => value / size)];
    for (let row = 0; row < n; row++) {
      const factor = work[row]?.[column] ?? 0;
      if (row === column) continue;
      work[row] = (work[row] ?? []).map((value, at) => value - factor * (work[column]?.[at] ?? 0));
    }
  }
  return work.map((line) => line.slice(n));
}
