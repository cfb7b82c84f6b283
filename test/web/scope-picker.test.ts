import { expect, it } from "vitest";

import { bestOf } from "#web/shell/scope-picker.tsx";

const choices = ["Team payments", "payments-api", "api", "ledger"].map((words) => ({ words }));

it.each([
  ["api", "api"],
  ["PAY", "payments-api"],
  ["tea", "Team payments"],
  ["edge", "ledger"],
])("takes for “%s” the nearest name, %s", (text, words) => {
  expect(bestOf(choices, text)).toEqual({ words });
});

it("takes none where no name has the text", () => {
  expect(bestOf(choices, "nothing like it")).toBeNull();
});
