import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kaplanMeier } from "#metrics/statistics/kaplan-meier.ts";
import type { Survival } from "#metrics/statistics/kaplan-meier.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { aml, changes, durations } from "./durations.ts";
import { known } from "./known.ts";
import { nearly } from "./nearly.ts";

function survivalAt(time: number, { steps }: Survival): number {
  return steps.findLast((step) => step.time <= time)?.survival ?? 1;
}

/** How many are seen to last longer, and how many of those open before can be expected to (Efron 1967). */
function expectedToLast(time: number, ended: readonly number[], open: readonly number[], curve: Survival): number {
  const seen = [...ended, ...open].filter((duration) => duration > time).length;
  const openBefore = open
    .map((duration) => survivalAt(duration, curve))
    .filter((_, index) => (open[index] ?? 0) <= time);
  return seen + sum(openBefore.map((survival) => (survival === 0 ? 0 : survivalAt(time, curve) / survival)));
}

describe("kaplanMeier", () => {
  it("has the survival of changes of which some are still open", () => {
    const { steps } = changes;

    expect(steps.filter(({ ended }) => ended > 0).map(({ time }) => time)).toEqual([1, 2, 3, 5, 8]);
    expect(steps.filter(({ ended }) => ended > 0).map(({ survival }) => survival)).toEqual(
      nearly([0.8, 0.7, 0.6, 0.48, 0.36]),
    );
    expect(changes).toMatchObject({ n: 10, open: 4, longest: 20 });
  });

  it("agrees with SciPy for the maintained group of aml, at every time", () => {
    expect(aml.steps.map(({ time }) => time)).toEqual([9, 13, 18, 23, 28, 31, 34, 45, 48, 161]);
    expect(aml.steps.map(({ atRisk }) => atRisk)).toEqual([11, 10, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(aml.steps.map(({ survival }) => survival)).toEqual(
      nearly(
        [
          0.90909091, 0.81818182, 0.71590909, 0.61363636, 0.61363636, 0.49090909, 0.36818182, 0.36818182, 0.18409091,
          0.18409091,
        ],
        8,
      ),
    );
  });

  it("has Greenwood's variance", () => {
    const variances = [2 / (10 * 8), 1 / (8 * 7), 1 / (7 * 6), 0, 1 / (5 * 4), 1 / (4 * 3), 0, 0, 0];

    expect(changes.steps.map(({ variance }) => variance)).toEqual(
      nearly(variances.map((_, index) => sum(variances.slice(0, index + 1)))),
    );
    expect(kaplanMeier([1, 2], [])?.steps.at(-1)).toMatchObject({ survival: 0, variance: Infinity });
  });

  it("takes what was open when something else ended for still there", () => {
    expect(kaplanMeier([5], [5])?.steps).toEqual([{ time: 5, atRisk: 2, ended: 1, survival: 0.5, variance: 0.5 }]);
  });

  it("never falls where nothing has ended", () => {
    expect(kaplanMeier([], [3, 1])?.steps.map(({ survival }) => survival)).toEqual([1, 1]);
  });

  it("knows nothing without durations", () => {
    expect(kaplanMeier([], [])).toBeNull();
  });

  it("is the share that lasts longer where nothing is open", () => {
    fc.assert(
      fc.property(durations, (ended) => {
        const { steps } = known(kaplanMeier(ended, []));
        const longer = steps.map(({ time }) => ended.filter((duration) => duration > time).length / ended.length);

        expect(steps.map(({ survival }) => survival)).toEqual(nearly(longer));
      }),
    );
  });

  it("is self-consistent: what is open counts as far as others that lasted as long went on", () => {
    fc.assert(
      fc.property(durations, durations, (ended, open) => {
        const curve = known(kaplanMeier(ended, open));
        const lasting = curve.steps.map(({ time }) => expectedToLast(time, ended, open, curve) / curve.n);

        expect(lasting).toEqual(nearly(curve.steps.map(({ survival }) => survival)));
      }),
    );
  });

  it("depends on no order and changes none", () => {
    fc.assert(
      fc.property(durations, durations, (ended, open) => {
        const before = [...ended];
        const curve = kaplanMeier(ended, open);

        expect(
          kaplanMeier(
            ended.toReversed(),
            open.toSorted((a, b) => b - a),
          ),
        ).toEqual(curve);
        expect(ended).toEqual(before);
      }),
    );
  });
});
