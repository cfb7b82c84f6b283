import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { releaseTrainShare, trainChangeShare } from "#metrics/context/release-trains.ts";
import { details } from "#metrics/details.ts";
import { elapsed } from "#metrics/lens.ts";
import { random } from "#metrics/statistics/random.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { trains } from "#metrics/trains.ts";
import {
  detailRows,
  aChange,
  aChangeFact,
  aCommit,
  aDeployment,
  aDeploymentFact,
  aHosted,
  aLine,
  factsOf,
} from "#test/support/builders.ts";

/** The facts of deployments at these days, each of a commit and a change of its own made a day before. */
function deployed(...days: readonly number[]) {
  const commits = aLine(...days.map((day, index) => aCommit(`c${index}`, { authoredAt: (day - 1) * DAY })));
  return factsOf(
    aHosted(commits, {
      deployments: days.map((day, index) => aDeployment(String(index + 1), `c${index}`, day * DAY)),
      changes: days.map((day, index) =>
        aChange(index + 1, { openedAt: (day - 2) * DAY, mergedAt: (day - 1) * DAY, mergeCommit: `c${index}` }),
      ),
    }),
  );
}

const flags = (...days: readonly number[]) => deployed(...days).deployments.map(({ isTrain }) => isTrain);
const unknown = [null, null, null, null];

describe("a release train", () => {
  it("is what leaves a fifth time at the same gap", () => {
    expect(flags(10, 24, 38, 52, 66, 80)).toEqual([...unknown, true, true]);
  });

  it("may leave a fifth earlier or later, since there are holidays", () => {
    expect(flags(10, 17, 25, 31, 38)).toEqual([...unknown, true]);
    expect(flags(10, 17, 26, 31, 38)).toEqual([...unknown, false]);
  });

  it("is nothing that leaves every other day or at any time", () => {
    expect(flags(10, 11, 12, 13, 14, 15)).toEqual([...unknown, false, false]);
    expect(flags(10, 12, 14, 16, 18)).toEqual([...unknown, true]);
    expect(flags(10, 13, 33, 35, 60)).toEqual([...unknown, false]);
  });

  it("goes on when something was rolled back or repaired in between", () => {
    const rollouts = [10, 24, 38, 52, 55, 66].map((day) => ({
      id: "r",
      environment: "production",
      deployedAt: day * DAY,
    }));
    const walk = { rollouts };

    expect(trains(walk, { rollbacks: new Set(), rework: new Set([4]) })).toEqual([...unknown, null, true]);
    expect(trains(walk, { rollbacks: new Set([4]), rework: new Set() })).toEqual([...unknown, null, true]);
    expect(trains(walk, { rollbacks: new Set(), rework: new Set() })).toEqual([...unknown, false, false]);
  });

  it("is of its environment", () => {
    const rollouts = [10, 17, 24, 31, 38].flatMap((day) => [
      { id: "r", environment: "production-eu", deployedAt: day * DAY },
      { id: "r", environment: "production-us", deployedAt: day * DAY + HOUR },
    ]);

    expect(trains({ rollouts }, { rollbacks: new Set(), rework: new Set() }).slice(8)).toEqual([true, true]);
  });

  it("is known by what came before, whatever comes later", () => {
    const gaps = fc.array(fc.constantFrom(1, 6, 7, 8, 14), { minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(gaps, fc.nat(15), (list, cut) => {
        let deployedAt = 0;
        const rollouts = list.map((gap) => ({
          id: "r",
          environment: "production",
          deployedAt: (deployedAt += gap * DAY),
        }));
        const nothing = { rollbacks: new Set<number>(), rework: new Set<number>() };

        expect(trains({ rollouts: rollouts.slice(0, cut) }, nothing)).toEqual(
          trains({ rollouts }, nothing).slice(0, cut),
        );
      }),
    );
  });

  it("is hardly ever what leaves at random: once in a hundred deployments at most", () => {
    const draw = random(7);
    let deployedAt = 0;
    const rollouts = Array.from({ length: 20_000 }, () => {
      deployedAt += -Math.log((draw(1_000_000) + 1) / 1_000_001) * 7 * DAY;
      return { id: "r", environment: "production", deployedAt };
    });

    const found = trains({ rollouts }, { rollbacks: new Set(), rework: new Set() }).filter((one) => one === true);

    expect(found.length / rollouts.length).toBeLessThan(0.01);
    expect(found.length).toBeGreaterThan(0);
  });

  it("has what it carried waiting for it: the share of deployments and of changes", () => {
    const { deployments, changes } = deployed(10, 24, 38, 52, 66, 69);
    const view = elapsed(100 * DAY);

    expect(deployments.map((fact) => releaseTrainShare.observe(fact, view)?.value)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      1,
      0,
    ]);
    expect(changes.map((fact) => trainChangeShare.observe(fact, view)?.value)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      1,
      0,
    ]);
    // Of those whose deployment is known to have left by a timetable or not, each waited a day from its merge.
    const window = { from: 0, to: 100 * DAY };
    expect(details(trainChangeShare, detailRows({ deployments, delivered: changes }), window, "UTC")).toEqual([
      { label: "of the hours between merge and deployment", value: "50 %" },
    ]);
    expect(details(trainChangeShare, detailRows({ deployments }), window, "UTC")).toEqual([]);
  });

  it("is nothing of what never reached production", () => {
    const view = elapsed(DAY);

    expect(releaseTrainShare.observe(aDeploymentFact({ isTrain: true, deployedAt: null }), view)).toBeNull();
    expect(releaseTrainShare.observe(aDeploymentFact({ isTrain: true, tier: "other" }), view)).toBeNull();
    expect(trainChangeShare.observe(aChangeFact({ isByTrain: true, deployedAt: null }), view)).toBeNull();
  });
});
