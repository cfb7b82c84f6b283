import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Release } from "#metrics/events.ts";
import type { CommitFact, DeploymentFact, ServiceFacts } from "#metrics/facts.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import type { History } from "#metrics/history.ts";
import {
  aCommit,
  aHistory,
  aLine,
  aRelease,
  contained,
  factsOf,
  histories,
  instants,
  shuffledHistories,
} from "#test/support/builders.ts";

const MANY = { numRuns: 400 };

/** Releases that count under the default rule, in the order in which they may claim commits: by date, then by name. */
function inOrder({ releases }: History): readonly Release[] {
  return releases
    .filter(({ sha, publishedAt, name }) => sha !== null && publishedAt !== null && !name.includes("-rc"))
    .toSorted((a, b) => (a.publishedAt ?? 0) - (b.publishedAt ?? 0) || (a.name < b.name ? -1 : 1));
}

/** The definition, word for word: the earliest release whose ancestors include the commit. */
function firstContaining(history: History, id: string): string | null {
  return inOrder(history).find(({ sha }) => contained(history, sha).has(id))?.name ?? null;
}

const bySha = ({ commits }: ServiceFacts) => new Map(commits.map((fact) => [fact.sha, fact]));
const carrierOf = (facts: ReadonlyMap<string, CommitFact>, sha: string) => facts.get(sha)?.deploymentId ?? null;
/** What a later deployment does not change. */
const timeless = ({ deployedAt: _at, deploymentId: _id, leadTimeHours: _hours, ...rest }: CommitFact) => rest;
const sortedFacts = ({ commits, changes, deployments }: ServiceFacts) => ({
  commits: commits.toSorted((a, b) => (a.sha < b.sha ? -1 : 1)),
  changes: changes.toSorted((a, b) => a.number - b.number),
  deployments,
});

describe("attribution", () => {
  it("gives each commit to the earliest release that contains it", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const facts = bySha(factsOf(history));
        for (const { id } of history.commits) expect(carrierOf(facts, id)).toBe(firstContaining(history, id));
      }),
      MANY,
    );
  });

  it("says of each commit whether the default branch contains it, and leaves out what nothing contains", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const onDefault = contained(history, history.repository.head);
        const facts = factsOf(history).commits;
        const released = new Set(inOrder(history).flatMap(({ sha }) => [...contained(history, sha)]));
        expect(new Set(facts.map(({ sha }) => sha))).toEqual(new Set([...onDefault, ...released]));
        for (const fact of facts) expect(fact.onDefaultBranch).toBe(onDefault.has(fact.sha));
      }),
      MANY,
    );
  });

  it("counts exactly the releases that point to a commit and have a date, by date and then by name", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { deployments } = factsOf(history);
        expect(deployments.map(({ id }) => id)).toEqual(inOrder(history).map(({ name }) => name));
        expect(deployments.map(({ previousDeployedAt }) => previousDeployedAt)).toEqual([
          ...[null].slice(0, deployments.length),
          ...deployments.slice(0, -1).map(({ deployedAt }) => deployedAt),
        ]);
      }),
      MANY,
    );
  });

  it("measures from the author date to the release, and knows nothing where a date is missing or runs backwards", () => {
    const commits = aLine(
      aCommit("early", { authoredAt: 0 }),
      aCommit("undated", { authoredAt: null, committedAt: 0 }),
      aCommit("same", { authoredAt: 5 * HOUR }),
      aCommit("skewed", { authoredAt: 5 * HOUR + 1 }),
    );

    const facts = factsOf(aHistory(commits, [aRelease("v1.0.0", { sha: "skewed", publishedAt: 5 * HOUR })]));

    expect(facts.commits.map(({ leadTimeHours }) => leadTimeHours)).toEqual([5, null, 0, null]);
    expect(facts.commits.map(({ deployedAt }) => deployedAt)).toEqual([5, 5, 5, 5].map((hours) => hours * HOUR));
  });

  it("says everything a reader of the export is promised", () => {
    const commits = aLine(
      aCommit("root"),
      aCommit("squash", { authoredAt: 2 * HOUR, committedAt: 3 * HOUR, changeNumber: 7 }),
    );

    const facts = factsOf(
      aHistory(commits, [aRelease("v1.0.0", { sha: "squash", publishedAt: 5 * HOUR, url: "tag" })]),
    );

    const place = { source: "git:shop", repository: "acme/shop", service: "shop" };
    expect(facts.commits[1]).toEqual({
      ...place,
      sha: "squash",
      title: "Make squash",
      authorKind: "human",
      authoredAt: 2 * HOUR,
      committedAt: 3 * HOUR,
      isMerge: false,
      onDefaultBranch: true,
      integrated: 1,
      isRevert: false,
      isDirect: null,
      changeNumber: 7,
      deployedAt: 5 * HOUR,
      deploymentId: "v1.0.0",
      isBeforeRecord: false,
      leadTimeHours: 3,
    } satisfies CommitFact);
    expect(facts.changes[0]).toMatchObject({
      ...place,
      id: "#7",
      number: 7,
      title: "Make squash",
      authorKind: "human",
      openedAt: null,
      firstCommitAt: 2 * HOUR,
      mergedAt: 3 * HOUR,
      closedAt: 3 * HOUR,
      mergeCommit: "squash",
      deployedAt: 5 * HOUR,
      deploymentId: "v1.0.0",
      leadTimeHours: 3,
      deployHours: 2,
      codingHours: null,
      pickupHours: null,
      reviewHours: null,
      additions: null,
      labels: null,
      revertedBy: null,
      truncated: false,
    });
    expect(facts.deployments[0]).toEqual({
      ...place,
      id: "v1.0.0",
      url: "tag",
      environment: "production",
      tier: "production",
      sha: "squash",
      route: "tag",
      isCommitKnown: true,
      status: "success",
      createdAt: 5 * HOUR,
      deployedAt: 5 * HOUR,
      previousDeployedAt: null,
      isRollback: false,
      isRework: false,
      failedBy: [],
      overruled: [],
      incidents: [],
      recoveredAt: null,
      commits: 2,
      changes: 1,
      patchedAt: null,
      isFeatureRelease: true,
      isTrain: null,
      beganAt: 0,
    } satisfies DeploymentFact);
  });
});

describe("facts", () => {
  it("are the same whatever the order of the events", () => {
    fc.assert(
      fc.property(shuffledHistories, ([history, shuffled]) => {
        expect(sortedFacts(factsOf(shuffled))).toEqual(sortedFacts(factsOf(history)));
      }),
      MANY,
    );
  });

  it("add up: what deployments carried is what has that deployment", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { commits, changes, deployments } = factsOf(history);
        for (const { id, commits: carried, changes: carriedChanges, isCommitKnown } of deployments) {
          const own = commits.filter(({ deploymentId }) => deploymentId === id);
          expect(own.filter(({ isMerge }) => !isMerge)).toHaveLength(Number(carried));
          expect(changes.filter(({ deploymentId }) => deploymentId === id)).toHaveLength(Number(carriedChanges));
          expect([carried === null, carriedChanges === null]).toEqual([!isCommitKnown, !isCommitKnown]);
        }
      }),
      MANY,
    );
  });

  it("of an empty repository are none", () => {
    expect(factsOf(aHistory([]))).toEqual({
      commits: [],
      changes: [],
      deployments: [],
      incidents: [],
      alerts: [],
      pipelines: [],
      unplacedCommits: null,
    });
  });

  it("of a history without a default branch are what its releases carry", () => {
    const facts = factsOf(aHistory([aCommit("a"), aCommit("b")], [aRelease("v1.0.0", { sha: "a" })], null));

    expect(
      facts.commits.map(({ sha, onDefaultBranch, integrated }) => [sha, onDefaultBranch, integrated !== null]),
    ).toEqual([["a", false, false]]);
  });
});

/** A history and what happens to it afterwards: commits upon its head and releases of them, all of it later. */
const grownHistories = fc
  .tuple(histories, fc.integer({ min: 1, max: 4 }), fc.array(instants, { maxLength: 3 }))
  .map(([history, count, dates]): readonly [History, History] => {
    const { head } = history.repository;
    const later = 30 * DAY;
    const added = Array.from({ length: count }, (_, index) =>
      aCommit(`later${index}`, {
        parents: [index === 0 ? (head ?? "beyond") : `later${index - 1}`],
        authoredAt: later + index,
        changeNumber: 100 + index,
        reverts: history.commits.slice(index, index + 1).map(({ id }) => ({ sha: id })),
      }),
    );
    const released = dates.map((at, index) =>
      aRelease(`v3.0.${index}`, { sha: `later${index % count}`, publishedAt: later + at }),
    );
    const grown = {
      ...history,
      repository: { ...history.repository, head: `later${count - 1}` },
      commits: [...history.commits, ...added],
      releases: [...history.releases, ...released],
    };
    return [history, grown];
  });

describe("yesterday's facts, derived again tomorrow,", () => {
  it("keep every deployment as it was, once its seven days are over", () => {
    fc.assert(
      fc.property(grownHistories, ([history, grown]) => {
        const before = factsOf(history).deployments;
        const after = factsOf(grown).deployments;
        expect(after.slice(0, before.length)).toEqual(before);
      }),
      MANY,
    );
  });

  it("keep every commit's deployment and lead time: only waiting commits are carried by later releases", () => {
    fc.assert(
      fc.property(grownHistories, ([history, grown]) => {
        const after = bySha(factsOf(grown));
        for (const fact of factsOf(history).commits.filter(({ deployedAt }) => deployedAt !== null)) {
          const { deployedAt, deploymentId, leadTimeHours } = fact;
          expect(after.get(fact.sha)).toMatchObject({ deployedAt, deploymentId, leadTimeHours });
        }
      }),
      MANY,
    );
  });

  it("keep everything else of a commit", () => {
    fc.assert(
      fc.property(grownHistories, ([history, grown]) => {
        const after = bySha(factsOf(grown));
        for (const fact of factsOf(history).commits) expect(after.get(fact.sha)).toMatchObject(timeless(fact));
      }),
      MANY,
    );
  });
});

describe("two repositories", () => {
  it("do not share deployments, even of the same commits", () => {
    const commits = aLine(aCommit("a"), aCommit("b", { authoredAt: HOUR }));
    const shop = factsOf(aHistory(commits, [aRelease("v1.0.0", { sha: "a", publishedAt: 2 * HOUR })]));
    const pay = factsOf(aHistory(commits, [aRelease("v1.0.0", { sha: "b", publishedAt: 9 * HOUR })]));

    expect(shop.commits.map(({ leadTimeHours }) => leadTimeHours)).toEqual([2, null]);
    expect(pay.commits.map(({ leadTimeHours }) => leadTimeHours)).toEqual([9, 8]);
  });
});
