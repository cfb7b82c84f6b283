import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangeFact, DeploymentFact } from "#metrics/facts.ts";
import { HOUR } from "#metrics/time.ts";
import { BIT, excludedIn, signalBit, SIGNALS, tally, traitsOf, traitsOfAll } from "#metrics/traits.ts";
import {
  aChangeFact,
  aCommitFact,
  aDeploymentFact,
  anAlertFact,
  anIncidentFact,
  aRunFact,
} from "#test/support/builders.ts";

describe("what else is asked of a row", () => {
  it("of a commit", () => {
    const plain = aCommitFact({ onDefaultBranch: false, leadTimeHours: 1 });
    const of = (has: Partial<typeof plain>) => traitsOf("deployed", { ...plain, ...has });

    expect(of({})).toBe(0);
    expect(of({ authorKind: "bot" })).toBe(BIT.bot);
    expect(of({ authorKind: "agent" })).toBe(0);
    expect(of({ onDefaultBranch: true })).toBe(BIT.counts);
    expect(of({ onDefaultBranch: true, isMerge: true })).toBe(0);
    expect(of({ isBeforeRecord: true })).toBe(BIT.beforeRecord);
    expect(of({ deployedAt: 0 })).toBe(BIT.deployed);
    expect(of({ leadTimeHours: null })).toBe(BIT.unknownLead);
    expect(traitsOf("committed", { ...plain, deployedAt: 0 })).toBe(BIT.deployed);
  });

  it("of a deployment", () => {
    const plain = aDeploymentFact({ tier: "other", route: "tag", isCommitKnown: false });
    const of = (has: Partial<DeploymentFact>) => traitsOf("deployments", { ...plain, ...has });

    expect(of({})).toBe(0);
    expect(of({ tier: "production" })).toBe(BIT.production);
    expect(of({ isCommitKnown: true })).toBe(BIT.commitKnown);
    expect(of({ route: "release" })).toBe(0);
    expect(of({ route: "merge" })).toBe(BIT.proxy);
    expect((["deployment", "job", "run", "push"] as const).map((route) => of({ route }))).toEqual(
      Array.from({ length: 4 }, () => BIT.recorded),
    );
    expect(of({ failedBy: ["incident", "manual"] })).toBe(signalBit("incident") | signalBit("manual"));
    expect(traitsOf("attempts", { ...plain, tier: "production" })).toBe(BIT.production);
  });

  it("has a bit of its own for each signal, and none that means anything else of a deployment", () => {
    const bits = [BIT.production, BIT.recorded, BIT.commitKnown, BIT.proxy, BIT.excluded, ...SIGNALS.map(signalBit)];

    expect(new Set(bits).size).toBe(bits.length);
    expect(bits.filter((bit) => Math.log2(bit) % 1 !== 0)).toEqual([]);
  });

  it("of a change", () => {
    const plain = aChangeFact({ mergedAt: null });
    const of = (has: Partial<ChangeFact>) => traitsOf("opened", { ...plain, ...has });

    expect(of({})).toBe(0);
    expect(of({ closedAt: null })).toBe(BIT.stillOpen);
    expect(of({ mergedAt: HOUR, closedAt: null })).toBe(0);
    expect(of({ authorKind: "bot" })).toBe(BIT.bot);
    expect(of({ isBeforeRecord: true })).toBe(BIT.beforeRecord);
    expect(of({ deployedAt: 0, deployHours: 1 })).toBe(BIT.deployed);
    expect(of({ truncated: true })).toBe(BIT.truncated);
    expect(of({ requestedAt: 0 })).toBe(BIT.requested);
    expect(of({ isByTrain: false })).toBe(BIT.trainKnown);
    expect(of({ isByTrain: true })).toBe(BIT.trainKnown | BIT.byTrain);
    expect(of({ firstCommitAt: HOUR, mergedAt: HOUR })).toBe(0);
    expect(of({ firstCommitAt: HOUR + 1, mergedAt: HOUR })).toBe(BIT.lateFirstCommit);
  });

  it("of a change whose clocks run backwards: both ends are known, and there is no span", () => {
    const of = (has: Partial<ChangeFact>) => traitsOf("opened", aChangeFact(has)) & BIT.runsBackwards;

    expect(of({})).toBe(0);
    expect(of({ codingHours: null })).toBe(BIT.runsBackwards);
    expect(of({ codingHours: null, firstCommitAt: null })).toBe(0);
    expect(of({ codingHours: null, readyAt: null })).toBe(BIT.runsBackwards);
    expect(of({ codingHours: null, pickupHours: null, readyAt: null, openedAt: null })).toBe(0);
    expect(of({ pickupHours: null })).toBe(BIT.runsBackwards);
    expect(of({ reviewHours: null })).toBe(BIT.runsBackwards);
    expect(of({ pickupHours: null, reviewHours: null, firstReviewAt: null })).toBe(0);
    expect(of({ deployedAt: 0, deployHours: null })).toBe(BIT.runsBackwards);
    expect(of({ deployedAt: 0, deployHours: 0 })).toBe(0);
  });

  it("of a change that is merged to the default branch, by the clock of its list", () => {
    const merged = aChangeFact({ isIntegrated: true });
    const elsewhere = aChangeFact({ isIntegrated: false });

    expect(traitsOf("merged", merged) & BIT.isMerged).toBe(BIT.isMerged);
    expect(traitsOf("merged", elsewhere) & BIT.isMerged).toBe(0);
    expect(traitsOf("opened", merged) & BIT.isMerged).toBe(0);
  });

  it("of an incident and an alert", () => {
    expect(traitsOf("incidents", anIncidentFact())).toBe(BIT.real);
    expect(traitsOf("incidents", anIncidentFact({ falseAlarm: true, deploymentId: "v1" }))).toBe(BIT.linked);
    expect(traitsOf("alerts", anAlertFact())).toBe(BIT.real);
    expect(traitsOf("alerts", anAlertFact({ dismissedAt: HOUR }))).toBe(0);
    expect(traitsOf("alerts", anAlertFact({ dismissedAt: HOUR, fixedAt: HOUR }))).toBe(BIT.real | BIT.fixed);
    expect(traitsOf("fixedAlerts", anAlertFact({ fixedAt: HOUR }))).toBe(0);
  });

  it("of a run is nothing", () => {
    expect([traitsOf("finishedRuns", aRunFact()), traitsOf("breaks", aRunFact())]).toEqual([0, 0]);
  });
});

describe("rows by their instants and traits", () => {
  it("are in order, without those of which the instant is not known", () => {
    const facts = [
      aCommitFact({ deployedAt: 2, isBeforeRecord: true }),
      aCommitFact({ deployedAt: null }),
      aCommitFact({ deployedAt: 1 }),
    ];
    const { at, bits } = traitsOfAll("deployed", facts, ({ deployedAt }) => deployedAt);

    expect([...at]).toEqual([1, 2]);
    expect([...bits].map((bit) => bit & BIT.beforeRecord)).toEqual([0, BIT.beforeRecord]);
  });

  it("are counted where they lie in the window, have all of some bits and none of others, and are not left out", () => {
    const rows = fc.array(
      fc.record({
        at: fc.nat({ max: 9 }),
        bits: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, BIT.excluded, BIT.excluded | 3),
      }),
    );
    fc.assert(
      fc.property(rows, fc.nat({ max: 9 }), fc.nat({ max: 9 }), (drawn, from, to) => {
        const ordered = drawn.toSorted((a, b) => a.at - b.at);
        const traits = {
          at: Float64Array.from(ordered, ({ at }) => at),
          bits: Uint16Array.from(ordered, ({ bits }) => bits),
        };
        const inside = drawn.filter(({ at }) => at >= from).filter(({ at }) => at < to);
        const kept = inside.filter(({ bits }) => bits < BIT.excluded);

        expect(tally(traits, { from, to }, 3)).toBe(kept.filter(({ bits }) => (bits & 3) === 3).length);
        expect(tally(traits, { from, to }, 1, 6)).toBe(kept.filter(({ bits }) => (bits & 7) === 1).length);
        expect(tally(traits, { from, to }, 0)).toBe(kept.length);
        expect(excludedIn(traits, { from, to })).toBe(inside.length - kept.length);
      }),
    );
  });
});
