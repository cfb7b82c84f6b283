import { expect, it } from "vitest";

import { byNumber } from "#metrics/plurals.ts";

it.each([
  [1, "is"],
  [0, "are"],
  [2, "are"],
  [21, "are"],
  [1.5, "are"],
])("says of %d what %s", (n, word) => {
  expect(byNumber(n, "is", "are")).toBe(word);
});
