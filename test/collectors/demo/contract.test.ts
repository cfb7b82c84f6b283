import { describe } from "vitest";
import { keepsTheCollectorContract } from "#test/support/collector-contract.ts";
import { demoAt } from "./living.ts";

describe("a demo organisation", () => {
  keepsTheCollectorContract(() => {
    let now = "2025-01-29T10:20:30";
    return {
      collector: () => demoAt(now),
      change: () => {
        now = "2025-01-30T15:00";
      },
    };
  });
});
