import { describe, expect, it } from "vitest";
import type { Layout } from "#metrics/events.ts";
import { toldBy } from "#metrics/programme/practices/told.ts";
import { DAY } from "#metrics/time.ts";
import {
  aChange,
  aChangeFact,
  aCommit,
  aCommitFact,
  aDeployment,
  anAlertFact,
  aRunFact,
} from "#test/support/builders.ts";
import { aLayout } from "#test/support/layouts.ts";
import { hour, read, said, week } from "./reading.ts";

const merged = (id: string, has = {}) =>
  aChangeFact({ id, openedAt: hour(0), mergedAt: hour(9), mergeCommit: `merge-${id}`, ...has });
const scan = (sha: string, name = "CodeQL") => aRunFact({ id: sha, sha, name, finishedAt: hour(10) });

describe("security in the pipeline", () => {
  it("counts the merges on whose last or merge commit a workflow ran that says it scans", () => {
    const changes = [merged("1"), merged("2"), merged("3")];
    const pipelines = [scan("merge-1"), scan("head-2", "security / trivy"), scan("merge-3", "CI")];

    expect(
      said(
        read("security", "scanned-merges", {
          facts: { changes, pipelines },
          told: { heads: new Map([["2", "head-2"]]) },
        }),
      ),
    ).toBe("2 of 3");
    expect(
      said(read("security", "scanned-merges", { facts: { changes, pipelines: [scan("merge-3", "scandal")] } })),
    ).toMatch(/^No workflow has a name/);
  });

  it("shows how old serious alerts are that are open when the week ends", () => {
    const alert = (id: string, days: number, has = {}) => anAlertFact({ id, openedAt: week.to - days * DAY, ...has });
    const alerts = [
      alert("young", 29),
      alert("old", 30, { severity: "critical" }),
      alert("harmless", 99, { severity: "low" }),
      alert("fixed", 99, { fixedAt: week.to - 1 }),
      alert("later", -1),
    ];

    expect(said(read("security", "alert-age", { facts: { alerts } }))).toBe("1 of 2");
    expect(said(read("security", "alert-age", { facts: { alerts: alerts.slice(2, 3) } }))).toBe("0 of 0, calm");
    expect(said(read("security", "alert-age", {}))).toMatch(/nobody knows/);
  });

  it("shows how long updates of dependencies wait", () => {
    const changes = [
      merged("1", { openedAt: hour(9) - 14 * DAY, workType: "dependency", authorKind: "bot" }),
      merged("2", { openedAt: hour(8) - 14 * DAY, workType: "dependency", authorKind: "bot" }),
      merged("3", { workType: "feature" }),
    ];

    expect(said(read("security", "dependency-age", { facts: { changes } }))).toBe("1 of 2");
  });
});

describe("infrastructure as code", () => {
  it("is changed by review, direct pushes included where their files are known", () => {
    const changes = [merged("1"), merged("2", { firstReviewAt: null }), merged("3", { firstReviewAt: null })];
    const commits = [aCommitFact({ sha: "push", committedAt: hour(5), isDirect: true })];
    const changePaths = new Map([
      ["1", ["infra/main.tf"]],
      ["2", ["src/app.ts", "deploy/Dockerfile"]],
      ["3", ["src/app.ts"]],
    ]);
    const pushPaths = new Map([["push", [".github/workflows/ci.yml"]]]);

    const reviewed = (told: object) =>
      said(read("infrastructure-as-code", "reviewed-infrastructure", { facts: { changes, commits }, told }));
    expect(reviewed({ changePaths, pushPaths })).toBe("1 of 3");
    expect(reviewed({ changePaths })).toBe("1 of 2");
    expect(reviewed({})).toMatch(/^Which files a change touches/);
  });
});

describe("ownership", () => {
  it("is there with a CODEOWNERS file, and not measurable while nobody looks for one", () => {
    const owned = (exists: boolean) =>
      said(read("ownership", "code-owners", { told: { codeOwners: { exists, covered: 0.5 } } }));

    expect(owned(true)).toBe("1 of 1");
    expect(owned(false)).toBe("0 of 1");
    expect(said(read("ownership", "code-owners", {}))).toMatch(/^The files of the repository were not listed/);
  });
});

describe("what events tell beyond facts", () => {
  const facts = { changes: ["1", "2"].map((id) => ({ id })), commits: [{ sha: "a" }] };
  const one = (sha: string) => ({ sha, authoredAt: 0 });
  const NOTHING = { changes: [], commits: [], deployments: [], layouts: [] };

  it("is the last commit of each change of the service whose commits are all listed", () => {
    const changes = [
      aChange(1, { commits: [one("w"), one("x"), one("y")] }),
      aChange(2, { commits: [one("z")], truncated: true }),
      aChange(3, { commits: [one("other")] }),
    ];

    expect(toldBy({ ...NOTHING, changes }, facts).heads).toEqual(new Map([["1", "y"]]));
    expect(toldBy(NOTHING, facts).heads).toBeNull();
  });

  it("is which files were touched, where they were read", () => {
    const told = toldBy(
      {
        changes: [aChange(1, { paths: ["a.tf"] }), aChange(2)],
        commits: [aCommit("a"), aCommit("b", { paths: ["x"] })],
        deployments: [],
        layouts: [],
      },
      facts,
    );

    expect(told.changePaths).toEqual(new Map([["1", ["a.tf"]]]));
    expect(told.pushPaths).toBeNull();
  });

  it("is what asked for a deployment, where its source says so", () => {
    const from = (id: string, deployerKind?: "human" | "bot") => aDeployment(id, "a", hour(1), { deployerKind });
    const { deployers } = toldBy({ ...NOTHING, deployments: [from("1", "bot"), from("2", "human"), from("3")] }, facts);

    expect(deployers).toEqual(
      new Map([
        ["1", "bot"],
        ["2", "human"],
      ]),
    );
    expect(toldBy({ ...NOTHING, deployments: [from("3")] }, facts).deployers).toBeNull();
  });

  it("is how many people were at work, and nothing of fewer than five", () => {
    const by = (people: number) => {
      const ids = Array.from({ length: people }, (_, id) => id + 1);
      const changes = ids.map((id) => aChange(id, { author: `p${id}`, openedAt: hour(id) }));
      const bot = aChange(99, { author: "bot", authorKind: "bot", openedAt: hour(1) });
      const all = [...changes, bot];
      return toldBy(
        { ...NOTHING, changes: all, commits: [aCommit("a", { author: "elsewhere", authoredAt: hour(1) })] },
        { changes: all, commits: facts.commits },
      );
    };

    expect(by(5).authors?.(week)).toBe(5);
    expect(by(4).authors?.(week)).toBeNull();
    expect(by(5).authors?.({ from: week.to, to: week.to + DAY })).toBeNull();
    expect(toldBy({ ...NOTHING, changes: [aChange(1, { author: null })] }, facts).authors).toBeNull();
  });

  it("is how many wrote commits where they are more, without bots, each person once", () => {
    const commits = [1, 2, 3, 4, 5, 5].map((id, index) =>
      aCommit(`c${index}`, { author: `p${id}`, committedAt: hour(id), authoredAt: hour(-999) }),
    );
    const bots = [1, 2].map((id) => aCommit(`b${id}`, { author: `bot${id}`, authorKind: "bot", committedAt: hour(1) }));
    const by = (...own: readonly ReturnType<typeof aCommit>[]) =>
      toldBy(
        { ...NOTHING, commits: own, changes: [aChange(1, { author: "p9", openedAt: hour(1) })] },
        {
          changes: facts.changes,
          commits: own.map(({ id: sha }) => ({ sha })),
        },
      ).authors?.(week);

    expect(by(...commits, ...bots)).toBe(5);
    expect(by(...commits.slice(1), ...bots)).toBeNull();
  });

  it("is nothing of changes and commits of other services of its repository", () => {
    const changes = [
      aChange(1, { commits: [one("x")], paths: ["a.tf"] }),
      aChange(9, { commits: [one("z")], paths: ["b"] }),
    ];
    const commits = [aCommit("a", { paths: ["c"] }), aCommit("z", { paths: ["d"] })];
    const told = toldBy({ ...NOTHING, changes, commits }, facts);

    expect([told.heads, told.changePaths, told.pushPaths]).toEqual([
      new Map([["1", "x"]]),
      new Map([["1", ["a.tf"]]]),
      new Map([["a", ["c"]]]),
    ]);
  });

  it("is whether there is a CODEOWNERS file, where the files were listed", () => {
    const owners = (layouts: readonly Layout[]) => toldBy({ ...NOTHING, layouts }, facts).codeOwners;

    expect(owners([aLayout(["docs/CODEOWNERS"])])).toEqual({ exists: true, covered: null });
    expect(owners([aLayout(["README.md"])])).toEqual({ exists: false, covered: null });
    expect(owners([aLayout(["README.md"], { isWhole: false })])).toBeNull();
    expect(owners([])).toBeNull();
  });
});
