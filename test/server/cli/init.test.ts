import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aFolder } from "#test/support/git-repository.ts";
import { aShop, headway } from "./support.ts";

describe("headway init", () => {
  it("writes a configuration that works as it stands, and says what to do next", async () => {
    const { path } = aShop();

    const written = await headway(path, "init");
    const synced = await headway(path, "sync");

    expect(written.stdout).toContain(`Wrote ${join(path, "headway.yaml")}. It looks at ${path}`);
    expect(written.stdout).toContain("Next: headway check");
    expect(synced).toMatchObject({ code: 0 });
  });

  it("finds the repository around the file", async () => {
    const { path } = aShop();

    await headway(path, "init --config .git/headway.yaml");

    expect(readFileSync(join(path, ".git/headway.yaml"), "utf8")).toContain('path: ".."');
  });

  it("asks for a repository where there is none", async () => {
    const { code, stdout } = await headway(aFolder(), "init");

    expect(stdout).toContain("This folder is in no git repository: name yours under `sources`");
    expect(code).toBe(0);
  });

  it("never overwrites", async () => {
    const cwd = aFolder();
    writeFileSync(join(cwd, "headway.yaml"), "mine");

    const { code, stderr } = await headway(cwd, "init");

    expect(stderr).toContain("exists already, and is left as it is");
    expect(readFileSync(join(cwd, "headway.yaml"), "utf8")).toBe("mine");
    expect(code).toBe(1);
  });

  it("does not make folders that were mistyped", async () => {
    const { code, stderr } = await headway(aFolder(), "init --config no/such/headway.yaml");

    expect(stderr).toContain("does not exist. Make it first");
    expect(code).toBe(1);
  });

  it("gives programs the file", async () => {
    const cwd = aFolder();

    expect(JSON.parse((await headway(cwd, "init --json")).stdout)).toEqual({ file: join(cwd, "headway.yaml") });
  });
});
