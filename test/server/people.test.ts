import { createHmac } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openPseudonyms } from "#server/people.ts";
import { aFolder } from "#test/support/git-repository.ts";

const env = { HEADWAY_KEY: "5a".repeat(32) };

describe("pseudonyms", () => {
  it("are the same for the same person in the same folder, and different elsewhere", async () => {
    const folder = aFolder();
    const [first, again, other] = [
      await openPseudonyms(folder, env),
      await openPseudonyms(folder, env),
      await openPseudonyms(aFolder(), env),
    ];

    expect(first("ada@example.com")).toMatch(/^[\w-]{16}$/);
    expect(again("ada@example.com")).toBe(first("ada@example.com"));
    expect(other("ada@example.com")).not.toBe(first("ada@example.com"));
    expect(first("bob@example.com")).not.toBe(first("ada@example.com"));
  });

  it("rest on a key that only its owner may read", async () => {
    const folder = aFolder();

    await openPseudonyms(folder, env);

    expect(statSync(join(folder, "people.key")).mode & 0o777).toBe(0o600);
  });

  it("rest on a key that is sealed, also where an earlier Headway had written it in clear", async () => {
    const folder = aFolder();
    const key = "ab".repeat(32);
    writeFileSync(join(folder, "people.key"), `${key}\n`);

    const before = (await openPseudonyms(folder, env))("ada@example.com");

    expect(before).toBe(
      createHmac("sha256", Buffer.from(key, "hex")).update("ada@example.com").digest("base64url").slice(0, 16),
    );
    expect(readFileSync(join(folder, "people.key"), "utf8")).toMatch(/^sealed:1:[0-9a-f]{8}:[\w-]+\n$/);
    expect((await openPseudonyms(folder, env))("ada@example.com")).toBe(before);
    expect(readdirSync(folder)).toEqual(["people.key"]);
  });

  it("are not made anew when the key that it is sealed with is another one, or not there", async () => {
    const folder = aFolder();
    await openPseudonyms(folder, env);
    const sealed = readFileSync(join(folder, "people.key"), "utf8");

    await expect(openPseudonyms(folder, { HEADWAY_KEY: "6b".repeat(32) })).rejects.toThrow(
      /sealed with the key \w{8}, and the one in/,
    );
    await expect(openPseudonyms(folder, { HOME: aFolder() })).rejects.toThrow(/there is none in HEADWAY_KEY, /);
    expect(readFileSync(join(folder, "people.key"), "utf8")).toBe(sealed);
  });

  it("rest on one key when several processes make it at the same time", async () => {
    const folder = aFolder();

    const all = await Promise.all(Array.from({ length: 20 }, async () => openPseudonyms(folder, env)));

    expect(new Set(all.map((pseudonym) => pseudonym("ada@example.com"))).size).toBe(1);
  });

  it.each([
    ["nothing, as after a full disk", ""],
    ["half a key", "abcdef\n"],
    ["no key", "These are my notes.\n"],
  ])("are refused when the key file holds %s: without a key anybody could look people up", async (_name, text) => {
    const folder = aFolder();
    writeFileSync(join(folder, "people.key"), text);

    await expect(openPseudonyms(folder, env)).rejects.toMatchObject({
      name: "StoreError",
      reason: "damaged",
      message: expect.stringContaining(join(folder, "people.key")),
    });
  });
});
