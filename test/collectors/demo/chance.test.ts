import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Chance } from "#collectors/demo/chance.ts";
import { chance } from "#collectors/demo/chance.ts";

const MANY = 20_000;

function drawn<T>(draw: (chance: Chance) => T): T[] {
  return Array.from({ length: MANY }, (_, index) => draw(chance(7, "thing", index)));
}

describe("chance by name", () => {
  it("is the same for the same seed and words, and another for any other", () => {
    const words = fc.array(fc.oneof(fc.string({ maxLength: 3 }), fc.nat(9)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.nat(99), words, (seed, names) => {
        const draw = (of: number, ...more: string[]) => chance(of, ...names, ...more).unit();

        expect(draw(seed)).toBe(draw(seed));
        expect(draw(seed)).not.toBe(draw(seed + 1));
        expect(draw(seed)).not.toBe(draw(seed, "x"));
      }),
    );
  });

  it("draws evenly between 0 and 1, of neighbouring names too", () => {
    const units = drawn(({ unit }) => unit());

    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => units.filter((unit) => Math.floor(unit * 10) === tenth).length,
    );

    expect(Math.min(...tenths)).toBeGreaterThan(MANY / 10 - 200);
    expect(Math.max(...tenths)).toBeLessThan(MANY / 10 + 200);
  });

  it("draws half of its log-normal values below the median, and as spread as it is told", () => {
    const logarithms = drawn(({ around }) => Math.log(around(8, 0.9)));
    const mean = logarithms.reduce((sum, value) => sum + value, 0) / MANY;
    const variance = logarithms.reduce((sum, value) => sum + (value - mean) ** 2, 0) / MANY;

    expect(mean).toBeCloseTo(Math.log(8), 1);
    expect(Math.sqrt(variance)).toBeCloseTo(0.9, 1);
  });

  it("counts with the mean and the variance of Poisson", () => {
    const counts = drawn(({ count }) => count(1.3));
    const mean = counts.reduce((sum, value) => sum + value, 0) / MANY;
    const variance = counts.reduce((sum, value) => sum + (value - mean) ** 2, 0) / MANY;

    expect(mean).toBeCloseTo(1.3, 1);
    expect(variance).toBeCloseTo(1.3, 1);
  });

  it("picks everything equally often", () => {
    const picked = drawn(({ pick }) => pick(["a", "b", "c", "d"]));

    expect(picked.filter((letter) => letter === "a").length).toBeGreaterThan(MANY / 4 - 250);
    expect(picked.filter((letter) => letter === "d").length).toBeGreaterThan(MANY / 4 - 250);
  });
});
