/** Cases in which a well-known tool gives a wrong answer, on what hosts tell: events in, numbers out. */
import { describe, expect, it } from "vitest";
import { analyse } from "#metrics/analysis.ts";
import { details } from "#metrics/details.ts";
import type { ServiceFacts } from "#metrics/facts.ts";
import type { History } from "#metrics/history.ts";
import { grid } from "#metrics/grid.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import {
  detailRows,
  aChange,
  aCommit,
  aDeployment,
  aHosted,
  aLine,
  anIncident,
  aReview,
  factsBy,
  factsOf,
  observationsOf,
  statuses,
  theMetric,
  utc,
} from "#test/support/builders.ts";

const NOW = utc("2026-07-01");
const year = { from: utc("2026-01-01"), to: NOW };
const MAY = utc("2026-05-04");

const line = aLine(
  aCommit("a", { authoredAt: MAY - 2 * DAY }),
  aCommit("b", { authoredAt: MAY - DAY }),
  aCommit("c", { authoredAt: MAY }),
);

function measured(id: string, facts: ServiceFacts, { from, to } = year) {
  const metric = theMetric(id);
  const frame = { window: { from, to }, interval: "month", zone: "UTC" } as const;
  return analyse(metric, observationsOf(metric, facts, NOW), grid(frame, { from: year.from, to: NOW }));
}

const whole = (id: string, history: History) => measured(id, factsOf(history)).whole;
const merged = (number: number, mergeCommit: string, mergedAt: number, has: Parameters<typeof aChange>[1] = {}) =>
  aChange(number, { openedAt: mergedAt - 5 * HOUR, mergedAt, mergeCommit, ...has });

describe("where other tools go wrong on what hosts tell", () => {
  it("1: two deployments and three incidents on one are a fail rate of 50 %, never 150 %", () => {
    const deployments = [aDeployment("1", "a", MAY), aDeployment("2", "b", MAY + DAY)];
    const incidents = ["7", "8", "9"].map((id) => anIncident(id, MAY + 2 * HOUR, { deployment: "1" }));

    expect(whole("change-fail-rate", aHosted(line, { deployments, incidents }))).toMatchObject({
      value: 0.5,
      k: 1,
      n: 2,
    });
  });

  it("2: a month without deployments has no lead time, not 0 h", () => {
    const history = aHosted(line, {
      deployments: [aDeployment("1", "a", MAY)],
      changes: [merged(1, "a", MAY - HOUR, { commits: [{ sha: "a", authoredAt: MAY - 2 * DAY }] })],
    });

    const points = (id: string) => measured(id, factsOf(history)).points.map(({ value }) => value);

    expect(points("lead-time-change")).toEqual([null, null, null, null, 48, null]);
    expect(points("lead-time-commit")).toEqual([null, null, null, null, 48, null]);
    expect(points("deployment-frequency")).toEqual([0, 0, 0, 0, 1, 0]);
  });

  it("3: an incident three weeks after a deployment is not that deployment's", () => {
    const history = aHosted(line, {
      deployments: [aDeployment("1", "a", MAY)],
      incidents: [anIncident("7", MAY + 21 * DAY)],
    });

    expect(whole("change-fail-rate", history)).toMatchObject({ value: 0, k: 0, n: 1 });
  });

  it("4: an incident of service B is not service A's later deployment's", () => {
    const incident = anIncident("7", MAY + HOUR, { resolvedAt: MAY + 3 * HOUR });
    const a = factsOf(aHosted(line, { deployments: [aDeployment("1", "a", MAY)] }));
    const b = factsOf(aHosted(line, { deployments: [aDeployment("1", "a", MAY - 9 * DAY)], incidents: [incident] }));

    expect(a.deployments.map(({ failedBy }) => failedBy)).toEqual([[]]);
    expect(b.deployments.map(({ failedBy }) => failedBy)).toEqual([[]]);
    expect(b.incidents).toMatchObject([{ linkedBy: "none", recoveryHours: 2 }]);
  });

  it("5: a bot's comment after 6 minutes is not a pickup", () => {
    const reviews = [
      aReview(MAY - 5 * HOUR + 6 * 60_000, { kind: "comment", authorKind: "bot" }),
      aReview(MAY - 5 * HOUR + 6 * 60_000, { authorKind: "bot" }),
      aReview(MAY - 2 * HOUR),
    ];

    expect(whole("stage-pickup", aHosted(line, { changes: [merged(1, "a", MAY, { reviews })] })).value).toBe(3);
  });

  it("6: a rebased branch keeps its coding time", () => {
    const rebased = aLine(aCommit("r", { authoredAt: MAY - 50 * HOUR, committedAt: MAY - HOUR }));
    const commits = [{ sha: "t", authoredAt: MAY - 50 * HOUR }];

    expect(whole("stage-coding", aHosted(rebased, { changes: [merged(1, "r", MAY, { commits })] })).value).toBe(45);
  });

  it("7: a deployment that waits for an approval while it is collected counts once it is over, when it was", () => {
    const told = (...said: Parameters<typeof statuses>[1][]) =>
      whole(
        "deployment-frequency",
        aHosted(line, { deployments: [aDeployment("1", "a", 0, { statuses: statuses(MAY, ...said) })] }),
      );

    expect(told("waiting")).toMatchObject({ value: 0 });
    expect(told("waiting", "running", "success")).toMatchObject({ value: 1 });
  });

  it("8: closed, reopened and merged is merged", () => {
    const changes = [merged(1, "a", MAY, { reopenedAt: [MAY - HOUR] })];
    const history = aHosted(line, { changes, deployments: [aDeployment("1", "a", MAY + 4 * HOUR)] });

    expect(whole("lead-time-merge", history)).toMatchObject({ value: 4, n: 1 });
    expect(whole("lead-time-proposal", history)).toMatchObject({ value: 9, n: 1 });
  });

  it("9: preprod is not production", () => {
    const deployments = [
      aDeployment("1", "a", MAY, { environment: "preprod" }),
      aDeployment("2", "a", MAY + DAY, { environment: "prod" }),
    ];

    expect(whole("deployment-frequency", aHosted(line, { deployments })).value).toBe(1);
  });

  it("12: a host's deployment and the run that made it are one deployment", () => {
    const [deployment] = [aDeployment("1", "a", MAY)];
    const run = {
      ...deployment,
      kind: "pipeline" as const,
      id: "900",
      name: "Deploy to production",
      sha: "a",
      branch: "main",
      outcome: "success" as const,
      attempt: 1,
      earlier: [],
      createdAt: MAY - HOUR,
      startedAt: MAY - HOUR,
      finishedAt: MAY,
      jobs: [],
    };

    expect(whole("deployment-frequency", aHosted(line, { deployments: [deployment], pipelines: [run] })).value).toBe(1);
  });

  it("16: ten deployments in one day are ten, and one day", () => {
    const deployments = Array.from({ length: 10 }, (_, hour) => aDeployment(String(hour), "a", MAY + hour * HOUR));
    const facts = factsOf(aHosted(line, { deployments }));

    expect(measured("deployment-frequency", facts).whole.value).toBe(10);
    expect(
      details(theMetric("deployment-frequency"), detailRows({ deployments: facts.deployments }), year, "UTC")[0],
    ).toEqual({ label: "on", value: "1 different day" });
  });

  it("18: an issue relabelled from incident to bug stops counting", () => {
    const deployments = [aDeployment("1", "a", MAY)];
    const incident = anIncident("7", MAY + HOUR, { resolvedAt: MAY + 2 * HOUR });

    const labelled = aHosted(line, { deployments, incidents: [incident] });
    const relabelled = aHosted(line, { deployments, incidents: [] });

    expect(whole("change-fail-rate", labelled).value).toBe(1);
    expect(whole("change-fail-rate", relabelled).value).toBe(0);
    expect(whole("recovery-time", relabelled).value).toBeNull();
  });

  it("19: a deployment that somebody made through the API, without a run, counts", () => {
    const deployments = [aDeployment("1", "a", MAY, { url: null, createdAt: MAY })];

    expect(whole("deployment-frequency", aHosted(line, { deployments })).value).toBe(1);
  });

  it("20: two deployments in the same second have an order, by id as a number", () => {
    const deployments = [aDeployment("10", "b", MAY), aDeployment("9", "c", MAY)];

    const facts = factsOf(aHosted(line, { deployments })).deployments;

    expect(facts.map(({ id, isRollback, commits }) => [id, isRollback, commits])).toEqual([
      ["9", false, 3],
      ["10", true, 0],
    ]);
  });

  it("21: the first known deployment does not swallow the year before it", () => {
    const old = aLine(
      aCommit("old", { authoredAt: MAY - 365 * DAY }),
      aCommit("new", { authoredAt: MAY - 2 * DAY }),
      aCommit("fix", { authoredAt: MAY - DAY }),
    );
    const history = aHosted(old, { deployments: [aDeployment("1", "fix", MAY)] });

    expect(whole("lead-time-commit", history)).toMatchObject({ value: 36, n: 2, coverage: 1 });
    expect(whole("batch-size-commits", history).value).toBe(2);
    expect(measured("lead-time-commit", factsBy({ backfillDays: 0 }, history)).whole.n).toBe(3);
  });
});
