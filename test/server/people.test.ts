import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openPseudonyms } from "#server/people.ts";
import { aFolder } from "#test/support/git-repository.ts";

describe("pseudonyms", () => {
  it("are the same for the same person in the same folder, and different elsewhere", async () => {
    const folder = aFolder();
    const [first, again, other] = [
      await openPseudonyms(folder),
      await openPseudonyms(folder),
      await openPseudonyms(aFolder()),
    ];

    expect(first("ada@example.com")).toMatch(/^[\w-]{16}$/);
    expect(again("ada@example.com")).toBe(first("ada@example.com"));
    expect(other("ada@example.com")).not.toBe(first("ada@example.com"));
    expect(first("bob@example.com")).not.toBe(first("ada@example.com"));
  });

  it("rest on a key that only its owner may read", async () => {
    const folder = aFolder();

    await openPseudonyms(folder);

    expect(statSync(join(folder, "people.key")).mode & 0o777).toBe(0o600);
  });

  it("rest on one key when several processes make it at the same time", async () => {
    const folder = aFolder();

    const all = await Promise.all(Array.from({ length: 20 }, async () => openPseudonyms(folder)));

    expect(new Set(all.map((pseudonym) => pseudonym("ada@example.com"))).size).toBe(1);
  });

  it.each([
    ["nothing, as after a full disk", ""],
    ["half a key", "abcdef\n"],
    ["no key", "These are my notes.\n"],
  ])("are refused when the key file holds %s: without a key anybody could look people up", async (_name, text) => {
    const folder = aFolder();
    writeFileSync(join(folder, "people.key"), text);

    await expect(openPseudonyms(folder)).rejects.toMatchObject({
      name: "StoreError",
      reason: "damaged",
      message: expect.stringContaining(join(folder, "people.key")),
    });
  });
});
