/** Cases in which a well-known tool is wrong about time: empty months, weeks, long ranges, and what a range does to the past. */
import { describe, expect, it } from "vitest";
import type { DeliveryEvent } from "#metrics/events.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import {
  aChange,
  aCommit,
  aDeployment,
  aLine,
  anIncident,
  aRepository,
  aReview,
  statuses,
} from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";

const START = at("2024-10-07T09:00");

/** A change every three days for 20 months, each deployed a day after its merge; every fifth breaks something, two days later. */
function history(): DeliveryEvent[] {
  const commits = [aCommit("root", { authoredAt: START - 3 * DAY })];
  const events: DeliveryEvent[] = [];
  for (let index = 1; index <= 200; index++) {
    const merged = START + index * 3 * DAY + (index % 7) * HOUR;
    commits.push(aCommit(`m${index}`, { authoredAt: merged, title: `Change (#${index})`, changeNumber: index }));
    events.push(
      aChange(index, {
        openedAt: merged - (index % 11) * HOUR,
        mergedAt: merged,
        mergeCommit: `m${index}`,
        commits: [{ sha: `t${index}`, authoredAt: merged - 20 * HOUR }],
        reviews: [aReview(merged - HOUR)],
      }),
      aDeployment(String(index), `m${index}`, merged + DAY),
    );
  }
  const broken = [10, 55, 100, 150, 175, 190];
  const incidents = broken.map((index) =>
    anIncident(`i${index}`, START + index * 3 * DAY + 3 * DAY, {
      deployment: String(index),
      resolvedAt: START + index * 3 * DAY + 9 * DAY,
    }),
  );
  return [aRepository({ head: "m200" }), ...aLine(...commits), ...events, ...incidents];
}

const headway = async (events: readonly DeliveryEvent[], timezone = "UTC") =>
  aHeadway({ config: { ...told, timezone }, tells: [events] });

describe("of time", () => {
  it("2: a month without deployments has no lead time, not 0 h", async () => {
    const may = at("2026-05-04");
    const { measure } = await headway([
      aRepository({ head: "b" }),
      ...aLine(aCommit("a", { authoredAt: may - 2 * DAY }), aCommit("b", { authoredAt: at("2026-03-01") })),
      aChange(1, {
        openedAt: may - DAY,
        mergedAt: may - HOUR,
        mergeCommit: "a",
        commits: [{ sha: "a", authoredAt: may - 2 * DAY }],
      }),
      aDeployment("1", null, at("2026-02-03")),
      aDeployment("2", "a", may),
    ]);

    const points = async (id: string) =>
      (await measure(id, "interval=month")).series.map(({ label, value }) => [label.slice(5), value]);

    expect(await points("deployment-frequency")).toEqual([
      ["02", 1],
      ["03", 0],
      ["04", 0],
      ["05", 1],
      ["06", 0],
    ]);
    expect(await points("lead-time-change")).toEqual([
      ["02", null],
      ["03", null],
      ["04", null],
      ["05", 48],
      ["06", null],
    ]);
    expect(await points("lead-time-commit")).toEqual([
      ["02", null],
      ["03", null],
      ["04", null],
      ["05", 48],
      ["06", null],
    ]);
    expect((await measure("lead-time-change", "from=2026-03-01&to=2026-05-01")).whole).toMatchObject({
      value: null,
      n: 0,
      reason: "No change in this window.",
    });
  });

  it("14: weeks start on Monday, where the organisation is, and are labelled so", async () => {
    const { measure } = await headway(
      [
        aRepository({ head: "a" }),
        aCommit("a", { authoredAt: at("2025-12-01") }),
        aDeployment("1", "a", at("2025-12-28T22:59")), // Sunday, a minute before midnight in Berlin
        aDeployment("2", "a", at("2025-12-28T23:00")), // Monday
        aDeployment("3", "a", at("2026-01-04T22:59")), // Sunday
      ],
      "Europe/Berlin",
    );

    const { series } = await measure("deployment-frequency", "from=2025-12-22&to=2026-01-12&interval=week");

    expect(series.map(({ label, from, value }) => [label, from, value])).toEqual([
      ["2025-W52", expect.any(String), 1],
      ["2026-W01", "2025-12-28T23:00:00.000Z", 2],
      ["2026-W02", "2026-01-04T23:00:00.000Z", 0],
    ]);
  });

  it("15: a range of 18 months counts 18 months", async () => {
    const { measure, rows } = await headway(history());
    const range = "from=2024-12-01&to=2026-06-01";

    const { whole, series } = await measure("deployment-frequency", `${range}&interval=month`);

    expect(series).toHaveLength(18);
    expect([series[0]?.label, series.at(-1)?.label]).toEqual(["2024-12", "2026-05"]);
    expect(whole.value).toBe(183); // the 18th, on 1 December, to the 200th, on 31 May
    expect((await rows("deployment-frequency", range)).total).toBe(183);
    expect(sum(series.map(({ n }) => n))).toBe(183);
  });

  it("an attempt and an incident count where they happened, also before the first commit and the first success", async () => {
    const { measure, rows, exported } = await headway([
      aRepository({ head: "a" }),
      aCommit("a", { authoredAt: at("2026-03-02") }),
      aDeployment("1", "gone", at("2026-01-07"), { statuses: statuses(at("2026-01-07"), "failure") }),
      anIncident("i1", at("2026-01-21"), { resolvedAt: at("2026-01-21T05:00") }),
      aDeployment("2", "a", at("2026-03-04")),
    ]);
    const months = async (id: string) =>
      (await measure(id, "interval=month")).series.map(({ label, value, n }) => [label, value, n]).slice(0, 4);

    expect(await months("unsuccessful-attempts")).toEqual([
      ["2026-01", 1, 1],
      ["2026-02", null, 0],
      ["2026-03", 0, 1],
      ["2026-04", null, 0],
    ]);
    expect(await months("incident-recovery-time")).toEqual([
      ["2026-01", 5, 1],
      ["2026-02", null, 0],
      ["2026-03", null, 0],
      ["2026-04", null, 0],
    ]);
    expect(await months("deployment-frequency")).toMatchObject([["2026-03", 1, 1], ["2026-04", 0, 0], {}, {}]);
    expect((await rows("unsuccessful-attempts")).rows.map(({ id }) => id)).toEqual(["1", "2"]);
    expect((await rows("incident-recovery-time")).rows.map(({ id }) => id)).toEqual(["i1"]);
    const wholes = (await exported("measures")).filter(({ interval }) => interval === "whole");
    expect(Object.fromEntries(wholes.map(({ metric, n }) => [metric, n]))).toMatchObject({
      "unsuccessful-attempts": 2,
      "incident-recovery-time": 1,
    });
  });

  it("22: changing the date range changes no past number", async () => {
    const { measures, rows } = await headway(history());
    const ranges = ["from=2025-01-06&to=2026-06-01", "from=2025-09-01&to=2025-12-01", "from=2025-10-06&to=2025-11-03"];

    const [wide = new Map(), ...narrow] = await Promise.all(ranges.map(async (range) => weeks(measures, range)));

    for (const points of narrow) {
      expect(points.size).toBeGreaterThan(60);
      expect(Object.fromEntries(points)).toEqual(
        Object.fromEntries([...points.keys()].map((key) => [key, wide.get(key)])),
      );
    }
    const october = "from=2025-10-01&to=2025-11-01";
    const whole = await rows("change-fail-rate", "from=2025-01-06&to=2026-06-01&limit=1000");
    expect((await rows("change-fail-rate", october)).rows).toEqual(
      whole.rows.filter(({ at: when }) => when.startsWith("2025-10")),
    );
  });
});

/** Every complete week of every metric. Whether a week stands out depends on the weeks around it, what it is does not. */
async function weeks(measures: Headway["measures"], range: string): Promise<Map<string, unknown>> {
  const reply = await measures(`${range}&interval=week`);
  const found = reply.measures.flatMap(({ metric, series }) =>
    series.flatMap(({ signal: _signal, ...point }) =>
      point.partial ? [] : [[`${metric} ${point.label}`, point] as const],
    ),
  );
  return new Map(found);
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
