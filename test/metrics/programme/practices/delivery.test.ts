import { describe, expect, it } from "vitest";
import { later, LIMITS } from "#metrics/programme/practices/limits.ts";
import { DAY, HOUR, MINUTE, WEEK } from "#metrics/time.ts";
import { aChangeFact, aCommitFact, aDeploymentFact, aRunFact } from "#test/support/builders.ts";
import { hour, hourOf, read, said, week } from "./reading.ts";

const run = (id: string, sha: string, at: number, has = {}) =>
  aRunFact({ id, sha, createdAt: hour(at) - 5 * MINUTE, begunAt: hour(at) - 5 * MINUTE, finishedAt: hour(at), ...has });
const merged = (id: string, at: number, has = {}) =>
  aChangeFact({
    id,
    openedAt: hour(at - 1),
    mergedAt: hour(at),
    closedAt: hour(at),
    mergeCommit: `merge-${id}`,
    ...has,
  });
const deployed = (id: string, at: number, has = {}) =>
  aDeploymentFact({ id, deployedAt: hour(at), previousDeployedAt: hour(-500), ...has });
const before = deployed("before", -500, { previousDeployedAt: null });

describe("continuous integration", () => {
  it("has a check of the last commit of a change that is over before the merge", () => {
    const changes = [merged("1", 10), merged("2", 10), merged("3", 10), merged("4", 10)];
    const pipelines = [
      run("a", "head-1", 10),
      run("b", "head-2", 11),
      run("c", "head-3", 9, { outcome: "cancelled" }),
      run("d", "merge-3", 11),
    ];
    const heads = new Map([1, 2, 3].map((id) => [`${id}`, `head-${id}`]));

    expect(
      said(read("continuous-integration", "checked-before-merge", { facts: { changes, pipelines }, told: { heads } })),
    ).toBe("1 of 3, 1 unknown");
    expect(said(read("continuous-integration", "checked-before-merge", { facts: { changes, pipelines } }))).toMatch(
      /do not name the last commit/,
    );
    expect(said(read("continuous-integration", "checked-before-merge", { facts: { changes } }))).toMatch(/^No run/);
  });

  it("has a check on each step of the default branch", () => {
    const commits = ["a", "b"].map((sha) => aCommitFact({ sha, committedAt: hour(2) }));
    const side = aCommitFact({ sha: "c", committedAt: hour(2), integrated: null });
    const pipelines = [run("1", "a", 3)];

    expect(
      said(read("continuous-integration", "checked-trunk", { facts: { commits: [...commits, side], pipelines } })),
    ).toBe("1 of 2");
  });

  it("is green again within an hour, and calm while nothing breaks", () => {
    const broke = (id: string, at: number, green: number | null) =>
      run(id, id, at, { outcome: "failure", brokeAt: hour(at), greenAt: hourOf(green) });

    const mended = (...pipelines: ReturnType<typeof broke>[]) =>
      said(read("continuous-integration", "red-to-green", { facts: { pipelines } }));
    expect(mended(broke("a", 1, 1.9), broke("b", 1, 2), broke("c", 50, null))).toBe("1 of 3");
    expect(mended(run("a", "a", 3))).toBe("0 of 0, calm");
    expect(mended(run("a", "a", -3))).toBe("0 of 0");
    expect(mended(run("a", "a", 3, { onDefaultBranch: false }))).toMatch(/default branch/);
  });

  it("judges a break in the week in which it is decided", () => {
    const pipelines = [run("late", "x", 167.5, { outcome: "failure", brokeAt: hour(167.5), greenAt: null })];
    const weeks = [{ from: week.to, to: week.to + WEEK }];

    expect(said(read("continuous-integration", "red-to-green", { facts: { pipelines } }))).toBe("0 of 0, calm");
    expect(said(read("continuous-integration", "red-to-green", { facts: { pipelines }, weeks }))).toBe("0 of 1");
    expect(
      said(read("continuous-integration", "red-to-green", { facts: { pipelines }, weeks, until: hour(168.5) })),
    ).toBe("0 of 0");
  });
});

describe("fast feedback", () => {
  it("comes in less than ten minutes, of runs with a verdict", () => {
    const took = (id: string, minutes: number, outcome: "success" | "failure" | "cancelled") =>
      aRunFact({ id, begunAt: hour(2), finishedAt: hour(2) + minutes * MINUTE, outcome });
    const pipelines = [
      took("a", 9, "success"),
      took("b", 10, "success"),
      took("c", 1, "cancelled"),
      took("d", 3, "failure"),
    ];

    expect(said(read("fast-feedback", "pipeline-time", { facts: { pipelines } }))).toBe("2 of 3");
  });

  it("counts the runs that were right the first time", () => {
    const pipelines = [run("a", "a", 1, { isFlaky: true }), run("b", "b", 1), run("c", "c", 1, { isFlaky: null })];

    expect(said(read("fast-feedback", "flaky-runs", { facts: { pipelines } }))).toBe("1 of 2, 1 unknown");
  });
});

describe("deployment automation", () => {
  it("knows a pipeline by the rule that counts its jobs or runs, and others by what is told of them", () => {
    const deployments = [
      deployed("1", 1, { route: "job" }),
      deployed("2", 2, { route: "run" }),
      deployed("3", 3),
      deployed("4", 4),
      deployed("5", 5),
    ];
    const deployers = new Map([
      ["3", "human" as const],
      ["4", "bot" as const],
    ]);

    expect(said(read("deployment-automation", "by-pipeline", { facts: { deployments }, told: { deployers } }))).toBe(
      "3 of 4, 1 unknown",
    );
    expect(said(read("deployment-automation", "by-pipeline", { facts: { deployments: [deployed("3", 3)] } }))).toMatch(
      /^Releases and pushes do not say/,
    );
    expect(said(read("deployment-automation", "by-pipeline", {}))).toMatch(/^No deployment/);
  });

  it("shows what runs wait for within, where jobs are read", () => {
    const pipelines = [
      run("a", "a", 9, { pausedAt: hour(1), resumedAt: hour(4) }),
      run("b", "b", 9, { pausedAt: hour(1), resumedAt: hour(5) }),
      run("c", "c", 9),
    ];

    expect(said(read("deployment-automation", "approval-wait", { facts: { pipelines } }))).toBe("1 of 2");
    expect(said(read("deployment-automation", "approval-wait", { facts: { pipelines: [run("c", "c", 9)] } }))).toMatch(
      /jobs of a run/,
    );
  });
});

describe("release on demand", () => {
  it("counts from green to production, from the merge where nothing was green before, and what never arrives when its time is over", () => {
    const changes = [
      merged("1", 10, { deployedAt: hour(35) }),
      merged("2", 10, { deployedAt: hour(35) }),
      merged("3", 11, { deployedAt: null }),
      merged("4", 150, { deployedAt: null }),
      merged("5", 11, { deployedAt: hour(12), isBeforeRecord: true }),
    ];
    const pipelines = [run("a", "merge-1", 12), run("b", "merge-2", 36)];
    const facts = { changes, pipelines, deployments: [before] };

    const reading = read("release-on-demand", "green-to-production", { facts });

    expect(said(reading)).toBe("1 of 3");
    expect(reading).toMatchObject({
      rows: [
        { id: "1", isMet: true },
        { id: "2", isMet: false },
        { id: "3", isMet: false },
      ],
    });
  });

  it("deploys every week, or in every so many weeks of its class", () => {
    const deployments = [before, deployed("a", -100)];

    expect(said(read("release-on-demand", "deploys-often", { facts: { deployments } }))).toBe("0 of 1");
    expect(
      said(read("release-on-demand", "deploys-often", { facts: { deployments }, releaseClass: "regulated" })),
    ).toBe("1 of 1");
    expect(said(read("release-on-demand", "deploys-often", { facts: { deployments: [deployed("b", 200)] } }))).toBe(
      "0 of 0",
    );
  });

  it("then deploys on most working days", () => {
    const deployments = (days: number) => [
      before,
      ...Array.from({ length: days }, (_, day) => deployed(`${day}`, day * 24 + 9)),
    ];
    const limits = later(LIMITS.cloud);

    expect(said(read("release-on-demand", "deploys-often", { facts: { deployments: deployments(3) }, limits }))).toBe(
      "1 of 1",
    );
    expect(said(read("release-on-demand", "deploys-often", { facts: { deployments: deployments(2) }, limits }))).toBe(
      "0 of 1",
    );
  });

  it("shows what leaves by a timetable", () => {
    const deployments = [deployed("a", 1, { isTrain: true }), deployed("b", 2, { isTrain: false }), deployed("c", 3)];

    expect(said(read("release-on-demand", "no-timetable", { facts: { deployments } }))).toBe("1 of 2");
  });
});

describe("recovery", () => {
  it("takes less than a day, and is calm while deployments do not fail", () => {
    const failed = (id: string, at: number, back: number | null) =>
      deployed(id, at, { failedBy: ["incident"], recoveredAt: hourOf(back) });

    const recovered = (...deployments: ReturnType<typeof deployed>[]) =>
      said(read("recovery", "recovery-time", { facts: { deployments: [before, ...deployments] } }));
    expect(recovered(failed("a", 1, 24.9), failed("b", 1, 25), failed("c", 1, null))).toBe("1 of 3");
    expect(recovered(deployed("a", 1))).toBe("0 of 0, calm");
    expect(recovered()).toBe("0 of 0");
  });

  it("is proven by a rollback or a declared drill in 90 days", () => {
    const proven = (at: readonly number[], drills: readonly number[] | null) =>
      said(
        read("recovery", "rollback-proven", {
          facts: { deployments: [before, ...at.map((hours) => deployed("back", hours, { isRollback: true }))] },
          declared: { drills },
        }),
      );

    expect(proven([-300], null)).toBe("1 of 1");
    expect(proven([], null)).toMatch(/declare on which days/);
    expect(proven([], [])).toBe("0 of 1");
    expect(proven([], [week.to - 90 * DAY])).toBe("1 of 1");
    expect(proven([], [week.to - 90 * DAY - HOUR])).toBe("0 of 1");
  });
});
