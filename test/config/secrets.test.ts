import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadConfig } from "#config/load.ts";
import { seal, unseal } from "#config/sealed.ts";
import { readSecrets, secretsFile, writeSecret } from "#config/secrets.ts";
import { aFolder } from "#test/support/git-repository.ts";

const env = { HEADWAY_KEY: "5a".repeat(32) };
const SEALED = /sealed:1:[0-9a-f]{8}:[\w-]+/;

describe("saved tokens", () => {
  it("lie in a file that only its owner may read, and that git does not see", async () => {
    const folder = join(aFolder(), "data");

    await writeSecret(folder, "GITHUB_TOKEN", "ghp_1", env);

    expect(statSync(secretsFile(folder)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*\n");
    expect(await readSecrets(folder, env)).toEqual({ GITHUB_TOKEN: "ghp_1" });
  });

  it("are kept out of git also in a folder that holds other things", async () => {
    const folder = aFolder();
    writeFileSync(join(folder, ".gitignore"), "node_modules\n");

    await writeSecret(folder, "A", "1", env);
    await writeSecret(folder, "A", "2", env);

    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("node_modules\nsecrets.env*\n");
  });

  it("replace each other by name and leave other lines alone", async () => {
    const folder = aFolder();
    writeFileSync(secretsFile(folder), `# mine\nexport GITHUB_TOKEN='old'\n`);

    await writeSecret(folder, "GITHUB_TOKEN", "new", env);
    await writeSecret(folder, "OTHER", "x", env);

    const [comment, token, other] = readFileSync(secretsFile(folder), "utf8").split("\n");
    expect([comment, token, other]).toEqual([
      "# mine",
      expect.stringMatching(/^GITHUB_TOKEN=sealed:/),
      expect.stringMatching(/^OTHER=sealed:/),
    ]);
    expect(await readSecrets(folder, env)).toEqual({ OTHER: "x", GITHUB_TOKEN: "new" });
  });

  it("are sealed when they are read, where somebody or an earlier Headway wrote them in clear", async () => {
    const folder = aFolder();
    const key = String.raw`-----BEGIN RSA PRIVATE KEY-----\nMII=\n-----END RSA PRIVATE KEY-----`;
    writeFileSync(secretsFile(folder), `# mine\nexport TOKEN='ghp planted'\n\nKEY="${key}"\n`);

    const read = await readSecrets(folder, env);

    expect(read).toEqual({ TOKEN: "ghp planted", KEY: key });
    expect(readFileSync(secretsFile(folder), "utf8")).toMatch(
      new RegExp(`^# mine\nTOKEN=${SEALED.source}\nKEY=${SEALED.source}\n$`),
    );
    expect(await readSecrets(folder, env)).toEqual(read);
  });

  it("are read beside the environment, which wins", async () => {
    const folder = aFolder();
    const file = join(folder, "headway.yaml");
    writeFileSync(file, "sources: [{ host: github, token: '${A}-${B}', organization: acme }]\n");
    await writeSecret(join(folder, "data"), "A", "saved", env);
    await writeSecret(join(folder, "data"), "B", "saved", env);

    const { sources } = await loadConfig({ cwd: folder, env: { ...env, A: "newer", B: "" } });

    expect(sources).toMatchObject([{ token: "newer-saved" }]);
  });

  it("never break out of their line", async () => {
    await expect(writeSecret(aFolder(), "A", "x\nB=y", env)).rejects.toThrow("another form");
    await expect(writeSecret(aFolder(), "A", String.raw`x\y`, env)).rejects.toThrow("another form");
    await expect(writeSecret(aFolder(), "A=B", "x", env)).rejects.toThrow("another form");
  });
});

describe("the key that secrets are sealed with", () => {
  it("opens what it sealed, whatever that is, and never seals twice alike", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
        const [once, again] = [await seal("A", text, env), await seal("A", text, env)];

        expect(await unseal("A", once, "f", env)).toEqual({ text, isStale: false });
        expect(again).not.toBe(once);
      }),
      { numRuns: 50 },
    );
  });

  it("opens nothing that was changed, or was sealed for another name", async () => {
    const sealed = await seal("A", "planted", env);
    const changed = sealed.slice(0, -4) + sealed.slice(-4).split("").toReversed().join("");

    await expect(unseal("B", sealed, "f", env)).rejects.toThrow("B in f was changed since it was sealed");
    await expect(unseal("A", changed, "f", env)).rejects.toThrow("was changed");
  });

  it("is made once, outside the folder, where nobody gave one", async () => {
    const [home, folder] = [aFolder(), aFolder()];
    const file = join(home, ".config/headway/secrets.key");

    await Promise.all(["A", "B", "C"].map(async (name) => seal(name, "x", { HOME: home })));
    const made = readFileSync(file, "utf8");
    await writeSecret(folder, "A", "1", { HOME: home });

    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, ".config/headway")).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(home, ".config/headway"))).toEqual(["secrets.key"]);
    expect(readFileSync(file, "utf8")).toBe(made);
    expect(await readSecrets(folder, { HEADWAY_KEY: made })).toEqual({ A: "1" });
    expect(await readSecrets(folder, { HEADWAY_KEY_FILE: file, HOME: aFolder() })).toEqual({ A: "1" });
  });

  it("is the credential that systemd hands over, before one that lies at home", async () => {
    const [credentials, home, folder] = [aFolder(), aFolder(), aFolder()];
    writeFileSync(join(credentials, "headway-key"), `${Buffer.alloc(32, 7).toString("base64")}\n`);

    await writeSecret(folder, "A", "1", { CREDENTIALS_DIRECTORY: credentials, HOME: home });

    expect(existsSync(join(home, ".config"))).toBe(false);
    expect(await readSecrets(folder, { HEADWAY_KEY: "07".repeat(32) })).toEqual({ A: "1" });
  });

  it("is exchanged by naming the one of before: what it sealed is sealed anew when it is read", async () => {
    const folder = aFolder();
    await writeSecret(folder, "A", "1", env);
    const next = { HEADWAY_KEY: "6b".repeat(32) };

    await expect(readSecrets(folder, next)).rejects.toThrow(/A in .*secrets.env is sealed with the key/);
    await readSecrets(folder, { ...next, HEADWAY_KEY_BEFORE: env.HEADWAY_KEY });

    expect(await readSecrets(folder, next)).toEqual({ A: "1" });
  });

  it("is refused where it is none, and nothing is said of what stands there", async () => {
    const words = await seal("A", "x", { HEADWAY_KEY: "correct horse" }).catch(String);

    expect(words).toContain("HEADWAY_KEY holds no key: it takes 64 hexadecimal digits");
    expect(words).not.toContain("horse");
  });

  it("where it cannot be made, secrets that are there are read as before, and new ones are not written in clear", async () => {
    const folder = aFolder();
    const home = join(aFolder(), "file");
    writeFileSync(home, "");
    writeFileSync(secretsFile(folder), "A=1\n");

    expect(await readSecrets(folder, { HOME: home })).toEqual({ A: "1" });
    await expect(writeSecret(folder, "B", "2", { HOME: home })).rejects.toThrow(/secrets.key \(ENOTDIR\)/);
    expect(readFileSync(secretsFile(folder), "utf8")).toBe("A=1\n");
  });
});
