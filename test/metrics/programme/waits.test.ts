import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangeFact } from "#metrics/facts.ts";
import type { Attribution, DeclaredWait, Wait, WaitingService } from "#metrics/programme/waits.ts";
import { attribution, waitsOf } from "#metrics/programme/waits.ts";
import { sum } from "#metrics/statistics/sum.ts";
import type { Window } from "#metrics/time.ts";
import { HOUR } from "#metrics/time.ts";
import { aChangeFact, aRunFact } from "#test/support/builders.ts";

const window = { from: 0, to: 100 * HOUR };
/** Ready at 0, reviewed at 4, merged at 10, deployed at 30, all in hours. */
const aChange = (has: Partial<ChangeFact> = {}) =>
  aChangeFact({
    id: "1",
    openedAt: 0,
    readyAt: 0,
    firstReviewAt: 4 * HOUR,
    mergedAt: 10 * HOUR,
    closedAt: 10 * HOUR,
    deployedAt: 30 * HOUR,
    mergeCommit: "m",
    ...has,
  });
const aService = (has: Partial<WaitingService> = {}): WaitingService => ({
  service: "shop",
  system: "Shop",
  changes: [aChange()],
  pipelines: [],
  boundTo: null,
  heads: null,
  ...has,
});
const told = (service: WaitingService, declared: readonly DeclaredWait[] = []) =>
  waitsOf([service], declared, window).map(
    ({ kind, system, element, certainty, hours }) => `${kind} ${hours} ${system}/${element} ${certainty}`,
  );

describe("what changes wait for", () => {
  it("is a review, and after the merge nobody knows what", () => {
    expect(told(aService())).toEqual(["review 4 Shop/delivery measured", "unknown 20 Shop/null unknown"]);
  });

  it("is a release window where the deployment left by a timetable", () => {
    expect(told(aService({ changes: [aChange({ isByTrain: true })] }))).toEqual([
      "review 4 Shop/delivery measured",
      "release-window 20 Shop/delivery measured",
    ]);
  });

  it("is the system in whose declared release days the service is deployed", () => {
    const waited = "review 4 Shop/delivery measured";

    expect(told(aService({ boundTo: "SAP" }))).toEqual([waited, "release-window 20 SAP/delivery declared"]);
    expect(told(aService({ boundTo: "Shop" }))).toEqual([waited, "release-window 20 Shop/delivery declared"]);
  });

  it("is a runner and an approval where runs on its commits say so", () => {
    const pipelines = [
      aRunFact({ id: "head", sha: "h", begunAt: 1 * HOUR, startedAt: 2 * HOUR, finishedAt: 3 * HOUR }),
      aRunFact({
        id: "merge",
        sha: "m",
        begunAt: 10 * HOUR,
        startedAt: 11 * HOUR,
        pausedAt: 12 * HOUR,
        resumedAt: 40 * HOUR,
      }),
    ];

    expect(told(aService({ pipelines, heads: new Map([["1", "h"]]) }))).toEqual([
      "review 1 Shop/delivery measured",
      "runner-queue 1 Shop/infrastructure measured",
      "review 2 Shop/delivery measured",
      "runner-queue 1 Shop/infrastructure measured",
      "unknown 1 Shop/null unknown",
      "pause 18 Shop/delivery measured",
    ]);
  });

  it("is another system by a label, until the merge", () => {
    expect(told(aService({ changes: [aChange({ labels: ["bug", "blocked: ERP"] })] }))).toEqual([
      "dependency 10 ERP/integration declared",
      "unknown 20 Shop/null unknown",
    ]);
  });

  it("is what somebody declares, before all else", () => {
    const declared = { from: 8 * HOUR, to: 20 * HOUR, system: "SAP", element: "core" as const, services: ["shop"] };

    expect(told(aService({ changes: [aChange({ isByTrain: true })] }), [declared])).toEqual([
      "review 4 Shop/delivery measured",
      "declared 12 SAP/core declared",
      "release-window 10 Shop/delivery measured",
    ]);
    expect(told(aService(), [{ ...declared, services: ["till"] }])).toEqual(told(aService()));
  });

  it("is unknown where nobody said of which system a service is", () => {
    expect(told(aService({ system: null }))).toEqual([
      "review 4 null/delivery unknown",
      "unknown 20 null/null unknown",
    ]);
  });

  it("goes on until the window ends, and is no review of what was merged without one", () => {
    const open = aChange({
      firstReviewAt: null,
      mergedAt: null,
      closedAt: null,
      isIntegrated: false,
      deployedAt: null,
    });
    const unreviewed = aChange({ firstReviewAt: null, deployedAt: null });

    expect(told(aService({ changes: [open] }))).toEqual(["review 100 Shop/delivery measured"]);
    expect(told(aService({ changes: [unreviewed] }))).toEqual(["unknown 90 Shop/null unknown"]);
  });

  it("is nothing of bots, of what plain git names, and of what was deployed before the record begins", () => {
    const changes = [
      aChange({ authorKind: "bot" }),
      aChange({ openedAt: null, readyAt: null }),
      aChange({ isBeforeRecord: true }),
    ];

    expect(told(aService({ changes }))).toEqual([]);
  });
});

describe("a wait", () => {
  const blocked = (...labels: readonly string[]) => told(aService({ changes: [aChange({ labels })] }));
  const closed = { mergedAt: null, closedAt: 6 * HOUR, isIntegrated: false, deployedAt: null };
  const declared = { system: "SAP", element: "core" as const, services: ["shop"] };

  it("begins when a change was opened, where nobody knows since when it was ready", () => {
    expect(told(aService({ changes: [aChange({ readyAt: null, openedAt: HOUR })] }))[0]).toBe(
      "review 3 Shop/delivery measured",
    );
  });

  it("ends with a change that was closed without a merge", () => {
    expect(told(aService({ changes: [aChange({ ...closed, firstReviewAt: null })] }))).toEqual([
      "review 6 Shop/delivery measured",
    ]);
    expect(told(aService({ changes: [aChange(closed)] }))).toEqual(["review 4 Shop/delivery measured"]);
  });

  it("for a review ends with the merge, whoever looks at it later", () => {
    expect(told(aService({ changes: [aChange({ firstReviewAt: 12 * HOUR })] }))).toEqual([
      "review 10 Shop/delivery measured",
      "unknown 20 Shop/null unknown",
    ]);
  });

  it("is over when it ends as the window begins, and not yet there when it begins as the window ends", () => {
    const within = (from: number, to: number) =>
      waitsOf([aService()], [], { from: from * HOUR, to: to * HOUR }).map(({ kind, hours }) => `${kind} ${hours}`);

    expect(within(30, 40)).toEqual([]);
    expect(within(29, 40)).toEqual(["unknown 1"]);
    expect(within(-5, 0)).toEqual([]);
    expect(within(-5, 1)).toEqual(["review 1"]);
    expect(within(2, 12)).toEqual(["review 2", "unknown 2"]);
  });

  it("is for the systems that labels name, in any case and with spaces around them", () => {
    const dependency = "dependency 10 SAP ERP/integration declared";

    expect(blocked("BLOCKED:  SAP ERP ")[0]).toBe(dependency);
    expect(blocked("un-blocked: SAP ERP", "blocked:")).toEqual(told(aService()));
    expect(blocked("blocked:SAP ERP", "blocked:MES")[0]).toBe(dependency);
  });

  it("that is declared lasts no longer than the change waits", () => {
    const from = (begin: number, end: number) =>
      told(aService(), [{ ...declared, from: begin * HOUR, to: end * HOUR }]);

    expect(from(-9, 90)).toEqual(["declared 30 SAP/core declared"]);
    expect(from(31, 90)).toEqual(told(aService()));
    expect(from(2, 5)).toEqual([
      "review 2 Shop/delivery measured",
      "declared 3 SAP/core declared",
      "unknown 20 Shop/null unknown",
    ]);
  });

  it("is one wait where two declarations of the same thing follow each other or overlap", () => {
    const two = (second: number, element: "core" | "data" = "core") =>
      told(aService(), [
        { ...declared, from: 0, to: 10 * HOUR },
        { ...declared, element, from: second * HOUR, to: 30 * HOUR },
      ]);

    expect(two(10)).toEqual(["declared 30 SAP/core declared"]);
    expect(two(5)).toEqual(["declared 30 SAP/core declared"]);
    expect(two(12)).toEqual([
      "declared 10 SAP/core declared",
      "unknown 2 Shop/null unknown",
      "declared 18 SAP/core declared",
    ]);
    expect(two(10, "data")).toEqual(["declared 10 SAP/core declared", "declared 20 SAP/data declared"]);
  });

  it("for a runner or a pause is of runs of which both ends are known, on its own commits", () => {
    const run = (sha: string, has: Parameters<typeof aRunFact>[0]) => aRunFact({ begunAt: null, sha, ...has });
    const waited = (...pipelines: readonly ReturnType<typeof run>[]) =>
      told(aService({ pipelines, heads: new Map([["1", "m"]]) }));

    expect(waited(run("m", { begunAt: HOUR }), run("m", { pausedAt: HOUR }))).toEqual(told(aService()));
    expect(waited(run("x", { begunAt: HOUR, startedAt: 2 * HOUR }))).toEqual(told(aService()));
    expect(
      waited(
        run("m", { begunAt: 11 * HOUR, startedAt: 12 * HOUR }),
        run("m", { pausedAt: 12 * HOUR, resumedAt: 13 * HOUR }),
      ),
    ).toEqual([
      "review 4 Shop/delivery measured",
      "unknown 1 Shop/null unknown",
      "runner-queue 1 Shop/infrastructure measured",
      "pause 1 Shop/delivery measured",
      "unknown 17 Shop/null unknown",
    ]);
  });
});

const hour = fc.integer({ min: -20, max: 120 }).map((hours) => hours * HOUR);
const perhaps = fc.option(hour);
const changes = fc.array(
  fc.record({
    readyAt: perhaps,
    openedAt: hour,
    firstReviewAt: perhaps,
    mergedAt: perhaps,
    deployedAt: perhaps,
    isIntegrated: fc.boolean(),
    isByTrain: fc.option(fc.boolean()),
    labels: fc.constantFrom([], ["blocked:ERP"], ["blocked:ERP", "blocked:MES"]),
  }),
  { maxLength: 4 },
);
const declaredWaits = fc.array(
  fc.record({
    from: hour,
    to: hour,
    system: fc.constantFrom("SAP", "MES"),
    element: fc.constant(null),
    services: fc.constant(["shop"]),
  }),
  { maxLength: 3 },
);
const runs = fc.array(fc.record({ begunAt: perhaps, startedAt: perhaps, pausedAt: perhaps, resumedAt: perhaps }), {
  maxLength: 3,
});

const over = (has: Partial<ChangeFact>, index: number) =>
  aChange({ ...has, id: `${index}`, mergedAt: has.mergedAt ?? 0, deployedAt: has.deployedAt ?? 0, isIntegrated: true });

/** Together; 1 where nothing waited. */
function sharesOf(shares: Attribution["shares"]): number {
  return shares === null ? 1 : sum(Object.values(shares));
}

/** Those that lie in the window and not backwards. */
function isOrderly({ from, to }: Window): boolean {
  return from >= window.from && to <= window.to && to > from;
}

function overlaps(waits: readonly Wait[]): readonly Wait[] {
  return waits.filter((a, index) =>
    waits.slice(index + 1).some((b) => a.change === b.change && a.from < b.to && b.from < a.to),
  );
}

describe("each hour that a change waits", () => {
  it("is given once, within the window, and all of them add up", () => {
    fc.assert(
      fc.property(changes, declaredWaits, runs, fc.constantFrom("Shop", null), (sketches, declared, drawn, system) => {
        const service = aService({
          system,
          changes: sketches.map((has, index) => aChange({ ...has, id: `${index}` })),
          pipelines: drawn.map((has, index) => aRunFact({ ...has, id: `${index}`, sha: "m" })),
        });

        const waits = waitsOf([service], declared, window);
        const { hours, rows, shares } = attribution(waits, 1);

        const unknown = sum(waits.filter(({ certainty }) => certainty === "unknown").map((wait) => wait.hours));
        expect(sum(rows.map((row) => row.hours)) + unknown).toBeCloseTo(hours, 6);
        expect(sharesOf(shares)).toBeCloseTo(1, 9);
        expect(waits.filter(isOrderly)).toEqual(waits);
        expect(overlaps(waits)).toEqual([]);
      }),
    );
  });

  it("is as long in two windows side by side as in both together", () => {
    fc.assert(
      fc.property(changes, declaredWaits, fc.integer({ min: 1, max: 99 }), (sketches, declared, at) => {
        // Of what is over: what is still open waits until its window ends.
        const ended = sketches.map(over);
        const hoursIn = (from: number, to: number) =>
          sum(
            waitsOf([aService({ changes: ended })], declared, { from: from * HOUR, to: to * HOUR }).map(
              (wait) => wait.hours,
            ),
          );

        expect(hoursIn(0, at) + hoursIn(at, 100)).toBeCloseTo(hoursIn(0, 100), 6);
      }),
    );
  });
});

describe("attribution", () => {
  it("ranks systems by their hours, with what is measured, declared and unknown", () => {
    const byTrain = aService({ changes: [aChange({ isByTrain: true })] });
    const blocked = aService({
      service: "till",
      system: "Till",
      changes: [aChange({ labels: ["blocked:ERP"], deployedAt: 10 * HOUR })],
    });

    const found = attribution(waitsOf([byTrain, blocked], [], window));

    expect(found).toMatchObject({
      hours: 34,
      isRanked: true,
      shares: { measured: 24 / 34, declared: 10 / 34, unknown: 0 },
    });
    expect(found.rows).toEqual([
      {
        system: "Shop",
        element: "delivery",
        hours: 24,
        measured: 24,
        declared: 0,
        changes: 1,
        kinds: [
          { kind: "review", hours: 4 },
          { kind: "release-window", hours: 20 },
        ],
      },
      {
        system: "ERP",
        element: "integration",
        hours: 10,
        measured: 0,
        declared: 10,
        changes: 1,
        kinds: [{ kind: "dependency", hours: 10 }],
      },
    ]);
    expect(found.words).toBe(
      "Of 34 h that changes waited, 70.6 % are measured, 29.4 % declared and 0 % unknown. Most wait for Shop (delivery): 70.6 % of the hours.",
    );
  });

  const aWait = (system: string, hours: number, has: Partial<Wait> = {}): Wait => {
    const place = { service: "shop", change: "1", kind: "review", from: 0, to: hours * HOUR } as const;
    return { ...place, system, element: "core", certainty: "measured", hours, ...has };
  };

  it("has most hours first, and of as many the first by name, be it known for which part or not", () => {
    const waits = [
      aWait("MES", 2),
      aWait("CRM", 9),
      aWait("ERP", 2),
      aWait("ERP", 2, { element: null }),
      aWait("ERP", 2, { element: "api" }),
    ];
    const named = (rows: Attribution["rows"]) => rows.map(({ system, element }) => `${system}/${element}`);

    expect(named(attribution(waits).rows)).toEqual(["CRM/core", "ERP/null", "ERP/api", "ERP/core", "MES/core"]);
    expect(named(attribution([...waits, aWait("?", 90, { certainty: "unknown" })]).rows)).toEqual([
      "CRM/core",
      "ERP/null",
      "ERP/api",
      "ERP/core",
      "MES/core",
    ]);
    expect(
      named(attribution([aWait("ZIP", 9), aWait("ERP", 2), aWait("?", 90, { certainty: "unknown" })]).rows),
    ).toEqual(["ERP/core", "ZIP/core"]);
  });

  it("counts each change of each service once, and its hours by their kind and by how they are known", () => {
    const { rows, words } = attribution([
      aWait("ERP", 1, { element: null }),
      aWait("ERP", 2, { element: null, kind: "declared", certainty: "declared" }),
      aWait("ERP", 3, { element: null, service: "till" }),
    ]);

    expect(rows).toEqual([
      {
        system: "ERP",
        element: null,
        hours: 6,
        measured: 4,
        declared: 2,
        changes: 2,
        kinds: [
          { kind: "declared", hours: 2 },
          { kind: "review", hours: 4 },
        ],
      },
    ]);
    expect(words).toMatch(/ Most wait for ERP: 100 % of the hours\.$/);
  });

  it("ranks nothing above 30 % unknown, and says what to do about it", () => {
    const found = attribution(waitsOf([aService()], [], window));

    expect(found).toMatchObject({ isRanked: false, shares: { unknown: 20 / 24 } });
    expect(found.words).toBe(
      "Of 24 h that changes waited, 16.7 % are measured, 0 % declared and 83.3 % unknown. Above 30 % unknown nothing is ranked: what nobody knows may be the first. Declare release windows and what services wait for, or say which system each is part of.",
    );
    expect(attribution([aWait("ERP", 7), aWait("?", 3, { certainty: "unknown" })]).isRanked).toBe(true);
    expect(attribution(waitsOf([aService()], [], window), 0.9).isRanked).toBe(true);
    expect(attribution([])).toMatchObject({
      hours: 0,
      shares: null,
      isRanked: false,
      words: "No change waited for anything.",
    });
  });
});
