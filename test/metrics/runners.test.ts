import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runnerMinutes } from "#metrics/runners.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { MINUTE, SECOND } from "#metrics/time.ts";
import { aJob } from "#test/support/builders.ts";

/** That long on that runner. */
function job(runner: string | null | undefined, seconds: number, has: Parameters<typeof aJob>[3] = {}) {
  return aJob("1", "build", 0, { startedAt: 0, finishedAt: seconds * SECOND, runner, ...has });
}

function total(minutes: ReturnType<typeof runnerMinutes>): number | null {
  return minutes === null ? null : sum(minutes.map((one) => one.minutes));
}

describe("minutes of runners", () => {
  it("add up jobs that ran side by side, and those of earlier attempts", () => {
    const jobs = [job("self-hosted: linux", 90), job("self-hosted: linux", 90), job("self-hosted: gpu", 600)];

    expect(runnerMinutes({ jobs, retried: [job("self-hosted: linux", 60, { outcome: "failure" })] })).toEqual([
      { runner: "self-hosted: gpu", minutes: 10 },
      { runner: "self-hosted: linux", minutes: 4 },
    ]);
  });

  it("are whole ones for each job on what GitHub offers, as it charges them", () => {
    const jobs = [job("GitHub-hosted: Linux", 61), job("GitHub-hosted: Linux", 5), job("GitHub-hosted: macOS", 120)];

    expect(runnerMinutes({ jobs })).toEqual([
      { runner: "GitHub-hosted: Linux", minutes: 3 },
      { runner: "GitHub-hosted: macOS", minutes: 2 },
    ]);
  });

  it("are of an unknown one where no host tells, and none where no runner took the job, it was skipped, or it is not over", () => {
    const jobs = [
      job(undefined, 30),
      job(null, 3600),
      job("self-hosted", 60, { outcome: "skipped" }),
      job("self-hosted", 60, { finishedAt: null }),
      job("self-hosted", 60, { startedAt: null }),
    ];

    expect(runnerMinutes({ jobs })).toEqual([{ runner: null, minutes: 0.5 }]);
  });

  it("are unknown of a run whose jobs are", () => {
    expect(runnerMinutes({ jobs: [] })).toBeNull();
  });

  it("add up to the time of all jobs, known and unknown together, but for less than a minute of each job on what GitHub offers", () => {
    const kinds = fc.constantFrom("GitHub-hosted: Linux", "self-hosted", "GitLab group: docker", undefined);
    const jobs = fc.array(
      fc.tuple(kinds, fc.nat({ max: 10_000 })).map(([runner, seconds]) => job(runner, seconds)),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(jobs, (all) => {
        const exact = sum(all.map(({ finishedAt }) => Number(finishedAt) / MINUTE));
        const found = total(runnerMinutes({ jobs: all }));
        const hosted = all.filter(({ runner }) => runner === "GitHub-hosted: Linux").length;

        expect(found).toBeGreaterThanOrEqual(exact - 1e-6);
        expect(found).toBeLessThan(exact + hosted + 1e-6);
      }),
    );
  });
});
