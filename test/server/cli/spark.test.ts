import { expect, it } from "vitest";
import { sparkline } from "#server/cli/spark.ts";

const points = (...values: (number | null)[]) => values.map((value) => ({ value, partial: false }));

it("draws from zero to the highest, so that equal heights mean equal values", () => {
  expect(sparkline(points(0, 1, 2, 3, 4, 5, 6, 7), 20)).toBe("▁▂▃▄▅▆▇█");
  expect(sparkline(points(5, 5, 5), 20)).toBe("███");
});

it("tells nothing known from zero", () => {
  expect(sparkline(points(1, null, 0, 1), 20)).toBe("█ ▁█");
  expect(sparkline(points(null, null), 20)).toBe("  ");
  expect(sparkline(points(0, 0), 20)).toBe("▁▁");
});

it("shows the newest points where not all fit", () => {
  expect(sparkline(points(7, 7, 0, 1, 2), 3)).toBe("▁▅█");
});

it("marks a period that is still running, within the width", () => {
  const running = [...points(2, 4), { value: 1, partial: true }];

  expect(sparkline(running, 20)).toBe("▅█▃…");
  expect(sparkline(running, 3)).toBe("█▃…");
});
