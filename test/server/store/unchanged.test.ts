import { describe, expect, it } from "vitest";
import { Unchanged } from "#server/store/unchanged.ts";

/** A database of which it is counted how often it was read. */
function aDatabaseOf(change: { now: string }) {
  let reads = 0;
  const unchanged = new Unchanged<string>(async () => change.now);
  const read = async () => unchanged.of("services", async () => `${change.now}, read ${(reads += 1)}`);
  return { unchanged, read };
}

describe("what holds as long as nothing changes", () => {
  it("is read once, also for many who ask at the same time", async () => {
    const { read } = aDatabaseOf({ now: "first" });

    expect(await Promise.all([read(), read(), read()])).toEqual(Array(3).fill("first, read 1"));
    expect(await read()).toBe("first, read 1");
  });

  it("is read again after any change", async () => {
    const change = { now: "first" };
    const { read } = aDatabaseOf(change);
    await read();

    change.now = "second";

    expect(await read()).toBe("second, read 2");
  });

  it("is another one of another question", async () => {
    const { unchanged, read } = aDatabaseOf({ now: "first" });
    await read();

    expect(await unchanged.of("sources", async () => "sources")).toBe("sources");
    expect(await read()).toBe("first, read 1");
  });

  it("is tried again where it could not be read", async () => {
    const { unchanged, read } = aDatabaseOf({ now: "first" });

    await expect(unchanged.of("services", async () => Promise.reject(new Error("locked")))).rejects.toThrow("locked");

    expect(await read()).toBe("first, read 1");
  });
});
