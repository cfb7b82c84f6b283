import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metrics } from "#metrics/index.ts";
import { elapsed } from "#metrics/lens.ts";
import type { FactOf, ListName } from "#metrics/lists.ts";
import { listOf } from "#metrics/lists.ts";
import type { Metric, Observation, View } from "#metrics/metric.ts";
import type { Pending, Segment } from "#metrics/segment.ts";
import { ABSENT, metricsOf, segmentOf } from "#metrics/segment.ts";
import type { Instant } from "#metrics/time.ts";
import { HOUR, hoursBetween } from "#metrics/time.ts";
import { traitsOf } from "#metrics/traits.ts";
import {
  aChangeFact,
  aCommitFact,
  aDeploymentFact,
  anAlertFact,
  anIncidentFact,
  aRunFact,
  instants,
  theMetric,
} from "#test/support/builders.ts";

const LISTS = {
  deployments: "deployment",
  attempts: "attempt",
  deployed: "commit",
  committed: "commit",
  delivered: "change",
  merged: "change",
  opened: "change",
  incidents: "incident",
  alerts: "alert",
  fixedAlerts: "alert",
  finishedRuns: "pipeline",
  breaks: "pipeline",
} as const satisfies Record<ListName, Metric["of"]>;

const lists = Object.keys(LISTS) as readonly ListName[];
const perhaps = fc.option(instants);
const hours = fc.option(fc.integer({ min: 0, max: 20 }));
const flag = fc.boolean();

const changes = fc
  .record({
    firstCommitAt: perhaps,
    openedAt: perhaps,
    readyAt: perhaps,
    firstReviewAt: perhaps,
    mergedAt: perhaps,
    closedAt: perhaps,
    deployedAt: perhaps,
    requestedAt: perhaps,
    isIntegrated: flag,
    isBeforeRecord: flag,
    leadTimeHours: hours,
    pickupHours: hours,
    reviewHours: hours,
    deployHours: hours,
    reviewRounds: fc.option(fc.nat({ max: 3 })),
    additions: fc.option(fc.nat({ max: 3 })),
    deletions: fc.option(fc.nat({ max: 3 })),
  })
  .map(aChangeFact);

const deployments = fc
  .record({
    createdAt: instants,
    deployedAt: perhaps,
    previousDeployedAt: perhaps,
    recoveredAt: perhaps,
    patchedAt: perhaps,
    beganAt: perhaps,
    isFeatureRelease: flag,
    isTrain: fc.option(flag),
    tier: fc.constantFrom("production" as const, "production" as const, "other" as const),
    status: fc.constantFrom("success" as const, "failure" as const, "running" as const, "inactive" as const),
    failedBy: fc.constantFrom([], ["incident" as const], ["rollback" as const, "revert" as const]),
    commits: fc.option(fc.nat({ max: 3 })),
  })
  .map(aDeploymentFact);

const FACTS = {
  deployment: deployments,
  attempt: deployments,
  change: changes,
  commit: fc
    .record({ deployedAt: perhaps, authoredAt: perhaps, committedAt: perhaps, leadTimeHours: hours, isMerge: flag })
    .map(aCommitFact),
  incident: fc
    .record({ openedAt: instants, resolvedAt: perhaps, falseAlarm: flag, recoveryHours: hours })
    .map(anIncidentFact),
  alert: fc.record({ openedAt: instants, fixedAt: perhaps, dismissedAt: perhaps, hoursToFix: hours }).map(anAlertFact),
  pipeline: fc
    .record({
      startedAt: perhaps,
      finishedAt: perhaps,
      brokeAt: perhaps,
      greenAt: perhaps,
      pausedAt: perhaps,
      resumedAt: perhaps,
      isFlaky: fc.option(flag),
    })
    .map(aRunFact),
} as const satisfies Record<Metric["of"], fc.Arbitrary<unknown>>;

/** Some of the facts of a list, and how far they reach. */
function lived<L extends ListName>(list: L): fc.Arbitrary<{ facts: readonly FactOf<L>[]; until: Instant }> {
  const fact = FACTS[LISTS[list]] as unknown as fc.Arbitrary<FactOf<L>>;
  return fc.record({ facts: fc.array(fact, { maxLength: 8 }), until: instants });
}

/** What is still to be asked, answered: by what a pending value means. */
const answers = (pending: Pending, { reaches, openFor }: View): readonly (readonly [boolean, object])[] => [
  [pending.at === null, { value: null, openFor: pending.value }],
  [pending.value === null && openFor(Number(pending.at)) === null, { value: null }],
  [pending.value === null, { value: null, openFor: openFor(Number(pending.at)) }],
  [pending.at !== null && !reaches(pending.at), { value: null }],
  [true, { value: pending.value }],
];

/** What a row says once the facts are known to reach so far; `undefined` where it is nothing that the metric looks at. */
function read({ columns }: Segment, column: number, row: number, view: View): object | undefined {
  const { values, pending } = columns[column] ?? { values: [], pending: [] };
  const value = values[row] ?? Number.NaN;
  const waiting = pending.filter((one) => one.row === row).map((one) => answers(one, view).find(([is]) => is)?.[1]);
  const kept = [{ value }].filter(() => value !== ABSENT).map(() => ({ value: [value].find(Number.isFinite) ?? null }));
  return [...waiting, ...kept][0];
}

const said = (observation: Observation | null): object | undefined =>
  [observation]
    .flatMap((one) => one ?? [])
    .map((one) => Object.fromEntries(Object.entries(one).filter(([key]) => key !== "at")))[0];

describe.each(lists)("a segment of %s", (list) => {
  it("says what its metrics observe, however far the facts reach", () => {
    fc.assert(
      fc.property(lived(list), ({ facts, until }) => {
        const view = elapsed(until);
        const segment = segmentOf(list, facts, () => 0, view);
        const seen = metricsOf(list).map((_, column) => facts.map((__, row) => read(segment, column, row, view)));
        const expected = metricsOf(list).map((metric) =>
          facts.map((fact) => said((metric.observe as (one: unknown, by: View) => Observation | null)(fact, view))),
        );

        expect(seen).toEqual(expected);
      }),
    );
  });

  it("has the instants and the traits of its facts", () => {
    fc.assert(
      fc.property(lived(list), ({ facts }) => {
        const at = facts.map((_, index) => index * HOUR);
        const segment = segmentOf(list, facts, (fact) => facts.indexOf(fact) * HOUR, elapsed(0));

        expect([...segment.at]).toEqual(at);
        expect([...segment.bits]).toEqual(facts.map((fact) => traitsOf(list, fact)));
      }),
    );
  });
});

describe("what is kept", () => {
  it("is the value where it is known, and that nothing is known where it is not", () => {
    const segment = segmentOf(
      "merged",
      [aChangeFact({ firstCommitAt: 0, readyAt: 5 * HOUR }), aChangeFact({ firstCommitAt: null })],
      () => 0,
      elapsed(0),
    );
    const column = metricsOf("merged").indexOf(theMetric("stage-coding"));

    expect(segment.columns[column]?.values).toEqual(Float64Array.of(5, Number.NaN));
    expect(segment.columns[column]?.pending).toEqual([]);
  });

  it("of what is not over is since when, as the facts reach further every day", () => {
    const open = aChangeFact({ openedAt: 3 * HOUR, readyAt: 3 * HOUR, mergedAt: null, closedAt: null });
    const segment = segmentOf("opened", [open], () => 0, elapsed(0));
    const column = metricsOf("opened").indexOf(theMetric("time-to-merge"));

    expect(segment.columns[column]?.pending).toEqual([{ row: 0, value: null, at: 3 * HOUR }]);
  });

  it("of what was given up is how long it had lasted", () => {
    const closed = aChangeFact({ openedAt: 3 * HOUR, readyAt: 3 * HOUR, mergedAt: null, closedAt: 5 * HOUR });
    const segment = segmentOf("opened", [closed], () => 0, { hours: hoursBetween, isWorking: () => null });
    const column = metricsOf("opened").indexOf(theMetric("time-to-merge"));

    expect(segment.columns[column]?.pending).toEqual([{ row: 0, value: 2, at: null }]);
  });
});

describe("the metrics of all lists", () => {
  it("are all metrics, each of one list that holds what it is of", () => {
    expect(new Set(lists.flatMap(metricsOf))).toEqual(new Set(metrics));
    expect(lists.flatMap(metricsOf)).toHaveLength(metrics.length);
    expect(metrics.filter((metric) => LISTS[listOf(metric)] !== metric.of)).toEqual([]);
  });

  it("count at the instant of their clock", () => {
    expect(listOf(theMetric("lead-time-commit"))).toBe("deployed");
    expect(listOf(theMetric("revert-share"))).toBe("committed");
    expect(listOf(theMetric("lead-time-change"))).toBe("delivered");
    expect(listOf(theMetric("stage-coding"))).toBe("merged");
    expect(listOf(theMetric("time-to-merge"))).toBe("opened");
    expect(listOf(theMetric("alerts-opened"))).toBe("alerts");
    expect(listOf(theMetric("alert-remediation-time"))).toBe("fixedAlerts");
    expect(listOf(theMetric("pipeline-duration"))).toBe("finishedRuns");
    expect(listOf(theMetric("time-to-green"))).toBe("breaks");
  });
});
