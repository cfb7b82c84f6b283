import { describe, expect, it } from "vitest";
import type { Change, Verdict } from "#metrics/compare.ts";
import { measure } from "#metrics/measure.ts";
import type { Metric } from "#metrics/metric.ts";
import { sampleOf } from "#metrics/sample.ts";
import { WEEK } from "#metrics/time.ts";

import { hoursPerChange, lookedAt, movers, type ServiceTold, type StageTold, why } from "#metrics/why.ts";
import type { Told } from "#metrics/words.ts";
import { theMetric } from "#test/support/builders.ts";

const frequency = theMetric("deployment-frequency");
const leadTime = theMetric("lead-time-change");
const failRate = theMetric("change-fail-rate");
const pickup = theMetric("stage-pickup");
const review = theMetric("stage-review");

/** A number that was one value before and is another now; `null`: too few to compare. */
function told(metric: Metric, before: number, now: number, verdict: Verdict | null): Told {
  const of = (value: number) => measure(metric, [{ at: 0, value }], { from: 0, to: 26 * WEEK });
  const change: Change | null =
    verdict === null ? null : { change: now - before, low: 0, high: 0, verdict, p: 0.001, among: null };
  const previous = { window: { from: -26 * WEEK, to: 0 }, measure: of(before), change };
  const bare = { points: [], limits: null, formerLimits: [], trend: null, between: null };
  return { metric, analysis: { ...bare, whole: of(now), previous } };
}

const window = { from: 0, to: 26 * WEEK };
const same = (metric: Metric): Told => told(metric, 1, 1, "within-variation");
const faster = told(leadTime, 40, 20, "better");
const steady = [same(frequency), same(leadTime), same(failRate)];
const stage = (metric: Metric, before: number, now: number, verdict: Verdict): StageTold => ({
  told: told(metric, before, now, verdict),
  before,
  now,
});
const service = (name: string, ...all: Told[]): ServiceTold => ({ service: name, told: all });

describe("why", () => {
  it("says whether delivery got faster or riskier", () => {
    const words = (...delivery: Told[]) => why(delivery, [], []).words;

    expect(words(...steady)).toBe("Delivery got neither faster nor riskier.");
    expect(words(faster, same(failRate))).toBe("Delivery got faster, and no riskier.");
    expect(words(faster, told(failRate, 0, 1, "worse"))).toBe("Delivery got faster and riskier.");
    expect(words(same(leadTime), told(failRate, 1, 0, "better"))).toBe(
      "Delivery is as fast as before, and it got safer.",
    );
    expect(words(faster, told(frequency, 3, 1, "worse"), same(failRate))).toBe(
      "Delivery got faster in one respect and slower in another, and no riskier.",
    );
  });

  it("says what is not known, and nothing instead", () => {
    expect(why([], [], [])).toEqual({
      speed: null,
      risk: null,
      words: "Too little is known to say whether delivery got faster or riskier.",
      reasons: [],
    });
    expect(why([faster, told(failRate, 0, 0, null)], [], []).words).toBe(
      "Delivery got faster; too little is known to say whether it got riskier.",
    );
  });

  it("names the stage that moved furthest the way the lead time did", () => {
    const stages = [stage(pickup, 20, 5, "better"), stage(review, 12, 9, "better")];
    const away = [stage(pickup, 5, 50, "worse"), stage(review, 12, 9, "better")];
    const still = [stage(pickup, 20, 5, "within-variation"), stage(review, 9, 12, "better")];

    expect(why([faster], stages, []).words).toContain(
      "Of the stages of a change, pickup moved most: 20 h before, 5 h now.",
    );
    expect(why([faster], away, []).words).toContain("review moved most: 12 h before, 9 h now");
    expect(why([faster], still, []).words).toContain("No stage of a change explains that by itself.");
    expect(why(steady, stages, []).words).not.toContain("stage");
  });

  it("says of a wait for deployment whether it was one for a date", () => {
    const waits = [stage(theMetric("stage-deploy"), 90, 4, "better"), stage(review, 12, 9, "better")];
    const trains = (before: number, now: number): Told => told(theMetric("train-change-share"), before, now, null);
    const said = "The share of changes that left by a timetable (a release train): 100 % before, 0 % now.";

    expect(why([faster], waits, [], trains(1, 0)).words).toContain(`moved most: 3.75 d before, 4 h now. ${said}`);
    expect(why([faster], waits, [], trains(0, 0)).words).not.toContain("timetable");
    expect(why([faster], waits, []).words).not.toContain("timetable");
    expect(why([faster], [stage(pickup, 20, 5, "better")], [], trains(1, 0)).words).not.toContain("timetable");
  });

  it("names the service that moved furthest the same way, and how many did", () => {
    const services = [
      service("cards", told(leadTime, 30, 25, "better")),
      service("ledger", told(leadTime, 90, 30, "better")),
      service("search", told(leadTime, 10, 200, "worse")),
    ];

    expect(why([faster], [], services).words).toContain(
      "In change lead time, 2 services of 3 moved that way, ledger most: 3.75 d before, 30 h now.",
    );
  });

  it("holds how often against how often by the factor, whichever way: half as often is further than 1.8 times", () => {
    const times = (before: number, now: number): Told => {
      const found = told(frequency, before, now, "worse");
      const change: Change = { change: now / before, low: 0, high: 0, verdict: "worse", p: 0.001, among: null };
      return { ...found, analysis: { ...found.analysis, previous: { window, measure: found.analysis.whole, change } } };
    };
    const services = [service("cards", times(10, 18)), service("ledger", times(10, 5)), service("old", times(10, 0))];

    expect(why([times(10, 9)], [], services.slice(0, 2)).words).toContain(
      "2 services of 2 moved that way, ledger most",
    );
    expect(why([times(10, 9)], [], services).words).toContain("3 services of 3 moved that way, old most");
  });

  it("says so when no single service explains it", () => {
    const services = [service("cards", same(leadTime)), service("ledger", same(leadTime))];

    expect(why([faster], [], services).words).toContain("no service left its normal variation by itself");
  });

  it("finds the service that got worse where all together did not", () => {
    const services = [service("cards", told(leadTime, 10, 60, "worse")), service("ledger", same(leadTime))];

    expect(why(steady, [], services).words).toBe(
      "Delivery got neither faster nor riskier. Beneath that, 1 service got worse against the past: cards (change lead time 10 h before, 2.5 d now).",
    );
    expect(why(steady, [], [service("cards", same(leadTime)), service("ledger", same(leadTime))]).words).toBe(
      "Delivery got neither faster nor riskier.",
    );
  });

  it("does not look for reasons among fewer than two services", () => {
    expect(why([faster], [], [service("cards", faster)]).words).toBe(
      "Delivery got faster; too little is known to say whether it got riskier.",
    );
  });
});

describe("what is looked at service by service", () => {
  it("is what moved, one of speed and one of risk, the lead time first", () => {
    const more = told(frequency, 1, 3, "better");
    const riskier = told(failRate, 0, 1, "worse");

    expect(lookedAt([more, faster, riskier])).toEqual([leadTime, failRate]);
    expect(lookedAt([more, same(leadTime), same(failRate)])).toEqual([frequency]);
  });

  it("is the lead time and the fail rate where nothing moved", () => {
    expect(lookedAt(steady)).toEqual([leadTime, failRate]);
  });
});

describe("the hours of a stage per change", () => {
  it("are those of the changes of which they are known, so that stages add up to the whole", () => {
    const sample = sampleOf([
      { at: 0, value: 1 },
      { at: 1, value: null },
      { at: 2, value: 5 },
      { at: 3, value: null, openFor: 90 },
    ]);

    expect(hoursPerChange(sample)).toBe(3);
  });

  it("are unknown where they are of none", () => {
    expect(hoursPerChange(sampleOf([{ at: 0, value: null }]))).toBeNull();
  });
});

describe("the services that moved most", () => {
  const by = (p: number, one: Told): Told => {
    const { previous } = one.analysis;
    const change = previous?.change ?? null;
    return {
      ...one,
      analysis: { ...one.analysis, previous: previous && { ...previous, change: change && { ...change, p } } },
    };
  };

  it("are those of which it is clearest, each once, whichever way they moved", () => {
    const services = [
      { service: "slow", told: [by(0.02, told(leadTime, 5, 40, "worse")), same(failRate)] },
      { service: "calm", told: [same(leadTime)] },
      { service: "fast", told: [by(0.04, told(failRate, 1, 0, "better")), by(0.001, told(leadTime, 40, 5, "better"))] },
    ];

    expect(movers(services, 3)).toEqual([
      { service: "fast", verdict: "better", words: "change lead time: 40 h before, 5 h now" },
      { service: "slow", verdict: "worse", words: "change lead time: 5 h before, 40 h now" },
    ]);
    expect(movers(services, 1).map(({ service }) => service)).toEqual(["fast"]);
  });

  it("are none where none left its normal variation", () => {
    expect(movers([{ service: "calm", told: steady }], 3)).toEqual([]);
  });
});
