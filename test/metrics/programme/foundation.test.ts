import { describe, expect, it } from "vitest";
import type { ReadGate } from "#metrics/programme/foundation.ts";
import { foundationCondition } from "#metrics/programme/foundation.ts";

const gate = (outcome: ReadGate["outcome"], title = "First wave"): ReadGate => ({
  outcome,
  words: "So it is.",
  about: { kind: "wave", title },
});
const programme = (outcome: ReadGate["outcome"]): ReadGate => ({
  outcome,
  words: "So it is.",
  about: { kind: "programme", title: "The programme" },
});

describe("the condition of the last stage", () => {
  it("is met where one of the gates about a service is passed, and says for what", () => {
    expect(foundationCondition([gate("hold"), programme("pass")])).toEqual({
      id: "gate",
      state: "met",
      words: "The gate is passed for the programme. So it is.",
    });
  });

  it("is not met under conditions, and tells the gate that is nearest", () => {
    expect(foundationCondition([gate("hold"), gate("conditional", "Second wave"), programme("hold")])).toEqual({
      id: "gate",
      state: "not-met",
      words: "The gate is passed under conditions only for “Second wave”. So it is.",
    });
    expect(foundationCondition([gate("hold"), programme("hold")]).words).toBe(
      "The gate is held for “First wave”. So it is.",
    );
  });

  it("is not met by a gate that lacks something already", () => {
    expect(foundationCondition([gate("open")])).toEqual({
      id: "gate",
      state: "not-met",
      words: "The gate cannot be passed yet for “First wave”. So it is.",
    });
  });

  it("cannot be said where no gate was read", () => {
    expect(foundationCondition([])).toEqual({ id: "gate", state: "cannot-be-said", words: "No gate was read." });
  });
});
