import { expect, it } from "vitest";
import { failureOf } from "#server/cli/failure.ts";

it.each([
  new Error("Could not locate the bindings file. Tried: build/Release/node_sqlite3.node"),
  Object.assign(new Error("invalid ELF header"), { code: "ERR_DLOPEN_FAILED" }),
  Object.assign(new Error("Cannot find package 'sqlite3' imported from main.js"), { code: "ERR_MODULE_NOT_FOUND" }),
])("says how to get the SQLite driver where it does not load: $message", (error) => {
  const { message, code } = failureOf(error);

  expect(message).toContain("npm rebuild sqlite3");
  expect(message).toContain("npm i -g --allow-scripts=sqlite3");
  expect(message).not.toContain("    at ");
  expect(code).toBe(1);
});

it("asks to report what was not foreseen, and says where it happened", () => {
  const { message, code } = failureOf(new TypeError("x is not a function"));

  expect(message).toContain("This should not have happened. Please report it");
  expect(message).toContain("TypeError: x is not a function\n    at ");
  expect(code).toBe(1);
});
