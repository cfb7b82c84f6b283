import { tzOffset } from "@date-fns/tz";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOf, isZone, label, next, periods, startOf, startOfDate, workingDays } from "#metrics/calendar.ts";
import { DAY, HOUR, MINUTE, within } from "#metrics/time.ts";
import type { Window } from "#metrics/time.ts";

const at = (text: string): number => Date.parse(text);
const hours = ({ from, to }: Window): number => (to - from) / HOUR;
const dayOf = (date: string, zone: string): Window => {
  const from = startOfDate(date, zone);
  return { from, to: next("day", from, zone) };
};

const overlaps =
  (window: Window) =>
  (period: Window): boolean =>
    period.from < period.to && period.from < window.to && period.to > window.from;

/** Zones whose clocks change at night, at midnight, after midnight so that it comes twice, by half an hour, never. */
const zones = fc.constantFrom(
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Santiago",
  "Africa/Cairo",
  "America/Havana",
  "Asia/Amman",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
);
const intervals = fc.constantFrom("day" as const, "week" as const, "month" as const);
const instants = fc
  .integer({ min: at("2004-01-01T00:00Z") / (30 * MINUTE), max: at("2030-01-01T00:00Z") / (30 * MINUTE) })
  .map((halfHours) => halfHours * 30 * MINUTE);
const windows = fc
  .tuple(instants, fc.integer({ min: 1, max: 90 * 48 }))
  .map(([from, halfHours]): Window => ({ from, to: from + halfHours * 30 * MINUTE }));

/** The first minute around a date's midnight at which the clocks of the zone show that date. */
function firstMinuteOf(date: string, zone: string): number {
  const wanted = at(`${date}T00:00Z`);
  const shows = (minute: number): number => minute + tzOffset(zone, new Date(minute)) * MINUTE;
  let minute = wanted - 15 * HOUR;
  while (shows(minute) < wanted) minute += MINUTE;
  return minute;
}

describe("a day", () => {
  it.each([
    ["Europe/Berlin", "2026-03-29", 23],
    ["Europe/Berlin", "2026-10-25", 25],
    ["Europe/Berlin", "2026-10-26", 24],
    ["America/New_York", "2026-03-08", 23],
    ["America/New_York", "2026-11-01", 25],
    ["America/Santiago", "2026-04-04", 25],
    ["America/Santiago", "2026-09-06", 23],
    ["Africa/Cairo", "2026-04-24", 23],
    ["Africa/Cairo", "2026-10-29", 25],
    ["America/Havana", "2026-11-01", 25],
    ["Australia/Lord_Howe", "2026-04-05", 24.5],
    ["UTC", "2026-03-29", 24],
  ])("in %s on %s has %f hours", (zone, date, length) => {
    expect(hours(dayOf(date, zone))).toBe(length);
  });

  it.each([
    ["America/Santiago", "2026-09-06"],
    ["Africa/Cairo", "2026-04-24"],
    ["Africa/Cairo", "2026-10-30"],
    ["America/Havana", "2026-11-01"],
    ["Asia/Amman", "2014-10-31"],
    ["America/St_Johns", "2006-10-29"],
    ["America/New_York", "2026-11-01"],
    ["Europe/Berlin", "2026-10-25"],
  ])("in %s on %s begins when the clocks first show it", (zone, date) => {
    expect(startOfDate(date, zone)).toBe(firstMinuteOf(date, zone));
  });

  it("that a zone skipped has no place between its neighbours", () => {
    const window = { from: startOfDate("2011-12-29", "Pacific/Apia"), to: startOfDate("2012-01-01", "Pacific/Apia") };

    const dates = periods(window, "day", "Pacific/Apia").map(({ from }) => dateOf(from, "Pacific/Apia"));

    expect(dates).toEqual(["2011-12-29", "2011-12-31"]);
  });

  it("goes on when the clocks are put back over its midnight", () => {
    const zone = "America/St_Johns";
    const minuteAfterMidnight = startOfDate("2006-10-29", zone) + MINUTE;

    expect(dateOf(minuteAfterMidnight, zone)).toBe("2006-10-29");
    expect(startOf("day", minuteAfterMidnight, zone)).toBe(startOfDate("2006-10-29", zone));
  });

  it("belongs to the zone, not to UTC", () => {
    expect(dateOf(at("2026-11-22T23:30Z"), "Europe/Berlin")).toBe("2026-11-23");
    expect(dateOf(at("2026-11-22T23:30Z"), "America/New_York")).toBe("2026-11-22");
    expect(dateOf(at("2026-11-22T23:30Z"), "UTC")).toBe("2026-11-22");
  });

  it("is found again by its name", () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        expect(startOfDate(dateOf(instant, zone), zone)).toBe(startOf("day", instant, zone));
      }),
    );
  });

  it("is no instant when it is no date", () => {
    expect(startOfDate("today", "UTC")).toBeNaN();
  });
});

describe("a week", () => {
  it("begins on Monday", () => {
    expect(startOf("week", at("2026-11-22T12:00Z"), "UTC")).toBe(at("2026-11-16T00:00Z"));
    expect(startOf("week", at("2026-11-16T00:00Z"), "UTC")).toBe(at("2026-11-16T00:00Z"));
    expect(startOf("week", at("1969-12-31T00:00Z"), "UTC")).toBe(at("1969-12-29T00:00Z"));
  });

  it.each([
    ["2026-11-22", "2026-W47"],
    ["2026-01-01", "2026-W01"],
    ["2025-12-29", "2026-W01"],
    ["2025-12-28", "2025-W52"],
    ["2021-01-03", "2020-W53"],
    ["2021-01-04", "2021-W01"],
    ["2027-01-01", "2026-W53"],
    ["2016-01-03", "2015-W53"],
    ["2024-12-30", "2025-W01"],
  ])("of %s is %s", (date, week) => {
    expect(label("week", startOfDate(date, "Europe/Berlin"), "Europe/Berlin")).toBe(week);
  });

  it("has an hour less or more when the clocks change", () => {
    const zone = "Europe/Berlin";
    const spring = startOfDate("2026-03-23", zone);
    const autumn = startOfDate("2026-10-19", zone);

    expect(hours({ from: spring, to: next("week", spring, zone) })).toBe(167);
    expect(hours({ from: autumn, to: next("week", autumn, zone) })).toBe(169);
  });
});

describe("a month", () => {
  it("begins on the first in the zone", () => {
    expect(startOf("month", at("2026-02-28T23:30Z"), "Europe/Berlin")).toBe(at("2026-02-28T23:00Z"));
    expect(startOf("month", at("2026-02-28T22:30Z"), "Europe/Berlin")).toBe(at("2026-01-31T23:00Z"));
  });

  it("is followed by the next one whatever its length", () => {
    expect(next("month", at("2026-01-31T12:00Z"), "UTC")).toBe(at("2026-02-01T00:00Z"));
    expect(next("month", at("2026-02-01T00:00Z"), "UTC")).toBe(at("2026-03-01T00:00Z"));
    expect(next("month", at("2026-12-01T00:00Z"), "UTC")).toBe(at("2027-01-01T00:00Z"));
  });
});

describe("label", () => {
  it("names days, weeks and months as ISO 8601 does", () => {
    const instant = at("2026-11-22T12:00Z");

    expect(label("day", instant, "UTC")).toBe("2026-11-22");
    expect(label("week", instant, "UTC")).toBe("2026-W47");
    expect(label("month", instant, "UTC")).toBe("2026-11");
  });

  it("is the same for all instants of a period and another for the next", () => {
    fc.assert(
      fc.property(intervals, instants, zones, (interval, instant, zone) => {
        const name = label(interval, instant, zone);

        expect(label(interval, startOf(interval, instant, zone), zone)).toBe(name);
        expect(label(interval, next(interval, instant, zone) - 1, zone)).toBe(name);
        expect(label(interval, next(interval, instant, zone), zone)).not.toBe(name);
      }),
    );
  });
});

describe("periods", () => {
  it("are whole, from the one with the window's beginning to the one before its end", () => {
    const window = { from: at("2026-11-18T12:00Z"), to: at("2026-11-30T00:00Z") };

    expect(periods(window, "week", "UTC")).toEqual([
      { from: at("2026-11-16T00:00Z"), to: at("2026-11-23T00:00Z") },
      { from: at("2026-11-23T00:00Z"), to: at("2026-11-30T00:00Z") },
    ]);
  });

  it("do not exist in an empty window", () => {
    const from = at("2026-11-18T12:00Z");

    expect(periods({ from, to: from }, "day", "UTC")).toEqual([]);
    expect(periods({ from, to: from - DAY }, "day", "UTC")).toEqual([]);
  });

  it("tile the window: each begins where the last one ended, and all of them overlap it", () => {
    fc.assert(
      fc.property(windows, intervals, zones, (window, interval, zone) => {
        const found = periods(window, interval, zone);

        expect(found.slice(1).map(({ from }) => from)).toEqual(found.slice(0, -1).map(({ to }) => to));
        expect(found.every(overlaps(window))).toBe(true);
        expect(found[0]?.from).toBe(startOf(interval, window.from, zone));
        expect(found.at(-1)?.to).toBe(next(interval, window.to - 1, zone));
      }),
    );
  });

  it("hold every instant exactly once, in the one that startOf and next say", () => {
    fc.assert(
      fc.property(windows, intervals, zones, ({ from, to }, interval, zone) => {
        const instant = Math.floor((from + to) / 2);

        expect(periods({ from, to }, interval, zone).filter((period) => within(instant, period))).toEqual([
          { from: startOf(interval, instant, zone), to: next(interval, instant, zone) },
        ]);
      }),
    );
  });

  it("cover twenty years of days", () => {
    const window = { from: at("2006-01-01T00:00Z"), to: at("2026-01-01T00:00Z") };

    expect(periods(window, "day", "UTC")).toHaveLength(7305);
  });
});

describe("workingDays", () => {
  it("are five in a week and none on a weekend", () => {
    const zone = "Europe/Berlin";
    const day = (date: string): number => startOfDate(date, zone);

    expect(workingDays({ from: day("2026-10-19"), to: day("2026-10-26") }, zone)).toBe(5);
    expect(workingDays({ from: day("2026-10-24"), to: day("2026-10-26") }, zone)).toBe(0);
    expect(workingDays({ from: day("2026-01-01"), to: day("2027-01-01") }, zone)).toBe(261);
  });

  it("belong to the window in which they begin", () => {
    const monday = at("2026-11-16T00:00Z");

    expect(workingDays({ from: monday, to: monday + 1 }, "UTC")).toBe(1);
    expect(workingDays({ from: monday + 1, to: monday + DAY }, "UTC")).toBe(0);
    expect(workingDays({ from: monday, to: monday }, "UTC")).toBe(0);
    expect(workingDays({ from: monday + DAY, to: monday }, "UTC")).toBe(0);
  });

  it("are what counting the days one by one gives", () => {
    fc.assert(
      fc.property(
        windows,
        fc.constantFrom("UTC", "Europe/Berlin", "Africa/Cairo", "America/Havana"),
        (window, zone) => {
          const begun = periods(window, "day", zone).filter(({ from }) => within(from, window));
          const weekdays = begun.map(({ from }) => new Date(dateOf(from, zone)).getUTCDay());

          expect(workingDays(window, zone)).toBe(weekdays.filter((weekday) => weekday % 6 !== 0).length);
        },
      ),
    );
  });

  it("add up when a window is split", () => {
    fc.assert(
      fc.property(windows, zones, fc.integer({ min: 0, max: 100 }), ({ from, to }, zone, percent) => {
        const middle = from + Math.floor(((to - from) * percent) / 100);

        expect(workingDays({ from, to: middle }, zone) + workingDays({ from: middle, to }, zone)).toBe(
          workingDays({ from, to }, zone),
        );
      }),
    );
  });
});

describe("isZone", () => {
  it.each(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "Etc/GMT+2"])(
    "knows %s",
    (name) => {
      expect(isZone(name)).toBe(true);
    },
  );

  it.each(["", "+02:00", "-05", "GMT+2", "Mars/Olympus", "Foo+02", "Berlin", " UTC"])("refuses '%s'", (name) => {
    expect(isZone(name)).toBe(false);
  });
});
