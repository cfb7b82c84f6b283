import { describe, expect, it } from "vitest";
import { later, LIMITS } from "#metrics/programme/practices/limits.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { UNKNOWN_HOURS, workingTime } from "#metrics/working-time.ts";
import { anAlertFact } from "#test/support/builders.ts";
import { deployed, merged, open, run, step } from "./work.ts";
import { hour, read, said, week } from "./reading.ts";

describe("the ends of limits", () => {
  const nineToFive = workingTime({
    zone: "UTC",
    week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [{ from: 9 * 60, to: 17 * 60 }] : [])),
    holidays: [],
  });

  it("belong to late reviews, counted from the opening where nobody knows since when it was ready", () => {
    const reviewed = (hours: number, has = {}) =>
      merged("1", 40, { openedAt: hour(9), readyAt: hour(9), firstReviewAt: hour(9 + hours), ...has });
    const soon = (change: ReturnType<typeof reviewed>) =>
      said(read("review", "first-review", { facts: { changes: [change] } }));
    const late = (change: ReturnType<typeof reviewed>, time = UNKNOWN_HOURS) =>
      said(read("review", "late-review", { facts: { changes: [change] }, time }));

    expect(
      [reviewed(3.99), reviewed(4), reviewed(3.99, { readyAt: null }), reviewed(4, { readyAt: null })].map(soon),
    ).toEqual(["1 of 1", "0 of 1", "1 of 1", "0 of 1"]);
    expect([reviewed(23.99), reviewed(24)].map((change) => late(change))).toEqual(["1 of 1", "0 of 1"]);
    expect([reviewed(7.99), reviewed(8)].map((change) => late(change, nineToFive))).toEqual(["1 of 1", "0 of 1"]);
  });

  it("belong to old alerts; one that is closed as the week ends was open until then", () => {
    const age = (has: Parameters<typeof anAlertFact>[0]) =>
      said(read("security", "alert-age", { facts: { alerts: [anAlertFact({ openedAt: week.to - DAY, ...has })] } }));

    expect(age({ openedAt: week.to - 30 * DAY + 1 })).toBe("1 of 1");
    expect(age({ openedAt: week.to - 30 * DAY })).toBe("0 of 1");
    expect(age({ openedAt: week.to })).toBe("0 of 0, calm");
    expect(age({ fixedAt: week.to })).toBe("1 of 1");
    expect(age({ dismissedAt: week.to })).toBe("1 of 1");
    expect(age({ dismissedAt: week.to - 1 })).toBe("0 of 0, calm");
    expect(age({ severity: "medium" })).toBe("0 of 0, calm");
  });

  it("belong to pauses that are too long, and to drills that are in time", () => {
    const drilled = (at: number) =>
      said(
        read("recovery", "rollback-proven", { facts: { deployments: [deployed("a", 1)] }, declared: { drills: [at] } }),
      );
    const paused = (hours: number) =>
      said(
        read("deployment-automation", "approval-wait", {
          facts: { pipelines: [run("7", "a", 40, { pausedAt: hour(1), resumedAt: hour(1 + hours) })] },
        }),
      );

    expect([paused(3.99), paused(4)]).toEqual(["1 of 1", "0 of 1"]);
    expect([drilled(week.to), drilled(week.to - 1)]).toEqual(["0 of 1", "1 of 1"]);
  });

  it("belong to runs that take too long", () => {
    const took = (hours: number) =>
      said(
        read("fast-feedback", "pipeline-time", {
          facts: { pipelines: [run("7", "a", 5, { begunAt: hour(5) - hours * HOUR })] },
        }),
      );

    expect([took(1 / 6 - 0.001), took(1 / 6)]).toEqual(["1 of 1", "0 of 1"]);
  });

  it("belong to weeks of four working days of which half have an integration, which is not more than half", () => {
    const time = workingTime({
      zone: "UTC",
      week: [[], ...Array.from({ length: 4 }, () => [{ from: 9 * 60, to: 17 * 60 }]), [], []],
      holidays: [],
    });
    const days = (count: number) => Array.from({ length: count }, (_, day) => step(`${day}`, (day + 1) * 24 + 9));
    const integrated = (count: number) =>
      said(read("trunk-based", "daily-integration", { facts: { commits: days(count) }, time }));
    const deployments = (count: number) => days(count).map(({ sha }, day) => deployed(sha, (day + 1) * 24 + 9));
    const released = (count: number) =>
      said(
        read("release-on-demand", "deploys-often", {
          facts: { deployments: deployments(count) },
          limits: later(LIMITS.cloud),
          time,
        }),
      );

    expect([integrated(2), integrated(3)]).toEqual(["0 of 1", "1 of 1"]);
    expect([released(2), released(3)]).toEqual(["0 of 1", "1 of 1"]);
  });

  it("belong to what is done on a Saturday only where somebody works then", () => {
    const saturdays = workingTime({
      zone: "UTC",
      week: [[], [], [], [], [], [{ from: 9 * 60, to: 17 * 60 }], []],
      holidays: [],
    });
    const commits = [step("a", 5 * 24 + 9)];

    expect(said(read("trunk-based", "daily-integration", { facts: { commits }, time: saturdays }))).toBe("1 of 1");
    expect(said(read("trunk-based", "daily-integration", { facts: { commits } }))).toBe("0 of 1");
  });
});

describe("what nobody can judge", () => {
  it("is the age of open changes before any was merged", () => {
    expect(said(read("work-in-progress", "old-changes", { facts: { changes: [open("1", 1)] } }))).toBe(
      "0 of 0, 1 unknown",
    );
  });

  it("is a day of deployments in a week of holidays", () => {
    const time = { worked: () => 0, isWorking: () => false };

    expect(
      said(
        read("release-on-demand", "deploys-often", {
          facts: { deployments: [deployed("a", 1)] },
          limits: later(LIMITS.cloud),
          time,
        }),
      ),
    ).toBe("0 of 0");
  });

  it("is a deployment whose size is unknown, which counts neither for nor against the others", () => {
    const deployments = [deployed("a", 1, { changes: null, commits: 99 }), deployed("b", 2, { changes: 10 })];

    expect(read("small-batches", "deployment-batch", { facts: { deployments } })).toMatchObject({
      met: 1,
      of: 1,
      rows: [
        { id: "a", isMet: null },
        { id: "b", isMet: true },
      ],
    });
  });
});

describe("what is infrastructure", () => {
  const counted = (path: string) =>
    said(
      read("infrastructure-as-code", "reviewed-infrastructure", {
        facts: { changes: [merged("1", 9)] },
        told: { changePaths: new Map([["1", [path]]]) },
      }),
    );

  it.each([
    "main.tf",
    "live/eu.tfvars",
    "modules/net.bicep",
    "nomad/job.hcl",
    "terraform/README.md",
    "ops/ansible/site.yml",
    "charts/shop/values.yaml",
    "deploy/k8s/service.json",
    "cloudformation/stack.json",
    "infra/a",
    "infrastructure/b",
    "Dockerfile",
    "app/Dockerfile.dev",
    "shop/Chart.yaml",
    "Pulumi.yaml",
    "base/kustomization.yaml",
    "serverless.yml",
    "docker-compose.yml",
    "dev/compose.override.yaml",
    ".github/workflows/ci.yml",
    ".gitlab-ci.yml",
  ])("has files such as %s", (path) => {
    expect(counted(path)).toBe("1 of 1");
  });

  it.each(["src/app.ts", "docs/terraform.md", ".github/dependabot.yml", "src/Dockerfiles.ts"])("has no %s", (path) => {
    expect(counted(path)).toBe("0 of 0");
  });
});

describe("what scans", () => {
  const scanned = (name: string) =>
    said(
      read("security", "scanned-merges", {
        facts: { changes: [merged("1", 9)], pipelines: [run("7", "merge-1", 9, { name })] },
      }),
    );

  it.each([
    "CodeQL",
    "snyk test",
    "sonarcloud",
    "SAST",
    "Security checks",
    "Vulnerabilities",
    "dependency scanning",
    "nightly scans",
  ])("says so in its name: %s", (name) => {
    expect(scanned(name)).toBe("1 of 1");
  });

  it.each(["CI", "scanner-less build", "insecure", "personar"])("does not in another: %s", (name) => {
    expect(scanned(name)).toMatch(/^No workflow has a name/);
  });

  it("is any of the runs on a commit, whatever came of it", () => {
    const pipelines = [
      run("6", "merge-1", 8, { name: "CI" }),
      run("7", "merge-1", 9, { name: "Trivy", outcome: "failure" }),
    ];

    expect(said(read("security", "scanned-merges", { facts: { changes: [merged("1", 9)], pipelines } }))).toBe(
      "1 of 1",
    );
  });
});

describe("who owns what", () => {
  it("is said with the share of files that lines name, where that is known", () => {
    const note = (covered: number | null) =>
      read("ownership", "code-owners", { told: { codeOwners: { exists: true, covered } } });

    expect(note(0.504)).toMatchObject({ note: "Its lines name 50 % of the files." });
    expect(note(null)).toMatchObject({ note: "As the files are now; since when is not told." });
  });
});
