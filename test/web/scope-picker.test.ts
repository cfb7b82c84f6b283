import { expect, it } from "vitest";

import { bestOf } from "#web/shell/scope-picker.tsx";

const choices = ["Team payments", "payments-api", "api", "ledger-batch", "Team Ledger"].map((words) => ({
  words,
  name: words.replace("Team ", ""),
}));

it.each([
  ["api", "api"],
  ["PAY", "payments-api"],
  ["payments", "Team payments"],
  ["Ledger", "Team Ledger"],
  ["tea", "Team payments"],
  ["batch", "ledger-batch"],
])("takes for “%s” the nearest name, %s", (text, words) => {
  expect(bestOf(choices, text)?.words).toBe(words);
});

it("takes none where no name has the text", () => {
  expect(bestOf(choices, "nothing like it")).toBeNull();
});
