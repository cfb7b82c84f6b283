import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { outlook, probe, probeSource } from "#collectors/index.ts";
import { GitHubOptions } from "#collectors/github/options.ts";
import type { TokenHost } from "#collectors/index.ts";
import { aGitLab, failing } from "#test/support/fake-gitlab.ts";
import { FakeGitHub } from "#test/support/github/server.ts";
import { onRequest } from "./github/collecting.ts";

const { signal } = new AbortController();
const effects = { random: () => 0 };

function asked(url: string, token: string, tryOn: string | null = null) {
  return { url, token, tryOn, signal, effects };
}

async function aGitHub() {
  const host = await new FakeGitHub().listen();
  host.repository("shop");
  return host;
}

/** A server that answers everything alike. */
async function answering(status: number, type: string, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status, { "content-type": type }).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a GitHub token", () => {
  it("says whose it is, what it sees, and that it lacks nothing", async () => {
    const host = await aGitHub();
    host.account.expires = "2027-01-31 12:00:00 UTC";

    expect(await probe("github", asked(host.url, "t-good"))).toMatchObject({
      account: "ada",
      kind: "personal access token (classic)",
      expiresAt: Date.parse("2027-01-31T12:00:00Z"),
      scopes: ["repo", "read:org"],
      grants: [
        { name: "repo", has: true },
        { name: "read:org", has: true },
      ],
      owners: [{ name: "acme", kind: "organization" }],
      repositories: [{ name: "acme/shop", isPrivate: true }],
      isWhole: true,
    });
  });

  it("of the classic kind lacks the scopes it does not name", async () => {
    const host = await aGitHub();
    host.account.scopes = "";

    const { grants, scopes } = await probe("github", asked(host.url, "t-good"));

    expect(scopes).toEqual([]);
    expect(grants.map(({ has }) => has)).toEqual([false, false]);
  });

  it("of the fine-grained kind is tried, each permission once", async () => {
    const host = await aGitHub();
    host.account.scopes = null;
    host.account.withheld = /\/(deployments|pulls)$/;

    const { grants, triedOn } = await probe("github", asked(host.url, "t-good"));

    expect(triedOn).toBe("acme/shop");
    expect(grants.filter(({ has }) => has === false).map(({ name }) => name)).toEqual([
      "Pull requests: read",
      "Deployments: read",
    ]);
  });

  it("shows what the last 90 days hold", async () => {
    const host = await aGitHub();
    const shop = host.repository("shell");
    shop.commit();
    shop.deploy();

    const { environments, releases } = await outlook("github", asked(host.url, "t-good"), "acme/shell", shop.now);

    expect([...environments.values()]).toEqual([1]);
    expect(releases).toBe(0);
  });
});

describe("a GitHub App", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs1", format: "pem" });

  async function probed(host: FakeGitHub, has: object = {}, options: object = {}) {
    const app = { id: 1, installation: 7, privateKey: pem, ...has };
    const source = GitHubOptions.parse({ host: "github", url: host.url, app, organization: "acme", ...options });
    return probeSource(source, { tryOn: null, signal, effects });
  }

  it("says its permissions, what it lacks of them, and where it was installed", async () => {
    const host = await aGitHub();
    host.account.isInstallation = true;
    host.account.permissions = { contents: "read", pull_requests: "write", issues: "read", actions: "read" };

    const { grants, ...rest } = await probed(host);

    expect(rest).toMatchObject({
      account: "acme",
      kind: "GitHub App",
      expiresAt: null,
      scopes: ["contents: read", "pull_requests: write", "issues: read", "actions: read"],
      triedOn: null,
      owners: [{ name: "acme", kind: "organization" }],
      repositories: [{ name: "acme/shop" }],
    });
    expect(grants.filter(({ has }) => has === false).map(({ name }) => name)).toEqual([
      "Deployments: read",
      "Code scanning alerts: read",
      "Dependabot alerts: read",
      "Secret scanning alerts: read",
    ]);
  });

  it("lacks no permission for alerts that are not wanted", async () => {
    const host = await aGitHub();
    host.account.isInstallation = true;

    const { grants } = await probed(host, {}, { alerts: false });

    expect(grants.map(({ name }) => name).join()).not.toContain("alerts");
  });

  it.each([
    ["its key is none", { privateKey: "hunter2" }, "private key cannot be used"],
    ["it was not installed there", { installation: 8 }, "has no installation 8"],
  ])("says in words that %s", async (_, has, words) => {
    const host = await aGitHub();

    const refusal = await probed(host, has).catch((error: unknown) => String(error));

    expect(refusal).toContain(words);
    expect(refusal).not.toContain("hunter2");
  });

  it("says in words that its key is another's", async () => {
    const host = await aGitHub();
    host.before = onRequest(/access_tokens/, () => "401");

    await expect(probed(host)).rejects.toThrow("does not accept the key of the app 1");
  });

  it("has a token for an hour, which is tried like a fine-grained one", async () => {
    const host = await aGitHub();
    host.account.isInstallation = true;
    host.account.withheld = /\/deployments$/;

    const { account, kind, grants, triedOn } = await probe("github", asked(host.url, "t-good"));

    expect([account, triedOn]).toEqual(["acme", "acme/shop"]);
    expect(kind).toContain("GitHub App");
    expect(grants.filter(({ has }) => has === false).map(({ name }) => name)).toEqual(["Deployments: read"]);
  });

  it("is not what a token is that may nothing at all", async () => {
    const host = await aGitHub();
    host.before = () => "403";

    await expect(probe("github", asked(host.url, "t-good"))).rejects.toThrow("/user (403");
  });
});

describe("a GitLab token", () => {
  it("says its scopes and what it sees", async () => {
    const host = await aGitLab();
    host.project("acme/shell");

    const probed = await probe("gitlab", asked(host.url, "secret"));

    expect(probed).toMatchObject({
      account: "ada",
      expiresAt: Date.parse("2027-01-31"),
      scopes: ["read_api"],
      owners: [{ name: "acme", kind: "group" }],
      repositories: [{ name: "acme/shell" }],
    });
    expect(probed.grants.filter(({ has }) => has === false)).toEqual([]);
  });

  it("without read_api is not used any further", async () => {
    const host = await aGitLab();
    host.project("acme/shell");
    host.account.scopes = ["read_user"];

    const { grants, repositories } = await probe("gitlab", asked(host.url, "secret"));

    expect(grants).toMatchObject([{ name: "read_api", has: false }]);
    expect(repositories).toEqual([]);
    expect(host.count(/projects/)).toBe(0);
  });

  it("of an older GitLab is tried", async () => {
    const host = await aGitLab();
    host.project("acme/shell");
    host.account.scopes = null;
    host.fault = failing(/deployments/, { kind: "status", status: 403 });

    const { grants, scopes } = await probe("gitlab", asked(host.url, "secret"));

    expect(scopes).toBeNull();
    expect(grants.find(({ name }) => name.startsWith("Deployments"))?.has).toBe(false);
    expect(grants.find(({ name }) => name === "Issues")?.has).toBe(true);
  });
});

describe("what is told of a token that cannot be used", () => {
  it.each<TokenHost>(["github", "gitlab"])("is that %s does not accept it, without a word of it", async (host) => {
    const urls = { github: (await aGitHub()).url, gitlab: (await aGitLab()).url };

    const refusal = await probe(host, asked(urls[host], "ghp_hunter2")).catch((error: unknown) => String(error));

    expect(refusal).toContain("does not accept this token: it is mistyped, expired or revoked");
    expect(refusal).not.toContain("hunter2");
  });

  it.each<TokenHost>(["github", "gitlab"])("is that the address of %s is another's", async (host) => {
    const page = await answering(200, "text/html", "<!doctype html><title>Log in</title>");
    const missing = await answering(404, "application/json", "{}");
    const json = await answering(200, "application/json", "{}");

    await expect(probe(host, asked(page, "t"))).rejects.toThrow("web page instead of data");
    await expect(probe(host, asked(missing, "t"))).rejects.toThrow("Is the address that of");
    await expect(probe(host, asked(json, "t"))).rejects.toThrow("Is the address that of");
  });

  it("is that nobody is there", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));

    await expect(probe("github", asked(`http://127.0.0.1:${port}`, "t"))).rejects.toThrow(
      "does not answer (ECONNREFUSED)",
    );
  });

  it("is that the limit is used up, and when it may be tried again", async () => {
    const resets = Math.ceil(Date.now() / 1000) + 3600;
    const limit = { "x-ratelimit-limit": "60", "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(resets) };
    const server = createServer((_request, response) =>
      response.writeHead(403, { "content-type": "application/json", ...limit }).end("{}"),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    await expect(probe("github", asked(url, "t"))).rejects.toThrow(/limit is used up; resumes \d\d:\d\d/);
  });
});
