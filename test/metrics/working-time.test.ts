import { tzOffset } from "@date-fns/tz";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR, MINUTE } from "#metrics/time.ts";
import type { ClockSpan, WorkCalendar } from "#metrics/working-time.ts";
import { inTurn, UNKNOWN_HOURS, workingHours, workingTime } from "#metrics/working-time.ts";

const at = (text: string): Instant => Date.parse(text);
const clock = (from: number, to: number): ClockSpan => ({ from: from * 60, to: to * 60 });

const office = [clock(9, 17)];
const always = [clock(0, 24)];
const weekdays = (day: readonly ClockSpan[]): WorkCalendar["week"] => [day, day, day, day, day, [], []];
const everyDay = (day: readonly ClockSpan[]): WorkCalendar["week"] => Array.from({ length: 7 }, () => day);

function aCalendar(has: Partial<WorkCalendar> = {}): WorkCalendar {
  return { zone: "Europe/Berlin", week: weekdays(office), holidays: [], ...has };
}

const hoursOf = (calendar: WorkCalendar) => workingHours(workingTime(calendar));

describe("working hours", () => {
  const hours = hoursOf(aCalendar({ holidays: ["2026-12-25"] }));

  it.each([
    ["a morning", "2026-11-23T09:00+01:00", "2026-11-23T11:30+01:00", 2.5],
    ["an evening and the next morning", "2026-11-23T16:00+01:00", "2026-11-24T10:00+01:00", 2],
    ["a weekend", "2026-11-20T17:00+01:00", "2026-11-23T09:00+01:00", 0],
    ["from Friday noon to Monday noon", "2026-11-20T12:00+01:00", "2026-11-23T12:00+01:00", 8],
    ["a week", "2026-11-23T00:00+01:00", "2026-11-30T00:00+01:00", 40],
    ["a week with a holiday", "2026-12-21T00:00+01:00", "2026-12-28T00:00+01:00", 32],
    ["a year of 261 weekdays but one", "2026-01-01T00:00+01:00", "2027-01-01T00:00+01:00", 260 * 8],
    ["no time", "2026-11-23T10:00+01:00", "2026-11-23T10:00+01:00", 0],
    ["the last second of a day", "2026-11-23T16:59:59+01:00", "2026-11-23T18:00+01:00", 1 / 3600],
  ])("of %s", (_what, from, to, worked) => {
    expect(hours(at(from), at(to))).toBeCloseTo(worked, 10);
  });

  it("begin and end with the hours that were said, half-open", () => {
    const { isWorking } = workingTime(aCalendar());

    expect(isWorking(at("2026-11-23T08:59:59.999+01:00"))).toBe(false);
    expect(isWorking(at("2026-11-23T09:00+01:00"))).toBe(true);
    expect(isWorking(at("2026-11-23T16:59:59.999+01:00"))).toBe(true);
    expect(isWorking(at("2026-11-23T17:00+01:00"))).toBe(false);
    expect(isWorking(at("2026-11-22T12:00+01:00"))).toBe(false);
  });

  it("leave out a break", () => {
    const broken = hoursOf(aCalendar({ week: weekdays([clock(8, 12), clock(13, 17)]) }));

    expect(broken(at("2026-11-23T11:00+01:00"), at("2026-11-23T14:00+01:00"))).toBe(2);
  });

  it("differ from weekday to weekday", () => {
    const short = hoursOf(aCalendar({ week: [office, office, office, office, [clock(9, 12)], [], []] }));

    expect(short(at("2026-11-26T16:00+01:00"), at("2026-11-30T09:00+01:00"))).toBe(4);
  });

  it("are unknown where an instant is, or where time runs backwards", () => {
    const [before, after] = [at("2026-11-23T10:00+01:00"), at("2026-11-23T11:00+01:00")];

    expect(hours(null, after)).toBeNull();
    expect(hours(before, null)).toBeNull();
    expect(hours(after, before)).toBeNull();
    expect(workingHours(UNKNOWN_HOURS)(before, after)).toBeNull();
  });
});

describe("a day on which clocks change", () => {
  it.each([
    ["Europe/Berlin", "2026-03-29", 23],
    ["Europe/Berlin", "2026-10-25", 25],
    ["America/New_York", "2026-03-08", 23],
    ["America/Havana", "2026-11-01", 25],
    ["Africa/Cairo", "2026-04-24", 23],
    ["Australia/Lord_Howe", "2026-04-05", 24.5],
  ])("in %s on %s has as many hours round the clock: %f", (zone, date, length) => {
    const [from, to] = [at(`${date}T00:00Z`) - 2 * DAY, at(`${date}T00:00Z`) + 2 * DAY];
    const hours = hoursOf({ zone, week: everyDay(always), holidays: [] });
    const others = hoursOf({ zone, week: everyDay(always), holidays: [date] });

    expect(hours(from, to)).toBe(96);
    expect(others(from, to)).toBe(96 - length);
  });

  it("has eight hours from nine to five all the same", () => {
    const hours = hoursOf(aCalendar({ week: everyDay(office) }));

    expect(hours(at("2026-03-29T00:00+01:00"), at("2026-03-30T00:00+02:00"))).toBe(8);
    expect(hours(at("2026-10-25T00:00+02:00"), at("2026-10-26T00:00+01:00"))).toBe(8);
  });

  it("loses an hour of a night shift, and gains one", () => {
    const night = hoursOf(aCalendar({ week: everyDay([clock(0, 6)]) }));

    expect(night(at("2026-03-29T00:00+01:00"), at("2026-03-30T00:00+02:00"))).toBe(5);
    expect(night(at("2026-10-25T00:00+02:00"), at("2026-10-26T00:00+01:00"))).toBe(7);
  });

  it("has no hours that its clocks never show", () => {
    const skipped = hoursOf(aCalendar({ week: everyDay([{ from: 130, to: 170 }]) }));
    const around = hoursOf(
      aCalendar({
        week: everyDay([
          { from: 90, to: 150 },
          { from: 150, to: 210 },
        ]),
      }),
    );
    const [from, to] = [at("2026-03-29T00:00+01:00"), at("2026-03-30T00:00+02:00")];

    expect(skipped(from, to)).toBe(0);
    expect(around(from, to)).toBe(1);
  });

  it("has none where it was left out of the calendar", () => {
    const hours = hoursOf({ zone: "Pacific/Apia", week: everyDay(office), holidays: [] });

    expect(hours(at("2011-12-29T00:00-10:00"), at("2012-01-01T00:00+14:00"))).toBe(16);
  });
});

const zones = fc.constantFrom(
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Santiago",
  "America/Havana",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
);
/** Of minutes, since the days around changes of clocks are met often enough that way. */
const instants = fc
  .integer({ min: at("2011-10-01T00:00Z") / MINUTE, max: at("2012-12-01T00:00Z") / MINUTE })
  .map((minutes) => minutes * MINUTE);
const sorted = (count: number) =>
  fc.array(instants, { minLength: count, maxLength: count }).map((all) => all.toSorted((a, b) => a - b));
const holidays = fc
  .array(instants, { maxLength: 20 })
  .map((days) => days.map((day) => new Date(day).toISOString().slice(0, 10)));

/** Any spans of a day, apart. */
const days = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { maxLength: 6, selector: (half) => half })
  .map((halves) => halves.toSorted((a, b) => a - b).map((half) => half * 30))
  .map((ends) =>
    ends.flatMap((from, index) =>
      index % 2 === 0 ? ends.slice(index + 1, index + 2).map((to) => ({ from, to })) : [],
    ),
  );
const calendars: fc.Arbitrary<WorkCalendar> = fc.record({
  zone: zones,
  week: fc.array(days, { minLength: 7, maxLength: 7 }),
  holidays,
});

describe("working hours of any calendar", () => {
  it("add up when a span is split", () => {
    fc.assert(
      fc.property(calendars, sorted(3), (calendar, [from = 0, middle = 0, to = 0]) => {
        const { worked } = workingTime(calendar);
        expect(Number(worked(from, middle)) + Number(worked(middle, to))).toBe(worked(from, to));
      }),
    );
  });

  it("are never negative, never more than has elapsed, and never fewer for a longer span", () => {
    fc.assert(
      fc.property(calendars, sorted(4), (calendar, [a = 0, b = 0, c = 0, d = 0]) => {
        const { worked } = workingTime(calendar);
        const [inner, outer] = [Number(worked(b, c)), Number(worked(a, d))];
        expect(inner).toBeGreaterThanOrEqual(0);
        expect(inner).toBeLessThanOrEqual(c - b);
        expect(outer).toBeGreaterThanOrEqual(inner);
      }),
    );
  });

  it("are zero on holidays", () => {
    fc.assert(
      fc.property(calendars, (calendar) => {
        const from = at("2012-03-01T00:00Z");
        const dates = Array.from({ length: 40 }, (_, day) =>
          new Date(from + (day - 5) * DAY).toISOString().slice(0, 10),
        );
        const { worked } = workingTime({ ...calendar, holidays: dates });
        expect(worked(from, from + 30 * DAY)).toBe(0);
      }),
    );
  });

  it("agree with whether work is done at each minute", () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 2000 }), (calendar, from, minutes) => {
        const { worked, isWorking } = workingTime(calendar);
        const each = Array.from({ length: minutes }, (_, minute) => isWorking(from + minute * MINUTE));
        expect(each.filter((is) => is === true).length * MINUTE).toBe(worked(from, from + minutes * MINUTE));
      }),
    );
  });

  it("agree with what the clocks of the zone show at each minute, away from the hours at which they change", () => {
    fc.assert(
      fc.property(
        zones,
        fc.array(fc.constantFrom([], office, [clock(6, 12), clock(13, 22)]), { minLength: 7, maxLength: 7 }),
        instants,
        fc.integer({ min: 1, max: 4000 }),
        (zone, week, from, minutes) => {
          const each = Array.from({ length: minutes }, (_, minute) => showsWork(zone, week, from + minute * MINUTE));
          const { worked } = workingTime({ zone, week, holidays: [] });
          expect(each.filter(Boolean).length * MINUTE).toBe(worked(from, from + minutes * MINUTE));
        },
      ),
    );
  });
});

/** By asking what date and time the clocks show. */
function showsWork(zone: string, week: WorkCalendar["week"], instant: Instant): boolean {
  const shown = new Date(instant + tzOffset(zone, new Date(instant)) * MINUTE);
  const minute = shown.getUTCHours() * 60 + shown.getUTCMinutes();
  const day = week[(shown.getUTCDay() + 6) % 7] ?? [];
  return day.some(({ from, to }) => minute >= from && minute < to);
}

describe("the hours of some who work in turn", () => {
  const early = workingTime(aCalendar({ week: everyDay([clock(6, 14)]) }));
  const late = workingTime(aCalendar({ week: everyDay([clock(14, 20)]) }));
  const handover = at("2026-03-10T00:00+01:00");
  const both = inTurn([
    { from: -Infinity, to: handover, time: early },
    { from: handover, to: Infinity, time: late },
  ]);

  it("are each one's own in its own time", () => {
    expect(workingHours(both)(handover - DAY, handover + DAY)).toBe(8 + 6);
    expect(both.isWorking(handover - 17 * HOUR)).toBe(true);
    expect(both.isWorking(handover + 7 * HOUR)).toBe(false);
    expect(both.isWorking(handover + 15 * HOUR)).toBe(true);
  });

  it("are unknown as soon as one of them is", () => {
    const half = inTurn([
      { from: -Infinity, to: handover, time: UNKNOWN_HOURS },
      { from: handover, to: Infinity, time: late },
    ]);

    expect(workingHours(half)(handover - DAY, handover + DAY)).toBeNull();
    expect(workingHours(half)(handover, handover + DAY)).toBe(6);
    expect(half.isWorking(handover - 1)).toBeNull();
  });

  it("are unknown where it is nobody's turn", () => {
    const once = inTurn([{ from: handover, to: handover + DAY, time: late }]);

    expect(workingHours(once)(handover - HOUR, handover + HOUR)).toBeNull();
    expect(once.isWorking(handover + DAY)).toBeNull();
  });

  it("of no time at all are none, and unknown where nobody said when that is worked", () => {
    const half = inTurn([
      { from: -Infinity, to: handover, time: UNKNOWN_HOURS },
      { from: handover, to: handover + DAY, time: late },
    ]);

    expect(workingHours(half)(handover - 1, handover - 1)).toBeNull();
    expect(workingHours(half)(handover, handover)).toBe(0);
    expect(workingHours(half)(handover + DAY, handover + DAY)).toBeNull();
  });

  it("of one alone are that one's", () => {
    expect(inTurn([{ from: -Infinity, to: Infinity, time: early }])).toBe(early);
  });
});
