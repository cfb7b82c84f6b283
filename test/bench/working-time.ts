/** Working hours of many spans: what the first answer costs, which reckons the days, and what each span costs then. */
import { DAY } from "#metrics/time.ts";
import type { WorkingTime } from "#metrics/working-time.ts";
import { workingTime } from "#metrics/working-time.ts";

const SPANS = 100_000;
const office = [{ from: 9 * 60, to: 17 * 60 }];
const opened = (): WorkingTime =>
  workingTime({
    zone: "Europe/Berlin",
    week: [office, office, office, office, office, [], []],
    holidays: ["2026-12-25"],
  });

function timed(what: string, work: () => void): Record<string, string | number> {
  const start = performance.now();
  work();
  return { what, ms: Number((performance.now() - start).toFixed(1)) };
}

function eachSpan(days: number, look: (from: number, to: number) => void): void {
  const first = Date.parse("2016-01-01");
  for (let index = 0; index < SPANS; index += 1) {
    const from = first + ((index * 7919) % 3650) * DAY + index * 997;
    look(from, from + (index % days) * DAY + 12_345);
  }
}

const calendar = opened();
console.table([
  timed("one span since 1970, days reckoned first", () => calendar.worked(0, Date.parse("2026-11-01"))),
  timed("one span since the year 1, days reckoned first", () =>
    opened().worked(Date.parse("0001-01-01T00:00Z"), Date.parse("2026-11-01")),
  ),
  timed(`${SPANS} spans of up to 30 days`, () => eachSpan(30, calendar.worked)),
  timed(`${SPANS} spans of up to 10 years`, () => eachSpan(3650, calendar.worked)),
  timed(`${SPANS} instants`, () => eachSpan(1, calendar.isWorking)),
]);
