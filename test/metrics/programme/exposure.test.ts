import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExposedSystem, ExposureTerms } from "#metrics/programme/worlds.ts";
import { exposures } from "#metrics/programme/exposure.ts";
import { EXPOSURE_TERMS } from "#metrics/programme/worlds.ts";
import { aWeek, holds, PLANTED, plantedBackbone, TRUTH } from "#test/support/backbones.ts";

const terms: ExposureTerms = { ...EXPOSURE_TERMS, costOfDelay: 10, rate: 60, by: "value", unknown: 0.1 };
const aSystem = (system: string, has: Partial<ExposedSystem> = {}): ExposedSystem => ({
  system,
  element: "core",
  group: "core",
  weeks: Array.from({ length: 4 }, () => aWeek()),
  chance: 0.5,
  cost: 1000,
  ...has,
});
const waiting = (system: string, waitHours: number, has: Partial<ExposedSystem> = {}) =>
  aSystem(system, { weeks: Array.from({ length: 4 }, () => aWeek({ waitHours })), ...has });

describe("the exposure of a system", () => {
  it("has three parts that are never added", () => {
    const [found] = exposures([aSystem("ERP", { weeks: [aWeek({ losses: 500 }), aWeek()] })], terms);

    expect(found?.parts).toMatchObject({
      value: { amount: 2000, rank: 1 },
      capacity: { amount: 240, rank: 1 },
      loss: { amount: 500, rank: 1 },
    });
  });

  it("is ranked by each part, and ordered by the chosen one", () => {
    const systems = [
      waiting("slow", 300),
      aSystem("failing", { weeks: [aWeek({ waitHours: 1, losses: 9 })] }),
      waiting("quick", 50),
    ];
    const ranks = (by: "value" | "loss") =>
      exposures(systems, { ...terms, by }).map(({ system, parts }) => [system, parts.value?.rank, parts.loss?.rank]);

    expect(ranks("value")).toEqual([
      ["slow", 1, 2],
      ["quick", 2, 2],
      ["failing", 3, 1],
    ]);
    expect(ranks("loss")[0]).toEqual(["failing", 3, 1]);
  });

  it("is not known where nobody said what an hour costs", () => {
    const [found] = exposures([aSystem("ERP")], { ...terms, costOfDelay: null });

    expect(found).toMatchObject({
      parts: { value: null, capacity: { amount: 480 } },
      topThree: null,
      removable: null,
      priority: null,
    });
    expect(found?.words).toBe("ERP: value lost to waiting is not known, since nobody said what an hour of it costs.");
  });

  it("is not ranked where more than 30 % of the waits are unknown", () => {
    const found = exposures([waiting("a", 1), waiting("b", 300)], { ...terms, unknown: 0.31 });

    expect(found.map(({ system, topThree, parts }) => [system, topThree, parts.value?.rank])).toEqual([
      ["a", null, null],
      ["b", null, null],
    ]);
    expect(found[0]?.words).toContain("not ranked");
    expect(exposures([waiting("a", 1)], { ...terms, unknown: 0.3 })[0]?.parts.value?.rank).toBe(1);
  });

  it("could fall to the better quarter of comparable systems, and not below", () => {
    const peers = [waiting("p1", 40), waiting("p2", 60), waiting("p3", 80), waiting("other", 1, { group: "data" })];

    const [slow] = exposures([waiting("slow", 200), ...peers], terms);

    // The quarter of 4, 6 and 8 hours a change is 5, its own 20: three quarters of 8,000.
    expect(slow).toMatchObject({
      system: "slow",
      removable: { share: 0.75, amount: 6000, low: 6000, high: 6000 },
      priority: { amount: 3, rank: 1, topThree: 1 },
    });
    expect(
      exposures([waiting("fast", 10), ...peers], terms).find(({ system }) => system === "fast")?.removable?.share,
    ).toBe(0);
    expect(exposures([waiting("slow", 200), ...peers.slice(0, 2)], terms)[0]).toMatchObject({
      removable: null,
      priority: null,
    });
  });

  it("is compared by what it is ranked by, change by change", () => {
    const own = (system: string, lost: number) =>
      aSystem(system, { weeks: [aWeek({ changes: 10, lostHours: lost, losses: 3 * lost })] });
    const systems = [own("slow", 80), own("p1", 10), own("p2", 20), own("p3", 30)];
    const shareBy = (by: "capacity" | "loss") =>
      exposures(systems, { ...terms, by }).find(({ system }) => system === "slow")?.removable?.share;

    // The quarter of 1, 2 and 3 hours a change is 1.5, its own 8.
    expect(shareBy("capacity")).toBeCloseTo(1 - 1.5 / 8, 12);
    expect(shareBy("loss")).toBeCloseTo(1 - 1.5 / 8, 12);
  });

  it("cannot fall where nothing changed in it, and by a share that is supposed only where something did", () => {
    const idle = aSystem("idle", { weeks: [aWeek({ changes: 0, waitHours: 0 })] });
    const removable = (supposed: number | null) =>
      exposures([idle, waiting("busy", 200)], { ...terms, supposed }).map((one) => [one.system, one.removable?.share]);

    expect(removable(0.25)).toEqual([
      ["busy", 0.25],
      ["idle", undefined],
    ]);
    expect(removable(null)).toEqual([
      ["busy", undefined],
      ["idle", undefined],
    ]);
  });

  it("is compared in hours, whatever an hour of it and of the others is worth", () => {
    const waits = [40, 60, 80, 200];
    const priced = (prices: readonly number[]) =>
      prices.map((price, index) => {
        const waitHours = Number(waits[index]);
        const inHours = Array.from({ length: 4 }, () => aWeek({ waitHours }));
        return waiting(`s${index}`, waitHours * price, { inHours, isWorthKnown: price > 0 });
      });
    const told = (prices: readonly number[]) =>
      exposures(priced(prices), { ...terms, costOfDelay: 1 }).find(({ system }) => system === "s3");

    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }), (prices) => {
        expect(told([...prices, 10])?.removable).toMatchObject({ share: 0.75, amount: 6000 });
      }),
      { numRuns: 20 },
    );
    expect(told([1, 1, 1, 0])).toMatchObject({ parts: { value: null }, topThree: null, removable: null });
    expect(told([1, 1, 1, 0])?.words).toBe(
      "s3: value lost to waiting is not known, since no use case says what waiting here is worth.",
    );
  });

  it("has no priority without a chance and a cost", () => {
    const peers = [waiting("p1", 40), waiting("p2", 60), waiting("p3", 80)];
    const priority = (has: Partial<ExposedSystem>) =>
      exposures([waiting("slow", 200, has), ...peers], terms)[0]?.priority;

    expect(priority({ chance: null })).toBeNull();
    expect(priority({ cost: null })).toBeNull();
    expect(priority({ cost: 0 })).toBeNull();
    expect(priority({ chance: 1, cost: 6000 })?.amount).toBe(1);
  });

  it("has the interval of all samples of its weeks, further out the fewer they are", () => {
    // Of three weeks the t interval is wider than what any of the 27 samples of {2, 4, 9} can show: their whole range is taken.
    const weeks = [2, 4, 9].map((waitHours) => aWeek({ waitHours }));
    const many = Array.from({ length: 400 }, (_, index) => aWeek({ waitHours: index % 2 }));
    const partOf = (own: ExposedSystem["weeks"]) =>
      exposures([aSystem("a", { weeks: own })], { ...terms, costOfDelay: 1 })[0]?.parts.value;

    expect(partOf(weeks)).toEqual({ amount: 15, low: 6, high: 27, rank: 1 });
    // A binomial of 400 and one half: 200 ± 1.645 × 10.
    expect(Math.abs(Number(partOf(many)?.low) - 183.5)).toBeLessThan(2);
    expect(Math.abs(Number(partOf(many)?.high) - 216.5)).toBeLessThan(2);
  });

  it("is the same whenever it is asked, and does not depend on the order of systems", () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 6 }), (rows) => {
        const systems = rows.map((waits, index) =>
          aSystem(`s${index}`, { weeks: waits.map((waitHours) => aWeek({ waitHours })) }),
        );
        const few = { ...terms, draws: 50 };

        expect(exposures(systems.toReversed(), few)).toEqual(exposures(systems, few));
      }),
      { numRuns: 30 },
    );
  });

  it("is nothing of nothing", () => {
    expect(exposures([], terms)).toEqual([]);
    expect(exposures([aSystem("new", { weeks: [] })], terms)[0]).toMatchObject({
      parts: { value: null },
      topThree: null,
    });
  });
});

describe("a planted bottleneck", () => {
  const few = { ...terms, costOfDelay: 1, draws: 200 };
  const found = Array.from({ length: 100 }, (_, seed) => exposures(plantedBackbone(seed + 1), few));

  it("is ranked first in at least nine organisations of ten, and stays among the first three", () => {
    const first = found.flatMap((all) => all.slice(0, 1)).filter(({ system }) => system === PLANTED);

    expect(first.length).toBeGreaterThanOrEqual(90);
    expect(Math.min(...first.map(({ topThree }) => Number(topThree)))).toBeGreaterThan(0.9);
  });

  it("has an interval that holds the true exposure about nine times of ten", () => {
    const held = found
      .flat()
      .filter(({ system }) => system === PLANTED)
      .filter(({ parts }) => holds(parts.value, TRUTH));

    expect(held.length).toBeGreaterThanOrEqual(82);
    expect(held.length).toBeLessThanOrEqual(97);
  });
});
