/** Services that are a part of their repository. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Commit } from "#metrics/events.ts";
import type { History } from "#metrics/history.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import {
  aChange,
  aCommit,
  aDeployment,
  aHistory,
  aHosted,
  aLine,
  anIncident,
  aRelease,
  factsBy,
  histories,
  utc,
} from "#test/support/builders.ts";

const MAY = utc("2026-05-04");
const CHECKOUT = { paths: ["apps/checkout/**"] };
const PAY = { paths: ["apps/pay/**"] };

const touching = (id: string, at: number, ...paths: readonly string[]): Commit =>
  aCommit(id, { authoredAt: at, paths });

const line = aLine(
  touching("c1", MAY, "apps/checkout/a.ts"),
  touching("p1", MAY + HOUR, "apps/pay/a.ts"),
  touching("both", MAY + 2 * HOUR, "apps/checkout/a.ts", "apps/pay/a.ts"),
  touching("docs", MAY + 3 * HOUR, "README.md"),
);
const shas = (history: History, part: { paths: string[] }) => factsBy({}, history, part).commits.map(({ sha }) => sha);

describe("the commits of a part", () => {
  it("are those that changed one of its files", () => {
    expect(shas(aHistory(line), CHECKOUT)).toEqual(["c1", "both"]);
    expect(shas(aHistory(line), PAY)).toEqual(["p1", "both"]);
    expect(shas(aHistory(line), { paths: ["libs/**"] })).toEqual([]);
  });

  it("are told by their change where their own files were not read", () => {
    const commits = aLine(
      aCommit("root"),
      aCommit("copy", { authoredAt: 5 }),
      aCommit("rebased", { authoredAt: 7 }),
      aCommit("squash"),
    );
    const changes = [
      aChange(1, {
        mergedAt: 9,
        mergeCommit: "rebased",
        paths: ["apps/checkout/a.ts"],
        commits: [
          { sha: "x", authoredAt: 5 },
          { sha: "y", authoredAt: 7 },
        ],
      }),
      aChange(2, { mergedAt: 9, mergeCommit: "squash", paths: ["apps/pay/a.ts"] }),
    ];

    const facts = factsBy({}, aHosted(commits, { changes }), CHECKOUT);

    expect(facts.commits.map(({ sha }) => sha)).toEqual(["copy", "rebased"]);
    expect(facts.changes.map(({ number }) => number)).toEqual([1]);
    expect(facts.unplacedCommits).toBe(1);
  });

  it("are also those that came with a merge whose change touched its files", () => {
    const commits = [
      touching("root", 0, "README.md"),
      aCommit("side", { parents: ["root"], authoredAt: 5 }),
      aCommit("merge", { parents: ["root", "side"], authoredAt: 7 }),
    ];
    const changes = [aChange(1, { mergedAt: 7, mergeCommit: "merge", paths: ["apps/checkout/a.ts"] })];

    expect(factsBy({}, aHosted(commits, { changes }), CHECKOUT).commits.map(({ sha }) => sha)).toEqual([
      "side",
      "merge",
    ]);
  });

  it("are never those of which nobody knows the files: these are counted", () => {
    const facts = factsBy({}, aHistory([...line, aCommit("unknown", { parents: ["docs"] })]), CHECKOUT);

    expect(facts.commits.map(({ sha }) => sha)).toEqual(["c1", "both"]);
    expect(facts.unplacedCommits).toBe(1);
  });

  it("are not told by merges of which nobody knows the files, which bring nothing of their own", () => {
    const merged = [...line, aCommit("merge", { parents: ["docs", "c1"] })];

    expect(factsBy({}, aHistory(merged), CHECKOUT).unplacedCommits).toBe(0);
  });

  it("are not known to be unknown of a whole repository", () => {
    expect(factsBy({}, aHistory(line)).unplacedCommits).toBeNull();
  });
});

describe("a change", () => {
  it("is a part's by its own files, whatever its commits say", () => {
    const changes = [aChange(1, { mergedAt: MAY, mergeCommit: "c1", paths: ["apps/pay/a.ts"] })];

    expect(factsBy({}, aHosted(line, { changes }), CHECKOUT).changes).toEqual([]);
    expect(factsBy({}, aHosted(line, { changes }), PAY).changes).toHaveLength(1);
  });

  it("is a part's by its commits where its files were not read", () => {
    const changes = [
      aChange(1, { mergedAt: MAY, mergeCommit: "both" }),
      aChange(2, { commits: [{ sha: "p1", authoredAt: null }] }),
      aChange(3),
    ];
    const numbers = (part: { paths: string[] }) =>
      factsBy({}, aHosted(line, { changes }), part).changes.map(({ number }) => number);

    expect([numbers(CHECKOUT), numbers(PAY)]).toEqual([[1], [1, 2]]);
  });

  it("is one that a plain git history names, by the commit that brought it", () => {
    const commits = aLine(
      aCommit("one", { changeNumber: 1, paths: ["apps/checkout/a"] }),
      aCommit("two", { changeNumber: 2, paths: ["apps/pay/a"] }),
    );

    expect(factsBy({}, aHistory(commits), CHECKOUT).changes.map(({ number }) => number)).toEqual([1]);
  });
});

describe("the deployments of a part", () => {
  const deployments = [
    aDeployment("1", "docs", MAY + DAY, { environment: "checkout-prod" }),
    aDeployment("2", "docs", MAY + 3 * DAY, { environment: "pay-prod" }),
  ];
  const history = aHosted(line, {
    deployments,
    changes: [
      aChange(1, { mergedAt: MAY, mergeCommit: "c1", paths: ["apps/checkout/a"] }),
      aChange(2, { mergedAt: MAY, mergeCommit: "p1", paths: ["apps/pay/a"] }),
    ],
  });
  const checkout = factsBy({ production: "^checkout-prod$" }, history, CHECKOUT, "checkout");
  const pay = factsBy({ production: "^pay-prod$" }, history, PAY, "pay");

  it("17: do not share lead times with those of another", () => {
    const hours = ({ commits }: typeof pay) => commits.map(({ sha, leadTimeHours }) => [sha, leadTimeHours]);

    expect(hours(checkout)).toEqual([
      ["c1", 24],
      ["both", 22],
    ]);
    expect(hours(pay)).toEqual([
      ["p1", 71],
      ["both", 70],
    ]);
  });

  it("carry only what is the part's", () => {
    const carried = ({ deployments: facts }: typeof pay) =>
      facts.filter(({ tier }) => tier === "production").map(({ id, commits, changes }) => [id, commits, changes]);

    expect([carried(checkout), carried(pay)]).toEqual([[["1", 2, 1]], [["2", 2, 1]]]);
  });

  it("are its steps of the default branch where merges count, those that brought a commit of its own included", () => {
    const commits = [
      touching("root", MAY, "README.md"),
      touching("side", MAY, "apps/checkout/a"),
      aCommit("merge", { parents: ["root", "side"], authoredAt: MAY + HOUR }),
      aCommit("other", { parents: ["merge"], authoredAt: MAY + 2 * HOUR, paths: ["apps/pay/a"] }),
    ];

    const facts = factsBy({ origins: [{ from: "merges" }] }, aHistory(commits), CHECKOUT);

    expect(facts.deployments.map(({ id, commits: count }) => [id, count])).toEqual([["merge", 1]]);
  });
});

describe("what a merge brought into a part", () => {
  it("is counted without what it brought into others", () => {
    const commits = [
      touching("root", MAY, "README.md"),
      aCommit("a", { parents: ["root"], paths: ["apps/checkout/a"] }),
      aCommit("b", { parents: ["a"], paths: ["apps/pay/a"] }),
      aCommit("merge", { parents: ["root", "b"], paths: ["apps/checkout/a", "apps/pay/a"] }),
    ];

    const { commits: facts } = factsBy({}, aHistory(commits), CHECKOUT);

    expect(facts.map(({ sha, integrated }) => [sha, integrated])).toEqual([
      ["a", null],
      ["merge", 1],
    ]);
  });
});

describe("a revert", () => {
  it("makes a deployment fail only for the part of which it takes something back", () => {
    const commits = aLine(
      touching("both", MAY, "apps/checkout/a", "apps/pay/a"),
      aCommit("back", { authoredAt: MAY + HOUR, paths: ["apps/pay/a"], reverts: [{ sha: "both" }] }),
    );
    const releases = [
      aRelease("v1.0.0", { sha: "both", publishedAt: MAY + HOUR }),
      aRelease("v1.0.1", { sha: "back", publishedAt: MAY + DAY }),
    ];
    const failed = (part: { paths: string[] }) =>
      factsBy({}, aHistory(commits, releases), part).deployments.map(({ failedBy, isRework }) => [failedBy, isRework]);

    expect(failed(PAY)).toEqual([
      [["revert"], false],
      [[], true],
    ]);
    expect(failed(CHECKOUT)).toEqual([
      [[], false],
      [[], false],
    ]);
  });
});

describe("an incident in a repository with several services", () => {
  const incidents = { own: ["service::checkout"], others: ["service::pay"] };
  const told = (has: Parameters<typeof anIncident>[2], part: Parameters<typeof factsBy>[2] = { incidents }) =>
    factsBy(
      {},
      aHosted(line, {
        deployments: [aDeployment("1", "c1", MAY + DAY)],
        incidents: [anIncident("7", MAY + DAY + HOUR, has)],
      }),
      part,
    ).incidents.map(({ linkedBy, deploymentId }) => [linkedBy, deploymentId]);

  it.each([
    ["its label", { labels: ["incident", "Service::Checkout"] }, [["service-window", "1"]]],
    ["its label, and a deployment of another", { labels: ["service::checkout"], deployment: "99" }, [["none", null]]],
    ["the deployment it names", { deployment: "1" }, [["id", "1"]]],
    ["the commit it names", { causedBy: "c1" }, [["sha", "1"]]],
    ["whoever pushed it", { source: "push" }, [["service-window", "1"]]],
  ])("is a service's by %s", (_by, has, expected) => {
    expect(told(has)).toEqual(expected);
  });

  it.each([
    ["another's label", { labels: ["service::pay"], deployment: "1" }],
    ["the deployment of another", { deployment: "99" }],
    ["nothing at all", {}],
  ])("is not, by %s", (_by, has) => {
    expect(told(has)).toEqual([]);
  });

  it("is a service's in any case where it is the only one", () => {
    expect(told({ labels: ["service::pay"] }, {})).toEqual([["service-window", "1"]]);
  });
});

const folders = ["a", "b", "c"];
const placed = fc
  .tuple(histories, fc.array(fc.constantFrom(...folders), { minLength: 12, maxLength: 12 }))
  .map(([history, drawn]): History => {
    const commits = history.commits.map((commit, index) => ({ ...commit, paths: [`${drawn[index] ?? "a"}/file`] }));
    return { ...history, commits };
  });

describe("services by disjoint paths that cover the repository", () => {
  it("partition its commits, and what their deployments carried", () => {
    fc.assert(
      fc.property(placed, (history) => {
        const whole = factsBy({}, history);
        const parts = folders.map((folder) => factsBy({}, history, { paths: [folder] }));

        const own = parts.flatMap(({ commits }) => commits);
        expect(own.map(({ sha }) => sha).toSorted()).toEqual(whole.commits.map(({ sha }) => sha).toSorted());
        const bySha = new Map(whole.commits.map(({ sha, deploymentId }) => [sha, deploymentId]));
        for (const { sha, deploymentId } of own) expect(deploymentId).toBe(bySha.get(sha));
        for (const [index, { commits }] of whole.deployments.entries()) {
          const same = parts.flatMap(({ deployments }) => deployments.slice(index, index + 1));
          expect(same.reduce((sum, part) => sum + Number(part.commits), 0)).toBe(Number(commits));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("are the same whatever the order of the events", () => {
    fc.assert(
      fc.property(placed, (history) => {
        const part = { paths: ["a", "!b"] };
        const rules = { origins: [{ from: "merges" }, { from: "tags" }] } as const;
        const turned = { ...history, commits: history.commits.toReversed(), releases: history.releases.toReversed() };
        const [facts, again] = [factsBy(rules, history, part), factsBy(rules, turned, part)];

        expect(again.deployments).toEqual(facts.deployments);
        expect(new Set(again.commits)).toEqual(new Set(facts.commits));
        expect(again.unplacedCommits).toBe(facts.unplacedCommits);
      }),
      { numRuns: 300 },
    );
  });

  it("by a path that means everything are the whole repository", () => {
    fc.assert(
      fc.property(placed, (history) => {
        expect(factsBy({}, history, { paths: ["**"] })).toEqual({ ...factsBy({}, history), unplacedCommits: 0 });
      }),
      { numRuns: 300 },
    );
  });
});
