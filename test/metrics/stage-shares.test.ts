import { describe, expect, it } from "vitest";
import { STAGES } from "#metrics/context/stages.ts";
import { measure } from "#metrics/measure.ts";
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

  it("say what differs between slow and fast changes, which need not be what takes most hours", () => {
    const review = Array.from({ length: 10 }, (_, index) => index);
    const found = sharesOf(ten(20), ten(1), review, ten(2));

    expect(found.stages.map(({ drives }) => drives)).toEqual([0, 0, 1, 0]);
    expect(found.words).toBe(
      "Coding takes 73 % of the hours of 10 changes: the most of all stages. What differs between slow and fast changes is review (100 % of the variance).",
    );
  });

  it("look for differences only among changes of which every stage is known, and which nobody takes for another", () => {
    const review = [null, ...Array.from({ length: 10 }, (_, index) => index)];
    const eleven = [...ten(1), 1];
    const drives = sharesOf(eleven, eleven, review, eleven).stages.map((stage) => stage.drives);

    expect(drives).toEqual([0, 0, 1, 0]);
    expect(sharesOf(eleven, ten(1), review, eleven).stages.map((stage) => stage.drives)).toEqual(
      ten(0)
        .map(() => null)
        .slice(0, 4),
    );
    expect(
      stageShares(
        STAGES.map((id) => ({
          metric: theMetric(id),
          observations: eleven.map((value, index) => ({ at: Math.max(1, index), value: value + index })),
        })),
        null,
      ).stages.map((stage) => stage.drives),
    ).toEqual([null, null, null, null]);
  });

  it("leave a change whose stage nobody told out of what differs, however far it lies from the others", () => {
    const instants = Array.from({ length: 11 }, (_, at) => at);
    const stage = (id: (typeof STAGES)[number], valueAt: (at: number) => number, known = instants) => ({
      metric: theMetric(id),
      observations: known.map((at) => ({ at, value: valueAt(at) })),
    });
    const [coding, pickup, review, deploy] = STAGES;

    expect(
      stageShares(
        [
          stage(coding, (at) => 1 + 999 * Number(at === 5)),
          stage(pickup, () => 1),
          stage(
            review,
            (at) => at,
            instants.filter((at) => at !== 5),
          ),
          stage(deploy, () => 1),
        ],
        null,
      ).stages.map(({ drives }) => drives),
    ).toEqual([0, 0, 1, 0]);
  });

  it("have the median of their own metric, to which what waits counts as waiting at least so long", () => {
    const waiting = [
      ...[1, 2, 3].map((value, at) => ({ at, value })),
      ...[5, 6, 7, 8].map((openFor, at) => ({ at: at + 3, value: null, openFor })),
    ];
    const metric = theMetric("stage-deploy");

    expect(stageShares([{ metric, observations: waiting }], null).stages).toMatchObject([
      { hours: 6, median: measure(metric, waiting, null).value, n: 3 },
    ]);
    expect(measure(metric, waiting, null).value).toBeNull();
  });
});
