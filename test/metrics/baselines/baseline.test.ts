import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FrozenMetric } from "#metrics/baselines/baseline.ts";
import { compareFrozen, freeze, incomparable, isUnchanged, thaw } from "#metrics/baselines/baseline.ts";
import type { Side } from "#metrics/compare.ts";
import { compare } from "#metrics/compare.ts";
import { measure } from "#metrics/measure.ts";
import type { Metric, Observation } from "#metrics/metric.ts";
import { listed, sampleOf } from "#metrics/sample.ts";
import { HOUR, WEEK } from "#metrics/time.ts";
import { theMetric } from "#test/support/builders.ts";

const frequency = theMetric("deployment-frequency");
const leadTime = theMetric("lead-time-commit");
const failRate = theMetric("change-fail-rate");

const at = fc.integer({ min: 0, max: 20 }).map((hours) => hours * HOUR);
const durations: fc.Arbitrary<Observation> = fc.oneof(
  fc.record({ at, value: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 50 })) }),
  fc.record({ at, value: fc.constant(null), openFor: fc.integer({ min: 0, max: 50 }) }),
);
const rates: fc.Arbitrary<Observation> = fc.record({ at, value: fc.constantFrom(0, 1, null) });
const events: fc.Arbitrary<Observation> = fc.record({ at, value: fc.constant(1) });

const sides = (observation: fc.Arbitrary<Observation>): fc.Arbitrary<Side> =>
  fc
    .record({
      observations: fc.array(observation, { maxLength: 40 }),
      counts: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 }),
      weeks: fc.integer({ min: 1, max: 12 }),
    })
    .map(({ observations, counts, weeks }) => ({
      observations: observations.toSorted((a, b) => a.at - b.at),
      counts,
      exposure: weeks * WEEK,
    }));

const kinds: readonly (readonly [Metric, fc.Arbitrary<Observation>])[] = [
  [frequency, events],
  [leadTime, durations],
  [failRate, rates],
];

function frozen(metric: Metric, side: Side): FrozenMetric {
  const stored = JSON.stringify(freeze(metric, measure(metric, side.observations, { from: 0, to: WEEK }), side));
  return JSON.parse(stored) as FrozenMetric;
}

describe.each(kinds)("what was frozen of $id", (metric, observation) => {
  it("compares exactly as the window itself, also when it was stored", () => {
    fc.assert(
      fc.property(sides(observation), sides(observation), (now, then) => {
        expect(compareFrozen(metric, now, frozen(metric, then))).toEqual(compare(metric, now, then));
      }),
    );
  });

  it("is no different from the very same data", () => {
    fc.assert(
      fc.property(sides(observation), (side) => {
        expect([undefined, "within-variation"]).toContain(compareFrozen(metric, side, frozen(metric, side))?.verdict);
      }),
    );
  });

  it("is unchanged when it is frozen anew, whatever the order of events", () => {
    fc.assert(
      fc.property(sides(observation), (side) => {
        const turned = {
          ...side,
          observations: listed(sampleOf(side.observations))
            .toReversed()
            .toSorted((a, b) => a.at - b.at),
        };
        expect(isUnchanged(frozen(metric, side), frozen(metric, turned))).toBe(true);
      }),
    );
  });

  it("holds no instant", () => {
    const side = { observations: [{ at: 1_748_000_000_123, value: 1 }], counts: [1], exposure: WEEK };

    expect(JSON.stringify(frozen(metric, side).sample)).not.toContain("1748000000123");
  });
});

describe("facts of a frozen window that change", () => {
  const open = (openFor: number): Side => ({
    observations: [
      { at: 0, value: 3 },
      { at: HOUR, value: null, openFor },
    ],
    counts: [],
    exposure: WEEK,
  });
  const ended: Side = {
    ...open(9),
    observations: [
      { at: 0, value: 3 },
      { at: HOUR, value: 9 },
    ],
  };

  it("are no change while what was open only gets older, and one when it ends", () => {
    expect(isUnchanged(frozen(leadTime, open(2)), frozen(leadTime, open(200)))).toBe(true);
    expect(isUnchanged(frozen(leadTime, open(2)), frozen(leadTime, ended))).toBe(false);
  });

  it("are one when something came or went", () => {
    const side: Side = { observations: [{ at: 0, value: 1 }], counts: [1, 0], exposure: WEEK };

    expect(isUnchanged(frozen(frequency, side), frozen(frequency, { ...side, counts: [1, 1] }))).toBe(false);
    expect(isUnchanged(frozen(failRate, side), frozen(failRate, { ...side, observations: [] }))).toBe(false);
    expect(isUnchanged(frozen(frequency, side), freeze(frequency, measure(frequency, [], null), null))).toBe(false);
  });
});

describe("what cannot be compared", () => {
  const side: Side = { observations: [], counts: [], exposure: WEEK };

  it("says why: another definition, or nothing frozen", () => {
    const then = frozen(leadTime, side);

    expect(incomparable(leadTime, then)).toBeNull();
    expect(incomparable({ ...leadTime, version: leadTime.version + 1 }, then)).toContain(
      "The definition has changed since",
    );
    expect(incomparable(leadTime, null)).toContain("Nothing of this was known");
  });

  it("is null where the data does not reach, on either side", () => {
    expect(compareFrozen(frequency, null, frozen(frequency, side))).toBeNull();
    expect(compareFrozen(frequency, side, freeze(frequency, measure(frequency, [], null), null))).toBeNull();
  });

  it("thaws shares as so many of so many", () => {
    const { observations } = thaw({ statistic: "rate", known: 5, ones: 2 });

    expect(listed(sampleOf(observations)).map(({ value }) => value)).toEqual([1, 1, 0, 0, 0]);
  });
});
