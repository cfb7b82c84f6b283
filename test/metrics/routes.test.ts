import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distinct, unseen } from "#metrics/routes.ts";
import type { Sighting, Trial } from "#metrics/routes.ts";
import { MINUTE } from "#metrics/time.ts";

type Row = Sighting & { readonly route: number };

function aRow(id: string, has: Partial<Row> = {}): Row {
  const deployedAt = has.deployedAt ?? 0;
  return {
    id,
    route: 0,
    environment: "production",
    sha: "c0ffee1",
    createdAt: deployedAt,
    fixes: [],
    alsoKnownAs: [],
    ...has,
    deployedAt,
  };
}

const ids = (rows: readonly Row[]) => rows.map(({ id }) => id).toSorted();

describe("a roll-out seen by two routes", () => {
  it.each([
    ["at the same time", {}, 0],
    ["15 minutes apart", {}, 15],
    ["15 minutes apart, the worse one first", {}, -15],
    ["in an environment with other letters", { environment: "Production" }, 0],
    ["while the other was under way", { createdAt: -60 * MINUTE }, 40],
  ])("is one, %s: the best route's row stays", (_when, has, minutes) => {
    const host = aRow("host", { createdAt: -1, deployedAt: 0 });
    const push = aRow("push", { deployedAt: minutes * MINUTE, ...has });

    expect(ids(distinct([[host], [push]]))).toEqual(["host"]);
  });

  it.each([
    ["more than 15 minutes apart", { deployedAt: 15 * MINUTE + 1 }],
    ["of another commit", { sha: "c0ffee2" }],
    ["elsewhere", { environment: "production-eu" }],
  ])("are two %s", (_why, has) => {
    expect(ids(distinct([[aRow("host")], [aRow("push", has)]]))).toEqual(["host", "push"]);
  });

  it("are two when nobody knows the commit", () => {
    expect(ids(distinct([[aRow("host", { sha: null })], [aRow("push", { sha: null })]]))).toEqual(["host", "push"]);
  });

  it("leaves its name, and what it repairs, with the row that stays", () => {
    const [row] = distinct([[aRow("host")], [aRow("push", { fixes: ["v1"] })]]);

    expect(row).toMatchObject({ id: "host", fixes: ["v1"], alsoKnownAs: ["push"] });
  });

  it("is one by way of a route between them", () => {
    const rows = distinct([
      [aRow("host")],
      [aRow("tag", { deployedAt: 10 * MINUTE })],
      [aRow("push", { deployedAt: 20 * MINUTE })],
    ]);

    expect(rows).toMatchObject([{ id: "host", alsoKnownAs: ["push", "tag"] }]);
  });
});

describe("two roll-outs of one route", () => {
  it("are two, however near they are", () => {
    expect(ids(distinct([[aRow("1"), aRow("2")], []]))).toEqual(["1", "2"]);
  });
});

const rows = (route: number) =>
  fc
    .array(
      fc.record({
        environment: fc.constantFrom("production", "live"),
        sha: fc.constantFrom("c0ffee1", "c0ffee2", null),
        from: fc.integer({ min: 0, max: 8 }),
        minutes: fc.integer({ min: 0, max: 4 }),
        fixes: fc.subarray(["v1", "v2"]),
      }),
      { maxLength: 5 },
    )
    .map((list) =>
      list.map(({ environment, sha, from, minutes, fixes }, index) =>
        aRow(`${route}-${index}`, {
          route,
          environment,
          sha,
          fixes,
          createdAt: from * 5 * MINUTE,
          deployedAt: (from + minutes) * 5 * MINUTE,
        }),
      ),
    );
const routes = fc.tuple(rows(0), rows(1), rows(2));

/** The definition, word for word. */
const isSame = (a: Row, b: Row) =>
  a.route !== b.route &&
  a.environment === b.environment &&
  a.sha !== null &&
  a.sha === b.sha &&
  Math.max(a.createdAt, b.createdAt) - Math.min(a.deployedAt, b.deployedAt) <= 15 * MINUTE;

const isSeenBetter = (row: Row, other: Row) => other.route < row.route && isSame(row, other);

const MANY = { numRuns: 500 };

describe("distinct roll-outs", () => {
  it("are those that no better route has seen", () => {
    fc.assert(
      fc.property(routes, (all) => {
        const flat = all.flat();
        const expected = flat.filter((row) => !flat.some((other) => isSeenBetter(row, other)));
        expect(ids(distinct(all))).toEqual(ids(expected));
      }),
      MANY,
    );
  });

  it("are the same in whatever order rows come", () => {
    const shuffled = routes.chain((all) =>
      fc.tuple(fc.constant(all), fc.tuple(...all.map((list) => fc.shuffledSubarray(list, { minLength: list.length })))),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const byId = (list: readonly Row[]) => list.toSorted((a, b) => a.id.localeCompare(b.id));
        expect(byId(distinct(other))).toEqual(byId(distinct(all)));
      }),
      MANY,
    );
  });

  it("are distinct: doing it again changes nothing", () => {
    fc.assert(
      fc.property(routes, (all) => {
        const once = distinct(all);
        const again = distinct([0, 1, 2].map((route) => once.filter((row) => row.route === route)));
        expect(ids(again)).toEqual(ids(once));
      }),
      MANY,
    );
  });

  it("lose no name and no repair: every row is in exactly one of them", () => {
    fc.assert(
      fc.property(routes, (all) => {
        const kept = distinct(all);
        expect(kept.flatMap(({ id, alsoKnownAs }) => [id, ...alsoKnownAs]).toSorted()).toEqual(ids(all.flat()));
        for (const { id, alsoKnownAs, fixes } of kept) {
          const same = all.flat().filter((row) => [id, ...alsoKnownAs].includes(row.id));
          expect(new Set(fixes)).toEqual(new Set(same.flatMap((row) => row.fixes)));
        }
      }),
      MANY,
    );
  });

  it("keep every row of the best route, whatever the others say", () => {
    fc.assert(
      fc.property(routes, (all) => {
        const kept = new Set(distinct(all).map(({ id }) => id));
        for (const { id } of all[0]) expect(kept).toContain(id);
      }),
      MANY,
    );
  });
});

describe("an attempt of a job or a run", () => {
  const tried = (has: Partial<Trial> = {}): Trial => ({
    environment: "production",
    sha: "c0ffee1",
    route: "run",
    createdAt: 10,
    endedAt: 20,
    ...has,
  });
  const left = (attempt: Trial, better: Partial<Trial>) =>
    unseen([attempt], [{ rollouts: [], attempts: [tried({ route: "deployment", ...better })] }]).length;

  it("is not told of where a better route tells of one that overlaps with it", () => {
    expect(left(tried(), {})).toBe(0);
    expect(left(tried({ route: "job" }), {})).toBe(0);
    expect(left(tried(), { environment: "Production" })).toBe(0);
    expect(left(tried(), { createdAt: 0, endedAt: 10 })).toBe(0);
    expect(left(tried(), { createdAt: 20, endedAt: 30 })).toBe(0);
    expect(left(tried(), { createdAt: 0, endedAt: null })).toBe(0);
    expect(left(tried({ endedAt: null }), { createdAt: 90, endedAt: 99 })).toBe(0);
  });

  it("is told of where it is another one: at another time, of another commit, or elsewhere", () => {
    expect(left(tried(), { createdAt: 0, endedAt: 9 })).toBe(1);
    expect(left(tried(), { createdAt: 21, endedAt: 30 })).toBe(1);
    expect(left(tried(), { createdAt: 21, endedAt: null })).toBe(1);
    expect(left(tried(), { sha: "c0ffee2" })).toBe(1);
    expect(left(tried(), { environment: "staging" })).toBe(1);
    expect(left(tried({ sha: null }), { sha: null })).toBe(1);
  });

  it("is not told of where a better route tells of a roll-out that overlaps with it", () => {
    const rollout = (createdAt: number, deployedAt: number) => aRow("host", { createdAt, deployedAt });
    const beside = (row: Row) => unseen([tried()], [{ rollouts: [row], attempts: [] }]).length;

    expect(beside(rollout(0, 10))).toBe(0);
    expect(beside(rollout(15, 16))).toBe(0);
    expect(beside(rollout(25, 20))).toBe(0);
    expect(beside(rollout(0, 9))).toBe(1);
    expect(beside(rollout(21, 22))).toBe(1);
  });

  it("is held against every better route, each time", () => {
    const none = { rollouts: [], attempts: [] };
    const early = { rollouts: [], attempts: [tried({ route: "deployment", createdAt: 0, endedAt: 1 })] };
    const late = { rollouts: [], attempts: [tried({ route: "deployment", createdAt: 15, endedAt: 30 })] };

    expect(unseen([tried()], [early, none, late])).toEqual([]);
    expect(unseen([tried()], [late, early])).toEqual([]);
    expect(unseen([tried()], [early])).toEqual([tried()]);
  });

  it("is not an attempt of what is pushed or recorded, which is told of whatever others tell", () => {
    expect(left(tried({ route: "push" }), {})).toBe(1);
    expect(unseen([tried({ route: "push" }), tried()], [{ rollouts: [], attempts: [tried()] }])).toEqual([
      tried({ route: "push" }),
    ]);
  });
});
