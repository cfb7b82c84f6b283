import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Assumption } from "#metrics/programme/assumptions.ts";
import { gradeOf } from "#metrics/programme/savings/caps.ts";
import { savingsOf } from "#metrics/programme/savings/savings.ts";
import { anAssumption } from "#test/metrics/programme/declared.ts";
import { anInput, aTeamWeek, CERTAIN } from "./weeks.ts";

type Minutes = Readonly<Record<string, number>>;

/** One week then and one now, so that nothing is scaled on the way. */
function found(before: Minutes, now: Minutes, ...prices: readonly Assumption[]) {
  return savingsOf(
    anInput([aTeamWeek("2026-01-05", { ciMinutes: before }), aTeamWeek("2026-02-02", { ciMinutes: now })], {
      baseline: { from: "2026-01-05", to: "2026-01-12" },
      period: { from: "2026-02-02", to: "2026-02-09" },
      programme: {
        assumptions: [...CERTAIN, ...prices],
        costs: [],
        timeStudies: [],
        interventions: [],
        initiatives: [],
      },
    }),
  );
}

function price(of: string | null, value: number): Assumption {
  return { ...anAssumption("ci-price", value), id: `price of ${of}`, of, low: value / 2, high: value * 2 };
}

const HOSTED = "GitHub-hosted: Linux";
const GPU = "self-hosted: gpu, linux";
const PRICES = [price(HOSTED, 0.008), price("self-hosted", 0.002), price(null, 0.01)];
const THEN = { [HOSTED]: 1000, [GPU]: 200, "": 100 };
const NOW = { [HOSTED]: 600, [GPU]: 300, "": 50 };

describe("pipelines by runner", () => {
  const result = found(THEN, NOW, ...PRICES);
  const lever = result.levers.find(({ id }) => id === "L5");

  it("cost their minutes times the price of the kind, else of its class, else of all others", () => {
    // 1,000 × 0.008 + 200 × 0.002 + 100 × 0.01 = 9.40; 600 × 0.008 + 300 × 0.002 + 50 × 0.01 = 5.90.
    expect(lever?.money?.likely).toBeCloseTo(3.5, 9);
    expect(lever?.lacking).toBeNull();
    expect(
      result.minutes.runners.map(({ runner, before, now, price: one }) => [runner, before, now, one?.value]),
    ).toEqual([
      [null, 100, 50, 0.01],
      [HOSTED, 1000, 600, 0.008],
      [GPU, 200, 300, 0.002],
    ]);
    expect(result.minutes.told.before).toBeCloseTo(1200 / 1300, 12);
    expect(result.minutes.told.now).toBeCloseTo(900 / 950, 12);
    expect(result.minutes.count).toBe(true);
  });

  it("change in cost by volume and mix, which add up", () => {
    // 350 minutes less at 9.40 for 1,300; and today's minutes, 5.90, were 950 × 9.40 / 1,300 as they were spread then.
    expect(result.pipelines?.volume).toBeCloseTo((-350 * 9.4) / 1300, 9);
    expect(result.pipelines?.mix).toBeCloseTo(5.9 - (950 * 9.4) / 1300, 9);
    expect(result.pipelines?.efficiency).toBeCloseTo(0, 9);
    expect(result.pipelines?.rate).toBeCloseTo(0, 9);
  });

  it("move the headline by each price in the tornado", () => {
    const named = result.tornado.map(({ assumption }) => assumption).filter(({ what }) => what === "ci-price");

    expect(new Set(named.map(({ of }) => of))).toEqual(new Set([HOSTED, null, "self-hosted"]));
  });

  it("are not compared where a runner has no price, which would look free", () => {
    const { levers, pipelines, minutes } = found({ [HOSTED]: 1000 }, { [GPU]: 1000 }, price(HOSTED, 0.008));
    const l5 = levers.find(({ id }) => id === "L5");

    expect(l5?.money).toBeNull();
    expect(l5?.lacking).toContain(GPU);
    expect(pipelines).toBeNull();
    expect(minutes.count).toBe(false);
  });

  it("are not compared where only one of the two times is told job by job", () => {
    const { levers } = found({ "": 1000 }, { [HOSTED]: 1500 }, price(null, 0.008));
    const l5 = levers.find(({ id }) => id === "L5");

    expect(l5?.money).toBeNull();
    expect(l5?.lacking).toMatch(/0 % of the minutes before .* 100 % of those now/);
  });

  it("count at one price where no host tells a runner, as they did before any did", () => {
    const { levers, minutes } = found({ "": 1000 }, { "": 800 }, price(null, 0.008));

    expect(levers.find(({ id }) => id === "L5")?.money?.likely).toBeCloseTo(1.6, 9);
    expect(minutes.told).toEqual({ before: 0, now: 0 });
  });

  it.each([
    ["where the runner of a tenth and more is not told", { [HOSTED]: 80, "": 20 }, true],
    ["not where nearly all are told", { [HOSTED]: 95, "": 5 }, false],
    ["not where none is told, and one price is for all", { "": 100 }, false],
  ])("limit the grade %s", (_, minutes, isCapped) => {
    const figures = found(minutes, minutes, ...PRICES);

    const { caps } = gradeOf({ figures, effect: { grade: "A", caps: [] }, isFrozen: true, unheld: 0, unexplained: 0 });

    expect(caps.map(({ grade, words }) => `${grade} ${words}`).some((one) => /^B .* runner/.test(one))).toBe(isCapped);
  });

  it("cost the same however minutes of one price are spread over kinds", () => {
    const minutes = fc.dictionary(fc.constantFrom("self-hosted: a", "self-hosted: b", "self-hosted"), fc.nat(1000));
    fc.assert(
      fc.property(minutes, fc.nat(1000), (spread, other) => {
        const whole = Object.values(spread).reduce((sum, one) => sum + one, 0);
        const l5 = (now: Minutes) =>
          found({ "self-hosted": 500 }, now, price("self-hosted", 0.01)).levers.find(({ id }) => id === "L5");

        expect(l5({ ...spread, "self-hosted: c": other })?.money?.likely).toBeCloseTo((500 - whole - other) * 0.01, 6);
      }),
      { numRuns: 20 },
    );
  });
});
