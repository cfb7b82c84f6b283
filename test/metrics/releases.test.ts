import { describe, expect, it } from "vitest";
import type { Release } from "#metrics/events.ts";
import type { Skipped } from "#metrics/releases.ts";
import { defaultRule, describeRule, skipped, version } from "#metrics/releases.ts";
import { aRelease } from "#test/support/builders.ts";

const tagged = (name: string, has: Partial<Release> = {}): Release => aRelease(name, { sha: "a", ...has });
const reason = (release: Release, tags: string): Skipped | null => skipped(release, { tags, branch: "any" }, true);

describe("a version", () => {
  it.each([
    ["1.2.3", "", 1, 2, 3],
    ["v1.2.3", "", 1, 2, 3],
    ["0.0.0", "", 0, 0, 0],
    ["10.20.30", "", 10, 20, 30],
    ["pkg@1.2.3", "pkg", 1, 2, 3],
    ["pkg@v1.2.3", "pkg", 1, 2, 3],
    ["@scope/pkg@1.2.3", "@scope/pkg", 1, 2, 3],
    ["2024.1.15", "", 2024, 1, 15],
    ["1.2.3+build.5", "", 1, 2, 3],
    ["1.2.3+001", "", 1, 2, 3],
    ["1.2.3+21AF26D3---117B344092BD", "", 1, 2, 3],
  ])("is stable in %s", (tag, name, major, minor, patch) => {
    expect(version(tag)).toEqual({ package: name, major, minor, patch, prerelease: false });
  });

  it.each([
    "1.2.3-rc.1",
    "v1.2.3-alpha",
    "1.2.3-0",
    "1.2.3-0a.01b",
    "1.2.3-a-b.c-d",
    "1.2.3--",
    "1.2.3-rc.1+build.5",
    "@scope/pkg@1.2.3-next.12",
  ])("is a prerelease in %s", (tag) => {
    expect(version(tag)).toMatchObject({ major: 1, minor: 2, patch: 3, prerelease: true });
  });

  it.each([
    ["", "nothing"],
    ["1.2", "two numbers"],
    ["1.2.3.4", "four numbers"],
    ["01.2.3", "a leading zero"],
    ["1.02.3", "a leading zero"],
    ["1.2.03", "a leading zero"],
    ["2024.01.15", "a calendar date with a leading zero"],
    ["1.2.3-01", "a numeric prerelease with a leading zero"],
    ["1.2.3-", "an empty prerelease"],
    ["1.2.3-a..b", "an empty identifier"],
    ["1.2.3+", "empty build metadata"],
    ["1.2.3+a..b", "an empty identifier of build metadata"],
    ["1.2.3+a+b", "build metadata twice"],
    ["1.2.3_4", "an underscore"],
    ["vv1.2.3", "two letters v"],
    ["V1.2.3", "a capital V"],
    ["version1.2.3", "a word before it"],
    ["release-1.2.3", "a word before it"],
    ["pkg-v1.2.3", "a package without @"],
    ["pkg/v1.2.3", "a folder before it"],
    ["@1.2.3", "an @ without a package"],
    ["1.2.3 ", "a blank after it"],
    ["a1.2.3", "a letter before it"],
    ["1.2.3a", "a letter after it"],
    ["-1.2.3", "a sign"],
    ["1.x.3", "a placeholder"],
    ["nightly", "no number"],
  ])("is not found in %j: %s", (tag) => {
    expect(version(tag)).toBeNull();
  });
});

describe("a tag", () => {
  it.each<[string, Release, Skipped | null]>([
    ["stable", tagged("v1.2.3"), null],
    ["stable", tagged("pkg@1.2.3"), null],
    ["stable", tagged("v1.2.3", { prerelease: false }), null],
    ["stable", tagged("nightly"), "not a version"],
    ["stable", tagged("v1.2.3-rc.1"), "prerelease"],
    ["stable", tagged("v1.2.3", { prerelease: true }), "prerelease"],
    ["stable", tagged("v1.2.3-rc.1", { prerelease: false }), null],
    ["prerelease", tagged("v1.2.3-rc.1"), null],
    ["prerelease", tagged("v1.2.3", { prerelease: true }), null],
    ["prerelease", tagged("v1.2.3"), null],
    ["prerelease", tagged("nightly"), "not a version"],
    ["^release-", tagged("release-7"), null],
    ["^release-", tagged("v1.2.3"), "does not match the pattern"],
    ["release", tagged("my-release-7"), null],
    ["^(prod|live)/\\d+$", tagged("live/20"), null],
    ["^(prod|live)/\\d+$", tagged("live/20b"), "does not match the pattern"],
    ["rc", tagged("v1.2.3-rc.1"), null],
    ["stable", tagged("v1.2.3", { draft: true }), "draft"],
    ["^v", tagged("v1.2.3", { draft: true }), "draft"],
    ["stable", tagged("v1.2.3", { sha: null }), "points to no commit"],
    ["stable", tagged("v1.2.3", { publishedAt: null }), "has no date"],
    ["stable", tagged("v1.2.3", { publishedAt: 0 }), null],
  ])("under the rule %s: %o gives %s", (tags, release, why) => {
    expect(reason(release, tags)).toBe(why);
  });

  it("outside the default branch counts unless the rule says otherwise", () => {
    const release = tagged("v1.2.3");

    expect(skipped(release, { tags: "stable", branch: "any" }, false)).toBeNull();
    expect(skipped(release, { tags: "stable", branch: "default" }, true)).toBeNull();
    expect(skipped(release, { tags: "stable", branch: "default" }, false)).toBe("not on the default branch");
  });

  it("is told the first reason only: its name before anything else", () => {
    const release = tagged("nightly", { draft: true, sha: null, publishedAt: null });

    expect(skipped(release, { tags: "stable", branch: "default" }, false)).toBe("not a version");
    expect(skipped({ ...release, name: "1.0.0" }, { tags: "stable", branch: "default" }, false)).toBe("draft");
  });
});

describe("a rule in words", () => {
  it.each([
    [defaultRule, "stable version tags (1.2.3, v1.2.3, pkg@1.2.3) on any branch stand in for deployments"],
    [
      { tags: "prerelease", branch: "default" } as const,
      "version tags and prereleases (1.2.3, 1.2.3-rc.1) on the default branch stand in for deployments",
    ],
    [{ tags: "^live/", branch: "any" } as const, "tags matching ^live/ on any branch stand in for deployments"],
  ])("is what people must agree with", (rule, words) => {
    expect(describeRule(rule)).toBe(words);
  });
});
