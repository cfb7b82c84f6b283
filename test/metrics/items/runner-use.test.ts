import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PipelineFact } from "#metrics/facts.ts";
import { RunnerSums, runnerUseWords } from "#metrics/items/runner-use.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { HOUR, MINUTE } from "#metrics/time.ts";
import { aRunFact } from "#test/support/builders.ts";

function useOf(runs: readonly PipelineFact[]) {
  const sums = new RunnerSums();
  for (const run of runs) sums.add(run);
  return sums.use;
}

const wordsOf = (...runs: readonly PipelineFact[]) => runnerUseWords(useOf(runs), "26 weeks");

const hosted = { runner: "GitHub-hosted: Linux", minutes: 3 };
const own = { runner: "self-hosted: gpu", minutes: 15.5 };
const untold = { runner: null, minutes: 1.5 };
/** An hour long, and nobody read its jobs. */
const unread = aRunFact({ finishedAt: HOUR });
/** Nobody knows when it began. */
const untimed = aRunFact({ begunAt: null });

describe("minutes by kind of runner", () => {
  it("say the most first and what no host tells last, each with its share and its runs", () => {
    const both = aRunFact({ runnerMinutes: [hosted, own] });

    expect(useOf([both, aRunFact({ runnerMinutes: [hosted] }), unread])).toMatchObject({
      minutes: 81.5,
      runs: 3,
      unread: 1,
      untimed: 0,
      kinds: [
        { runner: "self-hosted: gpu", minutes: 15.5, share: 15.5 / 81.5, runs: 1 },
        { runner: "GitHub-hosted: Linux", minutes: 6, share: 6 / 81.5, runs: 2 },
        { runner: null, minutes: 60, share: 60 / 81.5, runs: 1 },
      ],
    });
  });

  it("count a run whose jobs nobody read without its pause, and one without a beginning not at all", () => {
    const paused = aRunFact({ startedAt: 10 * MINUTE, pausedAt: 20 * MINUTE, resumedAt: 50 * MINUTE });

    expect(useOf([paused, untimed])).toMatchObject({ minutes: 20, runs: 2, unread: 1, untimed: 1 });
  });

  it("add up, with shares that make one", () => {
    const kinds = fc.constantFrom("a", "b", null);
    const runs = fc.array(
      fc.option(fc.array(fc.record({ runner: kinds, minutes: fc.integer({ min: 1, max: 20 }) }), { maxLength: 3 })),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(runs, (told) => {
        const { kinds: found, minutes } = useOf([...told.map((runnerMinutes) => aRunFact({ runnerMinutes })), unread]);

        expect(sum(found.map((one) => one.minutes))).toBeCloseTo(minutes);
        expect(sum(found.map(({ share }) => share))).toBeCloseTo(1);
      }),
    );
  });

  it("are told with how many nobody tells the runner of, and why", () => {
    expect(wordsOf(aRunFact({ runnerMinutes: [own, untold] }), unread, untimed)).toBe(
      "77 minutes of runners in 3 runs that finished in 26 weeks; of 62 minutes, in 2 runs, no host tells the runner. The jobs of 1 run are not read, so it counts as a whole: `jobs: .*` of the source reads them. Of 1 run nobody says how long it took.",
    );
    expect(wordsOf(unread, unread)).toBe(
      "120 minutes of runners in 2 runs that finished in 26 weeks; no host tells the runner of any. The jobs of 2 runs are not read, so each counts as a whole: `jobs: .*` of the source reads them.",
    );
    expect(wordsOf(aRunFact({ runnerMinutes: [hosted] }))).toBe(
      "3 minutes of runners in 1 run that finished in 26 weeks, each on a runner that hosts tell.",
    );
  });

  it("are never told as 0 where there are some", () => {
    expect(wordsOf(aRunFact({ runnerMinutes: [own, { runner: null, minutes: 0.1 }] }))).toContain(
      "; of less than a minute, in 1 run, no host tells the runner.",
    );
  });

  it("are told as unknown, or as none, where there are none", () => {
    expect(wordsOf()).toBe("No run of a pipeline finished in 26 weeks, so none kept a runner busy.");
    expect(wordsOf(untimed, untimed)).toBe("Of 2 runs that finished in 26 weeks nobody says how long they took.");
    expect(wordsOf(aRunFact({ runnerMinutes: [] }))).toBe("1 run that finished in 26 weeks: no runner took a job.");
    expect(useOf([untimed])).toMatchObject({ minutes: 0, kinds: [] });
  });
});
