import { describe, expect, it } from "vitest";
import { later, LIMITS } from "#metrics/programme/practices/limits.ts";
import type { Row } from "#metrics/programme/practices/practice.ts";
import { anAlertFact } from "#test/support/builders.ts";
import type { Known } from "./reading.ts";
import { deployed, merged, open, run, step } from "./work.ts";
import { hour, read, said } from "./reading.ts";

const changes = [merged("1", 9), merged("2", 33, { firstCommitAt: hour(1), additions: 300, deletions: 0 })];
const cases: readonly (readonly [string, string, Known, readonly Row[]])[] = [
  [
    "trunk-based",
    "active-branches",
    { facts: { changes: [open("1", 1)] } },
    [{ kind: "change", id: "1", isMet: true }],
  ],
  [
    "trunk-based",
    "daily-integration",
    { facts: { commits: [step("a", 1)] } },
    [{ kind: "commit", id: "a", isMet: false }],
  ],
  [
    "continuous-integration",
    "red-to-green",
    { facts: { pipelines: [run("7", "a", 1, { outcome: "failure", brokeAt: hour(1), greenAt: hour(1.5) })] } },
    [{ kind: "pipeline", id: "7", isMet: true }],
  ],
  [
    "continuous-integration",
    "checked-trunk",
    { facts: { commits: [step("a", 1), step("b", 2)], pipelines: [run("7", "b", 3)] } },
    [
      { kind: "commit", id: "a", isMet: false },
      { kind: "commit", id: "b", isMet: true },
    ],
  ],
  [
    "fast-feedback",
    "pipeline-time",
    {
      facts: {
        pipelines: [run("7", "a", 1), run("8", "b", 2, { begunAt: hour(1) }), run("9", "c", 3, { begunAt: null })],
      },
    },
    [
      { kind: "pipeline", id: "7", isMet: true },
      { kind: "pipeline", id: "8", isMet: false },
      { kind: "pipeline", id: "9", isMet: null },
    ],
  ],
  [
    "small-batches",
    "change-size",
    { facts: { changes } },
    [
      { kind: "change", id: "1", isMet: null },
      { kind: "change", id: "2", isMet: false },
    ],
  ],
  [
    "small-batches",
    "deployment-batch",
    { facts: { deployments: [deployed("a", 1, { changes: 11 }), deployed("b", 2, { changes: 9 })] } },
    [
      { kind: "deployment", id: "a", isMet: false },
      { kind: "deployment", id: "b", isMet: true },
    ],
  ],
  [
    "review",
    "reviewed",
    {
      facts: {
        changes: [merged("1", 9), merged("2", 9, { firstReviewAt: null })],
        commits: [step("a", 1, { isDirect: true })],
      },
    },
    [
      { kind: "change", id: "1", isMet: true },
      { kind: "change", id: "2", isMet: false },
      { kind: "commit", id: "a", isMet: false },
    ],
  ],
  [
    "work-in-progress",
    "changes-per-author",
    { facts: { changes: [open("1", 1)] }, told: { authors: () => 5 } },
    [{ kind: "change", id: "1", isMet: true }],
  ],
  [
    "deployment-automation",
    "by-pipeline",
    {
      facts: { deployments: ["a", "b", "c"].map((id) => deployed(id, 1)) },
      told: {
        deployers: new Map([
          ["a", "agent"],
          ["b", "human"],
        ]),
      },
    },
    [
      { kind: "deployment", id: "a", isMet: true },
      { kind: "deployment", id: "b", isMet: false },
      { kind: "deployment", id: "c", isMet: null },
    ],
  ],
  [
    "deployment-automation",
    "approval-wait",
    {
      facts: {
        pipelines: [
          run("7", "a", 9, { pausedAt: hour(1), resumedAt: null }),
          run("8", "a", 9, { pausedAt: hour(1), resumedAt: hour(2) }),
        ],
      },
    },
    [
      { kind: "pipeline", id: "7", isMet: null },
      { kind: "pipeline", id: "8", isMet: true },
    ],
  ],
  [
    "release-on-demand",
    "deploys-often",
    { facts: { deployments: [deployed("a", 1)] } },
    [{ kind: "deployment", id: "a", isMet: true }],
  ],
  [
    "release-on-demand",
    "deploys-often",
    { facts: { deployments: [deployed("a", 1), deployed("b", 25)] }, limits: later(LIMITS.cloud) },
    [
      { kind: "deployment", id: "a", isMet: false },
      { kind: "deployment", id: "b", isMet: false },
    ],
  ],
  [
    "recovery",
    "recovery-time",
    { facts: { deployments: [deployed("a", 1, { failedBy: ["incident"], recoveredAt: hour(9) })] } },
    [{ kind: "deployment", id: "a", isMet: true }],
  ],
  [
    "recovery",
    "rollback-proven",
    { facts: { deployments: [deployed("a", 1), deployed("back", 2, { isRollback: true })] } },
    [{ kind: "deployment", id: "back", isMet: true }],
  ],
  [
    "security",
    "alert-age",
    { facts: { alerts: [anAlertFact({ id: "3", openedAt: hour(1) })] } },
    [{ kind: "alert", id: "3", isMet: true }],
  ],
];

describe("the rows behind a reading", () => {
  it.each(cases)("name what it counted and whether each meets it: %s, %s", (practice, part, known, rows) => {
    expect(read(practice, part, known)).toMatchObject({ rows });
  });
});

describe("what bots do", () => {
  const bot = { authorKind: "bot" };
  const facts = {
    changes: [merged("1", 9), merged("2", 9, bot), open("3", 1), open("4", 1, bot)],
    commits: [step("a", 1, { isDirect: true, ...bot })],
  };

  it.each([
    ["trunk-based", "branch-lifetime"],
    ["trunk-based", "active-branches"],
    ["small-batches", "change-size"],
    ["review", "first-review"],
    ["review", "late-review"],
    ["review", "reviewed"],
    ["work-in-progress", "old-changes"],
  ])("is left out of %s, %s", (practice, part) => {
    expect(read(practice, part, { facts })).toMatchObject({ rows: [{ kind: "change" }] });
  });

  it("is left out of infrastructure, and what agents push is not", () => {
    const told = {
      changePaths: new Map([
        ["1", ["a.tf"]],
        ["2", ["a.tf"]],
      ]),
      pushPaths: new Map([
        ["a", ["a.tf"]],
        ["b", ["a.tf"]],
      ]),
    };
    const commits = [...facts.commits, step("b", 1, { isDirect: true, authorKind: "agent" })];

    expect(
      read("infrastructure-as-code", "reviewed-infrastructure", { facts: { ...facts, commits }, told }),
    ).toMatchObject({
      rows: [
        { id: "1", isMet: true },
        { id: "b", isMet: false },
      ],
    });
  });
});

describe("what counts as a deployment", () => {
  it("has reached production: neither an attempt nor a deployment to another place is one", () => {
    const attempt = deployed("a", 1, { deployedAt: null, status: "failure" });
    const staging = deployed("b", 2, { tier: "staging" });
    const often = (...deployments: readonly (typeof attempt)[]) =>
      said(read("release-on-demand", "deploys-often", { facts: { deployments } }));

    expect(often(attempt, staging)).toMatch(/^No deployment to production is known/);
    expect(often(attempt, staging, deployed("c", 3))).toBe("1 of 1");
  });
});

describe("facts in any order", () => {
  it("are read week by week all the same", () => {
    const at = [100, 3, 400, 50, 7, 169];
    const facts = {
      changes: at.map((one) => merged(`${one}`, one)),
      commits: at.map((one) => step(`${one}`, one)),
      deployments: at.map((one) => deployed(`${one}`, one)),
      pipelines: at.map((one) => run(`${one}`, `${one}`, one)),
    };
    const rowsOf = (practice: string, part: string) => read(practice, part, { facts });

    expect(rowsOf("review", "reviewed")).toMatchObject({
      rows: [{ id: "3" }, { id: "7" }, { id: "50" }, { id: "100" }],
    });
    expect(rowsOf("trunk-based", "daily-integration")).toMatchObject({ met: 1, rows: { length: 4 } });
    expect(rowsOf("release-on-demand", "deploys-often")).toMatchObject({ met: 1, rows: { length: 4 } });
    expect(rowsOf("fast-feedback", "pipeline-time")).toMatchObject({ of: 4 });
  });
});
