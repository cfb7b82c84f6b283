import { describe, expect, it } from "vitest";
import { DAY } from "#metrics/time.ts";
import { contract } from "#server/contract.ts";
import { aChange, aCommit, aDeployment, aLine, aRepository, aReview } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import { aHeadway, told } from "#test/support/headway.ts";

const NOW = at("2026-06-30") + DAY / 2;
const days = Array.from({ length: 100 }, (_, index) => NOW - (130 - index) * DAY);
const url = "https://git.example/acme/shop/pull/900";

/** A change a day that takes two days; the last three months' deployed, the last not; three are open. */
const aShop = async () => {
  const line = aLine(...days.map((day, index) => aCommit(`c${index}`, { authoredAt: day })));
  return aHeadway({
    config: told,
    tells: [
      [
        aRepository({ head: "c99" }),
        ...line,
        ...days.map((day, index) =>
          aChange(index + 1, { openedAt: day, mergedAt: day + 2 * DAY, mergeCommit: `c${index}` }),
        ),
        aDeployment("1", "c98", NOW - 28 * DAY),
        aChange(900, { openedAt: NOW - 20 * DAY, readyAt: null, url, title: "Stuck" }),
        aChange(901, { openedAt: NOW - DAY }),
        aChange(902, { openedAt: NOW - 3 * DAY, reviews: [aReview(NOW - 2 * DAY)] }),
        aChange(903, { openedAt: NOW - 9 * DAY, authorKind: "bot" }),
      ],
    ],
  });
};

const flow = async (query = "") =>
  contract["/api/flow"].reply.parse((await (await aShop()).get(`/api/flow${query}`)).json());

describe("what is in progress", () => {
  it("is told oldest first, with its stage, its age, its link and how much longer it may take", async () => {
    const { open, usual, sentence } = await flow();

    expect(open.rows.map(({ id, stage, ageHours, isOld }) => [id, stage, ageHours / 24, isOld])).toEqual([
      ["900", "coding", 20, true],
      ["902", "review", 3, true],
      ["901", "pickup", 1, false],
    ]);
    expect(open.rows[0]).toMatchObject({ title: "Stuck", url, service: "acme/shop", p50: null, p85: null });
    expect(open.rows[2]).toMatchObject({ p50: 24, p85: 24 });
    expect(usual).toEqual({ p85: 48, n: 103, open: 3 });
    expect(sentence).toBe(
      "3 changes in progress, 2 of them longer than the 2 d within which 85 % are merged; 1 merged change waits for deployment.",
    );
  });

  it.each([
    [[20], "1 change in progress, for longer than the 2 d within which 85 % are merged; "],
    [[1], "1 change in progress, not longer than the 2 d within which 85 % are merged; "],
    [[20, 9], "2 changes in progress, all of them longer than the 2 d within which 85 % are merged; "],
    [[1, 1], "2 changes in progress, none of them longer than the 2 d within which 85 % are merged; "],
  ])("since %j days is told as somebody would say it", async (ages, words) => {
    const line = aLine(...days.map((day, index) => aCommit(`c${index}`, { authoredAt: day })));
    const merged = days.map((day, index) =>
      aChange(index + 1, { openedAt: day, mergedAt: day + 2 * DAY, mergeCommit: `c${index}` }),
    );
    const open = ages.map((age, index) => aChange(900 + index, { openedAt: NOW - age * DAY }));
    const headway = await aHeadway({
      config: told,
      tells: [[aRepository({ head: "c99" }), ...line, ...merged, ...open]],
    });

    const { sentence } = contract["/api/flow"].reply.parse((await headway.get("/api/flow")).json());

    expect(sentence.startsWith(words)).toBe(true);
  });

  it("has what bots opened only where that is asked for, and comes by pages", async () => {
    const { open } = await flow("?bots=in&limit=1&offset=1");

    expect(open).toMatchObject({ total: 4, rows: [{ id: "903" }] });
  });

  it("is merged and not in production", async () => {
    const { waiting } = await flow();

    expect(waiting.rows.map(({ id, ageHours }) => [id, ageHours / 24])).toEqual([["100", 29]]);
  });

  it("was something else before", async () => {
    const { open, at: instant, isPast, sentence } = await flow("?from=2026-03-01&to=2026-04-01T12:00:00Z");

    expect(instant).toBe("2026-04-01T12:00:00.000Z");
    expect(isPast).toBe(true);
    expect(sentence).toMatch(/^At the end of 2026-04-01, 2 changes were in progress.*; .* waited for deployment/);
    expect((await flow()).isPast).toBe(false);
    expect(open.rows.map(({ ageHours }) => ageHours)).toEqual([24, 0]);
  });

  it("stands somewhere at the end of each week, and is done when it is deployed", async () => {
    const { series } = await flow("?from=2026-05-25&to=2026-06-08");

    // Of 100, ten were merged more than 90 days before the first deployment, and one after the commit that it has.
    expect(series.map(({ standing }) => standing)).toEqual([
      { coding: 0, pickup: 1, review: 0, waiting: 89, done: 0 },
      { coding: 0, pickup: 0, review: 0, waiting: 1, done: 89 },
    ]);
  });

  it("is counted at the end of each week, and what was merged in each, weeks without any too", async () => {
    const { series, throughput } = await flow("?from=2026-04-06");

    expect(series.slice(0, 3).map(({ label, open }) => [label, open])).toEqual([
      ["2026-W15", 2],
      ["2026-W16", 2],
      ["2026-W17", 2],
    ]);
    expect(series.at(-1)).toMatchObject({ partial: true, open: 3 });
    expect(throughput.map(({ merged }) => merged)).toEqual([7, 7, 7, 7, 7, 7, 7, 7, 1, 0, 0, 0]);
  });

  it("has limits of normal variation by week, locked from the first weeks of the window, and none by day", async () => {
    const { level, series } = await flow("?from=2026-03-30");
    const days = await flow("?from=2026-03-30&interval=day");

    expect(level.limits).toMatchObject({ from: "2026-03-30T00:00:00.000Z" });
    expect(level.words).toMatch(/Limits rest on the first 13 complete weeks of this window\.$/);
    expect(series.map(({ signal }) => signal)).toHaveLength(14);
    expect(days.level.limits).toBeNull();
    expect(days.level.words).toContain("by day");
  });

  it("is forecast with a test on the past, or not at all", async () => {
    const { forecast } = await flow();
    const short = await flow("?from=2026-06-01");

    expect(forecast.weeks?.p50).toBe(1);
    expect(forecast.intervals).toBeGreaterThan(0);
    expect(short.forecast).toMatchObject({ weeks: null, covered: null });
    expect(short.forecast.words).toContain("A forecast needs 7 complete periods");
  });

  it("came to kinds of work, with what bots merged unless that is left out", async () => {
    const kind = (number: number, title: string, authorKind: "human" | "bot" = "human") =>
      aChange(number, { openedAt: NOW - 9 * DAY, mergedAt: NOW - 8 * DAY, title, authorKind });
    const headway = await aHeadway({
      config: told,
      tells: [
        [
          aRepository({ head: "a" }),
          aCommit("a", { authoredAt: NOW - 20 * DAY }),
          kind(1, "fix: round half to even"),
          kind(2, "feat: add a cart"),
          kind(3, "Bump a from 1 to 2", "bot"),
          kind(4, "Tidy up"),
          aChange(5, { openedAt: NOW - 9 * DAY, title: "fix: not merged" }),
        ],
      ],
    });
    const kinds = async (query: string) => {
      const reply = contract["/api/flow"].reply.parse((await headway.get(`/api/flow?${query}`)).json());
      return reply.kinds;
    };

    const { changes, untold, rows, words } = await kinds("");

    expect([changes, untold]).toEqual([4, 1]);
    expect(rows.map(({ type, changes: count, share }) => [type, count, share])).toEqual([
      ["feature", 1, 1 / 3],
      ["fix", 1, 1 / 3],
      ["revert", 0, 0],
      ["dependency", 1, 1 / 3],
      ["upkeep", 0, 0],
    ]);
    expect(words).toMatch(/^Features are 33 % of 3 changes that say what they are \(proxy\)\. Only 75 % of 4 changes/);
    expect(await kinds("bots=out")).toMatchObject({ changes: 3, untold: 1 });
    expect(await kinds("to=2026-06-20")).toMatchObject({ changes: 0, words: "No change was merged in this window." });
  });

  it("is unknown where no host tells of changes", async () => {
    const headway = await aHeadway({ config: told, tells: [[aRepository({ head: "a" }), aCommit("a")]] });
    const reply = contract["/api/flow"].reply.parse((await headway.get("/api/flow")).json());

    expect(reply.sentence).toBe("Only a host knows what is open and since when: connect GitHub or GitLab.");
    expect(reply.open.rows).toEqual([]);
  });
});
