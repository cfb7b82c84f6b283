import { describe, expect, it } from "vitest";
import { createCollector, SourceOptions } from "#collectors/index.ts";
import { parseRemote, tagUrl, webUrl } from "#collectors/git/remote.ts";
import { aFolder } from "#test/support/git-repository.ts";

function complaint(options: object): string {
  const { error } = SourceOptions.safeParse({ host: "git", ...options });
  return error?.issues.map(({ message }) => message).join("\n") ?? "accepted";
}

describe("the options of a git source", () => {
  it("need no more than a path, and count stable tags on any branch as releases", () => {
    expect(SourceOptions.parse({ host: "git", path: "../payments" })).toEqual({
      host: "git",
      path: "../payments",
      releases: { tags: "stable", branch: "any" },
    });
  });

  it("may say everything else", () => {
    const options = {
      host: "git",
      url: "https://example.com/acme/shop.git",
      name: "shop",
      branch: "release/next",
      releases: { tags: "^release-\\d+$", branch: "default" },
    };

    expect(SourceOptions.parse(options)).toEqual(options);
  });

  it.each([
    "https://example.com/acme/shop",
    "http://example.com/acme/shop.git",
    "ssh://git@example.com:2222/acme/shop.git",
    "git://example.com/acme/shop",
    "file:///srv/shop",
    "git@example.com:acme/shop.git",
    "example.com:shop",
  ])("may give the address %s", (url) => {
    expect(complaint({ url })).toBe("accepted");
  });

  it.each([
    "ext::sh -c 'touch x'",
    "ext::sh",
    "fd::17",
    "--upload-pack=touch",
    "-oProxyCommand=touch:shop",
    "ssh://-oProxyCommand=touch/shop",
    "git@-oProxyCommand=touch:shop",
    "git@example.com:-shop",
    "ftp://example.com/shop",
    "https://example.com",
    "javascript://example.com/shop",
    "../shop",
    "https://example.com/a b",
    "https://example.com/a\nb",
    "",
  ])("may not give the address %j", (url) => {
    expect(complaint({ url })).toMatch(/Only https, http, ssh, git and file/);
  });

  it.each([
    [{}, "exactly one of `path`"],
    [{ path: ".", url: "https://example.com/acme/shop" }, "exactly one of `path`"],
    [{ path: "-x" }, "cannot start with “-”"],
    [{ path: ".", branch: "--all" }, "name of a branch"],
    [{ path: ".", branch: "a..b c" }, "name of a branch"],
    [{ path: ".", releases: { tags: "(" } }, '"(" is no regular expression'],
    [{ path: ".", releases: { tags: "" } }, "no regular expression"],
    [{ path: ".", releases: { branch: "some" } }, "any"],
    [{ path: ".", brunch: "main" }, "brunch"],
  ])("%j are refused with a sentence", (options, sentence) => {
    expect(complaint(options)).toContain(sentence);
  });

  it("make the collector of their host", () => {
    const path = aFolder();
    const context = { dataFolder: aFolder(), env: {}, pseudonym: (identity: string) => identity };

    expect(createCollector(SourceOptions.parse({ host: "git", path }), context).source).toBe(`git:${path}`);
  });
});

describe("an address", () => {
  it.each([
    ["https://ada:secret@example.com/acme/shop.git", "https://example.com/acme/shop.git", "acme/shop"],
    ["https://token@example.com/acme/shop", "https://example.com/acme/shop", "acme/shop"],
    ["ssh://git:secret@example.com/acme/shop.git", "ssh://git@example.com/acme/shop.git", "acme/shop"],
    ["git@example.com:group/sub/shop.git", "git@example.com:group/sub/shop.git", "sub/shop"],
    ["file:///srv/shop.git/", "file:///srv/shop.git/", "srv/shop"],
    ["https://example.com/a%20b.git", "https://example.com/a%20b.git", "a b"],
  ])("%s is shown as %s and called %s", (text, url, name) => {
    expect(parseRemote(text)).toMatchObject({ url, name });
  });

  it.each([
    ["https://ada:secret@github.com/acme/shop.git", "https://github.com/acme/shop"],
    ["ssh://git@github.com:22/acme/shop.git", "https://github.com/acme/shop"],
    ["git@bitbucket.org:acme/shop.git", "https://bitbucket.org/acme/shop"],
    ["https://git.example.com/acme/shop", "https://git.example.com/acme/shop"],
    ["git@git.example.com:acme/shop.git", null],
    ["file:///srv/shop", null],
    ["/srv/shop", null],
    ["../shop", null],
  ])("%s is on the web at %s", (remote, url) => {
    expect(webUrl(remote)).toBe(url);
  });

  it("of a tag is known for known forges only", () => {
    expect(tagUrl("https://bitbucket.org/acme/shop", "v1")).toBe("https://bitbucket.org/acme/shop/src/v1");
    expect(tagUrl("https://git.example.com/acme/shop", "v1")).toBeNull();
    expect(tagUrl(null, "v1")).toBeNull();
  });
});
