import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { aFolder, aRepository } from "#test/support/git-repository.ts";
import type { GitRepository } from "#test/support/git-repository.ts";
import { aCollector, collect, ids, sorted } from "./collecting.ts";

/** A repository with two commits and a tag, and a collector that clones it into a folder of its own. */
function aRemote() {
  const repository = aRepository();
  const [first = "", second = ""] = repository.commits(2);
  repository.tag("v1.0.0", { annotated: true });
  const dataFolder = aFolder();
  const collector = aCollector({ url: repository.url }, { dataFolder });
  const clone = () => onlyFolderIn(join(dataFolder, "clones"));
  return { repository, shas: { first, second }, dataFolder, collector, clone };
}

/** Commits files with the real git, since only their absence is of interest here. */
function withFiles(repository: GitRepository, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(repository.path, name), content);
  repository.git("config", "uploadpack.allowFilter", "true");
  repository.git("add", ".");
  repository.git("-c", "user.name=Ada", "-c", "user.email=ada@old.example.com", "commit", "--quiet", "-m", "Files");
}

describe("a clone", () => {
  it("is announced, made once, and called owner/name", async () => {
    const { repository, shas, collector, clone } = aRemote();

    const first = await collect(collector);
    const second = await collect(collector, first.cursor);

    expect(first.notices).toEqual(["cloning"]);
    expect(ids(first.commits)).toEqual(sorted([shas.first, shas.second]));
    expect(first.repository).toMatchObject({
      source: `git:${repository.url}`,
      defaultBranch: "main",
      head: shas.second,
    });
    expect(first.repository?.id).toMatch(/^headway-\w+\/shop$/);
    expect(clone()).toMatch(/shop-[0-9a-f]{12}\.git$/);
    expect(second.batches).toEqual([]);
  });

  it("holds no contents of files, but knows the mailmap", async () => {
    const { repository, collector, clone } = aRemote();
    withFiles(repository, { "secret.ts": "const x = 1;", ".mailmap": "Ada <ada@example.com> <ada@old.example.com>\n" });

    const { commits } = await collect(collector);

    const list = ["cat-file", "--batch-all-objects", "--batch-check=%(objecttype)"];
    const types = execFileSync("git", ["--git-dir", clone(), ...list], { encoding: "utf8", stdio: "pipe" }).split("\n");
    expect(types.filter((type) => type === "blob")).toHaveLength(1);
    expect(commits[0]?.author).toBe("someone like ada@example.com");
  });

  it("is whole where the server cannot leave file contents out", async () => {
    const { repository, collector } = aRemote();
    withFiles(repository, { "thing.ts": "const x = 1;" });
    repository.git("config", "uploadpack.allowFilter", "false");

    const { commits } = await collect(collector);

    expect(commits).toHaveLength(3);
  });

  it("follows the remote: new, moved and deleted branches and tags, and another default branch", async () => {
    const { repository, shas, collector } = aRemote();
    repository.branch("topic/a", shas.first);
    repository.tag("v0.9.0", { of: shas.first });
    const first = await collect(collector);

    repository.deleteBranch("topic/a");
    rmSync(join(repository.gitFolder, "refs/heads/topic"), { recursive: true });
    const topic = repository.commit({ on: "topic", message: "Where a folder was", parents: [shas.first] });
    repository.deleteTag("v1.0.0");
    repository.tag("v0.9.0", { of: topic });
    repository.checkout("topic");
    const later = await collect(collector, first.cursor);

    expect(later.repository).toMatchObject({ defaultBranch: "topic", head: topic });
    expect(ids(later.commits)).toEqual([topic]);
    expect(later.releases).toMatchObject([{ id: "v0.9.0", sha: topic }]);
    expect(later.removed).toEqual(["v1.0.0"]);
  });

  it("follows a force-push that the remote has already forgotten the past of", async () => {
    const { repository, shas, collector } = aRemote();
    const first = await collect(collector);

    const forced = repository.commit({ parents: [shas.first], message: "Rewritten" });
    repository.deleteTag("v1.0.0");
    repository.git("prune", "--expire=now");
    const later = await collect(collector, first.cursor);

    expect(ids(later.commits)).toEqual([forced]);
  });

  it("is kept while the remote is gone, and goes on when it is back", async () => {
    const { repository, collector } = aRemote();
    const first = await collect(collector);
    renameSync(repository.path, `${repository.path}.away`);

    const gone = collect(collector, first.cursor);
    await expect(gone).rejects.toMatchObject({ name: "HostError", reason: "not-found" });
    await expect(gone).rejects.toThrow(/is kept.*Correct the address or remove the source/);
    renameSync(`${repository.path}.away`, repository.path);
    const next = repository.commit();
    const later = await collect(collector, first.cursor);

    expect(ids(later.commits)).toEqual([next]);
  });

  it("of an empty repository says so, and is made good by the first commit", async () => {
    const repository = aRepository();
    const collector = aCollector({ url: repository.url }, { dataFolder: aFolder() });

    await expect(collect(collector)).rejects.toMatchObject({ reason: "empty" });
    const sha = repository.commit();
    const { commits } = await collect(collector);

    expect(ids(commits)).toEqual([sha]);
  });

  it.each([
    ["stopped before it was whole", (clone: string) => renameSync(clone, `${clone}.partial`)],
    ["has lost its HEAD", (clone: string) => rmSync(join(clone, "HEAD"))],
    ["was left locked", (clone: string) => writeFileSync(join(clone, "packed-refs.lock"), "")],
    ["is a folder of something else", (clone: string) => emptied(clone)],
  ])("that %s is made again", async (_, damage) => {
    const { repository, collector, clone, dataFolder } = aRemote();
    const first = await collect(collector);
    damage(clone());

    repository.deleteTag("v1.0.0");
    const next = repository.commit();
    const later = await collect(collector, first.cursor);

    expect(ids(later.commits)).toEqual([next]);
    expect(later.removed).toEqual(["v1.0.0"]);
    expect(readdirSync(join(dataFolder, "clones"))).toHaveLength(1);
  });

  it("that cannot be written says where", async () => {
    const { repository } = aRemote();
    const dataFolder = join(aFolder(), "file");
    writeFileSync(dataFolder, "");

    const collecting = collect(aCollector({ url: repository.url }, { dataFolder }));

    await expect(collecting).rejects.toMatchObject({ name: "HostError", reason: "unavailable" });
    await expect(collecting).rejects.toThrow(/clones cannot be written.*Make the data folder writable/);
  });
});

describe("credentials in an address", () => {
  /** A server that wants a password and answers nothing but that, and a git that writes down its arguments. */
  async function aGuardedServer() {
    const authorizations: string[] = [];
    const server = createServer(({ headers }, response) => {
      authorizations.push(headers.authorization ?? "");
      response.writeHead(401, { "WWW-Authenticate": 'Basic realm="shop"' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const folder = aFolder();
    const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
    writeFileSync(join(folder, "git"), `#!/bin/sh\necho "$@" >> ${folder}/arguments\nexec ${real} "$@"\n`);
    chmodSync(join(folder, "git"), 0o755);
    return {
      host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      authorizations,
      env: { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`, HOME: folder },
      argumentsOfGit: () => readFileSync(join(folder, "arguments"), "utf8"),
    };
  }

  it("reach the server, and nobody else", async () => {
    const { host, authorizations, env, argumentsOfGit } = await aGuardedServer();
    const dataFolder = aFolder();
    const collector = aCollector({ url: `http://ada:s%40cret@${host}/acme/shop.git` }, { env, dataFolder });

    const error = await collect(collector).catch((reason: unknown) => reason);

    expect(authorizations).toContain(`Basic ${Buffer.from("ada:s@cret").toString("base64")}`);
    expect(error).toMatchObject({ name: "HostError", reason: "auth" });
    expect(collector.source).toBe(`git:http://${host}/acme/shop.git`);
    expect(argumentsOfGit()).toContain("ls-remote");
    const config = readFileSync(join(onlyFolderIn(join(dataFolder, "clones")), "config"), "utf8");
    for (const text of [String(error), String((error as Error).cause), argumentsOfGit(), config, collector.source]) {
      expect(text).not.toMatch(/s(@|%40)cret/);
    }
  });

  it("are never asked for", async () => {
    const { host, env } = await aGuardedServer();
    const collector = aCollector({ url: `http://${host}/acme/shop.git` }, { env, dataFolder: aFolder() });

    await expect(collect(collector)).rejects.toMatchObject({ reason: "auth" });
  });
});

function emptied(folder: string): void {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  expect(existsSync(folder)).toBe(true);
}

function onlyFolderIn(folder: string): string {
  return join(folder, readdirSync(folder)[0] ?? "");
}
