import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketOf } from "#metrics/programme/savings/activity.ts";
import { at } from "#test/support/fake-host.ts";
import { aHumanChange, weeksOf } from "./activities.ts";

function reworkIn([week]: ReturnType<typeof weeksOf>): number {
  return week?.work?.["unplanned-rework"] ?? Number.NaN;
}

describe("what a week went into", () => {
  it("is each day by its lines, over the days from the first commit until it was ready", () => {
    const [week] = weeksOf({
      changes: [
        aHumanChange({
          id: "1",
          workType: "feature",
          firstCommitAt: at("2026-03-02T09:00"),
          openedAt: at("2026-03-05T17:00"),
          additions: 400,
        }),
        aHumanChange({
          id: "2",
          workType: "fix",
          firstCommitAt: at("2026-03-05T09:00"),
          openedAt: at("2026-03-05T12:00"),
          additions: 300,
        }),
      ],
    });

    // Four days with 100 lines of the feature each, and on the fourth 300 of the fix.
    expect(week?.work).toEqual({
      "new-value": 3.25,
      "planned-maintenance": 0,
      "unplanned-rework": 0.75,
      "security-remediation": 0,
    });
  });

  it("does not change when a change is cut into pieces that were worked on at the same time", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 12 }), (pieces) => {
        const span = {
          workType: "fix" as const,
          firstCommitAt: at("2026-03-03T09:00"),
          openedAt: at("2026-03-06T12:00"),
        };
        const other = aHumanChange({
          id: "other",
          workType: "feature",
          firstCommitAt: at("2026-03-02T09:00"),
          openedAt: at("2026-03-06T12:00"),
          additions: 700,
        });
        const all = pieces.reduce((total, lines) => total + lines, 0);
        const whole = weeksOf({ changes: [other, aHumanChange({ id: "whole", ...span, additions: all })] });
        const cut = weeksOf({
          changes: [
            other,
            ...pieces.map((lines, index) => aHumanChange({ id: `${index}`, ...span, additions: lines })),
          ],
        });

        expect(reworkIn(cut)).toBeCloseTo(reworkIn(whole), 9);
        expect(cut[0]?.returns).toBe(whole[0]?.returns);
      }),
    );
  });

  it("is that day alone where a change was made in no time, or its first commit is said to come later", () => {
    const made = (firstCommitAt: number | null) =>
      weeksOf({ changes: [aHumanChange({ firstCommitAt, openedAt: at("2026-03-04T09:00"), additions: 3 })] });
    const oneDay = [{ week: "2026-03-02", work: { "new-value": 1 } }];

    expect(made(null)).toMatchObject(oneDay);
    expect(made(at("2026-03-06T09:00"))).toMatchObject(oneDay);
    expect(made(at("2026-03-04T08:00"))).toMatchObject(oneDay);
  });

  it("is unknown where no host tells the lines of a change, or there are none", () => {
    const workOf = (has: Parameters<typeof aHumanChange>[0]) =>
      weeksOf({
        changes: [
          aHumanChange({
            firstCommitAt: at("2026-03-04"),
            openedAt: at("2026-03-04"),
            deployedAt: at("2026-03-04"),
            leadTimeHours: 1,
            ...has,
          }),
        ],
      }).map(({ work }) => work);

    expect(workOf({ additions: null })).toEqual([null]);
    expect(workOf({ deletions: null })).toEqual([null]);
    expect(workOf({ additions: 0, deletions: 0 })).toEqual([null]);
    expect(workOf({ additions: 0, deletions: 1 })[0]).toMatchObject({ "new-value": 1 });
  });

  it("counts lines that were deleted like those that were added", () => {
    const on = { firstCommitAt: at("2026-03-04T09:00"), openedAt: at("2026-03-04T17:00") };
    const [week] = weeksOf({
      changes: [
        aHumanChange({ id: "1", ...on, additions: 1, deletions: 2 }),
        aHumanChange({ id: "2", ...on, additions: 1, deletions: 0, workType: "fix" }),
      ],
    });

    expect(week?.work).toMatchObject({ "new-value": 0.75, "unplanned-rework": 0.25 });
  });

  it("lies on a weekend where all of it was done then", () => {
    const [week] = weeksOf({
      changes: [aHumanChange({ firstCommitAt: at("2026-03-07T09:00"), openedAt: at("2026-03-08T17:00") })],
    });

    expect(week).toMatchObject({ week: "2026-03-02", work: { "new-value": 1 } });
  });

  it("counts no weekend, and no more than ten days of a change that lay", () => {
    const found = weeksOf({
      changes: [
        aHumanChange({ workType: "feature", firstCommitAt: at("2026-03-01T09:00"), openedAt: at("2026-03-20T12:00") }),
      ],
    });

    expect(found.map(({ work }) => work?.["new-value"])).toEqual([4, 5]);
  });

  it("is read from what changes say of themselves", () => {
    const of = (workType: Parameters<typeof bucketOf>[0]["workType"], labels: readonly string[] | null = null) =>
      bucketOf({ workType, labels });

    expect([of("feature"), of(null), of("fix"), of("revert"), of("upkeep"), of("dependency")]).toEqual([
      "new-value",
      "new-value",
      "unplanned-rework",
      "unplanned-rework",
      "planned-maintenance",
      "planned-maintenance",
    ]);
    expect(
      ["Security", "a vulnerability", "vulnerabilities", "CVE-2026-1"].map((label) => of("fix", ["x", label])),
    ).toEqual(Array.from({ length: 4 }, () => "security-remediation"));
    expect(of("fix", ["insecurity", "cves"])).toBe("unplanned-rework");
  });
});
