import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SITES } from "#collectors/demo/company.ts";
import { holidays, windowFrom, workDays } from "#collectors/demo/work-days.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { workingTime } from "#metrics/working-time.ts";

const at = (text: string) => Date.parse(`${text}Z`);
const [SINCE, UNTIL] = [at("2023-01-01T00:00"), at("2028-01-01T00:00")];
const [first, last] = [SINCE / DAY, UNTIL / DAY];

describe("the working days of a site", () => {
  it.each(SITES)("agree with the working time that Headway reckons by the calendar of $name", (site) => {
    const { zone } = site;
    const nineToFive = [{ from: 9 * 60, to: 17 * 60 }];
    const week = [...Array.from({ length: 5 }, () => nineToFive), [], []];
    const { worked } = workingTime({ zone, week, holidays: holidays(site, first, last) });
    const { after } = workDays(site, SINCE, UNTIL);
    const minutes = (UNTIL - SINCE - 400 * DAY) / 60_000;
    fc.assert(
      fc.property(fc.nat(minutes), fc.integer({ min: 1, max: 20_000 }), (minute, work) => {
        const [from, hours] = [SINCE + minute * 60_000, work / 100];

        expect(Number(worked(from, after(from, hours))) / HOUR).toBeCloseTo(hours, 5);
      }),
    );
  });

  it("know Easter", () => {
    const easterMondays = holidays({ fixed: [], afterEaster: [1] }, first, last);

    expect(easterMondays).toEqual(["2023-04-10", "2024-04-01", "2025-04-21", "2026-04-06", "2027-03-29", "2028-04-17"]);
  });

  it.each([
    ["2026-01-01T00:00", "2026-01-10T06:00"],
    ["2026-01-10T06:00", "2026-01-10T06:00"],
    ["2026-01-10T06:01", "2026-02-14T06:00"],
    ["2026-07-31T23:59", "2026-08-08T05:00"],
  ])("open the backbone from %s on next at %s: the second Saturday, seven in Berlin", (from, opens) => {
    expect(windowFrom(at(from), "Europe/Berlin")).toBe(at(opens));
  });
});
