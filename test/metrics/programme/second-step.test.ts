import { describe, expect, it } from "vitest";
import { practiceStatus } from "#metrics/programme/practice-status.ts";
import { LIMITS } from "#metrics/programme/practices/limits.ts";
import { readWeeks } from "#metrics/programme/practices/index.ts";
import { secondSteps } from "#metrics/programme/second-step.ts";
import { WEEK } from "#metrics/time.ts";
import { hour, known, thePractice, week } from "./practices/reading.ts";
import { deployed } from "./practices/work.ts";

const weeks = Array.from({ length: 18 }, (_, index) => ({
  from: week.from + index * WEEK,
  to: week.to + index * WEEK,
}));
const practice = thePractice("release-on-demand");

/** Deployed on so many of the five working days of each of eighteen weeks. */
function stepsOf(daysAWeek: number, limits = LIMITS.cloud) {
  const deployments = weeks.flatMap((_, index) =>
    Array.from({ length: daysAWeek }, (__, day) => deployed(`${index}-${day}`, index * 7 * 24 + day * 24 + 10)),
  );
  const evidence = known({
    facts: { deployments: [deployed("first", -900), ...deployments] },
    until: hour(20 * 7 * 24),
  });
  const status = practiceStatus(practice, readWeeks(practice, evidence, weeks, limits), weeks, limits);
  return secondSteps(status, evidence, weeks, limits);
}

describe("the second step", () => {
  it("of deploying every week is to deploy on most working days", () => {
    const once = stepsOf(1).get("deploys-often");

    expect(once).toMatchObject({ status: "not-yet", weeksMet: 0, weeks: 6 });
    expect(once?.words).toBe(
      "There is a deployment to production on more than 50 % of the working days of a week. Met in 0 of the last 6 weeks with anything to judge; it takes 4 of 6.",
    );
    expect(stepsOf(2).get("deploys-often")?.status).toBe("not-yet");
    expect(stepsOf(3).get("deploys-often")?.status).toBe("adopted");
  });

  it("is asked of nobody who has not taken the first, nor where a release is rarer than a week by its class", () => {
    expect([...stepsOf(0)]).toEqual([]);
    expect([...stepsOf(5, LIMITS.regulated)]).toEqual([]);
  });

  it("is none where a company asks for more from the beginning", () => {
    expect([...stepsOf(5, { ...LIMITS.cloud, deployDayShare: 0.8 })]).toEqual([]);
  });
});
