import { describe, expect, it } from "vitest";
import { PLAN_OPTIONS, planSavings } from "#metrics/programme/savings/effect/plan.ts";
import type { Schedule } from "#metrics/programme/savings/effect/plan.ts";
import { WEEK } from "#metrics/time.ts";
import { known } from "#test/metrics/statistics/known.ts";
import { simulatedPanel, USUAL_PANEL } from "#test/support/panels.ts";

const quick = { ...PLAN_OPTIONS, worlds: 40, quarters: 4 };
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

  it("sees less where nobody is left to compare with", () => {
    const last = known(known(once)[3]);

    expect(last.method).toBe("interrupted-time-series");
    expect(known(last.detectable)).toBeGreaterThan(known(known(known(waves)[3]).detectable));
  });

  it("recommends an order of chance, the same of the same seed", () => {
    const again = planSavings(rows, [staggered], { ...quick, worlds: 2, quarters: 1 });

    expect(order.toSorted()).toEqual(adoptions.map(({ team }) => team).toSorted());
    expect(again.order).toEqual(order);
    expect(planSavings(rows, [staggered], { ...quick, worlds: 2, quarters: 1, seed: 2 }).order).not.toEqual(order);
  });

  it("is said in words", () => {
    expect(weeks).toBe(52);
    expect(words).toHaveLength(3);
    expect(words[0]).toMatch(/^In waves: after \d quarters? a saving of 10 % is seen in at least four of five worlds/);
    expect(words[2]).toMatch(/^Let chance say which teams come first/);
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
