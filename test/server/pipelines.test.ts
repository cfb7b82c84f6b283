import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DAY, HOUR, MINUTE } from "#metrics/time.ts";
import { contract } from "#server/contract.ts";
import { aCommit, aJob, aLine, aRepository, aRun } from "#test/support/builders.ts";
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

/** Two runs whose jobs were read, one of them partly on a runner that nobody tells; one whose jobs were not; and one before the window. */
const onRunners = async () => {
  const aJobOf = (id: string, seconds: number, runner: string | undefined) =>
    aJob(id, "build", 0, { startedAt: NOW - 2 * DAY, finishedAt: NOW - 2 * DAY + seconds * 1000, runner });
  const [first = 0, , , , , , , , , , , last = 0] = days;
  return aHeadway({
    config: told,
    tells: [
      [
        aRepository({ head: "c11" }),
        ...aLine(...days.map((day, index) => aCommit(`c${index}`, { authoredAt: day }))),
        aRun("early", "c0", first + HOUR, { jobs: [aJobOf("0", 6000, "self-hosted: gpu")] }),
        aRun("one", "c11", last + HOUR, {
          outcome: "cancelled",
          branch: "spike",
          jobs: [
            aJobOf("1", 61, "GitHub-hosted: Linux"),
            aJobOf("2", 10, "GitHub-hosted: Linux"),
            aJobOf("3", 90, undefined),
          ],
        }),
        aRun("two", "c11", last + HOUR, { jobs: [aJobOf("4", 930, "self-hosted: gpu")] }),
        aRun("three", "c11", last + 2 * HOUR),
      ],
    ],
  });
};

describe("minutes by runner of pipelines", () => {
  it("are those of all runs that finished in the window, whole ones as they are charged, with how many nobody tells", async () => {
    const { get } = await onRunners();
    const { runners } = contract["/api/pipelines"].reply.parse(
      (await get("/api/pipelines?from=2026-06-20&to=2026-06-30")).json(),
    );

    expect(runners.sentence).toBe(
      "80 minutes of runners in 3 runs that finished in 10 days; of 62 minutes, in 2 runs, no host tells the runner. The jobs of 1 run are not read, so it counts as a whole: `jobs: .*` of the source reads them.",
    );
    expect(runners.kinds.map(({ runner, minutes, runs }) => [runner, minutes, runs])).toEqual([
      ["self-hosted: gpu", 15.5, 1],
      ["GitHub-hosted: Linux", 3, 1],
      [null, 61.5, 2],
    ]);
  });

  it("are each in the file of the runs", async () => {
    const { get } = await onRunners();
    const file = await get("/api/export/pipelines?format=json&from=2026-06-20&to=2026-06-30");
    const rows = z.array(z.object({ id: z.string(), runners: z.array(z.string()).nullable() })).parse(file.json());

    expect(Object.fromEntries(rows.map(({ id, runners }) => [id, runners]))).toEqual({
      one: ["GitHub-hosted: Linux = 3", "unknown = 1.5"],
      two: ["self-hosted: gpu = 15.5"],
      three: null,
    });
  });

  it("are none, in words, where no run finished", async () => {
    const { get } = await onRunners();
    const { runners } = contract["/api/pipelines"].reply.parse(
      (await get("/api/pipelines?from=2026-06-01&to=2026-06-05")).json(),
    );

    expect(runners).toMatchObject({
      sentence: "No run of a pipeline finished in 4 days, so none kept a runner busy.",
      kinds: [],
    });
  });
});
