import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Store } from "#server/store/store.ts";
import { hashOf } from "#server/hash.ts";
import { aShop, headway } from "./support.ts";

describe("headway token", () => {
  it("makes a token of 256 bits, shows it once, and keeps nothing but its hash", async () => {
    const { path } = aShop();

    const { code, stdout } = await headway(path, "token create --name jenkins");
    const list = await headway(path, "token list --json");

    const [token = ""] = stdout.split("\n");
    expect(code).toBe(0);
    expect(token).toMatch(/^headway_[\w-]{43}$/);
    expect(stdout).toContain("the only time it is shown");
    expect(JSON.parse(list.stdout)).toEqual([
      {
        name: "jenkins",
        scope: "push",
        state: "in force",
        createdAt: "2026-02-01T12:00:00.000Z",
        expiresAt: null,
        lastUsedAt: null,
      },
    ]);
    const store = await Store.open(join(path, "data/headway.db"));
    expect(await store.findToken(hashOf(token))).toMatchObject({ name: "jenkins" });
    await store.close();
    expect(readFileSync(join(path, "data/headway.db")).includes(token)).toBe(false);
  });

  it("makes another one each time, and gives programs JSON", async () => {
    const { path } = aShop();

    const one = await headway(path, "token create --name a --json --expires 90d");
    const other = await headway(path, "token create --name b --json --expires 2026-03-01");

    expect(JSON.parse(one.stdout)).toMatchObject({ name: "a", scope: "push", expiresAt: "2026-05-02T12:00:00.000Z" });
    expect(JSON.parse(other.stdout)).toMatchObject({ expiresAt: "2026-03-01T00:00:00.000Z" });
    expect(JSON.parse(one.stdout).token).not.toBe(JSON.parse(other.stdout).token);
  });

  it("ends a token, after which its name is free", async () => {
    const { path } = aShop();
    await headway(path, "token create --name ci");

    const twice = await headway(path, "token create --name ci");
    const revoked = await headway(path, "token revoke --name ci");
    const again = await headway(path, "token create --name ci");
    const { stdout } = await headway(path, "token list");

    expect([twice.code, revoked.code, again.code]).toEqual([2, 0, 0]);
    expect(twice.stderr).toContain('There is a token called "ci"');
    expect(stdout).toMatch(/^ci: in force, .*\nci: revoked, /);
  });

  it("says that there is none", async () => {
    expect((await headway(aShop().path, "token list")).stdout).toContain("There is no token.");
  });

  it.each([
    ["token", "Say what to do"],
    ["token make", 'cannot "make"'],
    ["token create", "Name the token after what uses it"],
    ["token create ci", "A token is named with --name"],
    ["token create --name ci --scope admin", "--scope cannot be"],
    ["token create --name ci --expires soon", "--expires cannot be"],
    ["token create --name ci --expires 2020-01-01", "--expires cannot be"],
    ["token create --name ci --dry-run", "has no option --dry-run"],
    ["token revoke --name cj", 'No token called "cj" is in force'],
  ])("is not understood as %s", async (typed, words) => {
    const { code, stdout, stderr } = await headway(aShop().path, typed);

    expect(stderr).toContain(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});
