import { describe, expect, it } from "vitest";

import { GATE_CONDITIONS } from "#metrics/programme/gate.ts";
import type { Read } from "#metrics/programme/gate-shortfalls.ts";
import { shortfalls } from "#metrics/programme/gate-shortfalls.ts";

const service = (name: string, has: Partial<Read["services"][number]> = {}) => ({
  service: name,
  releaseClass: "cloud" as const,
  deploymentsPerWeek: 3,
  isCalm: true,
  calm: "Within its limits.",
  ...has,
});
const team = (name: string, leadTime: Read["teams"][number]["leadTime"], changes = 60, before = 90) => ({
  team: name,
  leadTime,
  changes,
  before,
});
const none: Read = { services: [], teams: [], rates: { fail: null, rework: null } };
const lacking = (id: (typeof GATE_CONDITIONS)[number], read: Partial<Read>, missing: readonly string[] = []) =>
  shortfalls({ id, missing }, { ...none, ...read }).map(({ name, words }) => `${name}: ${words}`);

describe("what a condition of the gate lacks", () => {
  it.each(GATE_CONDITIONS)("is nothing where nothing is missing: %s", (id) => {
    const rate = { change: 0, high: 0.01 };
    const read = {
      services: [service("a")],
      teams: [team("a", { ratio: 0.5, low: 0.4, high: 0.9 })],
      rates: { fail: rate, rework: rate },
    };

    expect(shortfalls({ id, missing: [] }, read)).toEqual([]);
  });

  it("tells of each team how long its lead time is beside the baseline's", () => {
    const teams = [
      team("faster", { ratio: 0.5, low: 0.4, high: 0.99 }),
      team("unsure", { ratio: 0.9, low: 0.7, high: 1.0 }),
      team("slower", { ratio: 1.5, low: 1.2, high: 1.9 }),
      team("open", { ratio: 1.5, low: 0.9, high: null }),
      team("reaches", { ratio: 1.2, low: 1, high: 1.4 }),
      team("unbounded", { ratio: 1.2, low: null, high: null }),
      team("few", null, 9),
      team("one", null, 1, 9),
      team("waits", null, 10, 10),
    ];

    expect(lacking("lead-time", { teams })).toEqual([
      "unsure: its median is 90 % of the baseline's (70 % to 100 %), so that it is shorter is not shown: the upper end is to lie below 100 %",
      "slower: its median is 150 % of the baseline's (120 % to 190 %), so it is longer",
      "open: its median is 150 % of the baseline's (90 % to nobody knows how much), so that it is shorter is not shown: the upper end is to lie below 100 %",
      "reaches: its median is 120 % of the baseline's (100 % to 140 %), so that it is shorter is not shown: the upper end is to lie below 100 %",
      "unbounded: its median is 120 % of the baseline's (nobody knows how much to nobody knows how much), so it is longer",
      "few: nothing can be said: 9 changes now and 90 at the baseline, at least 10 of each are asked",
      "one: nothing can be said: 1 change now and 9 at the baseline, at least 10 of each are asked",
      "waits: nothing can be said: of one of the windows half of what was merged has not arrived",
    ]);
  });

  it("tells how often each service is deployed whose class allows it", () => {
    const services = [
      service("weekly", { deploymentsPerWeek: 1 }),
      service("seldom", { deploymentsPerWeek: 0.25, releaseClass: null }),
      service("new", { deploymentsPerWeek: null }),
      service("regulated", { deploymentsPerWeek: 0, releaseClass: "regulated" }),
    ];

    expect(lacking("cadence", { services })).toEqual([
      "seldom: 0.3 deployments a week over the last twelve weeks, and one is asked",
      "new: nothing can be said: fewer than four of its weeks are known",
    ]);
  });

  it("tells which signals a service had, and where its past is too short", () => {
    const services = [
      service("calm"),
      service("wild", { isCalm: false, calm: "Lead time was above its limit." }),
      service("young", { isCalm: null, calm: "It takes 12 weeks." }),
    ];

    expect(lacking("calm", { services })).toEqual([
      "wild: Lead time was above its limit.",
      "young: nothing can be said. It takes 12 weeks.",
    ]);
  });

  it("tells how much each rate may have become more, by the metric whose rows show it", () => {
    const rates = { fail: { change: 0.01, high: 0.034 }, rework: { change: -0.01, high: 0.02 } };

    expect(lacking("stability", { rates })).toEqual([
      "change-fail-rate: the change fail rate is other by +1 points, at most +3.4 points; at most +2 points are allowed",
    ]);
    expect(lacking("stability", { rates: { ...rates, rework: null } })[1]).toBe(
      "rework-rate: the rework rate of the baseline or of now is unknown",
    );
  });

  it("is told of whose it is: of services, teams, rates, parties or the constraint", () => {
    const read: Read = {
      services: [service("a", { isCalm: false, deploymentsPerWeek: 0 })],
      teams: [team("b", null)],
      rates: none.rates,
    };
    const kinds = GATE_CONDITIONS.map((id) => [
      id,
      ...shortfalls({ id, missing: ["c"] }, read).map(({ kind }) => kind),
    ]);

    expect(kinds).toEqual([
      ["practices"],
      ["lead-time", "team"],
      ["cadence", "service"],
      ["stability", "rate", "rate"],
      ["calm", "service"],
      ["savings"],
      ["constraint", "constraint"],
      ["consent", "party"],
    ]);
  });

  it("allows a rate what the gate allows, to its end", () => {
    const fail = (high: number) =>
      lacking("stability", { rates: { fail: { change: 0.01, high }, rework: { change: 0, high: 0 } } });

    expect(fail(0.02)).toEqual([]);
    expect(fail(0.0201)).toHaveLength(1);
  });

  it("names who has not agreed, and what nobody knows of the constraint, as the gate does", () => {
    expect(lacking("consent", {}, ["finance was not asked"])).toEqual(["consent: finance was not asked"]);
    expect(lacking("constraint", {}, ["no bottleneck is ranked"])).toEqual(["constraint: no bottleneck is ranked"]);
    expect(lacking("savings", {}, ["savings"])).toEqual([]);
    expect(lacking("practices", {}, ["a"])).toEqual([]);
  });
});
