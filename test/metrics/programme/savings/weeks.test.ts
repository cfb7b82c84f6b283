import fc from "fast-check";
import { expect, it } from "vitest";
import { quarterAt, quartersBetween } from "#metrics/programme/fiscal.ts";
import { monthNumber, monthOf } from "#metrics/programme/months.ts";
import { weeksEndingIn } from "#metrics/programme/savings/weeks.ts";
import { DAY, WEEK } from "#metrics/time.ts";

const days = fc.integer({ min: 0, max: 20_000 }).map((day) => new Date(day * DAY).toISOString().slice(0, 10));
const mondays = (from: string, to: string) =>
  Array.from({ length: (Date.parse(to) - Date.parse(from)) / WEEK }, (_, week) => Date.parse(from) + week * WEEK);

it("puts each week into the days in which it ends", () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 400 }), (from, length) => {
      const to = new Date(Date.parse(from) + length * DAY).toISOString().slice(0, 10);
      const weeks = weeksEndingIn({ from, to });

      for (const monday of mondays(weeks.from, weeks.to)) {
        expect(monday + 6 * DAY).toBeGreaterThanOrEqual(Date.parse(from));
        expect(monday + 6 * DAY).toBeLessThan(Date.parse(to));
      }
    }),
  );
});

it("leaves no week out and counts none twice, of days that follow each other however they are cut", () => {
  fc.assert(
    fc.property(fc.uniqueArray(days, { minLength: 2, maxLength: 12 }), (cuts) => {
      const sorted = cuts.toSorted();
      const parts = sorted.slice(1).map((to, index) => weeksEndingIn({ from: String(sorted[index]), to }));
      const whole = weeksEndingIn({ from: String(sorted[0]), to: String(sorted.at(-1)) });

      expect(parts.flatMap(({ from, to }) => mondays(from, to))).toEqual(mondays(whole.from, whole.to));
    }),
  );
});

it("puts each week into one quarter and one month of it, whenever the fiscal year begins", () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 12 }), (day, begins) => {
      const quarters = quartersBetween(day, new Date(Date.parse(day) + 800 * DAY).toISOString().slice(0, 10), begins);
      const [first, last] = [quarters[0], quarters.at(-1)];
      const all = weeksEndingIn({ from: String(first?.from), to: String(last?.to) });
      const months = Array.from({ length: quarters.length * 3 }, (_, month) =>
        monthOf(monthNumber(String(first?.from)) + month),
      );
      const ofMonths = months.map((month) => ({
        quarter: quarterAt(`${month}-01`, begins).id,
        weeks: weeksEndingIn({ from: `${month}-01`, to: `${monthOf(monthNumber(month) + 1)}-01` }),
      }));

      expect(ofMonths.flatMap(({ weeks }) => mondays(weeks.from, weeks.to))).toEqual(mondays(all.from, all.to));
      for (const { id, ...span } of quarters) {
        const own = ofMonths.filter(({ quarter }) => quarter === id).map(({ weeks }) => weeks);
        expect({ from: own[0]?.from, to: own.at(-1)?.to }).toEqual(weeksEndingIn(span));
      }
    }),
    { numRuns: 50 },
  );
});
