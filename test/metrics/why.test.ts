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
const rework = theMetric("rework-rate");
const pickup = theMetric("stage-pickup");
const review = theMetric("stage-review");

/** A number that was one value before and is another now; `null`: too few to compare. */
function told(metric: Metric, before: number, now: number, verdict: Verdict | null): Told {
  const of = (value: number) => measure(metric, [{ at: 0, value }], { from: 0, to: 26 * WEEK });
  const change: Change | null =
    verdict === null ? null : { change: now - before, low: 0, high: 0, verdict, p: 0.001, among: null, open: null };
  const previous = { window: { from: -26 * WEEK, to: 0 }, measure: of(before), change };
  const bare = { points: [], limits: null, formerLimits: [], trend: null, between: null };
  return { metric, analysis: { ...bare, whole: of(now), previous } };
}

const window = { from: 0, to: 26 * WEEK };
const same = (metric: Metric): Told => told(metric, 1, 1, "within-variation");
const faster = told(leadTime, 40, 20, "better");
const slower = told(leadTime, 20, 40, "worse");
const riskier = told(failRate, 0, 1, "worse");
const safer = told(failRate, 1, 0, "better");
const moreRework = told(rework, 0, 1, "worse");
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

  it.each<[string, readonly Told[]]>([
    ["Delivery got faster and safer", [faster, safer]],
    ["Delivery got slower and safer in one respect and riskier in another", [slower, safer, moreRework]],
    ["Delivery got slower, and no riskier", [slower, same(failRate)]],
    ["Delivery is as fast as before, but it got riskier", [same(leadTime), riskier]],
    [
      "Delivery is as fast as before, but it got safer in one respect and riskier in another",
      [same(leadTime), riskier, told(rework, 1, 0, "better")],
    ],
    ["Delivery is as fast as before; too little is known to say whether it got riskier", [same(leadTime)]],
    ["Too little is known to say whether delivery got faster; it did not get riskier", [same(failRate)]],
    ["Too little is known to say whether delivery got faster, and it got safer", [safer]],
    ["Too little is known to say whether delivery got faster, but it got riskier", [riskier]],
  ])("says in one sentence: %s", (sentence, delivery) => {
    expect(why(delivery, [], []).words).toBe(`${sentence}.`);
  });

  it("calls what moved both ways so, and what was compared and did not move the same", () => {
    expect(why([faster, told(frequency, 3, 1, "worse"), riskier, told(rework, 1, 0, "better")], [], [])).toMatchObject({
      speed: "both",
      risk: "both",
    });
    expect(why([same(leadTime), told(frequency, 1, 1, null), same(failRate)], [], [])).toMatchObject({
      speed: "same",
      risk: "same",
    });
    expect(why([slower, riskier], [], [])).toMatchObject({ speed: "worse", risk: "worse" });
  });

  it("gives what explains the first sentence by itself, too, each without its full stop", () => {
    const services = [service("cards", faster), service("ledger", same(leadTime))];

    const { words, reasons } = why([faster], [stage(pickup, 20, 5, "better")], services);

    expect(reasons).toEqual([
      "Of the stages of a change, pickup moved most: 20 h before, 5 h now",
      "In change lead time, 1 service of 2 moved that way, cards most: 40 h before, 20 h now",
    ]);
    expect(words).toBe(
      `Delivery got faster; too little is known to say whether it got riskier. ${reasons[0]}. ${reasons[1]}.`,
    );
  });

  it("names the stage that took most of what a slower change takes longer", () => {
    const stages = [stage(pickup, 5, 9, "worse"), stage(review, 9, 19, "worse")];

    expect(why([slower], stages, []).words).toContain("review moved most: 9 h before, 19 h now.");
  });

  it("takes no stage for a reason that took no fewer hours per change, whatever its median did", () => {
    const longer = [{ ...stage(pickup, 20, 5, "better"), before: 5, now: 6 }];
    const asLong = [{ ...stage(pickup, 20, 5, "better"), before: 5, now: 5 }];
    const unknown = [
      { ...stage(pickup, 20, 5, "better"), before: null },
      { ...stage(review, 20, 5, "better"), now: null },
    ];

    for (const stages of [longer, asLong, unknown])
      expect(why([faster], stages, []).reasons).toEqual(["No stage of a change explains that by itself"]);
  });

  it("says nothing of stages where there are too few changes to compare any of them, or none at all", () => {
    const few: StageTold = { told: told(pickup, 20, 5, null), before: 20, now: 5 };

    expect(why([faster], [few, few], []).reasons).toEqual([]);
    expect(why([faster], [], []).reasons).toEqual([]);
    expect(why([faster], [few, stage(review, 12, 9, "better")], []).reasons).toHaveLength(1);
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
    expect(why([faster], waits, [], trains(0, 1)).words).toContain("(a release train): 0 % before, 100 % now.");
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
      const change: Change = {
        change: now / before,
        low: 0,
        high: 0,
        verdict: "worse",
        p: 0.001,
        among: null,
        open: null,
      };
      return { ...found, analysis: { ...found.analysis, previous: { window, measure: found.analysis.whole, change } } };
    };
    const services = [service("cards", times(10, 18)), service("ledger", times(10, 5)), service("old", times(10, 0))];

    expect(why([times(10, 9)], [], services.slice(0, 2)).words).toContain(
      "2 services of 2 moved that way, ledger most",
    );
    expect(why([times(10, 9)], [], services).words).toContain("3 services of 3 moved that way, old most");
  });

  it("looks among the services at each number that moved, and at no other", () => {
    const services = [
      service("cards", told(leadTime, 30, 25, "better"), told(failRate, 0, 1, "worse")),
      service("ledger", same(leadTime), told(frequency, 9, 1, "worse")),
    ];

    expect(why([faster, same(frequency), riskier], [], services).reasons).toEqual([
      "In change lead time, 1 service of 2 moved that way, cards most: 30 h before, 25 h now",
      "In change fail rate, 1 service of 2 moved that way, cards most: 0 % before, 100 % now",
    ]);
  });

  it("tells a number as unknown before where there was no window before", () => {
    const fresh: Told = { ...same(failRate), analysis: { ...same(failRate).analysis, previous: null } };
    const trains = { ...fresh, metric: theMetric("train-change-share") };
    const waits = [stage(theMetric("stage-deploy"), 90, 4, "better")];

    expect(why([faster], waits, [], trains).words).toContain("(a release train): — before, 100 % now.");
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

  it("names two of the services that got worse and counts each of them once", () => {
    const worse = (name: string) =>
      service(name, told(leadTime, 10, 60, "worse"), told(failRate, 0, 1, "worse"), told(frequency, 3, 1, "worse"));

    expect(why(steady, [], [worse("cards"), worse("ledger"), worse("search")]).reasons).toEqual([
      "Beneath that, 3 services got worse against the past: cards (change lead time 10 h before, 2.5 d now), ledger (change lead time 10 h before, 2.5 d now)",
    ]);
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

    expect(lookedAt([more, faster, riskier])).toEqual([leadTime, failRate]);
    expect(lookedAt([more, same(leadTime), same(failRate)])).toEqual([frequency]);
  });

  it("is the lead time and the fail rate where nothing moved, of them what is known", () => {
    const byCommit = theMetric("lead-time-commit");
    const unknown = (metric: Metric): Told => ({
      metric,
      analysis: { ...same(metric).analysis, whole: measure(metric, [], window), previous: null },
    });

    expect(lookedAt([...steady, same(rework)])).toEqual([leadTime, failRate]);
    expect(lookedAt([same(frequency), unknown(leadTime), same(byCommit), unknown(failRate)])).toEqual([byCommit]);
  });

  it("is the lead time of commits where no host tells of changes", () => {
    const byCommit = told(theMetric("lead-time-commit"), 40, 20, "better");

    expect(lookedAt([told(frequency, 1, 3, "better"), byCommit])).toEqual([byCommit.metric]);
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
