import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startOfDate } from "#metrics/calendar.ts";
import type { Milestone } from "#metrics/programme/milestones.ts";
import { milestoneStatus } from "#metrics/programme/milestones.ts";
import { DAY, HOUR } from "#metrics/time.ts";

const zone = "Europe/Berlin";
const faster: Milestone = {
  id: "m1",
  title: "Lead time below two days",
  owner: "Platform team",
  scope: "organisation",
  metric: "lead-time-change",
  better: "lower",
  setOn: "2026-01-01",
  from: 100,
  target: 50,
  due: "2026-04-10",
};
const day = (text: string) => startOfDate(text, zone);
const at = (text: string, value: number | null) => ({ at: day(text), value });
const status = (now: string, readings: readonly ReturnType<typeof at>[], has: Partial<Milestone> = {}) =>
  milestoneStatus({ ...faster, ...has }, readings, day(now), zone);

describe("a milestone", () => {
  it("is on course or at risk by a straight line, of which a tenth may be lacking", () => {
    // Fifty of the hundred days are over.
    expect(status("2026-02-20", [at("2026-02-20", 79.5)])).toMatchObject({
      state: "on-course",
      progress: 0.41,
      expected: expect.closeTo(0.5, 2),
    });
    expect(status("2026-02-20", [at("2026-02-20", 81)])).toMatchObject({ state: "at-risk", progress: 0.38 });
    expect(status("2026-02-20", [at("2026-02-20", 110)])).toMatchObject({ state: "at-risk", progress: -0.2 });
    expect(status("2026-02-20", [at("2026-02-20", 79.5)]).words).toBe(
      "On course: 41 % of the way is done, and 50 % of the time; 50 is due on 2026-04-10.",
    );
  });

  it("is met on its day, and missed when the day is over", () => {
    const late = [at("2026-04-10", 60), { at: day("2026-04-10") + 20 * HOUR, value: 50 }];

    expect(milestoneStatus(faster, late, day("2026-04-11"), zone)).toMatchObject({
      state: "met",
      reachedAt: day("2026-04-10") + 20 * HOUR,
    });
    expect(milestoneStatus(faster, late.slice(0, 1), day("2026-04-11") - 1, zone).state).toBe("at-risk");
    expect(milestoneStatus(faster, late.slice(0, 1), day("2026-04-11"), zone).state).toBe("missed");
  });

  it("is not met by what comes later, and not lost by it", () => {
    expect(status("2026-06-01", [at("2026-04-01", 60), at("2026-05-01", 40)])).toMatchObject({
      state: "missed",
      reachedAt: null,
    });
    expect(status("2026-06-01", [at("2026-04-01", 40), at("2026-05-01", 90)]).state).toBe("met");
  });

  it("is not met by what was reached and lost again", () => {
    const lost = status("2026-03-01", [at("2026-02-01", 45), at("2026-03-01", 95)]);

    expect(lost).toMatchObject({ state: "at-risk", reachedAt: day("2026-02-01") });
  });

  it("reads the last number that could be measured, and cannot be said without any", () => {
    expect(status("2026-02-20", [at("2026-02-13", 45), at("2026-02-20", null)]).state).toBe("met");
    expect(status("2026-02-20", [at("2026-02-20", null)])).toMatchObject({ state: "cannot-be-said", progress: null });
    expect(status("2026-06-01", [])).toMatchObject({ state: "cannot-be-said" });
  });

  it("cannot be said to be on course where nobody knows from where it began", () => {
    expect(status("2026-02-20", [at("2026-02-20", 80)], { from: null }).state).toBe("cannot-be-said");
    expect(status("2026-02-20", [at("2026-02-20", 50)], { from: null }).state).toBe("met");
  });

  it("can rise as well as fall", () => {
    const higher = { better: "higher", from: 1, target: 5 } as const;

    expect(status("2026-02-20", [at("2026-02-20", 3)], higher)).toMatchObject({ state: "on-course", progress: 0.5 });
    expect(status("2026-02-20", [at("2026-02-20", 5)], higher).state).toBe("met");
  });

  it("says what it is, what it is to be and when", () => {
    const words = (now: string, value: number | null, has: Partial<Milestone> = {}) =>
      status(now, [at(now, value)], has).words;
    const over = status("2026-06-01", [at("2026-04-01", 61.26)]);

    expect(words("2026-02-20", null)).toBe("Cannot be said: lead-time-change was not measured.");
    expect(words("2026-02-20", 80, { from: null })).toBe(
      "Cannot be said: nobody knows what lead-time-change was when this was set; it is 80, and 50 is due on 2026-04-10.",
    );
    expect(words("2026-02-20", 45)).toBe("Met: lead-time-change is 45, asked for was 50 by 2026-04-10.");
    expect(over.words).toBe("Missed: lead-time-change was 61.3 on 2026-04-10, asked for was 50.");
    expect(words("2026-02-20", 81)).toBe(
      "At risk: 38 % of the way is done only, but 50 % of the time; 50 is due on 2026-04-10.",
    );
  });

  it("has no way to go where it began at its target, and is at its end where it is due before it was set", () => {
    expect(status("2026-02-20", [at("2026-02-20", 60)], { from: 50 })).toMatchObject({
      state: "cannot-be-said",
      progress: null,
    });
    expect(status("2026-01-01", [at("2026-01-01", 99)], { setOn: "2026-05-01" }).expected).toBe(1);
  });

  it("expects nothing before it was set, and all of it when it is over", () => {
    expect(status("2025-12-01", [at("2025-12-01", 99)]).expected).toBe(0);
    expect(status("2026-12-01", [at("2026-12-01", 99)]).expected).toBe(1);
  });

  it("is on course with a tenth lacking to the point, and with less leeway where somebody says so", () => {
    // Fifty days of the hundred that end with the due day, without a summer time in between.
    const half: Partial<Milestone> = { setOn: "2026-11-02", due: "2027-02-09" };
    const state = (value: number, leeway?: number) =>
      milestoneStatus({ ...faster, ...half }, [at("2026-12-22", value)], day("2026-12-22"), zone, leeway).state;

    expect([state(80), state(80.1)]).toEqual(["on-course", "at-risk"]);
    expect([state(75, 0), state(75.1, 0)]).toEqual(["on-course", "at-risk"]);
  });

  it("never gets worse by a better number", () => {
    const order = ["missed", "at-risk", "on-course", "met"];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 140 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 120 }),
        (value, by, days) => {
          const now = day("2026-01-01") + days * DAY;
          const one = milestoneStatus(faster, [{ at: now, value }], now, zone).state;
          const better = milestoneStatus(faster, [{ at: now, value: value - by }], now, zone).state;

          expect(order.indexOf(better)).toBeGreaterThanOrEqual(order.indexOf(one));
        },
      ),
    );
  });
});
