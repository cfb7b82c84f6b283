import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { dotsOf, STRIP_HEIGHT, STRIP_WIDTH } from "#web/design/strip-path.ts";

describe("the dots of a strip", () => {
  it("lie in the order of their values, inside the picture", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 }), (values) => {
        const dots = dotsOf(values);
        const order = values.map((_, index) => index).sort((a, b) => Number(values[a]) - Number(values[b]));
        const across = order.map((index) => Number(dots[index]?.x));

        expect(across).toEqual(across.toSorted((a, b) => a - b));
        for (const { x, y } of dots) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(STRIP_WIDTH);
          expect(y).toBeLessThanOrEqual(STRIP_HEIGHT);
        }
      }),
    );
  });

  it("do not hide each other where there is room", () => {
    expect(new Set(dotsOf([1, 1, 1]).map(({ y }) => y)).size).toBe(3);
    expect(new Set(dotsOf([1, 50, 100]).map(({ y }) => y)).size).toBe(1);
  });

  it("lie on a logarithmic scale where the largest is far from the smallest", () => {
    const [, middle] = dotsOf([1, 10, 100]);
    const [, low] = dotsOf([1, 10, 30]);

    expect(middle?.x).toBeCloseTo(STRIP_WIDTH / 2);
    expect(low?.x).toBeLessThan(STRIP_WIDTH / 2);
  });
});
