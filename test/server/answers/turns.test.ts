/** Long answers are made in turns, and what they look at next is read meanwhile. */
import { describe, expect, it } from "vitest";
import { readAhead } from "#server/answers/turns.ts";

/** Of "b" nothing can be read. */
async function lost(thing: string): Promise<string> {
  if (thing === "b") throw new Error("It is gone.");
  return thing;
}

describe("what is read ahead", () => {
  it("is each thing with its own, in their order, and one more is being read while it is looked at", async () => {
    const asked: string[] = [];
    const read = async (thing: string) => {
      asked.push(thing);
      return thing.length;
    };
    const seen: (readonly [string, number, number])[] = [];

    for await (const [thing, length] of readAhead(["a", "bb", "ccc"], read)) seen.push([thing, length, asked.length]);

    expect(seen).toEqual([
      ["a", 1, 2],
      ["bb", 2, 3],
      ["ccc", 3, 3],
    ]);
  });

  it("is nothing where there is nothing", async () => {
    const read = async () => expect.fail("Nothing is asked for.");
    const seen: unknown[] = [];

    for await (const found of readAhead([], read)) seen.push(found);

    expect(seen).toEqual([]);
  });

  it("fails in its turn: what was read before it is looked at", async () => {
    const seen: string[] = [];
    const looking = async () => {
      for await (const [thing] of readAhead(["a", "b", "c"], lost)) seen.push(thing);
    };

    await expect(looking()).rejects.toThrow("It is gone.");
    expect(seen).toEqual(["a"]);
  });

  it("leaves nothing behind that nobody waits for when looking fails first", async () => {
    const looking = async () => {
      for await (const [thing] of readAhead(["a", "b"], lost)) throw new Error(`Nobody wants ${thing}.`);
    };

    await expect(looking()).rejects.toThrow("Nobody wants a.");
  });
});
