import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "#config/load.ts";
import { readSecrets, secretsFile, writeSecret } from "#config/secrets.ts";
import { aFolder } from "#test/support/git-repository.ts";

describe("saved tokens", () => {
  it("lie in a file that only its owner may read, and that git does not see", async () => {
    const folder = join(aFolder(), "data");

    await writeSecret(folder, "GITHUB_TOKEN", "ghp_1");

    expect(statSync(secretsFile(folder)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*\n");
    expect(await readSecrets(folder)).toEqual({ GITHUB_TOKEN: "ghp_1" });
  });

  it("are kept out of git also in a folder that holds other things", async () => {
    const folder = aFolder();
    writeFileSync(join(folder, ".gitignore"), "node_modules\n");

    await writeSecret(folder, "A", "1");
    await writeSecret(folder, "A", "2");

    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("node_modules\nsecrets.env*\n");
  });

  it("replace each other by name and leave other lines alone", async () => {
    const folder = aFolder();
    writeFileSync(secretsFile(folder), `# mine\nexport GITHUB_TOKEN='old'\nOTHER="x y"\n`);

    await writeSecret(folder, "GITHUB_TOKEN", "new");

    expect(readFileSync(secretsFile(folder), "utf8")).toBe(`# mine\nOTHER="x y"\nGITHUB_TOKEN=new\n`);
    expect(await readSecrets(folder)).toEqual({ OTHER: "x y", GITHUB_TOKEN: "new" });
  });

  it("hold a key on one line, between quotes, so that a shell can read it, too", async () => {
    const folder = aFolder();
    const key = String.raw`-----BEGIN RSA PRIVATE KEY-----\nMII=\n-----END RSA PRIVATE KEY-----`;

    await writeSecret(folder, "GITHUB_APP_KEY", key);

    expect(readFileSync(secretsFile(folder), "utf8")).toContain(`GITHUB_APP_KEY="${key}"\n`);
    expect(await readSecrets(folder)).toEqual({ GITHUB_APP_KEY: key });
  });

  it("are read beside the environment, which wins", async () => {
    const folder = aFolder();
    const file = join(folder, "headway.yaml");
    writeFileSync(file, "sources: [{ host: github, token: '${A}-${B}', organization: acme }]\n");
    await writeSecret(join(folder, "data"), "A", "saved");
    await writeSecret(join(folder, "data"), "B", "saved");

    const { sources } = await loadConfig({ cwd: folder, env: { A: "newer" } });

    expect(sources).toMatchObject([{ token: "newer-saved" }]);
  });

  it("never break out of their line", async () => {
    await expect(writeSecret(aFolder(), "A", "x\nB=y")).rejects.toThrow("another form");
    await expect(writeSecret(aFolder(), "A", String.raw`x\y`)).rejects.toThrow("another form");
    await expect(writeSecret(aFolder(), "A=B", "x")).rejects.toThrow("another form");
  });
});
