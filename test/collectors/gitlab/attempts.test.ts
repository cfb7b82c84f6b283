import { describe, expect, it } from "vitest";
import { attemptsOf } from "#collectors/gitlab/attempts.ts";
import { Job } from "#collectors/gitlab/payloads.ts";

/** Made, begun and ended at minutes of an hour. */
function aJob(
  id: number,
  name: string,
  status: string,
  [made, ended]: [number, number | null],
  draft: object = {},
): Job {
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString();
  return Job.parse({
    id,
    name,
    status,
    allow_failure: false,
    created_at: at(made),
    started_at: ended === null ? null : at(made + 1),
    finished_at: ended === null ? null : at(ended),
    ...draft,
  });
}

function minute(at: number | null | undefined): number | null {
  return at === null || at === undefined ? null : new Date(at).getUTCMinutes();
}

describe("the attempts of a pipeline", () => {
  it("are one while nothing was tried again", () => {
    const jobs = [aJob(1, "build", "success", [0, 5]), aJob(2, "deploy", "failed", [0, 9])];

    expect(attemptsOf(jobs)).toMatchObject({ attempt: 1, earlier: [] });
    expect(minute(attemptsOf(jobs).startedAt)).toBe(1);
  });

  it("are one, begun at no known time, without jobs", () => {
    expect(attemptsOf([])).toEqual({ attempt: 1, earlier: [], startedAt: null });
  });

  it("end when a job is tried again, with what had become of all until then", () => {
    const jobs = [
      aJob(1, "build", "failed", [0, 5]),
      aJob(2, "deploy", "failed", [0, 40]),
      aJob(3, "build", "success", [20, 30]),
      aJob(4, "deploy", "success", [45, 50]),
    ];

    const { attempt, earlier, startedAt } = attemptsOf(jobs);

    expect([attempt, minute(startedAt)]).toEqual([2, 21]);
    expect(
      earlier.map(({ number, outcome, ...at }) => [number, outcome, minute(at.startedAt), minute(at.finishedAt)]),
    ).toEqual([[1, "failure", 1, 5]]);
  });

  it("are as many as the job that was tried most often has tries", () => {
    const jobs = [
      aJob(1, "test", "failed", [0, 5]),
      aJob(2, "flaky", "canceled", [0, 6]),
      aJob(3, "test", "success", [10, 15]),
      aJob(4, "flaky", "failed", [10, 16]),
      aJob(5, "flaky", "success", [20, 25]),
    ];

    expect(attemptsOf(jobs).attempt).toBe(3);
    expect(attemptsOf(jobs).earlier.map(({ outcome }) => outcome)).toEqual(["failure", "failure"]);
  });

  it.each([
    ["canceled", {}, "cancelled"],
    ["success", {}, "success"],
    ["failed", { allow_failure: true }, "success"],
  ])("that ended %s %j are called %s", (status, draft, outcome) => {
    const jobs = [aJob(1, "deploy", status, [0, 5], draft), aJob(2, "deploy", "success", [10, 15])];

    expect(attemptsOf(jobs).earlier.map((each) => each.outcome)).toEqual([outcome]);
  });

  it("are told whatever the order of the jobs", () => {
    const jobs = [aJob(1, "a", "failed", [0, 5]), aJob(2, "b", "success", [0, 6]), aJob(3, "a", "success", [10, null])];

    expect(attemptsOf(jobs.toReversed())).toEqual(attemptsOf(jobs));
  });
});
