import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dot, leastSquares } from "#metrics/programme/savings/effect/least-squares.ts";
import { known } from "#test/metrics/statistics/known.ts";

describe("least squares", () => {
  it("are those worked by hand", () => {
    // (1, 2), (2, 4), (3, 3), (4, 6): slope 5.5 / 5, and the line goes through (2.5, 3.75).
    const fit = known(
      leastSquares(
        [
          [1, 1],
          [1, 2],
          [1, 3],
          [1, 4],
        ],
        [2, 4, 3, 6],
      ),
    );

    expect(fit.coefficients.map((one) => one.toFixed(9))).toEqual(["1.000000000", "1.100000000"]);
    expect(Array.from(fit.residuals, (one) => one.toFixed(9))).toEqual([
      "-0.100000000",
      "0.800000000",
      "-1.300000000",
      "0.600000000",
    ]);
    // The inverse of [[4, 10], [10, 30]].
    expect(fit.inverse.flat().map((one) => one.toFixed(9))).toEqual([
      "1.500000000",
      "-0.500000000",
      "-0.500000000",
      "0.200000000",
    ]);
  });

  it("find again what values were made of, whatever the order and the size of the columns", () => {
    const coefficient = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(
        fc.tuple(coefficient, coefficient, coefficient, coefficient),
        fc.constantFrom(0.001, 1, 1000),
        (made, scale) => {
          const rows = Array.from({ length: 12 }, (_, week) => [
            scale * week,
            1,
            Number(week >= 6),
            Math.max(0, week - 5) / scale,
          ]);
          const fit = known(
            leastSquares(
              rows,
              rows.map((row) => dot(row, made)),
            ),
          );

          for (const [at, one] of made.entries()) expect(fit.coefficients[at]).toBeCloseTo(one, 5);
          for (const one of fit.residuals) expect(one).toBeCloseTo(0, 5);
        },
      ),
    );
  });

  it("invert, so that what was crossed times the inverse is one", () => {
    const rows = [
      [1, 2, 0],
      [0, 1, 5],
      [3, 0, 1],
      [2, 2, 2],
    ];
    const { inverse } = known(leastSquares(rows, [0, 0, 0, 0]));
    const cross = [0, 1, 2].map((a) => [0, 1, 2].map((b) => sumOf(rows.map((row) => known(row[a]) * known(row[b])))));
    const product = cross.map((line) =>
      [0, 1, 2].map((column) =>
        dot(
          line,
          inverse.map((one) => known(one[column])),
        ),
      ),
    );

    for (const [at, line] of product.entries())
      for (const [column, one] of line.entries()) expect(one).toBeCloseTo(Number(at === column), 9);
  });

  it("are not found where columns say the same, or nothing", () => {
    const [same, nearly] = [1, 1 + 1e-14].map((factor) => [1, 2, 3].map((week) => [1, week, factor * week]));

    expect(leastSquares(known(same), [1, 2, 3])).toBeNull();
    expect(leastSquares(known(nearly), [1, 2, 3])).toBeNull();
    expect(
      leastSquares(
        [
          [1, 0],
          [1, 0],
        ],
        [1, 2],
      ),
    ).toBeNull();
  });

  it("do not take small columns for none", () => {
    const rows = [1, 2, 4].map((week) => [1, week * 1e-9]);

    expect(known(leastSquares(rows, [1, 2, 4])).coefficients[1]).toBeCloseTo(1e9, -2);
  });
});

function sumOf(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
