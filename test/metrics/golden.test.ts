import { describe, expect, it } from "vitest";
import { analyse } from "#metrics/analysis.ts";
import type { Analysis } from "#metrics/analysis.ts";
import { details } from "#metrics/details.ts";
import type { ServiceFacts } from "#metrics/facts.ts";
import type { Frame } from "#metrics/grid.ts";
import { grid } from "#metrics/grid.ts";
import { quality } from "#metrics/quality.ts";
import { DAY, HOUR, hoursBetween, within } from "#metrics/time.ts";
import {
  detailRows,
  aCommit,
  aHistory,
  aLine,
  aRelease,
  factsOf,
  observationsOf,
  qualityFacts,
  theMetric,
  utc,
} from "#test/support/builders.ts";

const NOW = utc("2026-07-01");

function ask(
  id: string,
  facts: ServiceFacts,
  from: string,
  to: string,
  interval: Frame["interval"] = "month",
): Analysis {
  const metric = theMetric(id);
  const [first] = facts.deployments;
  const reach = first === undefined || first.deployedAt === null ? null : { from: first.deployedAt, to: NOW };
  const frame: Frame = { window: { from: utc(from), to: utc(to) }, interval, zone: "UTC" };
  return analyse(metric, observationsOf(metric, facts, NOW), grid(frame, reach));
}

/** A commit a release, each authored so many hours before it. */
function aYear(...released: readonly (readonly [name: string, at: string, hours: number])[]): ServiceFacts {
  const commits = aLine(
    ...released.map(([name, at, hours]) => aCommit(`c${name}`, { authoredAt: utc(at) - hours * HOUR })),
  );
  return factsOf(
    aHistory(
      commits,
      released.map(([name, at]) => aRelease(name, { sha: `c${name}`, publishedAt: utc(at) })),
    ),
  );
}

const year = aYear(
  ["v1.0.0", "2025-07-03", 10],
  ["v1.1.0", "2025-09-10", 30],
  ["v1.1.1", "2025-09-12", 2],
  ["v1.2.0", "2026-01-01", 50],
  ["v1.3.0", "2026-03-31T23:59", 20],
);

describe("where other tools go wrong", () => {
  it("a month without deployments has no lead time, and 0 deployments", () => {
    const leadTimes = ask("lead-time-commit", year, "2025-08-01", "2025-10-01").points;
    const counts = ask("deployment-frequency", year, "2025-08-01", "2025-10-01").points;

    expect(leadTimes.map(({ value }) => value)).toEqual([null, 16]);
    expect(counts.map(({ value }) => value)).toEqual([0, 2]);
  });

  it("a range of eighteen months counts eighteen months, from the first deployment on", () => {
    const old = aYear(["v0.1.0", "2024-01-01", 1], ["v1.0.0", "2026-06-30", 1]);

    expect(ask("deployment-frequency", old, "2025-01-01", "2026-07-01").points).toHaveLength(18);
    expect(ask("deployment-frequency", year, "2025-01-01", "2026-07-01").points).toHaveLength(12);
  });

  it("weeks start on Monday and are labelled so, over the turn of a year", () => {
    const { points } = ask("deployment-frequency", year, "2025-12-29", "2026-01-12", "week");

    expect(points.map(({ label, value }) => [label, value])).toEqual([
      ["2026-W01", 1],
      ["2026-W02", 0],
    ]);
  });

  it("ten deployments in one day are ten, and one day", () => {
    const ten = aYear(
      ...Array.from({ length: 10 }, (_, hour) => [`v1.${hour}.0`, `2026-03-04T0${hour}:00`, 1] as const),
    );
    const window = { from: utc("2026-03-01"), to: utc("2026-04-01") };

    expect(ask("deployment-frequency", ten, "2026-03-01", "2026-04-01").whole.value).toBe(10);
    expect(
      details(theMetric("deployment-frequency"), detailRows({ deployments: ten.deployments }), window, "UTC")[0],
    ).toEqual({ label: "on", value: "1 different day" });
  });

  it("two deployments in the same second have an order, and share nothing", () => {
    const second = aYear(["v1.0.1", "2026-03-04", 5], ["v1.0.0", "2026-03-04", 5]);

    expect(second.deployments.map(({ id, commits }) => [id, commits])).toEqual([
      ["v1.0.0", 2],
      ["v1.0.1", 0],
    ]);
  });

  it("the first tag carries all that came before it: tags are a complete record", () => {
    const commits = aLine(
      aCommit("old", { authoredAt: utc("2020-01-01") }),
      aCommit("new", { authoredAt: utc("2026-01-01") }),
    );
    const facts = factsOf(aHistory(commits, [aRelease("v1.0.0", { sha: "new", publishedAt: utc("2026-01-02") })]));

    expect(facts.deployments[0]?.commits).toBe(2);
    expect(facts.commits.map(({ deploymentId }) => deploymentId)).toEqual(["v1.0.0", "v1.0.0"]);
  });

  it("changing the date range changes no past number", () => {
    const [september] = ask("lead-time-commit", year, "2025-09-01", "2025-10-01").points;
    const longer = ask("lead-time-commit", year, "2025-07-01", "2026-07-01").points;

    expect(longer.find(({ label }) => label === "2025-09")).toEqual(september);
  });

  it("a month's last minute belongs to it, and the next month's first instant does not", () => {
    const { points } = ask("deployment-frequency", year, "2025-12-01", "2026-05-01");

    expect(points.map(({ label, value }) => [label, value])).toEqual([
      ["2025-12", 0],
      ["2026-01", 1],
      ["2026-02", 0],
      ["2026-03", 1],
      ["2026-04", 0],
    ]);
  });

  it("a wrong clock is a row of data quality, and no lead time", () => {
    const commits = aLine(
      aCommit("ahead", { authoredAt: utc("2026-03-04T00:00:01") }),
      aCommit("future", { authoredAt: utc("2099-01-01"), committedAt: utc("2026-03-03") }),
      aCommit("right", { authoredAt: utc("2026-03-03") }),
    );
    const facts = factsOf(aHistory(commits, [aRelease("v1.0.0", { sha: "right", publishedAt: utc("2026-03-04") })]));
    const window = { from: utc("2026-03-01"), to: utc("2026-04-01") };

    expect(ask("lead-time-commit", facts, "2026-03-01", "2026-04-01").whole).toMatchObject({
      value: 24,
      n: 1,
      coverage: 1 / 3,
    });
    expect(quality(qualityFacts({ deployed: facts.commits, committed: facts.commits }), window)[1]).toMatchObject({
      id: "unknown-lead-times",
      value: 2,
    });
  });

  it("revert lines of another repository, quoted in a squash, revert nothing here", () => {
    const line = aLine(
      aCommit("c0ffee1", { changeNumber: 12 }),
      aCommit("squash", {
        changeNumber: 13,
        reverts: [{ sha: "601323b66a50bb55" }, { changeNumber: 8120, path: "elsewhere/package" }],
      }),
    );
    const facts = factsOf(
      aHistory(line, [aRelease("v1.0.0", { sha: "c0ffee1" }), aRelease("v1.0.1", { sha: "squash" })]),
    );

    expect(facts.deployments.map(({ failedBy, isRework }) => [failedBy, isRework])).toEqual([
      [[], false],
      [[], false],
    ]);
  });

  it("tags that live only on release branches count for their commits, unless the rule says otherwise", () => {
    const commits = [
      aCommit("base"),
      aCommit("backport", { parents: ["base"], authoredAt: HOUR }),
      aCommit("main", { parents: ["base"], authoredAt: 2 * HOUR }),
    ];
    const releases = [
      aRelease("v1.0.1", { sha: "backport", publishedAt: 3 * HOUR }),
      aRelease("v1.1.0", { sha: "main", publishedAt: 9 * HOUR }),
    ];
    const carried = (branch: "any" | "default") =>
      factsOf(aHistory(commits, releases), { branch }).commits.map(({ sha, deploymentId }) => [sha, deploymentId]);

    expect(carried("any")).toEqual([
      ["base", "v1.0.1"],
      ["backport", "v1.0.1"],
      ["main", "v1.1.0"],
    ]);
    expect(carried("default")).toEqual([
      ["base", "v1.1.0"],
      ["main", "v1.1.0"],
    ]);
  });

  it("an unrelated history beside the old one recounts nothing", () => {
    const old = aLine(aCommit("o1"), aCommit("o2"));
    const fresh = aLine(aCommit("n1", { authoredAt: DAY }), aCommit("n2", { authoredAt: DAY }));
    const releases = [aRelease("v1.0.0", { sha: "o2" }), aRelease("v2.0.0", { sha: "n2", publishedAt: 2 * DAY })];
    const facts = factsOf(aHistory([...old, ...fresh], releases, "n2"));

    expect(facts.deployments.map(({ commits }) => commits)).toEqual([2, 2]);
    expect(facts.commits.filter(({ onDefaultBranch }) => onDefaultBranch).map(({ sha }) => sha)).toEqual(["n1", "n2"]);
  });
});

describe("a window", () => {
  it("is half-open, and what has no date lies in none", () => {
    const window = { from: 5, to: 9 };

    expect([4, 5, 8, 9, null].map((at) => within(at, window))).toEqual([false, true, true, false, false]);
  });
});

describe("the hours between two instants", () => {
  it.each([
    [0, HOUR, 1],
    [5, 5, 0],
    [0, 90 * 60_000, 1.5],
    [6, 5, null],
    [null, 5, null],
    [5, null, null],
  ])("%s and %s are %s", (from, to, hours) => {
    expect(hoursBetween(from, to)).toBe(hours);
  });
});
