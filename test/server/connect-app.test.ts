/** Connecting GitHub by an app: its ids and the file of its key go in; the key comes out nowhere but in the file for secrets. */
import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, relative } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { FakeGitHub } from "#test/support/github/server.ts";
import { onRequest } from "#test/collectors/github/collecting.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { aShop } from "./cli/support.ts";
import { aGitHub, everything, probed, started, TOKEN } from "./connecting.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
/** As it stands on one line. */
const line = pem.trim().replaceAll("\n", String.raw`\n`);
/** Some of it that nothing else holds. */
const telling = pem.split("\n")[3] ?? "";

function aKeyFile(text = pem): string {
  const file = join(aFolder(), "headway.private-key.pem");
  writeFileSync(file, text);
  return file;
}

async function installed(): Promise<FakeGitHub> {
  const host = await aGitHub();
  host.account.isInstallation = true;
  Object.assign(host.account.permissions, { pull_requests: "read", deployments: "read", actions: "read" });
  return host;
}

const anApp = (has: object = {}) => ({ id: "1", installation: "7", keyFile: aKeyFile(), ...has });

describe("connecting GitHub by an app", () => {
  it("says what the app may read and lacks, and where it was installed", async () => {
    const host = await installed();
    const server = await started(aShop().path);

    const { json } = await server.send("/api/connect/probe", { host: "github", url: host.url, app: anApp() });

    expect(json).toMatchObject({
      by: "app",
      account: "acme",
      kind: "GitHub App",
      owners: [{ name: "acme", kind: "organization" }],
      repositories: [{ name: "acme/shop" }],
      scopes: expect.arrayContaining(["contents: read", "pull_requests: read"]),
    });
    const grants = json["grants"] as { name: string; has: boolean }[];
    expect(grants.filter(({ has }) => !has).map(({ name }) => name)).toEqual([
      "Issues: read",
      "Code scanning alerts: read",
      "Dependabot alerts: read",
      "Secret scanning alerts: read",
    ]);
  });

  it("shows what would be written, looks at the last 90 days, writes it, and collects without a restart", async () => {
    const host = await installed();
    const { path } = aShop();
    const server = await started(path);
    const held = await probed(server, { host: "github", url: host.url, app: anApp() });

    const body = { held, owner: "acme", production: "^production$" };
    const preview = await server.send("/api/connect", { ...body, save: false });
    const before = existsSync(join(path, "data/secrets.env"));
    const saved = await server.send("/api/connect", { ...body, save: true });

    expect(before).toBe(false);
    expect(preview.json).toMatchObject({
      by: "app",
      variable: "GITHUB_APP_KEY",
      secrets: join(path, "data/secrets.env"),
      outlook: [{ repository: "acme/shop" }],
    });
    expect(saved.json).toEqual({ ...preview.json, saved: true, outlook: [] });
    const entry =
      "    app:\n      id: 1\n      installation: 7\n      privateKey: ${GITHUB_APP_KEY}\n    organization: acme\n";
    expect(readFileSync(join(path, "headway.yaml"), "utf8")).toContain(entry);
    expect(readFileSync(join(path, "data/secrets.env"), "utf8")).toMatch(/^GITHUB_APP_KEY=sealed:1:\S+$/m);
    expect(statSync(join(path, "data/secrets.env")).mode & 0o777).toBe(0o600);
    await vi.waitFor(async () => {
      const { sources, services } = await server.status();
      expect(sources).toMatchObject([{ host: "git" }, { host: "github", state: "ok", error: null }]);
      expect(services.map(({ name }) => name)).toContain("acme/shop");
    }, 15_000);
  });

  it("is there after a restart, which reads the key from the file for secrets", async () => {
    const host = await installed();
    const { path } = aShop();
    const first = await started(path);
    const held = await probed(first, { host: "github", url: host.url, app: anApp() });
    await first.send("/api/connect", { held, owner: "acme", save: true });

    const again = await started(path);

    await vi.waitFor(async () => {
      const { sources } = await again.status();
      expect(sources).toMatchObject([{}, { host: "github", state: "ok", error: null }]);
    }, 15_000);
  });

  it("says the key nowhere: no answer, no log, no database, no file", async () => {
    const host = await installed();
    const { path } = aShop();
    const server = await started(path);
    const app = anApp();

    const answers = [
      await server.send("/api/connect/probe", { host: "github", url: host.url, app }),
      await server.send("/api/connect/probe", { host: "github", url: host.url, app: { ...app, installation: "8" } }),
      await server.send("/api/connect/probe", { host: "github", url: host.url, app: { ...app, privateKey: pem } }),
    ];
    const held = answers[0]?.json["held"];
    answers.push(await server.send("/api/connect", { held, owner: "acme", production: "(", save: true }));
    answers.push(await server.send("/api/connect", { held, owner: "acme", save: true }));
    await vi.waitFor(async () => expect((await server.status()).sources[1]?.state).toBe("ok"), 15_000);

    expect(answers.map(({ status }) => status)).toEqual([200, 422, 400, 409, 200]);
    const told = [...answers.map(({ text }) => text), server.stderr.text, server.stdout.text];
    expect(told.join("\n") + JSON.stringify(await server.status())).not.toContain(telling);
    const holding = everything(path).filter(({ text }) => text.includes(telling));
    expect(holding.map(({ name }) => name)).toEqual([]);
  });

  it("takes the place of the token of the same source, and a token that of an app", async () => {
    const host = await aGitHub();
    const { path } = aShop();
    const server = await started(path);
    const byToken = await probed(server, { host: "github", url: host.url, token: TOKEN });
    await server.send("/api/connect", { held: byToken, owner: "acme", save: true });
    const withToken = readFileSync(join(path, "headway.yaml"), "utf8");
    host.account.isInstallation = true;
    const byApp = await probed(server, { host: "github", url: host.url, app: anApp() });

    const { json } = await server.send("/api/connect", { held: byApp, owner: "acme", save: true });
    const withApp = readFileSync(join(path, "headway.yaml"), "utf8");
    host.account.isInstallation = false;
    const byTokenAgain = await probed(server, { host: "github", url: host.url, token: TOKEN });
    await server.send("/api/connect", { held: byTokenAgain, owner: "acme", save: true });

    expect(json).toMatchObject({ renews: true, saved: true });
    expect([withApp.includes("token:"), withApp.includes("privateKey: ${GITHUB_APP_KEY}")]).toEqual([false, true]);
    expect((await server.status()).sources).toHaveLength(2);
    const lines = (text: string) => text.split("\n").toSorted((a, b) => a.localeCompare(b));
    expect(lines(readFileSync(join(path, "headway.yaml"), "utf8"))).toEqual(lines(withToken));
  });

  it("renews its key under the name that it has", async () => {
    const host = await installed();
    const { path } = aShop();
    const server = await started(path);
    const held = await probed(server, { host: "github", url: host.url, app: anApp() });
    await server.send("/api/connect", { held, owner: "acme", save: true });
    writeFileSync(join(path, "data/secrets.env"), "GITHUB_APP_KEY=old\n");
    const heldAgain = await probed(server, { host: "github", url: host.url, app: anApp() });

    const { json } = await server.send("/api/connect", { held: heldAgain, owner: "acme", save: true });

    expect(json).toMatchObject({ renews: true, variable: "GITHUB_APP_KEY" });
    expect(readFileSync(join(path, "data/secrets.env"), "utf8")).toMatch(/^GITHUB_APP_KEY=sealed:1:\S+$/m);
  });

  it.each([
    ["as in the file", pem],
    ["on one line", line],
  ])("takes its key from the environment, %s, and saves none", async (_, value) => {
    const host = await installed();
    const { path } = aShop();
    const server = await started(path, "start --port 0", { OUR_KEY: value });
    const app = { id: "Iv23abc", installation: "7" };
    const held = await probed(server, { host: "github", url: host.url, variable: "OUR_KEY", app });

    const { json } = await server.send("/api/connect", { held, owner: "acme", save: true });

    expect(json).toMatchObject({ variable: "OUR_KEY", secrets: null });
    expect(json["entry"]).toContain("      id: Iv23abc\n      installation: 7\n      privateKey: ${OUR_KEY}\n");
    expect(existsSync(join(path, "data/secrets.env"))).toBe(false);
    await vi.waitFor(async () => expect((await server.status()).sources[1]?.state).toBe("ok"), 15_000);
  });

  it("finds the file from where Headway was started, and from home", async () => {
    const host = await installed();
    const { path } = aShop();
    writeFileSync(join(path, "key.pem"), pem.replaceAll("\n", "\r\n"));
    const server = await started(path);
    const asked = async (keyFile: string) =>
      (await server.send("/api/connect/probe", { host: "github", url: host.url, app: anApp({ keyFile }) })).status;

    expect(await asked("key.pem")).toBe(200);
    expect(await asked(`~/${relative(homedir(), join(path, "key.pem"))}`)).toBe(200);
  });
});

describe("an app that cannot be used", () => {
  const locked = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "p" }).toString();
  const another = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;

  it.each([
    ["a file that is none", () => join(aFolder(), "gone.pem"), "there is no such file"],
    ["a folder", () => aFolder(), "it is a folder"],
    [
      "a public key",
      () => aKeyFile(publicKey.export({ type: "spki", format: "pem" }).toString()),
      "holds no private key",
    ],
    ["any other file", () => aKeyFile("hunter2"), "holds no private key"],
    ["an empty one", () => aKeyFile(""), "holds no private key"],
    ["a key that is locked", () => aKeyFile(locked), "locked with a passphrase"],
    ["a part of a key", () => aKeyFile(pem.slice(0, 300)), "is damaged, or only a part of one"],
    [
      "a key that does not sign as GitHub wants it",
      () => aKeyFile(another.export({ type: "pkcs8", format: "pem" }).toString()),
      "nobody can sign with it",
    ],
    ["a file that is too large", () => aKeyFile(`${pem}${" ".repeat(20_000)}`), "is too large for a private key"],
  ])("is refused with the reason: %s", async (_, file, words) => {
    const server = await started(aShop().path);

    const { status, json, text } = await server.send("/api/connect/probe", {
      host: "github",
      app: anApp({ keyFile: file() }),
    });

    expect([status, json["detail"]]).toEqual([400, expect.stringContaining(words)]);
    expect(text).not.toMatch(/hunter2|BEGIN/);
  });

  const ids = { id: "1", installation: "7" };

  it.each<[string, () => object, string]>([
    ["nothing says where its key is", () => ({ app: ids }), "Name either the file with the app's private key or"],
    ["two things do", () => ({ app: anApp(), variable: "OUR_KEY" }), "Name either the file with the app's private key"],
    ["a token is given, too", () => ({ app: anApp(), token: "t" }), "without a token"],
    ["it is to be let in at GitLab", () => ({ app: anApp(), host: "gitlab" }), "An app is let in at GitHub"],
    ["its id is none", () => ({ app: anApp({ id: "my app" }) }), "The id of an app is a number, or its client id"],
    ["its installation is none", () => ({ app: anApp({ installation: "acme" }) }), "The installation is a number"],
    ["the variable is not set", () => ({ app: ids, variable: "NOT_SET" }), "NOT_SET is not set"],
    ["it holds no key", () => ({ app: ids, variable: "NOT_A_KEY" }), "environment variable NOT_A_KEY holds no"],
  ])("is refused in words where %s", async (_, body, words) => {
    const server = await started(aShop().path, "start --port 0", { NOT_A_KEY: "hunter2" });

    const { status, json, text } = await server.send("/api/connect/probe", { host: "github", ...body() });

    expect([status, json["detail"]]).toEqual([400, expect.stringContaining(words)]);
    expect(text).not.toContain("hunter2");
  });

  it("is refused with the reason that GitHub has: another app's key, no such installation", async () => {
    const host = await installed();
    const server = await started(aShop().path);
    const asked = async (app: object) =>
      (await server.send("/api/connect/probe", { host: "github", url: host.url, app })).json["detail"];

    expect(await asked(anApp({ installation: "8" }))).toContain("The app 1 has no installation 8");
    host.before = onRequest(/access_tokens/, () => "401");
    expect(await asked(anApp())).toContain("does not accept the key of the app 1");
  });

  it("is not looked at when it was uninstalled before it was saved", async () => {
    const host = await installed();
    const { path } = aShop();
    const server = await started(path);
    const held = await probed(server, { host: "github", url: host.url, app: anApp() });
    host.before = onRequest(/access_tokens/, () => "404");

    const { status, json } = await server.send("/api/connect", { held, owner: "acme", save: false });

    expect([status, json["detail"]]).toEqual([422, expect.stringContaining("was uninstalled")]);
    expect(existsSync(join(path, "headway.yaml"))).toBe(false);
  });
});
