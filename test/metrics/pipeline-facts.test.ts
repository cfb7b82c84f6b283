import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Pipeline } from "#metrics/events.ts";
import type { PipelineFact } from "#metrics/facts.ts";
import { NO_HOTFIX } from "#metrics/rules.ts";
import { derive } from "#metrics/derive.ts";
import { HOUR, MINUTE } from "#metrics/time.ts";
import { aChange, aCommit, aHosted, aJob, aLine, aRun, factsOf } from "#test/support/builders.ts";

const line = aLine(aCommit("a"), aCommit("b"), aCommit("c"));

function factsOfRuns(...pipelines: readonly Pipeline[]): readonly PipelineFact[] {
  return factsOf(aHosted(line, { pipelines })).pipelines;
}

/** When each run broke the default branch, and when that was green again. */
function breaks(...runs: readonly Pipeline[]): readonly (readonly [string, number, number | null])[] {
  return factsOfRuns(...runs).flatMap(({ id, brokeAt, greenAt }) =>
    brokeAt === null ? [] : [[id, brokeAt / HOUR, greenAt === null ? null : greenAt / HOUR] as const],
  );
}

describe("a run", () => {
  it("says everything a reader of the export is promised", () => {
    const jobs = [
      aJob("1", "build", 2 * HOUR, { startedAt: HOUR + 5 * MINUTE, finishedAt: HOUR + 10 * MINUTE }),
      aJob("2", "deploy", 2 * HOUR, { startedAt: HOUR + 40 * MINUTE }),
    ];

    expect(factsOfRuns(aRun("7", "a", 2 * HOUR, { jobs }))).toEqual([
      {
        source: "git:shop",
        repository: "acme/shop",
        service: "shop",
        id: "7",
        name: "CD",
        url: "https://acme.example/runs/7",
        sha: "a",
        branch: "main",
        onDefaultBranch: true,
        outcome: "success",
        attempts: 1,
        createdAt: HOUR,
        begunAt: HOUR,
        startedAt: HOUR + 5 * MINUTE,
        finishedAt: 2 * HOUR,
        pausedAt: HOUR + 10 * MINUTE,
        resumedAt: HOUR + 40 * MINUTE,
        isFlaky: false,
        brokeAt: null,
        greenAt: null,
        runnerMinutes: [{ runner: null, minutes: 5 + 20 }],
      } satisfies PipelineFact,
    ]);
  });

  it("that is not over has no end", () => {
    const runs = factsOfRuns(
      aRun("1", "a", HOUR, { outcome: "running", finishedAt: null }),
      aRun("2", "a", 2 * HOUR, { outcome: "waiting" }),
    );

    expect(runs.map(({ finishedAt, isFlaky }) => [finishedAt, isFlaky])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it("has no queue where its host names its creation as its start, or it was tried again", () => {
    const runs = factsOfRuns(
      aRun("1", "a", 2 * HOUR),
      aRun("2", "a", 3 * HOUR, { startedAt: 2 * HOUR + MINUTE }),
      aRun("3", "a", 4 * HOUR, { attempt: 2, startedAt: 3.5 * HOUR }),
    );

    expect(runs.map(({ startedAt }) => startedAt)).toEqual([null, 2 * HOUR + MINUTE, null]);
    expect(runs.map(({ begunAt }) => begunAt)).toEqual([HOUR, 2 * HOUR, 3.5 * HOUR]);
  });

  it("is of the default branch only with a commit of it", () => {
    const runs = factsOfRuns(
      aRun("1", "a", HOUR),
      aRun("2", "a", 2 * HOUR, { branch: "feature" }),
      aRun("3", "of a fork", 3 * HOUR),
      aRun("4", "a", 4 * HOUR, { branch: null }),
    );

    expect(runs.map(({ onDefaultBranch }) => onDefaultBranch)).toEqual([true, false, false, false]);
  });

  it.each([
    ["a hand-over of a minute", MINUTE, null],
    ["more than that", MINUTE + 1, 20 * MINUTE],
  ])("waited inside for %s", (_what, pause, pausedAt) => {
    const jobs = [
      aJob("1", "build", 20 * MINUTE, { startedAt: 10 * MINUTE }),
      aJob("2", "lint", 15 * MINUTE),
      aJob("3", "deploy", 0, { startedAt: 20 * MINUTE + pause, finishedAt: HOUR }),
    ];

    const [run] = factsOfRuns(aRun("1", "a", HOUR, { jobs }));

    expect(run?.pausedAt).toBe(pausedAt);
  });
});

describe("a flaky run", () => {
  it("failed in an attempt and succeeded in a later one", () => {
    const tried = { attempt: 2, startedAt: 2 * HOUR };
    const before = (outcome: "failure" | "cancelled") => ({
      ...tried,
      earlier: [{ number: 1, outcome, startedAt: HOUR, finishedAt: HOUR }],
    });
    const runs = factsOfRuns(
      aRun("1", "a", 2 * HOUR, before("failure")),
      aRun("2", "a", 3 * HOUR, before("cancelled")),
      aRun("3", "a", 4 * HOUR, tried),
      aRun("4", "a", 5 * HOUR, { ...before("failure"), outcome: "failure" }),
    );

    expect(runs.map(({ isFlaky }) => isFlaky)).toEqual([true, false, true, false]);
  });

  it("failed, and another run of the same workflow succeeded later on the same commit", () => {
    const runs = factsOfRuns(
      aRun("1", "a", 2 * HOUR, { outcome: "failure" }),
      aRun("2", "a", 3 * HOUR, { outcome: "failure", name: "Lint" }),
      aRun("3", "b", 4 * HOUR, { outcome: "failure" }),
      aRun("4", "a", 5 * HOUR),
      aRun("5", "a", 6 * HOUR, { outcome: "failure" }),
      aRun("6", "a", 7 * HOUR, { outcome: "cancelled" }),
    );

    expect(runs.map(({ isFlaky }) => isFlaky)).toEqual([true, false, false, false, false, null]);
  });
});

describe("a broken default branch", () => {
  it("is broken from the first failure of a workflow to its next success", () => {
    expect(
      breaks(
        aRun("1", "a", HOUR),
        aRun("2", "b", 3 * HOUR, { outcome: "failure" }),
        aRun("3", "b", 4 * HOUR, { outcome: "failure" }),
        aRun("4", "c", 4.5 * HOUR, { name: "Lint" }),
        aRun("5", "c", 5 * HOUR, { outcome: "cancelled" }),
        aRun("6", "c", 9 * HOUR),
      ),
    ).toEqual([["2", 3, 9]]);
  });

  it("is still broken while nothing succeeded", () => {
    expect(breaks(aRun("1", "a", 3 * HOUR, { outcome: "failure" }))).toEqual([["1", 3, null]]);
  });

  it("is green again by a later attempt of the same run", () => {
    const earlier = [{ number: 1, outcome: "failure" as const, startedAt: HOUR, finishedAt: 2 * HOUR }];

    expect(breaks(aRun("1", "a", 5 * HOUR, { attempt: 2, earlier, createdAt: HOUR }))).toEqual([["1", 2, 5]]);
  });

  it("is neither mended nor broken by a run of an older commit that ends later", () => {
    expect(
      breaks(
        aRun("old", "a", 5 * HOUR, { createdAt: 0 }),
        aRun("new", "b", 3 * HOUR, { createdAt: HOUR, outcome: "failure" }),
        aRun("mended", "c", 8 * HOUR, { createdAt: 6 * HOUR }),
        aRun("older still", "a", 9 * HOUR, { createdAt: 2 * HOUR, outcome: "failure" }),
      ),
    ).toEqual([["new", 3, 8]]);
  });

  it("is not broken by another branch", () => {
    expect(breaks(aRun("1", "a", HOUR, { outcome: "failure", branch: "feature" }))).toEqual([]);
  });
});

describe("the runs of a part of a repository", () => {
  const rules = {
    origins: null,
    releases: { tags: "stable", branch: "any" },
    production: null,
    backfillDays: 90,
    hotfix: NO_HOTFIX,
  } as const;

  it("are those of its commits and of its changes", () => {
    const commits = aLine(aCommit("a", { paths: ["shop/x"] }), aCommit("b", { paths: ["pay/x"] }), aCommit("c"));
    const changes = [aChange(1, { commits: [{ sha: "head", authoredAt: 0 }], paths: ["shop/y"] })];
    const pipelines = ["a", "b", "c", "head", "nowhere"].map((sha, hour) => aRun(sha, sha, (hour + 1) * HOUR));
    const part = { paths: ["shop/**"], incidents: null };

    const { pipelines: found } = derive(aHosted(commits, { changes, pipelines }), { name: "shop", rules, part });

    expect(found.map(({ id }) => id)).toEqual(["a", "head"]);
  });
});

function isGreenBeforeItBroke({ brokeAt, greenAt }: PipelineFact): boolean {
  return greenAt !== null && (brokeAt === null || greenAt < brokeAt);
}

const someRuns = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 99 }).map(String),
    sha: fc.constantFrom("a", "b", "c", "elsewhere"),
    name: fc.constantFrom("CD", "Lint"),
    branch: fc.constantFrom("main", "feature"),
    outcome: fc.constantFrom("success", "failure", "cancelled", "running"),
    attempt: fc.integer({ min: 1, max: 3 }),
    hour: fc.integer({ min: 1, max: 9 }),
  }),
  { selector: ({ id }) => id, maxLength: 20 },
);

it("are the same whatever the order of the events, and nothing is green before it broke", () => {
  fc.assert(
    fc.property(someRuns, fc.infiniteStream(fc.nat()), (drafts, shuffle) => {
      const runs = drafts.map(({ id, sha, hour, ...has }) => aRun(id, sha, hour * HOUR, has));
      const shuffled = runs
        .map((run) => ({ run, at: Number(shuffle.next().value) }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ run }) => run);
      const facts = factsOfRuns(...runs);

      expect(factsOfRuns(...shuffled)).toEqual(facts);
      expect(facts.filter(isGreenBeforeItBroke)).toEqual([]);
      expect(facts).toHaveLength(runs.length);
    }),
  );
});
