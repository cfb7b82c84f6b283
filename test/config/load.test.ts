import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exampleConfig } from "#config/example.ts";
import { loadConfig } from "#config/load.ts";
import { aFolder, aRepository } from "#test/support/git-repository.ts";

const env = {};

const write = (folder: string, text: string, name = "headway.yaml") => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

describe("what Headway looks at", () => {
  it("is the repository that is named, without reading any file", async () => {
    const cwd = aFolder();
    mkdirSync(join(cwd, "shop"));
    write(cwd, "this: is not read");

    const config = await loadConfig({ cwd, env, repo: "shop" });

    expect(config).toMatchObject({
      file: null,
      database: join(cwd, "data/headway.db"),
      timezone: "UTC",
      sources: [{ host: "git", path: join(cwd, "shop") }],
    });
  });

  it.each(["https://example.com/acme/shop.git", "git@example.com:acme/shop", "ssh://git@example.com/acme/shop"])(
    "is a repository elsewhere: %s",
    async (repo) => {
      const { sources } = await loadConfig({ cwd: aFolder(), env, repo });

      expect(sources).toMatchObject([{ host: "git", url: repo }]);
    },
  );

  it("is a folder that exists, even where its name looks like an address", async () => {
    const cwd = aFolder();
    mkdirSync(join(cwd, "acme:shop"));

    const { sources } = await loadConfig({ cwd, env, repo: "acme:shop" });

    expect(sources).toMatchObject([{ path: join(cwd, "acme:shop") }]);
  });

  it("is what a named file says", async () => {
    const cwd = aFolder();
    const file = write(cwd, "timezone: Europe/Berlin\nsources: [{ host: git, path: . }]", "other.yaml");

    expect(await loadConfig({ cwd, env, config: "other.yaml" })).toMatchObject({ file, timezone: "Europe/Berlin" });
  });

  it("is what headway.yaml says, where there is one", async () => {
    const { path } = aRepository();
    const file = write(path, "sources: [{ host: git, path: elsewhere }]");

    expect(await loadConfig({ cwd: path, env })).toMatchObject({ file, sources: [{ path: join(path, "elsewhere") }] });
  });

  it("is otherwise the git repository around", async () => {
    const { path } = aRepository();
    const cwd = join(path, "deep/inside");
    mkdirSync(cwd, { recursive: true });

    expect(await loadConfig({ cwd, env })).toMatchObject({
      file: null,
      database: join(cwd, "data/headway.db"),
      sources: [{ path }],
    });
  });

  it("is only the named repository, with everything else from the named file", async () => {
    const cwd = aFolder();
    mkdirSync(join(cwd, "c"));
    write(cwd, "database: d.db\ntimezone: Asia/Tokyo\nsources: [{ host: git, path: a }, { host: git, path: b }]");

    const config = await loadConfig({ cwd, env, config: "headway.yaml", repo: "c" });

    expect(config).toMatchObject({ database: join(cwd, "d.db"), timezone: "Asia/Tokyo" });
    expect(config.sources).toMatchObject([{ path: join(cwd, "c") }]);
  });

  it("keeps the file's rules for a repository that it knows", async () => {
    const cwd = aFolder();
    mkdirSync(join(cwd, "b"));
    write(cwd, "sources: [{ host: git, path: a }, { host: git, path: b, releases: { tags: ^release- } }]");

    const { sources } = await loadConfig({ cwd, env, config: "headway.yaml", repo: "./b" });

    expect(sources).toMatchObject([{ path: join(cwd, "b"), releases: { tags: "^release-" } }]);
  });

  it("is not a folder that is not there, nor what is around it", async () => {
    const { path } = aRepository();

    const words = await loadConfig({ cwd: path, env, repo: "gone" }).catch(String);

    expect(words).toContain(`There is no folder ${join(path, "gone")} to look at`);
  });

  it("is nothing outside of everything, with three ways to go on", async () => {
    const words = await loadConfig({ cwd: aFolder(), env }).catch(String);

    expect(words).toContain("There is nothing to look at");
    expect(words).toContain("cd into a git repository");
    expect(words).toContain("--repo PATH");
    expect(words).toContain("headway init");
  });

  it("is nothing when the named file is missing or a folder", async () => {
    const cwd = aFolder();
    mkdirSync(join(cwd, "folder"));

    expect(await loadConfig({ cwd, env, config: "gone.yaml" }).catch(String)).toContain("headway init --config");
    expect(await loadConfig({ cwd, env, config: "folder" }).catch(String)).toContain("it is a folder");
  });
});

describe("the example", () => {
  it("is valid as it stands, and says the defaults", async () => {
    const cwd = aFolder();
    write(cwd, exampleConfig("."));
    write(cwd, "sources: [{ host: git, path: . }]", "short.yaml");

    const { file: _file, ...example } = await loadConfig({ cwd, env });
    const { file: _other, ...short } = await loadConfig({ cwd, env, config: "short.yaml" });

    expect(example).toEqual(short);
  });

  it("is still valid when what it comments out is used", async () => {
    const cwd = aFolder();
    const all = exampleConfig("../a: b").replaceAll(/^( +)# (?=\S+: |releases|  tags|  branch|- host|  url)/gm, "$1");
    write(cwd, all);

    const { sources } = await loadConfig({ cwd, env: { GIT_USER: "bot", GIT_TOKEN: "t0p" } });

    expect(sources).toHaveLength(3);
    expect(sources[0]).toMatchObject({ name: "payments", branch: "main", releases: { tags: "stable", branch: "any" } });
  });
});
