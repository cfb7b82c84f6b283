import { describe, expect, it } from "vitest";
import { estimateEffect, OPTIONS } from "#metrics/programme/savings/effect/index.ts";
import { PLAN_OPTIONS, planSavings } from "#metrics/programme/savings/effect/plan.ts";
import type { Schedule } from "#metrics/programme/savings/effect/plan.ts";
import { WEEK } from "#metrics/time.ts";
import { known } from "#test/metrics/statistics/known.ts";
import { simulatedPanel, USUAL_PANEL } from "#test/support/panels.ts";

const quick = { ...PLAN_OPTIONS, line: 0.15, worlds: 40, quarters: 4 };
const year = { ...USUAL_PANEL, teams: 9, adopters: 5, weeks: 52 };
const { rows, adoptions } = simulatedPanel(1, year).panel;

const staggered: Schedule = { id: "waves", title: "In waves", adoptions };
const atOnce: Schedule = {
  id: "once",
  title: "All at once",
  adoptions: adoptions.map(({ team }) => ({ team, at: 52 * WEEK })),
};

describe("a plan", () => {
  const { schedules, order, words, weeks } = planSavings(rows, [staggered, atOnce], quick);
  const [waves, once] = schedules.map(({ quarters }) => quarters);

  it("says by quarter how small a saving can be seen, and by which method", () => {
    const found = known(waves);

    expect(found.map(({ at }) => at / WEEK)).toEqual([65, 78, 91, 104]);
    expect(found.map(({ method }) => method)).toEqual(Array.from({ length: 4 }, () => "difference-in-differences"));
    expect(known(known(found[3]).detectable)).toBeLessThan(known(known(found[0]).detectable));
    expect(known(known(found[3]).power)).toBeGreaterThan(0.5);
  });

  it("sees nothing where nobody is left to compare with", () => {
    expect(known(once).map(({ method }) => method)).toContain("interrupted-time-series");
    expect(known(once)[3]).toMatchObject({ detectable: null, power: null });
    expect(known(schedules[1]).words).toMatch(/^All at once: nothing is seen .* Nobody is left to compare with/);
  });

  it("sees as much as an evaluation of the same weeks does", () => {
    const few = { ...year, teams: 9, weeks: 104, saving: 0.12, spread: 0.024 };
    const window = { from: 91 * WEEK, to: 104 * WEEK };
    const seen = Array.from({ length: 40 }, (_, index) =>
      estimateEffect(simulatedPanel(900 + index, few).panel, {
        ...OPTIONS,
        draws: 200,
        orders: 59,
        seed: index,
        window,
      }),
    ).filter(({ effect }) => effect === "yes").length;
    const plan = planSavings(rows, [staggered], { ...quick, worlds: 100, line: 0.12 });
    const { power } = known(known(plan.schedules[0]).quarters[3]);

    // Forty worlds tell a share of seven in ten to 14 points with 95 %, and a single plan rests on one year.
    expect(Math.abs(known(power) - seen / 40)).toBeLessThan(0.2);
  });

  it("leaves out weeks as the history does, and says how sure its shares are", () => {
    const gaps = rows.filter(({ week }) => (week / WEEK) % 4 !== 1);
    const [plan] = planSavings(gaps, [staggered], quick).schedules;

    expect(known(known(plan).quarters[3]).power).toBeGreaterThan(0.2);
    expect(known(known(plan).quarters[3]).power).toBeLessThan(1);
    expect(words).toContain("Each share is of 40 worlds, so chance alone puts it up to 15.5 % off.");
  });

  it("recommends an order of chance, the same of the same seed", () => {
    const again = planSavings(rows, [staggered], { ...quick, worlds: 2, quarters: 1 });

    expect(order.toSorted()).toEqual(adoptions.map(({ team }) => team).toSorted());
    expect(again.order).toEqual(order);
    expect(planSavings(rows, [staggered], { ...quick, worlds: 2, quarters: 1, seed: 2 }).order).not.toEqual(order);
  });

  it("says of its last quarter alone what it says of it among others", () => {
    const last = planSavings(rows, [staggered], { ...quick, firstQuarter: 4 }).schedules[0];

    expect(known(last).quarters).toEqual(known(waves).slice(3));
  });

  it("is said in words", () => {
    expect(weeks).toBe(52);
    expect(words).toHaveLength(4);
    expect(words[0]).toMatch(/^In waves: after \d quarters? a saving of 15 % is seen in at least four of five worlds/);
    expect(words[3]).toMatch(/^Let chance say which teams come first/);
  });

  it("says that a short history does not tell how weeks vary, and that nobody adopts", () => {
    const short = rows.filter(({ week }) => week < 20 * WEEK);
    const nobody = { ...staggered, adoptions: adoptions.map(({ team }) => ({ team, at: null })) };

    expect(planSavings(short, [staggered], quick).schedules[0]).toMatchObject({
      quarters: [],
      earliest: null,
      words: "20 weeks of history do not say how weeks vary; it takes 26.",
    });
    expect(known(planSavings(rows, [nobody], quick).schedules[0]).words).toBe("No team is to adopt.");
    expect(planSavings([], [], quick)).toMatchObject({ schedules: [], order: [] });
  });
});
