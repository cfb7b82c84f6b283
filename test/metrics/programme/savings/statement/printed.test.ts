import { expect, it } from "vitest";
import { count, hours, money, number, share, text } from "#metrics/programme/savings/statement/printed.ts";

it("prints money to the cent, hours to a tenth and shares in percent, what is unknown as a dash, and no zero below zero", () => {
  expect([1234.5, -0.001, 0.006, null].map((value) => money("a", "A", value).value)).toEqual([
    "1234.50",
    "0.00",
    "0.01",
    "—",
  ]);
  expect([12.34, -0.04, null].map((value) => hours("a", "A", value).value)).toEqual(["12.3", "0.0", "—"]);
  expect([0.0519, -0.5, null].map((value) => share("a", "A", value).value)).toEqual(["5.19", "-50.00", "—"]);
  expect([count("a", "A", 3), number("b", "B", 4), text("c", "C", "D")]).toEqual([
    { id: "a", words: "A", value: "3", unit: "lines" },
    { id: "b", words: "B", value: "4", unit: "number" },
    { id: "c", words: "C", value: "D", unit: "text" },
  ]);
  expect(
    [money("a", "A", 1), hours("a", "A", 1), share("a", "A", 1)].map(({ id, words, unit }) => [id, words, unit]),
  ).toEqual([
    ["a", "A", "money"],
    ["a", "A", "hours"],
    ["a", "A", "share"],
  ]);
});
