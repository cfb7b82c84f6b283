import { expect, it } from "vitest";
import { within } from "#server/answers/time-budget.ts";

it("gives what the work gives", () => {
  expect(within(1000, () => ["anything"])).toEqual(["anything"]);
});

it.each([
  ["a search that would take centuries", () => /^(a+)+$/.test(`${"a".repeat(60)}b`)],
  [
    "a loop without end",
    () => {
      for (;;);
    },
  ],
])("ends %s", (_what, work) => {
  const begun = performance.now();

  expect(within<unknown>(100, work)).toBeNull();
  expect(performance.now() - begun).toBeLessThan(5000);
});

it("lets errors of the work through", () => {
  const work = () => {
    throw new Error("It is broken.");
  };

  expect(() => within(1000, work)).toThrow("It is broken.");
});
