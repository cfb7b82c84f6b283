import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cumulativeFlow } from "#metrics/flow/cumulative.ts";
import { inProgress } from "#metrics/flow/progress.ts";
import { isOpenAt, isWaitingAt, openedChanges, stageAt } from "#metrics/flow/work.ts";
import { DAY } from "#metrics/time.ts";
import { aChangeFact } from "#test/support/builders.ts";

const window = { from: 0, to: 10 * DAY };
const parts = Array.from({ length: 10 }, (_, day) => ({ from: day * DAY, to: (day + 1) * DAY }));
const isDeployed = () => true;
const never = { readyAt: null, firstReviewAt: null, mergedAt: null, closedAt: null, deployedAt: null };
const changes = (...facts: readonly Parameters<typeof aChangeFact>[0][]) =>
  openedChanges(
    facts.map((has) => aChangeFact({ ...never, ...has })),
    "in",
  );

describe("cumulative flow", () => {
  it("shows a change pass from layer to layer", () => {
    const one = changes({
      openedAt: 0.5 * DAY,
      readyAt: 1.5 * DAY,
      firstReviewAt: 2.5 * DAY,
      mergedAt: 3.5 * DAY,
      deployedAt: 4.5 * DAY,
    });
    const found = cumulativeFlow(one, parts.slice(0, 5), { window, isDeployed });

    expect(found).toEqual([
      { coding: 1, pickup: 0, review: 0, waiting: 0, done: 0 },
      { coding: 0, pickup: 1, review: 0, waiting: 0, done: 0 },
      { coding: 0, pickup: 0, review: 1, waiting: 0, done: 0 },
      { coding: 0, pickup: 0, review: 0, waiting: 1, done: 0 },
      { coding: 0, pickup: 0, review: 0, waiting: 0, done: 1 },
    ]);
  });

  it("is done at the merge where nothing is ever deployed", () => {
    const merged = changes({ openedAt: 0, mergedAt: 0.5 * DAY });

    expect(cumulativeFlow(merged, parts.slice(0, 1), { window, isDeployed: () => false })).toEqual([
      { coding: 0, pickup: 0, review: 0, waiting: 0, done: 1 },
    ]);
  });

  it.each([
    ["to another branch", { isIntegrated: false }],
    ["before anybody kept a record of deployments", { isBeforeRecord: true }],
  ])("is done at the merge of what was merged %s", (_, has) => {
    const merged = changes({ openedAt: 0, mergedAt: 0.5 * DAY, deployedAt: 5 * DAY, ...has });

    expect(cumulativeFlow(merged, parts.slice(0, 1), { window, isDeployed })).toEqual([
      { coding: 0, pickup: 0, review: 0, waiting: 0, done: 1 },
    ]);
  });

  it("has what was done the moment the window began, and nothing that was done a moment before", () => {
    const done = (deployedAt: number) =>
      cumulativeFlow(changes({ openedAt: -9 * DAY, mergedAt: -8 * DAY, deployedAt }), parts.slice(0, 1), {
        window,
        isDeployed,
      })[0]?.done;

    expect([done(-1), done(0)]).toEqual([0, 1]);
  });

  it("asks of each change whether its service deploys", () => {
    const merged = changes(
      { openedAt: 0, mergedAt: 0.5 * DAY, service: "library" },
      { openedAt: 0, mergedAt: 0.5 * DAY, service: "shop" },
    );
    const found = cumulativeFlow(merged, parts.slice(0, 1), {
      window,
      isDeployed: ({ service }) => service === "shop",
    });

    expect(found).toEqual([{ coding: 0, pickup: 0, review: 0, waiting: 1, done: 1 }]);
  });

  it("loses what is closed without a merge, and has nothing that was done before", () => {
    const gone = changes(
      { openedAt: 0, closedAt: 0.5 * DAY },
      { openedAt: -9 * DAY, mergedAt: -8 * DAY, deployedAt: -DAY },
    );

    expect(cumulativeFlow(gone, parts.slice(0, 1), { window, isDeployed })).toEqual([
      { coding: 0, pickup: 0, review: 0, waiting: 0, done: 0 },
    ]);
  });

  it("is unknown before the first change was opened, and stands still where the facts end", () => {
    const late = changes({ openedAt: 2 * DAY });
    const [before, , then] = cumulativeFlow(late, parts.slice(0, 3), { window, isDeployed });
    const ended = cumulativeFlow(changes({ openedAt: 2 * DAY, mergedAt: 6 * DAY }), parts, {
      window: { from: 0, to: 3 * DAY },
      isDeployed,
    });

    expect([before, then?.coding]).toEqual([null, 1]);
    expect(ended.at(-1)).toMatchObject({ coding: 1, done: 0 });
  });

  it("is at each instant what the other rules say of each single change", () => {
    const known = fc.integer({ min: -12, max: 48 }).map((quarter) => quarter * (DAY / 4));
    const instant = fc.option(known);
    const change = fc.record({
      openedAt: known,
      readyAt: instant,
      firstReviewAt: instant,
      mergedAt: instant,
      deployedAt: instant,
      isIntegrated: fc.boolean(),
      isBeforeRecord: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), (facts) => {
        const all = changes({ openedAt: -9 * DAY }, ...facts);
        const found = cumulativeFlow(all, parts, { window, isDeployed });
        const standing = (stage: string, at: number) =>
          all.filter((one) => isOpenAt(one, at)).filter((one) => stageAt(one, at) === stage).length;

        expect(found.map((one) => [one?.coding, one?.pickup, one?.review, one?.waiting])).toEqual(
          parts.map(({ to }) => [
            standing("coding", to),
            standing("pickup", to),
            standing("review", to),
            all.filter((one) => isWaitingAt(one, to)).length,
          ]),
        );
        expect(found.map((one) => Number(one?.coding) + Number(one?.pickup) + Number(one?.review))).toEqual(
          inProgress(all, parts, window.to),
        );
      }),
    );
  });
});
