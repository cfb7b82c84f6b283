import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Shared } from "#server/store/shared.ts";

describe("a look that is shared", () => {
  it("is one for all who ask before it begins, and another for who asks after that", async () => {
    let [truth, looks] = ["before", 0];
    const shared = new Shared(async () => {
      looks += 1;
      const seen = truth;
      await setImmediate();
      return seen;
    });

    const first = [shared.look(), shared.look(), shared.look()];
    await Promise.resolve();
    await Promise.resolve();
    truth = "after";
    const second = [shared.look(), shared.look()];

    expect(await Promise.all(first)).toEqual(["before", "before", "before"]);
    expect(await Promise.all(second)).toEqual(["after", "after"]);
    expect(looks).toBe(2);
  });

  it("that fails is tried again by whoever asks next", async () => {
    const answers = [async () => Promise.reject(new Error("The disk is gone.")), async () => "there"];
    const shared = new Shared(async () => answers.shift()?.());

    await expect(shared.look()).rejects.toThrow("The disk is gone.");
    expect(await shared.look()).toBe("there");
  });
});
