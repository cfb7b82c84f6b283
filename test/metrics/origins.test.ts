/** Each way by which deployments may be told, and the cases in which a well-known tool counts them wrongly. */
import { describe, expect, it } from "vitest";
import type { Pipeline } from "#metrics/events.ts";
import type { DeploymentFact } from "#metrics/facts.ts";
import type { History } from "#metrics/history.ts";
import type { DeploymentRules, Origin } from "#metrics/rules.ts";
import { DAY, HOUR, MINUTE } from "#metrics/time.ts";
import {
  aChange,
  aCommit,
  aDeployment,
  aHosted,
  aJob,
  aLine,
  anIncident,
  aRelease,
  aRun,
  factsBy,
  statuses,
  usualRules,
  utc,
} from "#test/support/builders.ts";

const MAY = utc("2026-05-04");
const line = aLine(
  aCommit("a", { authoredAt: MAY - 2 * DAY }),
  aCommit("b", { authoredAt: MAY - DAY }),
  aCommit("c", { authoredAt: MAY }),
);

const jobs = (name: string, has: Partial<Extract<Origin, { from: "jobs" }>> = {}): Origin => ({
  from: "jobs",
  name,
  workflow: null,
  branch: null,
  environment: "production",
  ...has,
});
const runs = (name: string, has: Partial<Extract<Origin, { from: "runs" }>> = {}): Origin => ({
  from: "runs",
  name,
  branch: null,
  environment: "production",
  ...has,
});

function deployments(origins: readonly Origin[], has: Partial<History>, rules: Partial<DeploymentRules> = {}) {
  return factsBy({ origins, ...rules }, aHosted(line, has)).deployments;
}

const isRollout = ({ tier, deployedAt }: DeploymentFact) => tier === "production" && deployedAt !== null;
const told = (facts: readonly DeploymentFact[]) => facts.filter(isRollout).map(({ id, route }) => [route, id]);
const attempts = (facts: readonly DeploymentFact[]) =>
  facts.filter((fact) => !isRollout(fact)).map(({ id, status }) => [id, status]);

/** A run whose one job is this. */
const withJob = (job: Pipeline["jobs"][number], sha = "a", has: Partial<Pipeline> = {}): Pipeline =>
  aRun(`run of ${job.id}`, sha, job.finishedAt ?? MAY, { ...has, jobs: [job] });

describe("a rule on jobs", () => {
  it("counts a job that matches: its own id and times, its pipeline's commit and address", () => {
    const [fact] = deployments([jobs("^deploy$")], { pipelines: [withJob(aJob("7", "deploy", MAY), "b")] });

    expect(fact).toMatchObject({
      id: "7",
      url: "https://acme.example/runs/run of 7",
      route: "job",
      environment: "production",
      tier: "production",
      sha: "b",
      status: "success",
      createdAt: MAY - MINUTE,
      deployedAt: MAY,
      commits: 2,
    });
  });

  it("10: does not count a job called “Build … prod”", () => {
    const pipelines = [
      withJob(aJob("1", "Build shop for prod", MAY)),
      withJob(aJob("2", "Deploy to prod", MAY + HOUR), "b"),
    ];

    expect(told(deployments([jobs("^Deploy to prod$")], { pipelines }))).toEqual([["job", "2"]]);
  });

  it("11: does not take a red deploy job for a success because it is allowed to fail", () => {
    const red = aJob("1", "deploy", MAY, { outcome: "failure", allowedToFail: true });

    const facts = deployments([jobs("^deploy$")], { pipelines: [withJob(red)] });

    expect(told(facts)).toEqual([]);
    expect(attempts(facts)).toEqual([["1", "failure"]]);
  });

  it("13: sees the deploy job of a run with 130 jobs", () => {
    const others = Array.from({ length: 129 }, (_, index) => aJob(String(index), `test ${index}`, MAY));
    const pipelines = [aRun("1", "a", MAY, { jobs: [...others, aJob("deploy", "deploy", MAY)] })];

    expect(told(deployments([jobs("^deploy$")], { pipelines }))).toEqual([["job", "deploy"]]);
  });

  it("16: counts ten in one day as ten", () => {
    const pipelines = Array.from({ length: 10 }, (_, hour) => withJob(aJob(String(hour), "deploy", MAY + hour * HOUR)));

    expect(told(deployments([jobs("^deploy$")], { pipelines }))).toHaveLength(10);
  });

  it.each([
    ["its workflow", { workflow: "^CD$" }, { name: "CI" }],
    ["its branch", { branch: "^main$" }, { branch: "hotfix/7" }],
    ["an unknown branch", { branch: "." }, { branch: null }],
  ])("does not count a job that does not match in %s", (_what, rule, has) => {
    const pipelines = [withJob(aJob("1", "deploy", MAY), "a", has), withJob(aJob("2", "deploy", MAY + HOUR), "b")];

    expect(told(deployments([jobs("^deploy$", rule)], { pipelines }))).toEqual([["job", "2"]]);
  });

  it("calls its roll-outs what it is told to", () => {
    const pipelines = [withJob(aJob("1", "deploy", MAY))];

    expect(deployments([jobs("^deploy$", { environment: "live-eu" })], { pipelines })).toMatchObject([
      { environment: "live-eu", tier: "production" },
    ]);
  });

  it.each([
    ["running", { outcome: "running", finishedAt: null }, [["1", "running"]]],
    ["cancelled", { outcome: "cancelled" }, [["1", "inactive"]]],
    ["cancelled before it began", { outcome: "cancelled", startedAt: null }, []],
    ["skipped", { outcome: "skipped" }, []],
    ["waiting for somebody to press a button", { outcome: "waiting", startedAt: null, finishedAt: null }, []],
    ["successful at a time that nobody knows", { finishedAt: null }, []],
  ] as const)("takes one that is %s for no roll-out", (_what, has, expected) => {
    const facts = deployments([jobs("^deploy$")], { pipelines: [withJob(aJob("1", "deploy", MAY, has))] });

    expect(told(facts)).toEqual([]);
    expect(attempts(facts)).toEqual(expected);
  });

  it("tells a rollback from a deployment", () => {
    const pipelines = [
      withJob(aJob("1", "deploy", MAY), "a"),
      withJob(aJob("2", "deploy", MAY + DAY), "b"),
      withJob(aJob("3", "deploy", MAY + 2 * DAY), "a"),
    ];

    const facts = deployments([jobs("^deploy$")], { pipelines });

    expect(facts.map(({ isRollback }) => isRollback)).toEqual([false, false, true]);
    expect(facts[1]).toMatchObject({ failedBy: ["rollback"], recoveredAt: MAY + 2 * DAY });
  });

  it("does not let the first one known swallow the year before it", () => {
    const old = aLine(aCommit("old", { authoredAt: MAY - 200 * DAY }), aCommit("new", { authoredAt: MAY - DAY }));
    const history = aHosted(old, { pipelines: [withJob(aJob("1", "deploy", MAY), "new")] });

    const { commits } = factsBy({ origins: [jobs("^deploy$")] }, history);

    expect(commits.map(({ deploymentId, isBeforeRecord }) => [deploymentId, isBeforeRecord])).toEqual([
      [null, true],
      ["1", false],
    ]);
  });
});

describe("a rule on runs", () => {
  it("counts a run that matches, by its own id", () => {
    const pipelines = [aRun("1", "a", MAY, { name: "CI" }), aRun("2", "b", MAY + HOUR, { name: "Deploy" })];

    expect(deployments([runs("^Deploy$")], { pipelines })).toMatchObject([
      { id: "2", route: "run", sha: "b", createdAt: MAY, deployedAt: MAY + HOUR },
    ]);
  });

  it("counts one that is run again from its first success, once", () => {
    const earlier = [
      { number: 1, outcome: "failure", startedAt: MAY, finishedAt: MAY + HOUR },
      { number: 2, outcome: "success", startedAt: MAY + 2 * HOUR, finishedAt: MAY + 3 * HOUR },
    ] as const;
    const again = aRun("1", "a", MAY + DAY, { attempt: 3, earlier });

    expect(deployments([runs("^CD$")], { pipelines: [again] })).toMatchObject([
      { id: "1", createdAt: MAY + 2 * HOUR, deployedAt: MAY + 3 * HOUR },
    ]);
  });

  it("7: counts a run that waited for an approval while it was collected once it is over", () => {
    const waiting = aRun("1", "a", MAY, { outcome: "waiting", startedAt: null, finishedAt: null });

    expect(deployments([runs("^CD$")], { pipelines: [waiting] })).toEqual([]);
    expect(told(deployments([runs("^CD$")], { pipelines: [aRun("1", "a", MAY)] }))).toEqual([["run", "1"]]);
  });

  it("takes one that failed for an attempt, even where nobody knows when it began", () => {
    const failed = aRun("1", "a", MAY, { outcome: "failure", startedAt: null });

    expect(attempts(deployments([runs("^CD$")], { pipelines: [failed] }))).toEqual([["1", "failure"]]);
  });
});

describe("a run that is tried again", () => {
  const tries = [
    { number: 2, outcome: "success", startedAt: MAY + 2 * HOUR, finishedAt: MAY + 3 * HOUR },
    { number: 1, outcome: "success", startedAt: MAY, finishedAt: MAY + HOUR },
  ] as const;

  it("counts from its first success, in whichever order its tries are told", () => {
    for (const earlier of [tries, tries.toReversed()])
      expect(deployments([runs("^CD$")], { pipelines: [aRun("1", "a", MAY + DAY, { earlier })] })).toMatchObject([
        { createdAt: MAY, deployedAt: MAY + HOUR },
      ]);
  });

  it("counts from the next success where nobody knows when the first one was over", () => {
    const earlier = [tries[0], { ...tries[1], finishedAt: null }];

    expect(deployments([runs("^CD$")], { pipelines: [aRun("1", "a", MAY + DAY, { earlier })] })).toMatchObject([
      { deployedAt: MAY + 3 * HOUR },
    ]);
  });

  it("was made when it was created where nobody knows when it was started", () => {
    const unknown = { createdAt: MAY, startedAt: null };
    const pipelines = [
      aRun("1", "a", MAY + HOUR, unknown),
      aRun("2", "b", MAY + 2 * HOUR, { ...unknown, outcome: "failure" }),
    ];

    expect(deployments([runs("^CD$")], { pipelines })).toMatchObject([
      { id: "1", createdAt: MAY, deployedAt: MAY + HOUR },
      { id: "2", createdAt: MAY, deployedAt: null, tier: "production", route: "run", status: "failure" },
    ]);
  });
});

describe("a deployment that its host records", () => {
  const recorded = (has: Parameters<typeof aDeployment>[3]) =>
    deployments([{ from: "deployments" }], { deployments: [aDeployment("1", "a", MAY, has)] });

  it("was deployed at its first success, in whichever order its statuses are told", () => {
    const said = [
      { outcome: "success", at: MAY + 2 * HOUR },
      { outcome: "success", at: MAY + HOUR },
      { outcome: "failure", at: MAY },
      { outcome: "success", at: MAY + 3 * HOUR },
    ] as const;

    for (const one of [said, said.toReversed()])
      expect(recorded({ statuses: one })).toMatchObject([{ deployedAt: MAY + HOUR, status: "success" }]);
  });

  it.each([
    ["nothing was said of it", [], "running"],
    ["it runs", statuses(MAY, "waiting", "running"), "running"],
    ["it failed in the end", statuses(MAY, "running", "failure"), "failure"],
    ["it was tried again", statuses(MAY, "failure", "running"), "running"],
    ["it was called off", statuses(MAY, "running", "cancelled"), "inactive"],
  ] as const)("is an attempt by the last that was said where %s", (_, said, status) => {
    for (const one of [said, said.toReversed()])
      expect(recorded({ statuses: one })).toMatchObject([
        { tier: "production", route: "deployment", status, deployedAt: null },
      ]);
  });

  it("is over where of two that were said in one second one ends it", () => {
    const said = [
      { outcome: "failure", at: MAY },
      { outcome: "running", at: MAY },
    ] as const;

    for (const one of [said, said.toReversed()])
      expect(recorded({ statuses: one })).toMatchObject([{ status: "failure" }]);
  });

  it("to somewhere else than production is no roll-out, and says when it was there", () => {
    expect(recorded({ environment: "staging" })).toMatchObject([
      { tier: "other", environment: "staging", status: "success", deployedAt: MAY },
    ]);
  });

  it("that was no roll-out carries, repairs and fails nothing", () => {
    expect(recorded({ statuses: statuses(MAY, "failure") })).toMatchObject([
      {
        isCommitKnown: true,
        commits: 0,
        changes: 0,
        failedBy: [],
        overruled: [],
        incidents: [],
        recoveredAt: null,
        previousDeployedAt: null,
        patchedAt: null,
        beganAt: null,
        isRollback: false,
        isRework: false,
        isFeatureRelease: false,
        isTrain: null,
      },
    ]);
    expect(recorded({ sha: "gone", statuses: statuses(MAY, "failure") })).toMatchObject([
      { isCommitKnown: false, commits: null, changes: null },
    ]);
  });

  it("that was pushed and failed is an attempt of its sender", () => {
    const push = { source: "push", version: null, includedCommits: [] } as object;
    const failed = aDeployment("1", "a", MAY, { ...push, statuses: statuses(MAY, "failure") });

    expect(deployments([{ from: "pushes" }], { deployments: [failed] })).toMatchObject([
      { id: "1", route: "push", tier: "production", status: "failure", deployedAt: null },
    ]);
  });
});

describe("several rules", () => {
  it("12: count a host's deployment and its workflow run as one, by the host's id", () => {
    const facts = deployments([{ from: "deployments" }, runs("^CD$")], {
      deployments: [aDeployment("100", "b", MAY)],
      pipelines: [aRun("9", "b", MAY + 5 * MINUTE)],
    });

    expect(told(facts)).toEqual([["deployment", "100"]]);
  });

  it("12: take a failed run for the deployment that failed in it, and for none that succeeded in it", () => {
    const facts = deployments([{ from: "deployments" }, runs("^CD$")], {
      deployments: [
        aDeployment("100", "a", MAY),
        aDeployment("101", "b", 0, { createdAt: MAY, statuses: statuses(MAY, "running", "failure") }),
      ],
      pipelines: [
        aRun("8", "a", MAY + 5 * MINUTE, { outcome: "failure" }),
        aRun("9", "b", MAY + HOUR, { outcome: "failure" }),
        aRun("10", "c", MAY + HOUR, { outcome: "failure" }),
      ],
    });

    expect(told(facts)).toEqual([["deployment", "100"]]);
    expect(attempts(facts)).toEqual([
      ["101", "failure"],
      ["10", "failure"],
    ]);
  });

  it("count whatever any of them finds", () => {
    const facts = deployments([{ from: "merges" }, jobs("^deploy$"), { from: "releases" }], {
      pipelines: [withJob(aJob("7", "deploy", MAY + HOUR), "a")],
      releases: [aRelease("v1.0.0", { id: "55", sha: "b", publishedAt: MAY + 2 * DAY, prerelease: false })],
    });

    expect(told(facts)).toEqual([
      ["merge", "a"],
      ["merge", "b"],
      ["merge", "c"],
      ["job", "7"],
      ["release", "55"],
    ]);
  });

  it("count a job that two of them match once", () => {
    const pipelines = [withJob(aJob("7", "deploy prod", MAY), "a")];

    const facts = deployments([jobs("^deploy"), jobs("prod$", { environment: "prod" })], { pipelines });

    expect(told(facts)).toEqual([["job", "7"]]);
  });

  it("keep things apart that their host gave the same number", () => {
    const facts = deployments([{ from: "deployments" }, jobs("^deploy$"), runs("^CD$")], {
      deployments: [aDeployment("1", "a", MAY)],
      pipelines: [aRun("1", "c", MAY + 9 * DAY, { jobs: [aJob("1", "deploy", MAY + 5 * DAY)] })],
    });

    expect(told(facts)).toEqual([
      ["deployment", "1"],
      ["job", "job/1"],
      ["run", "run/1"],
    ]);
  });

  it("count nothing else: neither what the host records nor its releases, unless they say so", () => {
    const facts = deployments([jobs("^deploy$")], {
      deployments: [aDeployment("1", "a", MAY), aDeployment("2", "b", MAY, { environment: "staging" })],
      releases: [aRelease("v1.0.0", { sha: "a", publishedAt: MAY })],
    });

    expect(facts).toEqual([]);
  });
});

describe("what is pushed", () => {
  const pushed = (id: string, sha: string, at: number) =>
    aDeployment(id, sha, at, { source: "push", version: null, includedCommits: [] } as object);

  it("19: counts beside every rule, and once where a job is the same roll-out", () => {
    const facts = deployments([jobs("^deploy$")], {
      deployments: [pushed("p1", "a", MAY + 5 * MINUTE), pushed("p2", "b", MAY + DAY)],
      pipelines: [withJob(aJob("7", "deploy", MAY), "a")],
    });

    expect(told(facts)).toEqual([
      ["job", "7"],
      ["push", "p2"],
    ]);
  });

  it("19: counts alone where a rule says so", () => {
    const facts = deployments([{ from: "pushes" }], {
      deployments: [aDeployment("1", "a", MAY), pushed("p1", "b", MAY + DAY)],
    });

    expect(told(facts)).toEqual([["push", "p1"]]);
  });
});

describe("a rule on releases or tags", () => {
  const releases = [
    aRelease("v1.0.0", { id: "55", sha: "a", publishedAt: MAY + HOUR, prerelease: false }),
    aRelease("v1.0.0", { sha: "a", publishedAt: MAY }),
    aRelease("v1.1.0", { sha: "b", publishedAt: MAY + DAY }),
  ];

  it.each<[string, readonly Origin[], unknown]>([
    ["published ones", [{ from: "releases" }], [["release", "55"]]],
    [
      "tags",
      [{ from: "tags" }],
      [
        ["tag", "v1.0.0"],
        ["tag", "v1.1.0"],
      ],
    ],
    [
      "both, each name once",
      [{ from: "tags" }, { from: "releases" }],
      [
        ["release", "55"],
        ["tag", "v1.1.0"],
      ],
    ],
  ])("counts %s", (_what, origins, expected) => {
    expect(told(deployments(origins, { releases }))).toEqual(expected);
  });

  it("takes a tag that GitLab tells of together with its release for a tag, too", () => {
    const together = [aRelease("v1.0.0", { sha: "a", publishedAt: MAY, prerelease: false })];

    expect(told(deployments([{ from: "tags" }], { releases: together }))).toEqual([["tag", "v1.0.0"]]);
  });

  it("counts none of which nobody knows when it was, and all of them as production", () => {
    const unknown = [
      aRelease("v1.0.0", { sha: "a", publishedAt: MAY }),
      aRelease("v1.1.0", { sha: "b", publishedAt: null }),
    ];

    expect(deployments([{ from: "tags" }], { releases: unknown })).toMatchObject([
      { id: "v1.0.0", environment: "production", tier: "production", createdAt: MAY, deployedAt: MAY },
    ]);
  });

  it("counts those whose commit the default branch contains, where the rule asks for it", () => {
    const commits = [...line, aCommit("side", { parents: ["a"], authoredAt: MAY })];
    const named = [
      aRelease("v1.0.0", { sha: "side" }),
      aRelease("v1.1.0", { sha: "b" }),
      aRelease("v1.2.0", { sha: "gone" }),
    ];
    const counted = (branch: "any" | "default") =>
      told(
        factsBy(
          { origins: [{ from: "tags" }], releases: { tags: usualRules.releases.tags, branch } },
          { ...aHosted(commits, { releases: named }), repository: { ...aHosted(line).repository } },
        ).deployments,
      ).map(([, id]) => id);

    expect(counted("default")).toEqual(["v1.1.0"]);
    expect(counted("any")).toEqual(["v1.0.0", "v1.1.0", "v1.2.0"]);
  });

  it("counts those of the service's pattern", () => {
    const named = [aRelease("pay@1.0.0", { sha: "a" }), aRelease("checkout@1.0.0", { sha: "b" })];

    const facts = deployments([{ from: "tags" }], { releases: named }, { releases: { tags: "^pay@", branch: "any" } });

    expect(told(facts)).toEqual([["tag", "pay@1.0.0"]]);
  });
});

describe("a rule on merges", () => {
  it("counts each step of the default branch at its merge, else at its commit", () => {
    const changes = [aChange(1, { mergeCommit: "b", mergedAt: MAY - DAY + HOUR })];

    const facts = deployments([{ from: "merges" }], { changes });

    expect(facts.map(({ id, route, deployedAt }) => [id, route, deployedAt])).toEqual([
      ["a", "merge", MAY - 2 * DAY],
      ["b", "merge", MAY - DAY + HOUR],
      ["c", "merge", MAY],
    ]);
  });

  it("counts what a merge brought once, with the merge", () => {
    const commits = [
      aCommit("root", { authoredAt: MAY - 3 * DAY }),
      aCommit("side", { parents: ["root"], authoredAt: MAY - 2 * DAY }),
      aCommit("merge", { parents: ["root", "side"], authoredAt: MAY }),
    ];

    const { deployments: facts, commits: carried } = factsBy({ origins: [{ from: "merges" }] }, aHosted(commits));

    expect(facts.map(({ id, commits: count }) => [id, count])).toEqual([
      ["root", 1],
      ["merge", 1],
    ]);
    expect(carried.find(({ sha }) => sha === "side")).toMatchObject({ deploymentId: "merge", leadTimeHours: 48 });
  });

  it("counts for a part of a repository the steps that brought something of it", () => {
    const commits = [
      aCommit("root", { authoredAt: MAY, paths: ["pay/a"] }),
      aCommit("mine", { parents: ["root"], authoredAt: MAY + HOUR, paths: ["shop/a"] }),
      aCommit("side", { parents: ["mine"], authoredAt: MAY + 2 * HOUR, paths: ["shop/b"] }),
      aCommit("merge", { parents: ["mine", "side"], authoredAt: MAY + 3 * HOUR, paths: [] }),
      aCommit("other", { parents: ["merge"], authoredAt: MAY + 4 * HOUR, paths: ["pay/b"] }),
    ];

    const { deployments: facts } = factsBy({ origins: [{ from: "merges" }] }, aHosted(commits), { paths: ["shop"] });

    expect(facts.map(({ id, environment, tier }) => [id, environment, tier])).toEqual([
      ["mine", "production", "production"],
      ["merge", "production", "production"],
    ]);
  });

  it("counts no step of which nobody knows when it was", () => {
    const commits = aLine(aCommit("a", { authoredAt: MAY }), aCommit("b", { authoredAt: null }));

    expect(factsBy({ origins: [{ from: "merges" }] }, aHosted(commits)).deployments.map(({ id }) => id)).toEqual(["a"]);
  });

  it("knows no limit of the past and no rollback, also none of what is pushed", () => {
    const old = aLine(aCommit("old", { authoredAt: MAY - 500 * DAY }), aCommit("new", { authoredAt: MAY }));
    const push = aDeployment("p", "old", MAY + DAY, { source: "push", version: null, includedCommits: [] } as object);

    const { deployments: facts, commits } = factsBy(
      { origins: [{ from: "merges" }] },
      aHosted(old, { deployments: [push] }),
    );

    expect(commits.map(({ deploymentId }) => deploymentId)).toEqual(["old", "new"]);
    expect(facts.map(({ isRollback }) => isRollback)).toEqual([false, false, false]);
  });
});

describe("no rule", () => {
  it("takes the best there is, and no jobs and no runs", () => {
    const has = {
      pipelines: [withJob(aJob("7", "deploy", MAY))],
      releases: [aRelease("v1.0.0", { sha: "a", publishedAt: MAY })],
      incidents: [anIncident("1", MAY + HOUR)],
    };

    const facts = factsBy(usualRules, aHosted(line, has)).deployments;

    expect(told(facts)).toEqual([["tag", "v1.0.0"]]);
  });
});
