import { describe, expect, it } from "vitest";
import { details } from "#metrics/details.ts";
import type { ChangeFact, DeploymentFact } from "#metrics/facts.ts";
import { quality } from "#metrics/quality.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import type { Window } from "#metrics/time.ts";
import {
  detailRows,
  aChangeFact,
  aCommitFact,
  aDeploymentFact,
  anAlertFact,
  anIncidentFact,
  qualityFacts,
  theMetric,
  utc,
} from "#test/support/builders.ts";

const week: Window = { from: utc("2026-03-02"), to: utc("2026-03-09") };
const frequency = theMetric("deployment-frequency");
const failRate = theMetric("change-fail-rate");

function told(id: string, deployments: readonly DeploymentFact[], window = week, zone = "UTC"): Record<string, string> {
  const found = details(theMetric(id), detailRows({ deployments }), window, zone);
  return Object.fromEntries(found.map(({ label, value }) => [label, value]));
}

const deployedAt = (...instants: readonly number[]): DeploymentFact[] =>
  instants.map((at, index) =>
    aDeploymentFact({ deployedAt: at, previousDeployedAt: index === 0 ? null : (instants[index - 1] ?? null) }),
  );

describe("the details of deployment frequency", () => {
  it("say that ten deployments in one day are ten, and one day", () => {
    const ten = Array.from({ length: 10 }, (_, index) => week.from + index * HOUR);

    expect(told("deployment-frequency", deployedAt(...ten))).toEqual({
      on: "1 different day",
      "per working day": "2.00",
      "median gap": "1 h",
    });
  });

  it("count days in the organisation's zone", () => {
    const aroundMidnight = deployedAt(utc("2026-03-03T22:30"), utc("2026-03-03T23:30"));

    expect(told("deployment-frequency", aroundMidnight)["on"]).toBe("1 different day");
    expect(told("deployment-frequency", aroundMidnight, week, "Europe/Berlin")["on"]).toBe("2 different days");
  });

  it("have no rate a working day in a weekend, and no gap before the first deployment", () => {
    const weekend = { from: utc("2026-03-07"), to: utc("2026-03-09") };

    expect(told("deployment-frequency", deployedAt(weekend.from), weekend)).toEqual({ on: "1 different day" });
  });

  it("leave out what lies outside the window, never succeeded, or is not production", () => {
    const others = [
      ...deployedAt(week.from - 1, week.to),
      aDeploymentFact({ deployedAt: null }),
      aDeploymentFact({ deployedAt: week.from + DAY, tier: "other" }),
    ];

    expect(told("deployment-frequency", others)).toEqual({});
    expect(told("deployment-frequency", [...others, ...deployedAt(week.from)])).toEqual({
      on: "1 different day",
      "per working day": "0.20",
    });
  });
});

describe("the details of change fail rate", () => {
  it("are the signals, each with its number", () => {
    const failed = [
      aDeploymentFact({ deployedAt: week.from, failedBy: ["incident", "revert"] }),
      aDeploymentFact({ deployedAt: week.from, failedBy: ["revert"] }),
      aDeploymentFact({ deployedAt: week.from }),
    ];

    expect(details(failRate, detailRows({ deployments: failed }), week, "UTC")).toEqual([
      { label: "by incident", value: "1" },
      { label: "by revert", value: "2" },
    ]);
  });

  it("are none where nothing failed or nothing was deployed", () => {
    expect(told("change-fail-rate", deployedAt(week.from))).toEqual({});
    expect(details(frequency, detailRows({}), week, "UTC")).toEqual([]);
  });
});

describe("the details of the request clock", () => {
  const delivered = [
    aChangeFact({ deployedAt: week.from, requestedAt: 0 }),
    aChangeFact({ deployedAt: week.from }),
    aChangeFact({ deployedAt: week.to, requestedAt: 0 }),
    aChangeFact({ openedAt: null, deployedAt: week.from }),
  ];
  const of = (some: readonly ChangeFact[]) =>
    details(theMetric("lead-time-request"), detailRows({ delivered: some }), week, "UTC");

  it("say of how many changes an issue is known, of those that reached production in the window", () => {
    expect(of(delivered)).toEqual([{ label: "with a linked issue", value: "1 of 2 changes" }]);
    expect(of(delivered.slice(0, 1))).toEqual([{ label: "with a linked issue", value: "1 of 1 change" }]);
  });

  it("are none where nothing was delivered", () => {
    expect(of(delivered.slice(2))).toEqual([]);
  });
});

it("other metrics have no details", () => {
  expect(told("recovery-time", deployedAt(week.from))).toEqual({});
});

describe("data quality", () => {
  const inside = week.from;
  const made = (has: object) => aCommitFact({ committedAt: inside, ...has });
  const rows = (committed: Parameters<typeof made>[0][], deployed: Parameters<typeof made>[0][] = []) =>
    Object.fromEntries(
      quality(qualityFacts({ committed: committed.map(made), deployed: deployed.map(made) }), week).map(
        ({ id, value }) => [id, value],
      ),
    );

  it("is the share of commits deployed by now, of unknown lead times, and of bots", () => {
    const committed = [{ deployedAt: week.to }, {}, {}, { authorKind: "bot" }];
    const deployed = [
      { deployedAt: inside, leadTimeHours: 3 },
      { deployedAt: inside, leadTimeHours: 0 },
      { deployedAt: inside, leadTimeHours: null },
    ];

    expect(rows(committed, deployed)).toEqual({
      "commits-deployed": 0.25,
      "unknown-lead-times": 1,
      "bot-commits": 0.25,
    });
  });

  it("is unknown, not 0, where there is nothing to judge", () => {
    expect(rows([])).toEqual({ "commits-deployed": null, "unknown-lead-times": null, "bot-commits": null });
  });

  it("looks at non-merge commits of the default branch within the window, and at nothing else", () => {
    const others = [
      { isMerge: true },
      { onDefaultBranch: false },
      { committedAt: week.to },
      { committedAt: week.from - 1 },
      { committedAt: null },
    ];
    const deployed = [
      { deployedAt: inside, isMerge: true },
      { deployedAt: inside, onDefaultBranch: false },
      { deployedAt: week.to },
      { deployedAt: null },
    ];

    expect(rows(others, deployed)).toEqual({
      "commits-deployed": null,
      "unknown-lead-times": null,
      "bot-commits": null,
    });
    expect(rows([...others, {}], [...deployed, { deployedAt: inside }])).toEqual({
      "commits-deployed": 0,
      "unknown-lead-times": 1,
      "bot-commits": 0,
    });
  });

  it("explains each of its rows", () => {
    const found = quality(qualityFacts({}), week);

    expect(found.map(({ id, unit }) => [id, unit])).toEqual([
      ["commits-deployed", "share"],
      ["unknown-lead-times", "count"],
      ["bot-commits", "share"],
    ]);
    for (const { title, note } of found)
      expect([title, note]).toEqual([expect.stringMatching(/^[A-Z]/), expect.stringMatching(/\.$/)]);
  });
});

describe("data quality on what hosts tell", () => {
  const inside = week.from;
  const judged = (has: Parameters<typeof qualityFacts>[0]) =>
    Object.fromEntries(
      quality(qualityFacts(has), week)
        .slice(3)
        .map(({ id, value }) => [id, value]),
    );

  it("is nothing where no host tells of anything: tags always have a commit", () => {
    const deployments = [aDeploymentFact({ deployedAt: inside, route: "tag" })];
    const merged = [aChangeFact({ mergedAt: inside, openedAt: null })];

    expect(judged({ deployments, merged })).toEqual({});
  });

  it("is the share of deployments to production with a commit", () => {
    const deployments = [
      aDeploymentFact({ deployedAt: inside }),
      aDeploymentFact({ deployedAt: inside, isCommitKnown: false, sha: null }),
      aDeploymentFact({ deployedAt: inside, isCommitKnown: false, tier: "other" }),
      aDeploymentFact({ deployedAt: week.to, isCommitKnown: false }),
    ];

    expect(judged({ deployments })).toEqual({ "deployments-with-commit": 0.5 });
  });

  it("is the share of changes matched to a deployment, of those that are on record", () => {
    const merged = [
      aChangeFact({ mergedAt: inside, deployedAt: week.to, deployHours: 1 }),
      aChangeFact({ mergedAt: inside }),
      aChangeFact({ mergedAt: inside, isBeforeRecord: true }),
      aChangeFact({ mergedAt: inside, isIntegrated: false }),
      aChangeFact({ mergedAt: week.to }),
      aChangeFact({ mergedAt: null }),
    ];

    expect(judged({ merged })).toEqual({
      "changes-deployed": 0.5,
      "negative-spans": 0,
      "late-first-commits": 0,
      "truncated-changes": 0,
      "bot-changes": 0,
    });
    expect(judged({ merged: merged.slice(2, 3) })["changes-deployed"]).toBeNull();
  });

  it("counts each change of which a span runs backwards once, and none of which one is only missing", () => {
    const backwards = { firstCommitAt: 5, codingHours: null, pickupHours: null, firstReviewAt: 1 };
    const missing = {
      firstCommitAt: null,
      firstReviewAt: null,
      codingHours: null,
      pickupHours: null,
      reviewHours: null,
    };
    const wrong = { deployedAt: 1, deployHours: null };
    const merged = [backwards, missing, wrong, {}].map((has) => aChangeFact({ mergedAt: inside, ...has }));

    expect(judged({ merged })["negative-spans"]).toBe(2);
  });

  it("counts the changes whose first commit is dated after their merge, which tells of a wrong clock", () => {
    const merged = [inside - 1, inside, inside + 1, null].map((firstCommitAt) =>
      aChangeFact({ mergedAt: inside, firstCommitAt }),
    );

    expect(judged({ merged })["late-first-commits"]).toBe(1);
  });

  it("counts the changes that their host lists in part", () => {
    const merged = [true, true, false].map((truncated) => aChangeFact({ mergedAt: inside, truncated }));

    expect(judged({ merged })["truncated-changes"]).toBe(2);
  });

  it("counts the changes of bots, which the stages leave out", () => {
    const merged = (["bot", "agent", "human"] as const).map((authorKind) =>
      aChangeFact({ mergedAt: inside, authorKind }),
    );

    expect(judged({ merged })["bot-changes"]).toBe(1);
  });

  it("is the share of changes still open, of those that people opened in the window", () => {
    const untouched = { openedAt: inside, mergedAt: null, closedAt: null };
    const opened = [
      aChangeFact(untouched),
      aChangeFact({ ...untouched, mergedAt: inside }),
      aChangeFact({ ...untouched, closedAt: inside }),
      aChangeFact({ ...untouched, authorKind: "agent" }),
      aChangeFact({ ...untouched, authorKind: "bot" }),
      aChangeFact({ ...untouched, openedAt: inside - 1000 * DAY }),
    ];

    expect(judged({ opened })["changes-open"]).toBe(0.5);
    expect(judged({ opened: opened.slice(4) })).not.toHaveProperty("changes-open");
  });

  it("is the share of incidents with a deployment, false alarms aside", () => {
    const incidents = [
      anIncidentFact({ openedAt: inside, deploymentId: "1" }),
      anIncidentFact({ openedAt: inside }),
      anIncidentFact({ openedAt: inside, falseAlarm: true }),
      anIncidentFact({ openedAt: week.to, deploymentId: "1" }),
    ];

    expect(judged({ incidents })).toEqual({ "incidents-attributed": 0.5 });
    expect(judged({ incidents: incidents.slice(2) })).toEqual({});
  });

  it("is the share of alerts fixed by now, dismissed ones aside", () => {
    const alerts = [
      anAlertFact({ openedAt: inside, fixedAt: week.to }),
      anAlertFact({ openedAt: inside }),
      anAlertFact({ openedAt: inside, dismissedAt: week.to }),
      anAlertFact({ openedAt: week.to, fixedAt: week.to }),
    ];

    expect(judged({ alerts })).toEqual({ "alerts-fixed": 0.5 });
    expect(judged({ alerts: alerts.slice(2) })).toEqual({});
  });

  it("does not wait for what was deployed before the record begins", () => {
    const committed = [{ isBeforeRecord: true }, { deployedAt: week.to }].map((has) =>
      aCommitFact({ committedAt: inside, ...has }),
    );

    expect(quality(qualityFacts({ committed }), week)[0]).toMatchObject({ id: "commits-deployed", value: 1 });
  });
});
