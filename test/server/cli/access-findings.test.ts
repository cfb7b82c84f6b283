import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { findAccess } from "#server/cli/access-findings.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { anInstallation } from "#test/support/installation.ts";
import { loggedIn } from "#test/support/people.ts";
import { aShop, Capture, headway } from "./support.ts";

async function found(settings: { readonly url?: string; readonly proxies?: string[] }, isSomebodyIn = false) {
  const { config, store, ...rest } = await anInstallation({ collectors: [] });
  const installation = { ...rest, store, config: { ...config, ...settings } };
  if (isSomebodyIn) await loggedIn(installation, "admin");
  return findAccess(installation);
}

/** A folder whose configuration says that others reach it. */
function aCompany(more = ""): string {
  const folder = aFolder();
  const source = `sources: [{ host: git, path: ${JSON.stringify(aShop().path)} }]`;
  writeFileSync(join(folder, "headway.yaml"), `url: https://headway.example\nproxies: [loopback]\n${source}\n${more}`);
  return folder;
}

describe("what is said of who gets in", () => {
  it.each([
    [{ url: "https://headway.example", proxies: ["loopback"] }, "`url` is https://headway.example"],
    [{ url: "http://10.0.0.5:4179" }, "`url` is http://10.0.0.5:4179"],
    [{ proxies: ["loopback"] }, "`proxies` are named"],
  ])("is that something is broken where others are to reach it and nobody can log in: %o", async (settings, why) => {
    const said = await found(settings);

    expect(said).toMatchObject([{ level: "broken", about: "access" }]);
    expect(said[0]?.message).toContain(`${why}, so others are to reach it, and nobody can log in yet`);
    expect(said[0]?.message).toContain("headway user add --name NAME --role admin");
  });

  it("is that a proxy is missing where https is spoken by something else", async () => {
    expect(await found({ url: "https://headway.example" }, true)).toMatchObject([
      { level: "warning", message: expect.stringContaining("not kept for https alone") },
    ]);
  });

  it.each([
    [{}, false],
    [{ url: "http://localhost:4179" }, false],
    [{ url: "https://headway.example", proxies: ["loopback"] }, true],
  ])("is nothing where all is well: %o", async (settings, isSomebodyIn) => {
    expect(await found(settings, isSomebodyIn)).toEqual([]);
  });

  it("makes `headway check` fail, and is a warning when Headway starts, until there is a user", async () => {
    const folder = aCompany();
    const [stdout, stderr, stopping] = [new Capture(), new Capture(), new AbortController()];
    onTestFinished(() => stopping.abort());

    const before = await headway(folder, "check");
    const ended = headway(folder, "start --port 0", { stdout, stderr, signal: stopping.signal });
    await vi.waitFor(() => expect(stdout.text).toContain("http://"), 5000);
    stopping.abort();
    await ended;
    await headway(folder, "user add --name ada --role admin");
    const after = await headway(folder, "check");

    expect(before.code).toBe(1);
    expect(before.stdout).toMatch(/^✗ access +`url` is https:\/\/headway\.example/m);
    expect(stderr.text).toContain("headway: Warning: `url` is https://headway.example");
    expect(after.stdout).not.toContain("✗");
    expect(after.code).toBe(0);
  });
});
