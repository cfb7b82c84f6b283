import { describe, expect, it } from "vitest";
import type { History } from "#metrics/history.ts";
import type { HotfixRule } from "#metrics/rules.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import {
  aChange,
  aCommit,
  aDeployment,
  aHosted,
  aLine,
  anIncident,
  aRelease,
  factsBy,
  utc,
} from "#test/support/builders.ts";

const MAY = utc("2026-05-04");
const RULE: HotfixRule = { labels: ["hotfix"], branches: ["^hotfix/"] };

const line = aLine(aCommit("a", { authoredAt: MAY - DAY }), aCommit("b"), aCommit("fix"), aCommit("d"));
const deployments = [
  aDeployment("1", "a", MAY),
  aDeployment("2", "b", MAY + DAY),
  aDeployment("3", "fix", MAY + 2 * DAY),
  aDeployment("4", "d", MAY + 3 * DAY),
];

/** The change that deployment 3 is the first to carry. */
const aHotfix = (has: Parameters<typeof aChange>[1] = {}) =>
  aChange(1, {
    openedAt: MAY + DAY + HOUR,
    mergedAt: MAY + DAY + 2 * HOUR,
    mergeCommit: "fix",
    labels: ["hotfix"],
    ...has,
  });

function told(has: Partial<History>, hotfix: HotfixRule = RULE) {
  const facts = factsBy({ hotfix, backfillDays: 0 }, aHosted(line, { deployments, ...has })).deployments;
  return facts.map(({ failedBy, isRework, recoveredAt }) => [failedBy, isRework, recoveredAt]);
}

const FINE = [[], false, null];
const FIXED_2 = [FINE, [["hotfix"], false, MAY + 2 * DAY], [[], true, null], FINE];

describe("a hotfix", () => {
  it.each([
    ["a label, whatever its case", { labels: ["Hotfix"] }],
    ["the branch it comes from", { labels: [], sourceBranch: "hotfix/7" }],
  ])("says by %s that the roll-out before it failed, until it was rolled out itself", (_by, has) => {
    expect(told({ changes: [aHotfix(has)] })).toEqual(FIXED_2);
  });

  it("is told by labels alone, by branches alone, and by any of several branches", () => {
    const branch = { labels: [], sourceBranch: "hotfix/7" };

    expect(told({ changes: [aHotfix()] }, { labels: ["hotfix"], branches: [] })).toEqual(FIXED_2);
    expect(told({ changes: [aHotfix(branch)] }, { labels: [], branches: ["^hotfix/"] })).toEqual(FIXED_2);
    expect(told({ changes: [aHotfix(branch)] }, { labels: [], branches: ["^patch/", "^hotfix/"] })).toEqual(FIXED_2);
  });

  it.each([
    ["without a rule", {}, { labels: [], branches: [] }],
    ["from a branch that nobody knows", { labels: [], sourceBranch: null }, { labels: [], branches: [".*"] }],
    ["with another label and branch", { labels: ["bug"], sourceBranch: "fix/hotfix/7" }, RULE],
    ["that was never merged", { mergedAt: null, mergeCommit: null, closedAt: MAY + 2 * DAY }, RULE],
  ])("is none %s", (_when, has, rule) => {
    expect(told({ changes: [aHotfix(has)] }, rule)).toEqual([FINE, FINE, FINE, FINE]);
  });

  it("is only rework when nothing was rolled out in the 7 days before it was opened", () => {
    const late = MAY + DAY + 7 * DAY;
    const last = [deployments[0], deployments[1], aDeployment("3", "fix", late + DAY)].filter(
      (one) => one !== undefined,
    );
    const openedAt = (at: number) => told({ deployments: last, changes: [aHotfix({ openedAt: at, mergedAt: at })] });

    expect(openedAt(late)).toEqual([FINE, [["hotfix"], false, late + DAY], [[], true, null]]);
    expect(openedAt(late + 1)).toEqual([FINE, FINE, [[], true, null]]);
  });

  it("repairs the roll-out that was there the moment it was opened", () => {
    const sameMoment = aHotfix({ openedAt: MAY + DAY });

    expect(told({ changes: [sameMoment] })).toEqual(FIXED_2);
  });

  it("repairs nothing when it was rolled out before it was opened: a hotfix comes after what it repairs", () => {
    const openedAt = MAY + 2 * DAY + HOUR;
    const afterwards = aHotfix({ openedAt, mergedAt: openedAt });
    const nextDay = aHotfix({ openedAt: openedAt + DAY, mergedAt: openedAt + DAY });

    expect(told({ changes: [afterwards] })).toEqual([FINE, FINE, [[], true, null], FINE]);
    expect(told({ changes: [nextDay] })).toEqual([FINE, FINE, [[], true, null], FINE]);
  });

  it.each([
    ["on the default branch", "main", "gone"],
    ["on another branch", "release/1", "gone"],
    ["on another branch, by a commit that nobody knows", "release/1", null],
  ])("that was merged %s and whose commit is lost was rolled out by nothing that is known", (_, targetBranch, lost) => {
    const hotfix = aHotfix({ targetBranch, mergeCommit: lost });

    expect(told({ changes: [hotfix] })).toEqual([FINE, [["hotfix"], false, null], FINE, FINE]);
  });

  it("has nothing to repair before the first roll-out", () => {
    const first = aHotfix({ openedAt: MAY - 1, mergedAt: MAY - 1, mergeCommit: "a" });

    expect(told({ changes: [first] })).toEqual([[[], true, null], FINE, FINE, FINE]);
  });

  it("leaves what failed failed while it is not rolled out itself", () => {
    const waiting = deployments.slice(0, 2);

    expect(told({ deployments: waiting, changes: [aHotfix()] })).toEqual([FINE, [["hotfix"], false, null]]);
  });

  it("may be merged into a release branch alone", () => {
    const side = aCommit("side", { parents: ["b"] });
    const history = {
      commits: [...line, side],
      repository: { ...aHosted(line).repository, head: "d" },
      deployments: [deployments[0], deployments[1], aDeployment("3", "side", MAY + 2 * DAY)].filter(
        (one) => one !== undefined,
      ),
      changes: [aHotfix({ mergeCommit: "side", targetBranch: "release/1" })],
    };

    expect(told(history)).toEqual([FINE, [["hotfix"], false, MAY + 2 * DAY], [[], true, null]]);
  });

  it("recovers what failed by other signals only where these say nothing of it", () => {
    const incident = anIncident("7", MAY + DAY + 1, { deployment: "2", resolvedAt: MAY + DAY + HOUR });

    expect(told({ changes: [aHotfix()], incidents: [incident] })[1]).toEqual([
      ["incident", "hotfix"],
      false,
      MAY + DAY + HOUR,
    ]);
  });

  it("fails a roll-out once, however many repair it: it is over with the first that was rolled out", () => {
    const second = aChange(2, { ...aHotfix(), number: 2, id: "2", mergeCommit: "d" });

    expect(told({ changes: [second, aHotfix()] })).toEqual([
      FINE,
      [["hotfix"], false, MAY + 2 * DAY],
      [[], true, null],
      [[], true, null],
    ]);
  });

  it("of another part of the repository repairs nothing of this one", () => {
    const history = aHosted(line, { deployments, changes: [aHotfix({ paths: ["pay/a"] })] });

    const facts = factsBy({ hotfix: RULE }, history, { paths: ["checkout"] }).deployments;

    expect(facts.flatMap(({ failedBy }) => failedBy)).toEqual([]);
  });
});

describe("a deployment that says which version it repairs", () => {
  const fixing = (fixesVersion: string) =>
    [deployments[0], deployments[1], aDeployment("3", "fix", MAY + 2 * DAY, { fixesVersion }), deployments[3]].filter(
      (one) => one !== undefined,
    );
  const sha = "b".repeat(40);
  const commits = aLine(aCommit("a"), aCommit(sha), aCommit("fix"), aCommit("d"));
  const named = (fixesVersion: string) =>
    told({
      commits,
      deployments: fixing(fixesVersion).map((one) => ({ ...one, sha: one.sha === "b" ? sha : one.sha })),
      releases: [
        aRelease("v0.0.0", { sha: "gone" }),
        aRelease("v1.1.0", { sha }),
        aRelease("v1.2.0", { sha: "fix" }),
        aRelease("v1.3.0", { sha: "d" }),
      ],
    });

  it.each(["2", "v1.1.0", "1.1.0", sha, sha.slice(0, 7)])(
    "says that it failed, whatever it calls it: %s",
    (version) => {
      expect(named(version)).toEqual(FIXED_2);
    },
  );

  it.each(["9.9.9", "4", "3", sha.slice(0, 6), `x${sha}`, "fix", "v1.2.0", "v1.3.0", "v0.0.0"])(
    "is only rework when that is no earlier roll-out: %s",
    (version) => {
      expect(named(version)).toEqual([FINE, FINE, [[], true, null], FINE]);
    },
  );

  /** Pushed by a sender who names no commit. */
  const aPush = (id: string, at: number, has: object) =>
    aDeployment(id, null, at, { source: "push", version: null, includedCommits: [], ...has } as object);

  it.each([
    ["as it is", "7", "7"],
    ["with a v", "7", "v7"],
    ["without its v", "v7", "7"],
  ])("means the version that was pushed with one, %s", (_, version, fixesVersion) => {
    const deployed = [aPush("1", MAY, { version }), aPush("2", MAY + DAY, { version: "8", fixesVersion })];

    expect(told({ deployments: deployed })).toEqual([
      [["hotfix"], false, MAY + DAY],
      [[], true, null],
    ]);
  });

  it("means the latest of the roll-outs before it that have this name", () => {
    const deployed = [
      aPush("1", MAY, { version: "7" }),
      aPush("2", MAY + HOUR, { version: "7" }),
      aPush("3", MAY + DAY, { version: "8", fixesVersion: "7" }),
    ];

    expect(told({ deployments: deployed })).toEqual([FINE, [["hotfix"], false, MAY + DAY], [[], true, null]]);
  });

  it("means no roll-out of an unknown commit when it names what nobody knows", () => {
    const deployed = [aPush("1", MAY, { version: null }), aPush("2", MAY + DAY, { fixesVersion: "null" })];

    expect(told({ deployments: deployed })).toEqual([FINE, [[], true, null]]);
  });
});
