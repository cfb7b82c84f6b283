import { describe, expect, it } from "vitest";
import { STAGES } from "#metrics/context/stages.ts";
import { stageShares } from "#metrics/stage-shares.ts";
import { theMetric } from "#test/support/builders.ts";

const sharesOf = (...hours: readonly (readonly (number | null)[])[]) =>
  stageShares(
    STAGES.map((id, index) => ({
      metric: theMetric(id),
      observations: (hours[index] ?? []).map((value, at) => ({ at, value })),
    })),
    null,
  );
const ten = (hours: number): readonly number[] => Array.from({ length: 10 }, () => hours);

describe("the shares of the stages", () => {
  it("are of the hours of all changes together, which add up, and not of the medians, which do not", () => {
    const { stages } = sharesOf([1, 1, 10], [2, 2], [8, 8], [10, 10, 10]);

    expect(stages.map(({ metric, hours, share, median, n }) => [metric, hours, share, median, n])).toEqual([
      ["stage-coding", 12, 12 / 62, 1, 3],
      ["stage-pickup", 4, 4 / 62, 2, 2],
      ["stage-review", 16, 16 / 62, 8, 2],
      ["stage-deploy", 30, 30 / 62, 10, 3],
    ]);
    expect(stages.map(({ share }) => Number(share)).reduce((a, b) => a + b)).toBeCloseTo(1);
  });

  it("leave out what is unknown", () => {
    expect(sharesOf([null, 4], [null], [], [4]).stages.map(({ share, median, n }) => [share, median, n])).toEqual([
      [0.5, 4, 1],
      [0, null, 0],
      [0, null, 0],
      [0.5, 4, 1],
    ]);
  });

  it("name the stage with the most hours, from ten changes on", () => {
    expect(sharesOf(ten(1), ten(1), ten(6), ten(2))).toMatchObject({
      bottleneck: "stage-review",
      words: "Review takes 60 % of the hours of 10 changes: the most of all stages.",
    });
    expect(sharesOf(ten(1).slice(1), [1], [6], [2])).toMatchObject({
      bottleneck: null,
      words: "9 changes: too few to name a bottleneck (from 10).",
    });
  });

  it("have no bottleneck where no time passed, or nothing was merged", () => {
    expect(sharesOf(ten(0), ten(0), ten(0), ten(0))).toMatchObject({
      bottleneck: null,
      words: "10 changes went through without any time passing.",
    });
    expect(sharesOf(ten(0)).stages.map(({ share }) => share)).toEqual([null, null, null, null]);
    expect(sharesOf()).toMatchObject({ bottleneck: null, words: "No stage of a change is known in this window." });
  });

  it("are none where nobody can know them, with the reason", () => {
    expect(stageShares([], "Only a host knows.")).toEqual({
      stages: [],
      bottleneck: null,
      words: "Only a host knows.",
    });
  });
});
