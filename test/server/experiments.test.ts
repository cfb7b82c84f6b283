import { describe, expect, it } from "vitest";
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, WEEK } from "#metrics/time.ts";
import type { Reply } from "#server/contract.ts";
import { aCommit, aDeployment, aLine, aRepository } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { change, query } from "#test/support/installation.ts";

type Told = Reply<"/api/experiments">[number];

const START = at("2026-04-20");
const WEEKS = 8;

const line = [aRepository({ head: "a" }), ...aLine(aCommit("a", { authoredAt: START - 200 * DAY }))];

/** So many deployments in each week from 20 weeks before the start on. */
function weeksOf(counts: readonly number[]): readonly DeliveryEvent[] {
  return counts.flatMap((count, week) =>
    Array.from({ length: count }, (_, index) =>
      aDeployment(`${week}-${index}`, "a", START + (week - 20) * WEEK + index * 3_600_000),
    ),
  );
}

const uneven = (level: number, weeks: number): number[] =>
  Array.from({ length: weeks }, (_, week) => level + (week % 3) - 1);

interface Team extends Headway {
  readonly go: (to: Instant) => Promise<void>;
  /** Time passes, and nobody synchronises. */
  readonly wait: (to: Instant) => void;
  readonly set: (has?: object) => Promise<Told>;
  readonly list: (question?: string) => Promise<readonly Told[]>;
}

/** A team that deploys about three times a week, and after its experiment began at another level. */
async function aTeam(level: number): Promise<Team> {
  let now = START;
  const before = weeksOf(uneven(3, 20));
  const headway = await aHeadway({
    config: told,
    tells: [[...line, ...before], weeksOf([...uneven(3, 20), ...uneven(level, WEEKS + 2)])],
    now: () => now,
  });
  const { post, get } = headway;
  return {
    ...headway,
    go: async (to) => {
      now = to;
      await headway.sync();
    },
    wait: (to) => {
      now = to;
    },
    set: async (has = {}) => {
      const plan = { metric: "deployment-frequency", target: 8, tries: "Deploy each merge", actor: "Ada", ...has };
      const answer = await post("/api/experiments/add", plan);
      expect(answer.status, answer.text).toBe(200);
      return answer.json<Told>();
    },
    list: async (question = "") => (await get(`/api/experiments?${question}`)).json(),
  };
}

const REVIEW = START + WEEKS * WEEK;

describe("an experiment", () => {
  it("is told what may be hoped for before it is set, and runs until its review", async () => {
    const { get, set } = await aTeam(8);

    const promise = (await get("/api/experiments/promise?metric=deployment-frequency&target=8")).json<{
      usual: number;
      promise: number;
      words: string;
    }>();
    const found = await set();

    expect(promise.usual).toBeCloseTo(2.95, 2);
    expect(promise.promise).toBeGreaterThan(0.95);
    expect(promise.words).toBe(
      `If it becomes 8 a week, 8 weeks show it in ${Math.round(100 * promise.promise)} of 100 such experiments.`,
    );
    expect(found).toMatchObject({
      scope: "organisation",
      usual: promise.usual,
      promise: promise.promise,
      start: "2026-04-20",
      review: "2026-06-15",
      outcome: "running",
      words: `To be reviewed on 2026-06-15. ${promise.words}`,
      actor: "Ada",
    });
  });

  it("worked where the weeks after it differ from those before, in the wanted way", async () => {
    const { set, go, list } = await aTeam(8);
    await set();
    await go(REVIEW);

    expect(await list()).toMatchObject([
      {
        outcome: "worked",
        words:
          "Worked: 2.88 a week before, 7.88 a week after, outside normal variation; it was meant to become 8 a week. That it came after is sure, that it came from it is not.",
        after: { from: "2026-04-20T00:00:00.000Z", to: "2026-06-15T00:00:00.000Z" },
      },
    ]);
  });

  it("says no difference, and how well it could have seen one", async () => {
    const { set, go, list } = await aTeam(3);
    await set();
    await go(REVIEW);

    expect(await list()).toMatchObject([
      {
        outcome: "no-difference",
        words: expect.stringMatching(
          /^No difference: 2\.88 a week before, 2\.88 a week after, within normal variation; .* would have been seen in 9\d of 100\.$/,
        ),
      },
    ]);
  });

  it("got worse where it went the other way", async () => {
    const { set, go, list } = await aTeam(1);
    await set();
    await go(REVIEW);

    expect((await list()).map(({ outcome }) => outcome)).toEqual(["worse"]);
  });

  it("is too early to judge while the data does not reach its review", async () => {
    const { set, go, wait, list } = await aTeam(8);
    await set();
    await go(REVIEW - DAY);
    wait(REVIEW + DAY);

    expect(await list()).toMatchObject([
      { outcome: "too-early", words: "Too early: the data reaches to 2026-06-14 only. Synchronise first." },
    ]);
  });

  it("is found by its words and by what came of it", async () => {
    const { set, go, list } = await aTeam(8);
    await set({ scope: "service:acme/shop", tries: "Review within the hour" });
    await set();
    await go(REVIEW);

    expect((await list("q=deploy+merge")).map(({ tries }) => tries)).toEqual(["Deploy each merge"]);
    expect((await list("q=ACME")).map(({ tries }) => tries)).toEqual(["Review within the hour"]);
    expect(await list("q=nothing")).toEqual([]);
    expect(await list("outcome=worked")).toHaveLength(2);
    expect(await list("outcome=worse")).toEqual([]);
  });

  it("can be withdrawn once, with the reason, and is never changed", async () => {
    const { set, post, list, installation } = await aTeam(8);
    const { id } = await set();
    const withdraw = async () =>
      post("/api/experiments/withdraw", { id, reason: "We were merged with another team.", actor: "Bob" });

    expect((await withdraw()).json()).toMatchObject({ outcome: "withdrawn", withdrawal: { actor: "Bob" } });
    expect((await withdraw()).text).toContain(`There is no experiment ${id} that could be withdrawn.`);
    expect(await list()).toHaveLength(1);
    await expect(change(installation.store.path, "update experiment set target = 1")).rejects.toThrow("never changed");
    expect(await query(installation.store.path, "select count(*) as n from experiment")).toEqual([{ n: 2 }]);
  });

  it.each([
    ["words", { tries: "" }, "Say what you try"],
    ["a name", { actor: " " }, "Say who you are"],
    ["four weeks", { weeks: 3 }, "An experiment runs 4 weeks or more"],
    ["a metric", { metric: "deployments" }, "There is no metric"],
    ["a scope", { scope: "team:payment" }, "There is no team"],
    ["a target for the better", { target: 1 }, "would be worse than it is"],
    ["a share", { metric: "change-fail-rate", target: 5 }, "write 0.05 for 5 %"],
    ["to be set before the numbers are known", { start: "2026-01-05" }, "proves nothing"],
  ])("wants %s", async (_what, has, words) => {
    const { post } = await aTeam(3);

    const answer = await post("/api/experiments/add", {
      metric: "deployment-frequency",
      target: 8,
      tries: "Deploy each merge",
      actor: "Ada",
      ...has,
    });

    expect(answer.status).toBe(400);
    expect(answer.text).toContain(words);
  });
});
