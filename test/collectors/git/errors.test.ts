import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { explain } from "#collectors/git/explain.ts";
import { aFolder, aRepository } from "#test/support/git-repository.ts";
import { aCollector, collect, read } from "./collecting.ts";

/** An environment whose git does what a script says. */
function gitThat(script: string): NodeJS.ProcessEnv {
  const folder = aFolder();
  writeFileSync(join(folder, "git"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "git"), 0o755);
  return { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` };
}

describe("a repository that cannot be read says why, what is kept and what to do", () => {
  it("when the folder does not exist", async () => {
    const reading = collect(aCollector({ path: join(aFolder(), "nothing") }));

    await expect(reading).rejects.toMatchObject({ name: "HostError", reason: "not-found" });
    await expect(reading).rejects.toThrow(/no such folder.*is kept.*Correct the path/);
  });

  it("when the folder does not exist within a repository, which is another one", async () => {
    const repository = aRepository();
    repository.commit();

    await expect(collect(aCollector({ path: join(repository.path, "typo") }))).rejects.toThrow(/no such folder/);
  });

  it("when the folder is no repository", async () => {
    const reading = collect(aCollector({ path: aFolder() }));

    await expect(reading).rejects.toMatchObject({ reason: "not-found" });
    await expect(reading).rejects.toThrow(/no git repository.*git init/);
  });

  it("when it is a file", async () => {
    const file = join(aFolder(), "file");
    writeFileSync(file, "text");

    await expect(collect(aCollector({ path: file }))).rejects.toMatchObject({ name: "HostError", reason: "not-found" });
  });

  it("when the repository is empty, whether or not a bookmark exists", async () => {
    const repository = aRepository();

    const reading = read(repository);

    await expect(reading).rejects.toMatchObject({ reason: "empty" });
    await expect(reading).rejects.toThrow(/no commits, so there is nothing to measure.*Commit or push/);
  });

  it("when everything in it was deleted", async () => {
    const repository = aRepository();
    repository.commits(2);
    const { cursor } = await read(repository);
    repository.deleteBranch("main");

    await expect(read(repository, cursor)).rejects.toMatchObject({ reason: "empty" });
  });

  it("when git is missing", async () => {
    const repository = aRepository();
    repository.commit();
    const env = { PATH: aFolder() };

    const reading = collect(aCollector({ path: repository.path }, { env }));

    await expect(reading).rejects.toMatchObject({ name: "HostError", reason: "unavailable" });
    await expect(reading).rejects.toThrow(/git was not found.*Install git 2\.25/);
  });

  it("when git is too old", async () => {
    const repository = aRepository();
    const env = gitThat("echo git version 2.17.1");

    const reading = collect(aCollector({ path: repository.path }, { env }));

    await expect(reading).rejects.toThrow(/git version 2\.17\.1 is too old.*2\.25/);
  });

  it("when git ends in the middle of a commit without saying so", async () => {
    const repository = aRepository();
    repository.commits(3);
    const env = gitThat(
      `case "$*" in *--stdin*) ${quoted("git")} "$@" | head -c 300 ;; *) exec ${quoted("git")} "$@" ;; esac`,
    );

    await expect(collect(aCollector({ path: repository.path }, { env }))).rejects.toThrow(/damaged/);
  });

  it("when git says something nobody has thought of", async () => {
    const repository = aRepository();
    const env = gitThat(
      `case "$*" in *rev-parse*) echo "fatal: the moon is full" >&2; exit 128 ;; *) exec ${quoted("git")} "$@" ;; esac`,
    );

    await expect(collect(aCollector({ path: repository.path }, { env }))).rejects.toThrow(
      /exit code 128.*the moon is full/,
    );
  });
});

describe("git's complaint", () => {
  it.each([
    ["fatal: detected dubious ownership in repository at '/srv/shop'", "auth", "safe.directory '/srv/shop'"],
    ["fatal: unsafe repository ('/srv/shop' is owned by someone else)", "auth", "safe.directory"],
    ["fatal: cannot change to '/srv/shop': Permission denied", "auth", "right to read"],
    ["fatal: Authentication failed for 'https://example.com/shop'", "auth", "token"],
    ["fatal: could not read Username for 'https://example.com': terminal prompts disabled", "auth", "token"],
    [
      "git@example.com: Permission denied (publickey).\nfatal: Could not read from remote repository.",
      "auth",
      "SSH key",
    ],
    ["fatal: unable to access 'https://example.com/': The requested URL returned error: 403", "auth", "token"],
    ["remote: Repository not found.\nfatal: repository 'https://example.com/shop' not found", "not-found", "address"],
    ["fatal: '/srv/gone' does not appear to be a git repository", "not-found", "address"],
    ["fatal: unable to access 'https://x.invalid/': Could not resolve host: x.invalid", "unavailable", "network"],
    [
      "fatal: unable to access 'https://example.com/': The requested URL returned error: 502",
      "unavailable",
      "temporary",
    ],
    ["fatal: could not fetch 1234 from promisor remote", "unavailable", "git fetch --refetch --filter=blob:none"],
    ["fatal: write error: No space left on device", "unavailable", "Free some space"],
    ["fatal: bad object HEAD", "unavailable", "git fsck"],
    [
      "error: object file .git/objects/12/34 is empty\nfatal: loose object 1234 (stored in x) is corrupt",
      "unavailable",
      "git fsck",
    ],
    ["fatal: transport 'ext' not allowed", "unavailable", "https"],
  ])("%j is explained", (complaint, reason, advice) => {
    const error = explain("git:/srv/shop", 128, complaint);

    expect(error).toMatchObject({ name: "HostError", source: "git:/srv/shop", reason });
    expect(error.message).toContain(advice);
    expect(error.message).toContain("What was collected before is kept.");
  });

  it("is repeated without credentials, in the message and in the cause", () => {
    const error = explain(
      "git:https://example.com/shop",
      128,
      "fatal: the moon on https://ada:secret@example.com/shop is full",
    );

    expect(error.message).toContain("https://example.com/shop is full");
    expect(`${error.message} ${String(error.cause)}`).not.toContain("secret");
  });
});

it("a folder that may not be entered is said to be one, also by a git that takes it for none", async () => {
  const path = join(aFolder(), "locked");
  mkdirSync(path);
  const env = gitThat(
    `case "$*" in *rev-parse*) echo "fatal: cannot change to '${path}': Permission denied" >&2; exit 128 ;; *) exec ${quoted("git")} "$@" ;; esac`,
  );

  await expect(collect(aCollector({ path }, { env }))).rejects.toMatchObject({ reason: "auth" });
});

/** The real program, past the script that takes its place. */
function quoted(name: string): string {
  return `'${execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim()}'`;
}
