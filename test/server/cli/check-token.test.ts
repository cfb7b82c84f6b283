import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aFolder } from "#test/support/git-repository.ts";
import { FakeGitHub } from "#test/support/github/server.ts";
import { headway } from "./support.ts";

/** A folder whose configuration looks at a GitHub, with a token. */
async function looking(token = "t-good") {
  const host = await new FakeGitHub().listen();
  host.repository("shop").push(2);
  const cwd = aFolder();
  writeFileSync(
    join(cwd, "headway.yaml"),
    `sources: [{ host: github, url: "${host.url}", token: "${token}", repositories: [acme/shop] }]\n`,
  );
  return { host, cwd };
}

describe("headway check, of a token", () => {
  it("says that it lacks nothing", async () => {
    const { cwd } = await looking();

    const { stdout, code } = await headway(cwd, "check", { now: Date.now });

    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "token: personal access token (classic) with repo, read:org; it lacks nothing",
    );
    expect(code).toBe(0);
  });

  it("says what it lacks, what is missing without it, and when it ends", async () => {
    const { host, cwd } = await looking();
    host.account.scopes = "read:org";
    host.account.expires = "2026-02-04 12:00:00 UTC";

    const { stdout, code } = await headway(cwd, "check");

    expect(stdout.replaceAll(/\s+/g, " ")).toContain("The token lacks repo. Private repositories:");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("The token expires in 3 days, on 2026-02-04");
    expect(code).toBe(0);
  });

  it("says where a fine-grained one was tried", async () => {
    const { host, cwd } = await looking();
    host.account.scopes = null;
    host.account.withheld = /\/deployments$/;

    const { stdout } = await headway(cwd, "check", { now: Date.now });

    expect(stdout.replaceAll(/\s+/g, " ")).toContain("The token lacks Deployments: read (tried on acme/shop)");
  });

  it("says what an app may do and lacks", async () => {
    const { host, cwd } = await looking();
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = JSON.stringify(privateKey.export({ type: "pkcs1", format: "pem" }));
    const source = `{ host: github, url: "${host.url}", app: { id: 1, installation: 7, privateKey: ${pem} }, alerts: false, repositories: [acme/shop] }`;
    writeFileSync(join(cwd, "headway.yaml"), `sources: [${source}]\n`);
    Object.assign(host.account, { isInstallation: true, permissions: { contents: "read", issues: "read" } });

    const { stdout } = await headway(cwd, "check", { now: Date.now });

    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "The token lacks Pull requests: read. Needed to read pull requests",
    );
    expect(stdout).not.toContain("lacks Contents");
  });

  it("says that it is not accepted, and nothing of it", async () => {
    const { cwd } = await looking("ghp_hunter2");

    const { stdout, stderr, code } = await headway(cwd, "check", { now: Date.now });

    expect(stdout).toContain("Token: GitHub does not accept this token");
    expect(stdout + stderr).not.toContain("hunter2");
    expect(code).toBe(1);
  });
});
