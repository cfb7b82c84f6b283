import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aFolder, aRepository } from "#test/support/git-repository.ts";
import { aShop, headway } from "./support.ts";

describe("headway check", () => {
  it("says what it found from the ground up, and that nothing is broken", async () => {
    const { path } = aShop();

    const { code, stdout } = await headway(path, "check");

    expect(stdout).toMatch(/^✓ Headway +\d+\.\d+\.\d+ on Node \d+/m);
    expect(stdout).toMatch(/^✓ git +\d+\.\d+/m);
    expect(stdout).toContain(`none; looking at ${path}`);
    expect(stdout).toContain(join(path, "data/headway.db"));
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("branch main, 9 commits, 3 deployments, collected just now");
    expect(stdout).toMatch(/\nNothing is broken\.\n$/);
    expect(code).toBe(0);
  });

  it("previews the rule in force: what it counts, what not and why, and what lies beside the default branch", async () => {
    const { stdout } = await headway(aShop().path, "check");

    expect(stdout).toContain("shop: stable version tags (1.2.3, v1.2.3, pkg@1.2.3) on any branch");
    expect(stdout).toContain("counts 3 releases, 3 of them in the last 90 days");
    expect(stdout).toMatch(/newest: v1\.1\.1 \(2026-01-01\)/);
    expect(stdout).toContain("1 of them lies on a release branch; --branch default would leave it out");
    expect(stdout).toContain("not counted, prerelease: 1 (v1.2.0-rc.1)");
  });

  it("previews another rule before it is saved, beside the one in force", async () => {
    const { path } = aShop();

    const prerelease = await headway(path, "check --tags prerelease");
    const onDefault = await headway(path, "check --branch default");
    const pattern = await headway(path, "check --tags ^v1\\.1");

    expect(prerelease.stdout).toContain("would have counted 4 releases");
    expect(prerelease.stdout).toContain("the rule in force counts 3");
    expect(onDefault.stdout).toContain("would have counted 2 releases");
    expect(onDefault.stdout).toContain("1 more on release branches would count with --branch any");
    expect(pattern.stdout).toMatch(/tags matching .*\^v1\\\.1/);
    expect(pattern.stdout).toContain("would have counted 2 releases");
  });

  it("previews rules of every kind, of one service where it is told which", async () => {
    const { path } = aShop();

    const merges = await headway(path, "check --rules merges --service shop");
    const jobs = await headway(path, "check --rules jobs --name ^deploy --workflow ^CD$ --branch ^main$");

    expect(merges.stdout).toContain("shop: merges to the default branch as a proxy for deployments");
    expect(merges.stdout).toMatch(/would have counted \d+ merges, \d+ of them in the last 90 days/);
    expect(merges.stdout).toMatch(/by month: .*2026-01 \d+/);
    expect(jobs.stdout.replaceAll(/\s+/g, " ")).toContain(
      "successful jobs matching ^deploy of workflows matching ^CD$ on branches matching ^main$",
    );
    expect(jobs.stdout).toContain("would have counted 0 deployments");
    expect(jobs.stdout.replaceAll(/\s+/g, " ")).toContain("A plain git repository has no jobs");
  });

  it.each([
    ["--rules job", '--rules cannot be "job". Did you mean `jobs`?'],
    ["--rules jobs", "--rules jobs needs --name"],
    ["--workflow CD", "--workflow belongs to rules on jobs and runs"],
    ["--branch main", '--branch cannot be "main"'],
    ["--service shpo", 'There is no service "shpo". Did you mean "shop"?'],
  ])("refuses options that make no rule: %s", async (options, words) => {
    const { code, stderr } = await headway(aShop().path, `check ${options}`);

    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });

  it("warns of a configured service that nothing was collected for", async () => {
    const { path } = aShop();
    const cwd = aFolder();
    const source = `sources: [{ host: git, path: ${path} }]`;
    writeFileSync(join(cwd, "headway.yaml"), `${source}\nservices: [{ name: front, repository: SHOP, paths: [src] }]`);

    const { code, stdout } = await headway(cwd, "check");

    expect(stdout).toContain("front: stable version tags");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("; commits and changes of src");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("No commit is known to have changed one of its files");
    expect(code).toBe(0);
  });

  it("warns of a team that owns what nobody knows, and names what may be meant", async () => {
    const folder = aFolder();
    const config = `
sources: [{ host: git, path: ${JSON.stringify(aShop().path)}, name: shop }]
teams: [{ name: payments, services: [Shop, shp, elsewhere] }]
`;
    writeFileSync(join(folder, "headway.yaml"), config);

    const { code, stdout } = await headway(folder, "check");
    const words = stdout.replaceAll(/\s+/g, " ");

    expect(words).toContain('The team "payments" owns "shp", but nothing of such a service is known');
    expect(words).toContain('Did you mean "shop"?');
    expect(words).toContain('"elsewhere", but nothing of such a service is known, so it adds nothing');
    expect(words).not.toContain('owns "Shop"');
    expect(code).toBe(0);
  });

  it("repeats no password of an address", async () => {
    const { path } = aShop();

    const { stdout, stderr } = await headway(aFolder(), `check --repo https://bot:t0p@127.0.0.1:9${path}`);

    expect(stdout).toContain("looking at https://127.0.0.1:9/");
    expect(stdout + stderr).not.toContain("t0p");
  });

  it("refuses a pattern that is none", async () => {
    const { code, stderr } = await headway(aShop().path, "check --tags (");

    expect(stderr).toContain('"(" is not a regular expression');
    expect(code).toBe(2);
  });

  it("gives programs the same", async () => {
    const { stdout } = await headway(aShop().path, "check --json");

    expect(JSON.parse(stdout)).toMatchObject({
      broken: 0,
      findings: expect.arrayContaining([expect.objectContaining({ about: "shop", level: "fine" })]),
      rules: [{ service: "shop", counted: 3, besideDefaultBranch: 1, inForce: null }],
    });
  });

  it("warns of a repository without releases", async () => {
    const repository = aRepository();
    repository.commits(2);

    const { code, stdout } = await headway(repository.path, "check");

    expect(stdout).toMatch(/^! shop +This repository has no tags/m);
    expect(code).toBe(0);
  });

  it("fails where the configuration is wrong, and says what would be right", async () => {
    const { path } = aShop();
    writeFileSync(join(path, "headway.yaml"), "databse: x\nsources: [{ host: git, path: . }]");

    const { code, stdout } = await headway(path, "check");

    expect(stdout).toContain("Did you mean `database`?");
    expect(stdout).toContain("1 of these is broken");
    expect(code).toBe(1);
  });

  it("fails where the database cannot be written", async () => {
    const { path } = aShop();
    writeFileSync(join(path, "data"), "in the way");

    const { code, stdout } = await headway(path, "check");

    expect(stdout).toMatch(/✗ database /);
    expect(code).toBe(1);
  });

  it("fails where a source no longer answers, and keeps what it knows", async () => {
    const { path, gitFolder } = aShop();
    const cwd = aFolder();
    await headway(cwd, `sync --repo ${path}`);
    rmSync(gitFolder, { recursive: true });

    const { code, stdout } = await headway(cwd, `check --repo ${path}`);

    expect(stdout.replaceAll(/\s+/g, " ")).toContain("the folder is no git repository");
    expect(stdout).toContain("counts 3 releases");
    expect(code).toBe(1);
  });

  it("fails where git is not installed", async () => {
    const { code, stdout } = await headway(aShop().path, "check", { env: { PATH: aFolder(), LANG: "C.UTF-8" } });

    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "git was not found, and repositories are read with it. Install git 2.25 or newer",
    );
    expect(code).toBe(1);
  });
});
