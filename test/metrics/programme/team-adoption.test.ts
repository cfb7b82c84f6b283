import { describe, expect, it } from "vitest";
import { practiceStatus } from "#metrics/programme/practice-status.ts";
import type { PracticeStatus } from "#metrics/programme/practice-status.ts";
import type { Part } from "#metrics/programme/practices/practice.ts";
import { USUAL } from "#metrics/programme/practices/practice.ts";
import { LIMITS } from "#metrics/programme/practices/limits.ts";
import { NO_ITEMS } from "#metrics/programme/practices/readings.ts";
import { review } from "#metrics/programme/practices/review.ts";
import { pooledWeeks, teamAdoption } from "#metrics/programme/team-adoption.ts";
import { WEEK } from "#metrics/time.ts";

const WEEKS = 40;
const NO_CLEAR_RISE = "No rise of what decides it is clear enough in all services of the team together.";
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

  it("asks of items for a level that is what is asked for, and of weeks for any rise", () => {
    const rises = (counts: Part["counts"], ...thresholds: readonly number[]) =>
      teamAdoption(
        thresholds.map((threshold) => {
          const part: Part = {
            ...USUAL,
            id: "part",
            condition: () => "",
            threshold: () => threshold,
            counts,
            read: () => NO_ITEMS,
          };
          const readings = weeks.map((_, week) => ({ ...NO_ITEMS, met: 1 + 3 * Number(week >= 20), of: 10 }));
          const practice = { id: "one", title: "", why: "", source: "", parts: [part] };
          return practiceStatus(practice, [{ part, readings }], weeks, LIMITS.cloud);
        }),
      );

    expect(rises("items", 0.4).date?.at).toBe(20 * WEEK);
    expect(rises("items", 0.4, 0.9)).toEqual({ date: null, words: NO_CLEAR_RISE });
    expect(rises("weeks", 1).date?.at).toBe(20 * WEEK);
    expect(rises("items", 0.9).date).toBeNull();
  });

  it("is not seen in a part that is only shown beside", () => {
    const beside = [aService(1, 20)].map(({ parts, ...rest }) => ({
      ...rest,
      parts: parts.map((one) => ({ ...one, part: { ...one.part, isRequired: false } })),
    }));

    expect(teamAdoption([aService(1, 20)]).date?.at).toBe(20 * WEEK);
    expect(teamAdoption(beside)).toEqual({ date: null, words: NO_CLEAR_RISE });
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
