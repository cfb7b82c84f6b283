import { describe, expect, it } from "vitest";
import { workingTime } from "#metrics/working-time.ts";
import { aChangeFact, aCommitFact, aDeploymentFact } from "#test/support/builders.ts";
import { hour, read, said, week } from "./reading.ts";

const nineToFive = workingTime({
  zone: "UTC",
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [{ from: 9 * 60, to: 17 * 60 }] : [])),
  holidays: [],
});

const sized = (id: string, additions: number | null, deletions: number | null) =>
  aChangeFact({ id, openedAt: hour(0), mergedAt: hour(1), additions, deletions });

describe("small batches", () => {
  it("have at most 200 changed lines, and what nobody knows is neither small nor large", () => {
    const changes = [sized("1", 150, 50), sized("2", 150, 51), sized("3", null, 3)];

    expect(said(read("small-batches", "change-size", { facts: { changes } }))).toBe("1 of 2, 1 unknown");
  });

  it("are ten changes a deployment on average, without what carries nothing and without the first", () => {
    const to = (id: string, at: number, changes: number | null, previous: number | null = 0) =>
      aDeploymentFact({ id, deployedAt: hour(at), changes, commits: changes, previousDeployedAt: previous });
    const first = to("first", 1, 500, null);

    const batches = (...deployments: ReturnType<typeof to>[]) =>
      said(read("small-batches", "deployment-batch", { facts: { deployments } }));
    expect(batches(first, to("a", 2, 8), to("b", 3, 12), to("again", 4, 0))).toBe("1 of 1");
    expect(batches(first, to("a", 2, 8), to("b", 3, 13), to("again", 4, 0))).toBe("0 of 1");
    expect(batches(first)).toBe("0 of 0");
    expect(batches(to("a", 2, null))).toBe("0 of 0, 1 unknown");
  });

  it("count the commits of a deployment that carries direct pushes only", () => {
    const deployments = [aDeploymentFact({ deployedAt: hour(2), changes: 0, commits: 11, previousDeployedAt: 0 })];

    expect(said(read("small-batches", "deployment-batch", { facts: { deployments } }))).toBe("0 of 1");
  });

  it("may be larger where a release comes once a quarter", () => {
    const deployments = [aDeploymentFact({ deployedAt: hour(2), changes: 130, previousDeployedAt: 0 })];

    expect(said(read("small-batches", "deployment-batch", { facts: { deployments }, releaseClass: "embedded" }))).toBe(
      "1 of 1",
    );
    expect(said(read("small-batches", "deployment-batch", { facts: { deployments } }))).toBe("0 of 1");
  });
});

describe("review", () => {
  const reviewedAt = (id: string, ready: number, reviewed: number) =>
    aChangeFact({
      id,
      openedAt: hour(ready),
      readyAt: hour(ready),
      firstReviewAt: hour(reviewed),
      mergedAt: hour(100),
    });

  it("comes within four working hours, whatever lies between", () => {
    // From four in the afternoon to noon the next day are one and three working hours.
    const changes = [reviewedAt("1", 16, 24 + 11), reviewedAt("2", 16, 24 + 12)];

    expect(said(read("review", "first-review", { facts: { changes }, time: nineToFive }))).toBe("1 of 2");
    expect(said(read("review", "first-review", { facts: { changes } }))).toBe("0 of 2");
  });

  it("is late after a working day of eight hours, or after a day where nobody said the hours", () => {
    const changes = [reviewedAt("1", 16, 24 + 15), reviewedAt("2", 16, 24 + 16)];

    expect(said(read("review", "late-review", { facts: { changes }, time: nineToFive }))).toBe("1 of 2");
    expect(said(read("review", "late-review", { facts: { changes } }))).toBe("1 of 2");
  });

  it("is missing of direct pushes and unreviewed changes, and unknown where the host lists too few reviews", () => {
    const changes = [
      reviewedAt("1", 1, 2),
      aChangeFact({ id: "2", openedAt: hour(0), firstReviewAt: null, mergedAt: hour(3) }),
      aChangeFact({ id: "3", openedAt: hour(0), firstReviewAt: null, mergedAt: hour(3), truncated: true }),
      aChangeFact({ id: "4", openedAt: hour(0), firstReviewAt: null, mergedAt: hour(3), authorKind: "bot" }),
    ];
    const commits = [
      aCommitFact({ sha: "pushed", committedAt: hour(4), isDirect: true }),
      aCommitFact({ sha: "released", committedAt: hour(4), isDirect: true, authorKind: "bot" }),
      aCommitFact({ sha: "merge", committedAt: hour(4), isDirect: false }),
    ];

    expect(said(read("review", "reviewed", { facts: { changes, commits } }))).toBe("1 of 3, 1 unknown");
  });
});

describe("limited work in progress", () => {
  const open = (id: string, from: number) =>
    aChangeFact({ id, openedAt: hour(from), readyAt: hour(from), mergedAt: null, closedAt: null, isIntegrated: false });
  const eight = Array.from({ length: 8 }, (_, id) => open(`${id}`, 1));

  it("is one change and a half for each person at work", () => {
    const per = (people: number | null) =>
      said(
        read("work-in-progress", "changes-per-author", { facts: { changes: eight }, told: { authors: () => people } }),
      );

    expect(per(6)).toBe("1 of 1");
    expect(per(5)).toBe("0 of 1");
    expect(per(null)).toBe("0 of 1");
  });

  it("is not counted for fewer than five people, but known where it is the same for any number of them", () => {
    const few = (...changes: ReturnType<typeof open>[]) =>
      said(read("work-in-progress", "changes-per-author", { facts: { changes }, told: { authors: () => null } }));

    expect(few(...eight.slice(0, 1))).toBe("1 of 1");
    expect(few(...eight.slice(0, 2))).toMatch(/^Fewer than five people/);
    expect(few(...eight.slice(0, 6))).toMatch(/^Fewer than five people/);
    expect(few(...eight.slice(0, 7))).toBe("0 of 1");
    expect(few(open("long ago", -400))).toMatch(/^Fewer than five people/);
  });

  it("is calm where work went on and nothing was left open", () => {
    const done = aChangeFact({ id: "done", openedAt: hour(1), mergedAt: hour(9), closedAt: hour(9) });
    const before = aChangeFact({ id: "before", openedAt: hour(-9), mergedAt: hour(-1), closedAt: hour(-1) });
    const both = (change: typeof done) =>
      ["changes-per-author", "old-changes"].map((part) =>
        said(read("work-in-progress", part, { facts: { changes: [change] }, told: { authors: () => null } })),
      );

    expect(both(done)).toEqual(["0 of 0, calm", "0 of 0, calm"]);
    expect(both(before)).toEqual(["0 of 0", "0 of 0"]);
  });

  it("cannot be measured from facts alone, which hold no people", () => {
    expect(said(read("work-in-progress", "changes-per-author", { facts: { changes: eight } }))).toMatch(
      /^Facts hold no people/,
    );
  });

  it("is not older than what 85 % of the changes need", () => {
    const merged = Array.from({ length: 20 }, (_, id) =>
      aChangeFact({ id: `m${id}`, openedAt: hour(-200 + id), mergedAt: hour(-190 + id), closedAt: hour(-190 + id) }),
    );
    const changes = [...merged, open("new", 165), open("old", 100)];

    expect(said(read("work-in-progress", "old-changes", { facts: { changes } }))).toBe("1 of 2");
    expect(week.to).toBe(hour(168));
  });

  it("does not age over a weekend, where somebody said when work is done", () => {
    const merged = Array.from({ length: 20 }, (_, id) =>
      aChangeFact({ id: `m${id}`, openedAt: hour(34), mergedAt: hour(38), closedAt: hour(38) }),
    );
    const changes = [...merged, open("friday", 4 * 24 + 14), open("tuesday", 24 + 10)];

    expect(said(read("work-in-progress", "old-changes", { facts: { changes } }))).toBe("0 of 2");
    expect(said(read("work-in-progress", "old-changes", { facts: { changes }, time: nineToFive }))).toBe("1 of 2");
  });
});
