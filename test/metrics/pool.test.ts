import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measured, measuredPool } from "#metrics/analysis.ts";
import { grid } from "#metrics/grid.ts";
import type { Observation } from "#metrics/metric.ts";
import { finished } from "#metrics/pieces.ts";
import type { PooledSpan } from "#metrics/pool.ts";
import { Pool } from "#metrics/pool.ts";
import { Room } from "#metrics/selection.ts";
import { ABSENT, ABSENT_WHOLE, UNKNOWN_WHOLE } from "#metrics/segment.ts";
import { DAY, HOUR, SECOND, WEEK } from "#metrics/time.ts";
import { theMetric, utc } from "#test/support/builders.ts";

const metric = theMetric("lead-time-change");
const FROM = utc("2026-01-07");
const window = { from: FROM, to: FROM + 10 * WEEK };
const weekly = grid(
  { window, interval: "week", zone: "Europe/Berlin" },
  { from: FROM + 3 * DAY, to: FROM + 9 * WEEK + HOUR },
);

/** Values that are alike, equal, none, tiny and huge. */
const value = fc.oneof(
  fc.integer({ min: 0, max: 5e9 }).map((milliseconds) => milliseconds / HOUR),
  fc.nat(3),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(Number.NaN, ABSENT, 0, -0, 1e-300, 36.000_000_1, 36.000_000_2),
);
const row = fc.record({ at: fc.integer({ min: FROM - WEEK, max: FROM + 11 * WEEK }), bits: fc.nat(3), value });
const services = fc.array(
  fc.array(row, { maxLength: 40 }).map((rows) => rows.toSorted((a, b) => a.at - b.at)),
  { maxLength: 5 },
);

/** The same rows in whole seconds, as they are kept where all of them are. */
function inSeconds(rows: Rows) {
  const seconds = rows.map((one) => ({
    at: Math.floor(one.at / SECOND) * SECOND,
    bits: one.bits,
    value: one.value < 1e5 ? Math.floor(one.value * 3600) / 3600 : Number.isFinite(one.value) ? 7 : one.value,
  }));
  const kept = new Map([
    [ABSENT, ABSENT_WHOLE],
    [Number.NaN, UNKNOWN_WHOLE],
  ]);
  return {
    rows: seconds,
    poured: {
      at: Int32Array.from(seconds, ({ at }) => at / SECOND),
      unit: SECOND,
      bits: Uint16Array.from(seconds, ({ bits }) => bits),
      values: Int32Array.from(seconds, ({ value: hours }) => kept.get(hours) ?? Math.round(hours * 3600)),
    },
  };
}

type Rows = readonly { readonly at: number; readonly bits: number; readonly value: number }[];

function columns(rows: Rows) {
  return {
    at: Float64Array.from(rows, ({ at }) => at),
    unit: 1,
    bits: Uint16Array.from(rows, ({ bits }) => bits),
    values: Float64Array.from(rows, (one) => one.value),
  };
}

/** What is observed in the rows without the first bit. */
function observed(rows: Rows): readonly Observation[] {
  return rows
    .filter((one) => one.value !== ABSENT && (one.bits & 1) === 0)
    .map((one) => ({ at: one.at, value: Number.isNaN(one.value) ? null : one.value }));
}

function poolOf(span = weekly.now): Pool {
  return Pool.of(span) ?? expect.fail("There is no pool.");
}

function settled(pool: Pool, room?: Room): PooledSpan {
  return finished(pool.settled(room)) ?? expect.fail("A value is negative.");
}

describe("values that are poured together", () => {
  it("are measured as a sample of them in order of time, of the window and of each period", () => {
    fc.assert(
      fc.property(services, services, (some, others) => {
        const pool = poolOf();
        const seconds = others.map(inSeconds);
        for (const rows of some) pool.add(columns(rows), 1, null);
        for (const { poured } of seconds) pool.add(poured, 1, null);
        const sample = [...some, ...seconds.map(({ rows }) => rows)].flatMap(observed);

        const found = measuredPool(metric, settled(pool), weekly);

        const { whole, points } = measured(metric, sample, weekly);
        // 0 and -0 are the same number of hours.
        expect(JSON.stringify(found.whole)).toBe(JSON.stringify(whole));
        expect(JSON.stringify(found.points)).toBe(JSON.stringify(points));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["are alike", 4321, (index: number) => 1000 + ((index * 2_654_435_761) % 5000) * 1e-9],
    ["are the same", 200_000, () => 36],
    ["are far apart", 300_000, (index: number) => 2 ** (((index * 7919) % 2000) / 2 - 500)],
    ["are nothing", 100, () => 0],
    ["are nothing but one", 1000, (index: number) => Math.max(0, index - 998)],
  ])("are measured as they are sorted where many %s", (_, size, valueOf) => {
    const pool = poolOf();
    const rows = Array.from({ length: size }, (__, index) => ({ at: FROM + 4 * DAY, bits: 0, value: valueOf(index) }));
    pool.add(columns(rows), 0, null);

    const found = measuredPool(metric, settled(pool), weekly);

    expect(found.whole).toEqual(measured(metric, observed(rows), weekly).whole);
  });

  const weeks = [0, 1, 2, 3].map((week) => ({ at: FROM + (week + 1) * WEEK, bits: 0, value: week }));

  it.each([
    ["hours", columns(weeks)],
    ["seconds", inSeconds(weeks).poured],
  ])("count only in the times of their service, in %s", (_, poured) => {
    const pool = poolOf();
    pool.add(poured, 0, [{ from: FROM + 2 * WEEK, to: FROM + 4 * WEEK }]);

    const { total, lengths } = settled(pool).whole;

    expect([total, [...lengths.known]]).toEqual([2, [1, 2]]);
  });

  it("are as many as there are, those of unknown value included", () => {
    const rows = [Number.NaN, 1, Number.NaN, ABSENT, Number.NaN].map((one) => ({
      at: FROM + 4 * DAY,
      bits: 0,
      value: one,
    }));
    const pool = poolOf();
    pool.add(columns(rows), 0, null);
    pool.add(inSeconds(rows).poured, 0, null);

    const { whole, periods } = settled(pool);

    expect([whole, periods[0]].map((found) => [found?.total, found?.lengths.known.length])).toEqual([
      [8, 2],
      [8, 2],
    ]);
  });

  it.each([
    ["hours", columns([{ at: FROM + 4 * DAY, bits: 0, value: -1 }])],
    ["seconds", inSeconds([{ at: FROM + 4 * DAY, bits: 0, value: -1 }]).poured],
  ])("are refused where one is negative, in %s", (_, poured) => {
    const pool = poolOf();
    pool.add(poured, 0, null);

    expect(finished(pool.settled())).toBeNull();
  });

  it("are the same in a room that others were settled in", () => {
    const room = new Room();
    const many = poolOf();
    const rows = Array.from({ length: 5000 }, (_, index) => ({
      at: FROM + 4 * DAY + index,
      bits: 0,
      value: index % 97,
    }));
    many.add(columns(rows), 0, null);
    settled(many, room);
    const few = poolOf();
    few.add(columns(rows.slice(0, 50)), 0, null);

    const found = measuredPool(metric, settled(few, room), weekly);

    expect(found.whole).toEqual(measured(metric, observed(rows.slice(0, 50)), weekly).whole);
  });

  it("are none where the periods are not all of what was observed: one is missing, begins late or ends early", () => {
    const { periods, observed } = weekly.now;
    const [first, ...later] = periods;
    const cut = { ...weekly.now, periods: later };
    const short = { ...weekly.now, periods: periods.slice(0, -1) };
    const apart = { ...weekly.now, periods: periods.filter((_, index) => index !== 3) };

    expect(first?.observed.from).toBe(observed?.from);
    expect([cut, short, apart].map((span) => Pool.of(span))).toEqual([null, null, null]);
    expect(Pool.of({ ...weekly.now, periods: [] })).toBeNull();
  });

  it("are none where nothing was observed", () => {
    const { now } = grid({ window, interval: "week", zone: "UTC" }, null);

    expect(Pool.of(now)).toBeNull();
  });
});
