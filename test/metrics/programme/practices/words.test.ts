import { describe, expect, it } from "vitest";
import { practices } from "#metrics/programme/practices/index.ts";
import type { Limits } from "#metrics/programme/practices/limits.ts";
import { later, LIMITS } from "#metrics/programme/practices/limits.ts";

const asked = (limits: Limits) =>
  practices.flatMap(({ id, parts }) =>
    parts.map(
      (part) =>
        `${id}, ${part.isRequired ? "" : "beside, "}${part.isStrict ? "above" : "from"} ${Number(part.threshold(limits).toFixed(3))} of ${part.counts}, each ${part.pace(limits)}: ${part.condition(limits)}`,
    ),
  );

describe("what practices ask for", () => {
  it("is said with its limits", () => {
    expect(asked(LIMITS.cloud)).toMatchInlineSnapshot(`
      [
        "trunk-based, from 0.6 of items, each 1: At least 60 % of what is integrated lived on a branch for at most 24 h, from its first commit to its merge; a direct push had no branch.",
        "trunk-based, from 1 of weeks, each 1: At most 3 branches have an open change at the end of the week.",
        "trunk-based, from 1 of weeks, each 1: Something is integrated on more than 50 % of the working days of a week.",
        "trunk-based, from 1 of weeks, each 1: No freeze is declared, and no 3 working days in a row pass without an integration while a change waits that was ready before them.",
        "continuous-integration, from 0.95 of items, each 1: At least 95 % of the merged changes had a check of their last commit that was over before the merge.",
        "continuous-integration, from 0.5 of items, each 1: Half of the times that the default branch breaks it is green again in less than 1 h.",
        "continuous-integration, beside, from 0.95 of items, each 1: Beside it: at least 95 % of the steps of the default branch have a check that is over.",
        "fast-feedback, from 0.5 of items, each 1: Half of the runs that succeed or fail take less than 10 min, queue included.",
        "fast-feedback, above 0.98 of items, each 1: Less than 2 % of the runs fail and then succeed on the same commit.",
        "small-batches, from 0.5 of items, each 1: Half of the merged changes have at most 200 changed lines.",
        "small-batches, from 1 of weeks, each 1: The deployments of a week that bring something bring at most 10 changes each, on average.",
        "review, from 0.5 of items, each 1: Half of the reviewed changes have their first review in less than 4 working hours after they were ready.",
        "review, from 0.85 of items, each 1: At least 85 % of them have it within a working day (8 working hours).",
        "review, from 0.9 of items, each 1: At least 90 % of what people integrate was reviewed by another person before.",
        "work-in-progress, from 1 of weeks, each 1: At the end of the week at most 1.5 changes are open for each person who was at work in it.",
        "work-in-progress, above 0.85 of items, each 1: Less than 15 % of the changes open at the end of the week are older than the time within which 85 % are merged, in working hours where somebody said when work is done.",
        "deployment-automation, from 0.9 of items, each 1: At least 90 % of the deployments to production are made by a pipeline and not by a person.",
        "deployment-automation, beside, from 0.5 of items, each 1: Beside it: half of the runs that pause pause for less than 4 h, be it for an approval, a manual step or a runner.",
        "release-on-demand, from 0.5 of items, each 1: Half of the merged changes are in production in less than 24 h after their pipeline was green.",
        "release-on-demand, from 1 of weeks, each 1: There is a deployment to production in every week.",
        "release-on-demand, beside, from 0.5 of items, each 1: Beside it: most deployments do not leave by a timetable (a release train).",
        "recovery, from 0.5 of items, each 1: Half of the failed deployments are recovered in less than 24 h.",
        "recovery, from 1 of weeks, each 1: In the 90 days before the end of the week a deployment was taken back, for real or as a drill.",
        "security, from 0.9 of items, each 1: At least 90 % of the merged changes were scanned: a workflow whose name says so ran on their last or their merge commit.",
        "security, beside, from 0.5 of items, each 1: Beside it: half of the critical and high alerts open at the end of the week are younger than 30 days.",
        "security, beside, from 0.5 of items, each 1: Beside it: half of the dependency changes are merged within 14 days of their opening.",
        "infrastructure-as-code, from 0.9 of items, each 1: At least 90 % of what changes infrastructure was reviewed by another person before it was integrated.",
        "ownership, from 1 of weeks, each 1: The default branch has a CODEOWNERS file.",
      ]
    `);
  });

  it("is another thing of what others release, and later on", () => {
    const usual = asked(LIMITS.cloud);
    const other = (limits: Limits) => asked(limits).filter((words) => !usual.includes(words));

    expect([other(LIMITS.embedded), other(LIMITS["on-premises"]), other(later(LIMITS.cloud))]).toMatchInlineSnapshot(`
      [
        [
          "small-batches, from 1 of weeks, each 13: The deployments of a week that bring something bring at most 130 changes each, on average.",
          "deployment-automation, from 0.9 of items, each 13: At least 90 % of the deployments to production are made by a pipeline and not by a person.",
          "release-on-demand, from 0.5 of items, each 13: Half of the merged changes are in production in less than 91 d after their pipeline was green.",
          "release-on-demand, from 1 of weeks, each 1: There is a deployment to production in every 13 weeks.",
          "release-on-demand, beside, from 0.5 of items, each 13: Beside it: most deployments do not leave by a timetable (a release train).",
          "recovery, from 0.5 of items, each 13: Half of the failed deployments are recovered in less than 7 d.",
        ],
        [
          "small-batches, from 1 of weeks, each 4: The deployments of a week that bring something bring at most 40 changes each, on average.",
          "deployment-automation, from 0.9 of items, each 4: At least 90 % of the deployments to production are made by a pipeline and not by a person.",
          "release-on-demand, from 0.5 of items, each 4: Half of the merged changes are in production in less than 28 d after their pipeline was green.",
          "release-on-demand, from 1 of weeks, each 1: There is a deployment to production in every 4 weeks.",
          "release-on-demand, beside, from 0.5 of items, each 4: Beside it: most deployments do not leave by a timetable (a release train).",
          "recovery, from 0.5 of items, each 4: Half of the failed deployments are recovered in less than 3 d.",
        ],
        [
          "release-on-demand, from 1 of weeks, each 1: There is a deployment to production on more than 50 % of the working days of a week.",
          "recovery, from 0.5 of items, each 1: Half of the failed deployments are recovered in less than 1 h.",
        ],
      ]
    `);
    expect(later(LIMITS.regulated).deployDayShare).toBeNull();
    expect(later({ ...LIMITS.cloud, recoveryHours: 0.5 }).recoveryHours).toBe(0.5);
  });
});
