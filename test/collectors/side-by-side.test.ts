import { describe, expect, it } from "vitest";
import { sideBySide } from "#collectors/side-by-side.ts";

async function* counting(name: string, count: number, ended: string[] = []): AsyncGenerator<string> {
  try {
    for (let number = 1; number <= count; number++) {
      await Promise.resolve();
      yield `${name}${number}`;
    }
  } finally {
    ended.push(name);
  }
}

async function* failing(): AsyncGenerator<string> {
  await Promise.resolve();
  yield* [];
  throw new Error("out of order");
}

async function all(readers: AsyncGenerator<string>[], width: number, stop = new AbortController()): Promise<string[]> {
  const items: string[] = [];
  for await (const item of sideBySide(readers, width, stop)) items.push(item);
  return items;
}

describe("side by side", () => {
  it("everything comes, and of each reader in its order", async () => {
    const items = await all([counting("a", 3), counting("b", 1), counting("c", 2)], 2);

    expect(items.toSorted()).toEqual(["a1", "a2", "a3", "b1", "c1", "c2"]);
    expect(items.filter((item) => item.startsWith("a"))).toEqual(["a1", "a2", "a3"]);
  });

  it("one at a time is one after the other", async () => {
    expect(await all([counting("a", 2), counting("b", 2)], 1)).toEqual(["a1", "a2", "b1", "b2"]);
  });

  it("the first error ends all, and what they wait for", async () => {
    const ended: string[] = [];
    const stop = new AbortController();

    await expect(all([counting("a", 100, ended), failing()], 2, stop)).rejects.toThrow("out of order");

    expect(ended).toEqual(["a"]);
    expect(stop.signal.aborted).toBe(true);
  });

  it("leaving in the middle ends those that have begun", async () => {
    const ended: string[] = [];

    for await (const _ of sideBySide([counting("a", 9, ended), counting("b", 9, ended)], 2, new AbortController()))
      break;

    expect(ended.toSorted()).toEqual(["a", "b"]);
  });
});
