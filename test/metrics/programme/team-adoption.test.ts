import { describe, expect, it } from "vitest";
import { practiceStatus } from "#metrics/programme/practice-status.ts";
import type { PracticeStatus } from "#metrics/programme/practice-status.ts";
import { LIMITS } from "#metrics/programme/practices/limits.ts";
import { NO_ITEMS } from "#metrics/programme/practices/readings.ts";
import { review } from "#metrics/programme/practices/review.ts";
import { pooledWeeks, teamAdoption } from "#metrics/programme/team-adoption.ts";
import { WEEK } from "#metrics/time.ts";

const WEEKS = 40;
const weeks = Array.from({ length: WEEKS }, (_, index) => ({ from: index * WEEK, to: (index + 1) * WEEK }));

/** A service that has items in every so many weeks, of which none meets what review asks for before a week, and all since. */
function aService(every: number, since: number): PracticeStatus {
  const reading = (week: number) => ({
    ...NO_ITEMS,
    of: Number(week % every === 0),
    met: Number(week % every === 0 && week >= since),
  });
  const told = review.parts.map((part) => ({ part, readings: weeks.map((_, week) => reading(week)) }));
  return practiceStatus(review, told, weeks, LIMITS.cloud);
}

describe("the date on which a team adopted a practice", () => {
  it("is seen in all its services together, where one of them alone has too few weeks to say", () => {
    const alone = aService(6, 20);
    const { date } = teamAdoption([alone, aService(2, 20), aService(2, 20), aService(3, 20)]);

    expect(teamAdoption([alone]).date).toBeNull();
    expect(date?.from).toBeLessThanOrEqual(20 * WEEK);
    expect(date?.to).toBeGreaterThanOrEqual(20 * WEEK);
    expect(date?.at).toBeGreaterThanOrEqual(18 * WEEK);
    expect(date?.at).toBeLessThanOrEqual(22 * WEEK);
  });

  it("is none where nothing rose, and none of a team without services", () => {
    expect(teamAdoption([aService(1, WEEKS), aService(2, WEEKS)]).date).toBeNull();
    expect(teamAdoption([]).date).toBeNull();
  });

  it("counts each item once, in its week", () => {
    const one = { from: 0, to: WEEK, met: 1, of: 2 };
    const later = { from: WEEK, to: 2 * WEEK, met: 3, of: 3 };

    expect(pooledWeeks([[later, one], [{ ...one, met: 2 }]])).toEqual([{ ...one, met: 3, of: 4 }, later]);
    expect(pooledWeeks([])).toEqual([]);
  });
});
