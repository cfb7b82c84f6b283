import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "#metrics/time.ts";
import { contract } from "#server/contract.ts";
import { aCommit, aLine, aRepository, aRun } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import { aHeadway, told } from "#test/support/headway.ts";

const NOW = at("2026-06-30T12:00");
const days = Array.from({ length: 12 }, (_, index) => NOW - (20 - index) * DAY);

/** `CI` takes ten minutes and is flaky once; `CD` takes an hour, and is broken since its last run. */
const aShop = async () =>
  aHeadway({
    config: told,
    tells: [
      [
        aRepository({ head: "c11" }),
        ...aLine(...days.map((day, index) => aCommit(`c${index}`, { authoredAt: day }))),
        ...days.map((day, index) =>
          aRun(`ci-${index}`, `c${index}`, day + HOUR, { name: "CI", createdAt: day + HOUR - 10 * MINUTE }),
        ),
        aRun("ci-red", "c3", (days[3] ?? 0) + 30 * MINUTE, { name: "CI", outcome: "failure" }),
        ...days.slice(0, 11).map((day, index) => aRun(`cd-${index}`, `c${index}`, day + 2 * HOUR)),
        aRun("cd-11", "c11", (days[11] ?? 0) + 2 * HOUR, { outcome: "failure" }),
      ],
    ],
  });

const ask = async (query = "") => {
  const { get } = await aShop();
  return contract["/api/pipelines"].reply.parse((await get(`/api/pipelines${query}`)).json());
};

describe("pipelines by name", () => {
  it("say which takes longest and which is broken", async () => {
    const { sentence, rows } = await ask();

    expect(sentence).toBe("2 pipelines in 26 weeks: CD takes longest (median 1 h), 1 is broken now.");
    expect(rows.map(({ name, runs, brokenSince }) => [name, runs, brokenSince !== null])).toEqual([
      ["CD", 12, true],
      ["CI", 13, false],
    ]);
  });

  it("come in the order of any of their numbers", async () => {
    expect((await ask("?sort=pipeline-success-rate&limit=1")).rows.map(({ name }) => name)).toEqual(["CI"]);
    expect((await ask("?sort=name&direction=ascending&offset=1")).rows.map(({ name }) => name)).toEqual(["CI"]);
    expect((await ask("?sort=runs&direction=ascending")).rows.map(({ name }) => name)).toEqual(["CD", "CI"]);
  });

  it("open the runs that each of their numbers is made of", async () => {
    const headway = await aShop();
    const { rows } = contract["/api/pipelines"].reply.parse((await headway.get("/api/pipelines")).json());

    for (const { name, measures } of rows)
      for (const { metric, whole } of measures) {
        const opened = await headway.rows(metric, `pipeline=${name}`);
        expect(opened.whole, `${name} ${metric}`).toMatchObject({ value: whole.value, n: whole.n, open: whole.open });
        expect(new Set(opened.rows.map(({ title }) => title)).size, `${name} ${metric}`).toBeLessThan(2);
      }
  });

  it("are unknown where no host tells of them, with what to do", async () => {
    const headway = await aHeadway({ config: told, tells: [[aRepository({ head: "a" }), aCommit("a")]] });
    const { reason, rows } = contract["/api/pipelines"].reply.parse((await headway.get("/api/pipelines")).json());

    expect(reason).toContain("No run of a pipeline is known here");
    expect(rows).toEqual([]);
  });
});
