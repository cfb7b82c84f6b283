import { describe, expect, it } from "vitest";
import { quality } from "#metrics/quality.ts";
import {
  aChangeFact,
  aCommitFact,
  aDeploymentFact,
  anAlertFact,
  anIncidentFact,
  qualityFacts,
} from "#test/support/builders.ts";

const window = { from: 0, to: 10 };

/** What is said of a window: values by id. */
const values = (rows: ReturnType<typeof qualityFacts>) =>
  Object.fromEntries(quality(rows, window).map(({ id, value }) => [id, value]));

describe("data quality", () => {
  const committed = [
    aCommitFact({ committedAt: 0, deployedAt: 5 }),
    aCommitFact({ committedAt: 1, authorKind: "bot" }),
    aCommitFact({ committedAt: 2, isBeforeRecord: true, deployedAt: 2 }),
    aCommitFact({ committedAt: 9 }),
    aCommitFact({ committedAt: 10, deployedAt: 11 }),
    aCommitFact({ committedAt: 3, isMerge: true, deployedAt: 5 }),
    aCommitFact({ committedAt: 3, onDefaultBranch: false, deployedAt: 5 }),
  ];

  it("of commits leaves out merges, other branches, and of those deployed what was before the record", () => {
    const deployed = [
      aCommitFact({ deployedAt: 0, leadTimeHours: 1 }),
      aCommitFact({ deployedAt: 1, leadTimeHours: null }),
      aCommitFact({ deployedAt: 1, leadTimeHours: null, isMerge: true }),
      aCommitFact({ deployedAt: 10, leadTimeHours: null }),
    ];

    expect(values(qualityFacts({ committed, deployed }))).toEqual({
      "commits-deployed": 1 / 3,
      "unknown-lead-times": 1,
      "bot-commits": 1 / 4,
    });
  });

  it("of nothing is unknown, and says nothing of what is not there", () => {
    expect(values(qualityFacts({}))).toEqual({
      "commits-deployed": null,
      "unknown-lead-times": null,
      "bot-commits": null,
    });
  });

  it("of deployments looks at those to production of which a record is kept", () => {
    const deployments = [
      aDeploymentFact({ deployedAt: 1 }),
      aDeploymentFact({ deployedAt: 2, isCommitKnown: false }),
      aDeploymentFact({ deployedAt: 3, tier: "other", isCommitKnown: false }),
      aDeploymentFact({ deployedAt: 4, route: "tag", isCommitKnown: false }),
      aDeploymentFact({ deployedAt: 10, isCommitKnown: false }),
    ];

    expect(values(qualityFacts({ deployments }))).toMatchObject({ "deployments-with-commit": 1 / 2 });
    expect(values(qualityFacts({ deployments: deployments.slice(2) }))).not.toHaveProperty("deployments-with-commit");
  });

  it("of changes looks at those merged to the default branch", () => {
    const merged = [
      aChangeFact({ mergedAt: 1, deployedAt: 2, deployHours: 0 }),
      aChangeFact({ mergedAt: 2, authorKind: "bot", truncated: true }),
      aChangeFact({ mergedAt: 3, isBeforeRecord: true }),
      aChangeFact({ mergedAt: 4, firstCommitAt: 5, codingHours: null }),
      aChangeFact({ mergedAt: 5, isIntegrated: false, truncated: true }),
      aChangeFact({ mergedAt: 10, truncated: true }),
    ];

    expect(values(qualityFacts({ merged }))).toMatchObject({
      "changes-deployed": 1 / 3,
      "negative-spans": 1,
      "late-first-commits": 1,
      "truncated-changes": 1,
      "bot-changes": 1,
    });
    expect(values(qualityFacts({ merged: merged.slice(4) }))).not.toHaveProperty("bot-changes");
  });

  it("of changes that people opened says which share is still open", () => {
    const opened = [
      aChangeFact({ openedAt: 1, mergedAt: null, closedAt: null }),
      aChangeFact({ openedAt: 1, mergedAt: null, closedAt: null, authorKind: "bot" }),
      aChangeFact({ openedAt: 2 }),
      aChangeFact({ openedAt: 10, mergedAt: null, closedAt: null }),
    ];

    expect(values(qualityFacts({ opened }))).toMatchObject({ "changes-open": 1 / 2 });
    expect(values(qualityFacts({ opened: opened.slice(1, 2) }))).not.toHaveProperty("changes-open");
  });

  it("of incidents and alerts leaves out false alarms and what was dismissed", () => {
    const incidents = [
      anIncidentFact({ openedAt: 1, deploymentId: "v1" }),
      anIncidentFact({ openedAt: 2 }),
      anIncidentFact({ openedAt: 3, falseAlarm: true, deploymentId: "v1" }),
      anIncidentFact({ openedAt: 10 }),
    ];
    const alerts = [
      anAlertFact({ openedAt: 1, fixedAt: 2 }),
      anAlertFact({ openedAt: 1 }),
      anAlertFact({ openedAt: 1, dismissedAt: 2 }),
      anAlertFact({ openedAt: 10 }),
    ];

    expect(values(qualityFacts({ incidents, alerts }))).toMatchObject({
      "incidents-attributed": 1 / 2,
      "alerts-fixed": 1 / 2,
    });
    expect(values(qualityFacts({ incidents: incidents.slice(2), alerts: alerts.slice(2) }))).not.toHaveProperty(
      "incidents-attributed",
    );
  });

  it("counts commits of which nobody knows the files where a service is a part of its repository", () => {
    expect(values({ ...qualityFacts({}), unplacedCommits: 0 })).toMatchObject({ "commits-unplaced": 0 });
    expect(values({ ...qualityFacts({}), unplacedCommits: 7 })).toMatchObject({ "commits-unplaced": 7 });
  });

  it("is a share or a count, has a title, and says of what it is", () => {
    const all = quality(
      {
        ...qualityFacts({
          committed,
          deployed: [aCommitFact({ deployedAt: 0 })],
          deployments: [aDeploymentFact()],
          merged: [aChangeFact()],
          opened: [aChangeFact()],
          incidents: [anIncidentFact()],
          alerts: [anAlertFact()],
        }),
        unplacedCommits: 1,
      },
      window,
    );
    const counted = all.filter(({ unit }) => unit === "count").map(({ id }) => id);
    const shares = all.filter(({ unit }) => unit === "share");

    expect(counted).toEqual([
      "unknown-lead-times",
      "negative-spans",
      "late-first-commits",
      "truncated-changes",
      "bot-changes",
      "commits-unplaced",
    ]);
    expect(shares).toHaveLength(all.length - counted.length);
    expect(all.map(({ title }) => title)).toEqual([
      "Commits deployed by now",
      "Unknown lead times",
      "Commits by bots",
      "Deployments with a commit",
      "Changes matched to a deployment",
      "Changes with a span that runs backwards",
      "Changes whose first commit is dated after their merge",
      "Changes listed in part",
      "Changes by bots",
      "Changes still open",
      "Incidents with a deployment",
      "Alerts fixed by now",
      "Commits whose files are unknown",
    ]);
    // Each says of what it is, and then what follows from it.
    expect(all.filter(({ note }) => !/^(Of|Commits) .*\. .*\.$/.test(note))).toEqual([]);
    expect(shares.map(({ value }) => Number(value)).filter((value) => Math.abs(value - 0.5) > 0.5)).toEqual([]);
  });
});
