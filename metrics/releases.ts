/** Which tags are releases. A rule, not a guess: it is configurable, previewable and applied when facts are derived. */
import type { Release } from "./events.ts";

/** What counts as a release of a repository. */
export interface ReleaseRule {
  /** `stable`: versions without prereleases; `prerelease`: these too; anything else is a regular expression on the tag's name. */
  readonly tags: string;
  /** Whether tags outside the default branch (on release branches) count. */
  readonly branch: "any" | "default";
}

export const defaultRule: ReleaseRule = { tags: "stable", branch: "any" };

export interface Version {
  /** The package of a tag such as `pkg@1.2.3`; empty for a plain version. */
  readonly package: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly prerelease: boolean;
}

/** https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string, with an optional `v` and `package@` before it. */
const NUMBER = "(0|[1-9]\\d*)";
const WORD = "(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
const SEMVER = new RegExp(
  `^(?:(.+)@)?v?${NUMBER}\\.${NUMBER}\\.${NUMBER}(-${WORD}(?:\\.${WORD})*)?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?$`,
);

/** The semantic version a tag names, as in `1.2.3`, `v1.2.3-rc.1` or `pkg@1.2.3`; `null` when it names none. */
export function version(tag: string): Version | null {
  const match = SEMVER.exec(tag);
  if (match === null) return null;
  const [, name = "", major, minor, patch, prerelease] = match;
  return {
    package: name,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    prerelease: prerelease !== undefined,
  };
}

export type Skipped =
  | "not a version"
  | "prerelease"
  | "does not match the pattern"
  | "draft"
  | "points to no commit"
  | "has no date"
  | "not on the default branch";

/** Why a tag is not a release under a rule; `null` when it is one. */
export function skipped(release: Release, rule: ReleaseRule, onDefaultBranch: boolean): Skipped | null {
  const byName = skippedByName(release, rule.tags);
  if (byName !== null) return byName;
  if (release.draft) return "draft";
  if (release.sha === null) return "points to no commit";
  if (release.publishedAt === null) return "has no date";
  return rule.branch === "default" && !onDefaultBranch ? "not on the default branch" : null;
}

/** The releases that count under a rule: where any that a host published does, only such, since each of them has a tag of the same name. */
export function standIns(
  releases: readonly Release[],
  rule: ReleaseRule,
  isOnDefaultBranch: (release: Release) => boolean,
): readonly Release[] {
  const counted = releases.filter((release) => skipped(release, rule, isOnDefaultBranch(release)) === null);
  const published = counted.filter(({ prerelease }) => prerelease !== null);
  return published.length > 0 ? published : counted;
}

/** What a host published as a release needs no version for a name: its publisher said what it is. */
function skippedByName({ name, prerelease }: Release, tags: string): Skipped | null {
  if (tags !== "stable" && tags !== "prerelease")
    return new RegExp(tags).test(name) ? null : "does not match the pattern";
  if (prerelease !== null) return tags === "stable" && prerelease ? "prerelease" : null;
  const parsed = version(name);
  if (parsed === null) return "not a version";
  return tags === "stable" && parsed.prerelease ? "prerelease" : null;
}

/** The rule in words, for people who must agree with it. */
export function describeRule(rule: ReleaseRule): string {
  return `${describeTags(rule)} stand in for deployments`;
}

export function describeTags({ tags, branch }: ReleaseRule): string {
  const which =
    tags === "stable"
      ? "stable version tags (1.2.3, v1.2.3, pkg@1.2.3)"
      : tags === "prerelease"
        ? "version tags and prereleases (1.2.3, 1.2.3-rc.1)"
        : `tags matching ${tags}`;
  return `${which}${branch === "default" ? " on the default branch" : " on any branch"}`;
}
