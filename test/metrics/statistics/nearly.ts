import { expect } from "vitest";

/** What numbers must be, to so many digits after the point. */
export function nearly(values: readonly number[], digits = 10): readonly unknown[] {
  return values.map((value): unknown => expect.closeTo(value, digits));
}
