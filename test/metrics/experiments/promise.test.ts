import { describe, expect, it } from "vitest";
import type { Outcome, Stretch, Weeks } from "#metrics/experiments/outcome.ts";
import { outcomeOf } from "#metrics/experiments/outcome.ts";
import { promise, usual } from "#metrics/experiments/promise.ts";
import type { Metric, Observation } from "#metrics/metric.ts";
import { HOUR, WEEK } from "#metrics/time.ts";
import { seeded, theMetric } from "#test/support/builders.ts";

const frequency = theMetric("deployment-frequency");
const leadTime = theMetric("lead-time-change");
const failRate = theMetric("change-fail-rate");

type Random = () => number;

const times = <T>(n: number, make: (index: number) => T): T[] => Array.from({ length: n }, (_, index) => make(index));

/** How many arrive in a unit of time, by adding the waits between them. */
function poisson(random: Random, mean: number): number {
  let count = -1;
  for (let waited = 0; waited < mean; count += 1) waited -= Math.log(1 - random());
  return Math.max(0, count);
}

function normal(random: Random): number {
  let total = -6;
  for (const part of times(12, random)) total += part;
  return total;
}

/** A team: how its weeks are, with an effect on what it tries, as weeks from the last backwards. */
interface Team {
  readonly metric: Metric;
  readonly wanted: "up" | "down";
  readonly week: (random: Random, effect: number) => readonly number[];
}

const deploys: Team = {
  metric: frequency,
  wanted: "up",
  week: (random, effect) => times(poisson(random, 4 * effect), () => 1),
};
/** Some weeks are busy ones. */
const bursts: Team = {
  metric: frequency,
  wanted: "up",
  week: (random, effect) => times(poisson(random, 4 * effect * Math.exp(0.5 * normal(random))), () => 1),
};
/** Some weeks are slow ones. */
const merges: Team = {
  metric: leadTime,
  wanted: "down",
  week: (random, effect) => {
    const slow = Math.exp(0.4 * normal(random));
    return times(poisson(random, 4), () => 24 * effect * slow * Math.exp(normal(random)));
  },
};
const breaks: Team = {
  metric: failRate,
  wanted: "down",
  week: (random, effect) => times(poisson(random, 6), () => Number(random() < 0.3 * effect)),
};

function weeksOf({ week }: Team, random: Random, count: number, effect = 1): Weeks {
  return times(count, (index) =>
    week(random, effect).map((value, place): Observation => ({
      at: (count - 1 - index) * WEEK + place * HOUR + index,
      value,
    })),
  );
}

const stretch = (weeks: Weeks): Stretch => ({
  side: {
    observations: weeks.flat(),
    exposure: weeks.length * WEEK,
    counts: weeks.map((week) => week.length),
  },
  weeks,
});

function tried(team: Team, random: Random, length: number, effect: number): Outcome {
  const [before, after] = [weeksOf(team, random, length), weeksOf(team, random, length, effect)];
  return outcomeOf(team.metric, team.wanted, stretch(after), stretch(before));
}

const share = (outcomes: readonly Outcome[], wanted: Outcome): number =>
  outcomes.filter((one) => one === wanted).length / outcomes.length;
const average = (values: readonly number[]): number => {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
};

const usually = (metric: Metric, weeks: Weeks): number => usual(metric, weeks) ?? NaN;
const promised = (...asked: Parameters<typeof promise>): number => promise(...asked)?.seen ?? NaN;
const weekly = (...counts: readonly number[]): Weeks =>
  counts.map((count, week) => times(count, (place) => ({ at: week * WEEK + place * HOUR, value: 1 })));
const lasting = (...weeks: readonly (readonly number[])[]): Weeks =>
  weeks.map((values, week) => values.map((value, place) => ({ at: week * WEEK + place * HOUR, value })));

describe("what an experiment came to", () => {
  const slow = stretch(lasting([40, 50], [44, 60], [41, 52], [45, 55], [43, 58]));
  const fast = stretch(lasting([10, 12], [11, 14], [9, 15], [13, 16], [8, 17]));

  it("is that it worked where the metric went the wanted way, and worse where it went the other", () => {
    expect(outcomeOf(leadTime, "down", fast, slow)).toBe("worked");
    expect(outcomeOf(leadTime, "down", slow, fast)).toBe("worse");
    expect(outcomeOf(leadTime, "up", slow, fast)).toBe("worked");
  });

  it("is no difference where the weeks vary as much by themselves, though their items differ", () => {
    const bad = times(30, (place) => 100 + place);
    const before = stretch(lasting([20], [21], [22], [23], [24], [25]));
    const oneBadWeek = stretch(lasting([20], [21], [22], [23], bad, [25]));

    expect(outcomeOf(leadTime, "down", oneBadWeek, before)).toBe("no-difference");
    expect(outcomeOf(leadTime, "down", slow, slow)).toBe("no-difference");
  });

  it("is that it is too early with fewer than four weeks, or with next to nothing in them", () => {
    const [short, quiet] = [stretch(lasting([40], [41], [42])), stretch(weekly(1, 0, 0, 0, 0))];

    expect(outcomeOf(leadTime, "down", short, short)).toBe("too-early");
    expect(outcomeOf(frequency, "up", quiet, quiet)).toBe("too-early");
  });

  it("counts what is open as lasting at least so long", () => {
    const open = stretch(
      times(5, (week) => times(3, (place) => ({ at: week * WEEK + place * HOUR, value: null, openFor: 90 + week }))),
    );

    expect(outcomeOf(leadTime, "down", open, slow)).toBe("worse");
  });

  it("is up from nothing", () => {
    expect(outcomeOf(frequency, "up", stretch(weekly(3, 4, 3, 4, 5, 3)), stretch(weekly(0, 0, 0, 0, 0, 0)))).toBe(
      "worked",
    );
  });
});

describe("a promise", () => {
  const past = weekly(3, 4, 2, 5, 3, 4, 3, 4);

  it("starts from what the weeks were, in the terms of the metric", () => {
    expect(usual(frequency, past)).toBe(3.5);
    expect(usual(leadTime, lasting([1, 2], [], [9]))).toBe(2);
    expect(usual(failRate, lasting([1, 0], [0, 0]))).toBe(0.25);
    expect([usual(frequency, []), usual(leadTime, [[]]), usual(failRate, [[]])]).toEqual([null, null, null]);
  });

  it("is the same whenever it is asked for, and grows with the effect and with time", () => {
    const seen = (to: number, length: number): number => promised(frequency, past, length, to);

    expect(seen(7, 8)).toBe(seen(7, 8));
    expect(seen(14, 8)).toBeGreaterThan(seen(5, 8));
    expect(seen(5, 26)).toBeGreaterThan(seen(5, 4));
    expect(seen(14, 12)).toBeGreaterThan(0.95);
    expect(seen(7, 3)).toBe(0);
  });

  it("is not made of fewer than six weeks, of nothing, or for an effect that is none", () => {
    expect(promise(frequency, past.slice(0, 5), 8, 7)).toBeNull();
    expect(promise(frequency, weekly(0, 0, 0, 0, 0, 0, 0), 8, 7)).toBeNull();
    expect(promise(leadTime, lasting([0], [0], [0], [0], [0], [0]), 8, 1)).toBeNull();
    expect(promise(frequency, past, 8, 3.5)).toBeNull();
  });

  it("of a share that is 0 can be one of a share that rises", () => {
    const good = lasting(...times(8, () => times(6, () => 0)));

    expect(promise(failRate, good, 12, 0.5)?.seen).toBeGreaterThan(0.9);
  });

  it("keeps what is not over open", () => {
    const open: Weeks = times(8, (week) =>
      times(4, (place) => ({ at: week * WEEK + place, value: null, openFor: 50 })),
    );
    const mixed = [...open, ...lasting(...times(8, () => [40, 44, 60, 38]))];

    expect(promise(leadTime, mixed, 8, 4)?.from).toBe(42);
  });
});

describe("experiments of simulated teams", () => {
  it.each<[string, Team]>([
    ["deploy oftener", deploys],
    ["deploy in bursts oftener", bursts],
    ["deliver faster", merges],
    ["break less", breaks],
  ])("that change nothing are called worked in at most 5 % of 500: %s", (_, team) => {
    const random = seeded(11);

    const outcomes = times(500, () => tried(team, random, 8, 1));

    expect(share(outcomes, "worked")).toBeLessThanOrEqual(0.05);
    expect(share(outcomes, "worse")).toBeLessThanOrEqual(0.05);
  });

  it.each<[string, Team, number]>([
    ["deploy oftener", deploys, 2],
    ["deploy in bursts oftener", bursts, 2],
    ["deploy less often", { ...deploys, wanted: "down" }, 0.5],
    ["deliver faster", merges, 0.5],
    ["break less", breaks, 1 / 3],
  ])("that do what they promised are seen as often as was promised: %s", (_, team, effect) => {
    const random = seeded(12);

    const before = times(12, (world) => {
      const past = weeksOf(team, random, 26);
      return promised(team.metric, past, 8, usually(team.metric, past) * effect, world);
    });
    const seen = share(
      times(500, () => tried(team, random, 8, effect)),
      "worked",
    );

    expect(Math.abs(average(before) - seen)).toBeLessThan(0.08);
  });
});

describe("a share that is meant to rise", () => {
  const past: Weeks = times(12, (week) =>
    times(10, (index): Observation => ({ at: week * WEEK + index * HOUR, value: index % 2 })),
  );

  it("is seen to have risen where it rises from one half to nine of ten, and seldom where it hardly moves", () => {
    expect(promise(failRate, past, 8, 0.9)).toMatchObject({ from: 0.5 });
    expect(promise(failRate, past, 8, 0.9)?.seen).toBeGreaterThan(0.95);
    expect(promise(failRate, past, 8, 0.55)?.seen).toBeLessThan(0.3);
  });

  it("is seen to have fallen where it falls as far", () => {
    expect(promise(failRate, past, 8, 0.1)?.seen).toBeGreaterThan(0.95);
    expect(promise(failRate, past, 8, 0.45)?.seen).toBeLessThan(0.3);
  });
});
