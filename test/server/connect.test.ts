import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { Reply } from "#server/contract.ts";
import { commands } from "#server/contract.ts";
import { aGitLab } from "#test/support/fake-gitlab.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { anInstallation, serve } from "#test/support/installation.ts";
import { aShop } from "./cli/support.ts";
import { aGitHub, everything, probed, started, TOKEN } from "./connecting.ts";

describe("connecting a host", () => {
  it("shows what would be written, writes it, and collects without a restart", async () => {
    const host = await aGitHub();
    const { path } = aShop();
    const server = await started(path);
    const held = await probed(server, { host: "github", url: host.url, token: TOKEN });

    const body = { held, repositories: ["acme/shop"] };
    const preview = await server.send("/api/connect", { ...body, save: false });
    const before = existsSync(join(path, "headway.yaml"));
    const saved = await server.send("/api/connect", { ...body, save: true });

    expect(before).toBe(false);
    expect(preview.json).toMatchObject({ saved: false, isNew: true, variable: "GITHUB_TOKEN", renews: false });
    expect(saved.json).toEqual({ ...preview.json, saved: true, outlook: [] });
    expect(preview.json["entry"]).toContain("token: ${GITHUB_TOKEN}");
    expect(readFileSync(join(path, "headway.yaml"), "utf8")).toContain(
      '  - host: git\n    path: "."\n  - host: github\n',
    );
    expect(readFileSync(join(path, "data/secrets.env"), "utf8")).toMatch(/^GITHUB_TOKEN=sealed:1:\S+$/m);
    expect(statSync(join(path, "data/secrets.env")).mode & 0o777).toBe(0o600);
    await vi.waitFor(async () => {
      const { sources, services } = await server.status();
      expect(sources).toMatchObject([{ host: "git" }, { host: "github", state: "ok" }]);
      expect(services.map(({ name }) => name)).toContain("acme/shop");
    }, 15_000);
  });

  it("says the token nowhere: no answer, no log, no file", async () => {
    const host = await aGitHub();
    host.account.withheld = /^\/user\/orgs$/;
    const { path } = aShop();
    const server = await started(path);

    const answers = [
      await server.send("/api/connect/probe", { host: "github", url: host.url, token: TOKEN }),
      await server.send("/api/connect/probe", { host: "github", url: host.url, token: `${TOKEN}-bad` }),
      await server.send("/api/connect/probe", `{"host": "github", "token": "${TOKEN}"`),
      await server.send("/api/connect/probe", { host: "github", token: TOKEN, more: TOKEN }),
    ];
    const held = answers[0]?.json["held"];
    answers.push(await server.send("/api/connect", { held, owner: "acme", production: "(", save: true }));
    answers.push(await server.send("/api/connect", { held, owner: "acme", save: true }));
    await vi.waitFor(async () => expect((await server.status()).sources[1]?.state).toBe("ok"), 15_000);

    expect(answers.map(({ status }) => status)).toEqual([200, 422, 400, 400, 409, 200]);
    expect(answers.map(({ text }) => text).join("\n")).not.toContain(TOKEN);
    expect(JSON.stringify(await server.status())).not.toContain(TOKEN);
    expect(server.stderr.text + server.stdout.text).not.toContain(TOKEN);
    const holding = everything(path).filter(({ text }) => text.includes(TOKEN));
    expect(holding.map(({ name }) => name)).toEqual([]);
  });

  it("is there after a restart, and a new token of the same source replaces the old one", async () => {
    const host = await aGitHub();
    const { path } = aShop();
    const first = await started(path);
    const held = await probed(first, { host: "github", url: host.url, token: TOKEN });
    await first.send("/api/connect", { held, owner: "acme", save: true });
    writeFileSync(join(path, "data/secrets.env"), "GITHUB_TOKEN=expired\n");

    const again = await started(path);
    const heldAgain = await probed(again, { host: "github", url: host.url, token: TOKEN });
    const { json } = await again.send("/api/connect", { held: heldAgain, owner: "acme", save: true });

    expect(json).toMatchObject({ renews: true, variable: "GITHUB_TOKEN", isNew: false });
    expect(readFileSync(join(path, "data/secrets.env"), "utf8")).toMatch(/^GITHUB_TOKEN=sealed:1:\S+\n$/);
    expect((await again.status()).sources).toHaveLength(2);
  });

  it("keeps a configuration that is there, and takes another name where the environment has that one", async () => {
    const host = await aGitLab();
    host.project("acme/shell");
    const { path } = aShop();
    const text = "# ours\nsources:\n  - host: git # here\n    path: .\n";
    writeFileSync(join(path, "headway.yaml"), text);
    const server = await started(path, "start --port 0", { GITLAB_TOKEN: "somebody's" });
    const held = await probed(server, { host: "gitlab", url: host.url, token: "secret" });

    const { json } = await server.send("/api/connect", { held, owner: "acme", save: true });

    expect(json["variable"]).toBe("GITLAB_TOKEN_2");
    expect(readFileSync(join(path, "headway.yaml"), "utf8")).toBe(
      `${text}  - host: gitlab\n    url: ${host.url}\n    token: \${GITLAB_TOKEN_2}\n    group: acme\n`,
    );
  });

  it("is there after a restart where a container hands the name on without a value", async () => {
    const host = await aGitHub();
    const { path } = aShop();
    const env = { GITHUB_TOKEN: "" };
    const first = await started(path, "start --port 0", env);
    const held = await probed(first, { host: "github", url: host.url, token: TOKEN });
    const { json } = await first.send("/api/connect", { held, owner: "acme", save: true });

    const again = await started(path, "start --port 0", env);

    expect(json["variable"]).toBe("GITHUB_TOKEN");
    expect((await again.status()).sources).toMatchObject([{ host: "git" }, { host: "github" }]);
  });

  it("takes a token from the environment and saves none", async () => {
    const host = await aGitHub();
    const { path } = aShop();
    const server = await started(path, "start --port 0", { OUR_TOKEN: TOKEN });
    const held = await probed(server, { host: "github", url: host.url, variable: "OUR_TOKEN" });

    const { json } = await server.send("/api/connect", { held, owner: "acme", save: true });
    const unset = await server.send("/api/connect/probe", { host: "github", variable: "NOT_SET" });

    expect(json).toMatchObject({ variable: "OUR_TOKEN", secrets: null });
    expect(existsSync(join(path, "data/secrets.env"))).toBe(false);
    expect(unset).toMatchObject({ status: 400, json: { detail: expect.stringContaining("NOT_SET is not set") } });
  });

  it("says so where one repository was asked for by name, which reads no file", async () => {
    const host = await aGitHub();
    const [shop, cwd] = [aShop(), aFolder()];
    const server = await started(cwd, `start --port 0 --repo ${shop.path}`);
    const held = await probed(server, { host: "github", url: host.url, token: TOKEN });

    const { json } = await server.send("/api/connect", { held, owner: "acme", save: true });

    expect(json["note"]).toContain("start it without --repo");
    expect((await server.status()).sources.map(({ host: kind }) => kind)).toEqual(["git", "github"]);
  });

  it("leaves everything as it was when the file cannot be written", async () => {
    const host = await aGitHub();
    const { path } = aShop();
    const server = await started(path);
    mkdirSync(join(path, "headway.yaml"));
    const held = await probed(server, { host: "github", url: host.url, token: TOKEN });

    const { status, json } = await server.send("/api/connect", { held, owner: "acme", save: true });

    expect({ status, detail: json["detail"] }).toEqual({
      status: 409,
      detail: expect.stringContaining("cannot be read"),
    });
    expect(existsSync(join(path, "data/secrets.env"))).toBe(false);
    expect((await server.status()).sources).toHaveLength(1);
  });

  it.each([
    [{ host: "github" }, "either a token or the name"],
    [{ host: "github", token: "two words" }, "This is no token"],
    [{ host: "github", token: "t", url: "ftp://x" }, "is no address of a host"],
    [{ host: "github", token: "t", url: "https://user:pass@ghe.example" }, "is no address of a host"],
    [{ host: "svn", token: "t" }, "host"],
  ])("refuses what it cannot use: %j", async (body, words) => {
    const server = await started(aShop().path);

    const { status, json } = await server.send("/api/connect/probe", body);

    expect(status).toBe(400);
    expect(json["detail"]).toContain(words);
  });

  it("forgets a token that was not saved", async () => {
    const server = await started(aShop().path);

    const { status, json } = await server.send("/api/connect", { held: "nobody", owner: "acme", save: true });

    expect(status).toBe(400);
    expect(json["detail"]).toContain("Enter it again");
  });
});

describe("what changes something", () => {
  it.each([
    ["another page", { origin: "https://evil.example" }, 403],
    ["another port of this machine", { origin: "http://127.0.0.1:1" }, 403],
    ["a page that says where it stands", { "sec-fetch-site": "cross-site" }, 403],
    ["a page beside this one", { "sec-fetch-site": "same-site" }, 403],
    ["a form", { "content-type": "text/plain" }, 415],
  ])("is refused from %s", async (_who, headers, expected) => {
    const server = await started(aShop().path);

    for (const path of Object.keys(commands)) {
      const { status, json } = await server.send(path, "{}", headers);
      expect(status, path).toBe(expected);
      expect(json["detail"], path).toMatch(/\.$/);
    }
  });

  it("is refused from somewhere behind a proxy while nobody can log in, but for what lets people in", async () => {
    const server = await started(aShop().path);
    const paths = Object.entries(commands)
      .filter(([, { may }]) => may !== "anyone")
      .map(([path]) => path);

    for (const path of paths) {
      const { status } = await server.send(path, "{}", { "x-forwarded-for": "203.0.113.9" });
      expect(status, path).toBe(401);
    }
    expect(paths.length).toBeGreaterThan(20);
  });

  it("is refused by a server that only answers questions", async () => {
    const { url } = await serve(await anInstallation({ collectors: [] }));

    const { status } = await fetch(`${url}/api/sync`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });

    expect(status).toBe(409);
  });

  it("collects at once when it is told to, and once more when it was busy", async () => {
    const { path } = aShop();
    const server = await started(path);
    await vi.waitFor(async () => expect((await server.status()).services[0]?.deployments).toBeGreaterThan(0), 10_000);

    const { json } = await server.send("/api/sync", {});
    await vi.waitFor(async () => {
      const log = (await (await fetch(new URL("/api/syncs", server.url))).json()) as Reply<"/api/syncs">;
      expect(log.map(({ state }) => state)).toEqual(["done", "done"]);
    }, 10_000);

    expect(json).toEqual({ started: true });
  });
});
