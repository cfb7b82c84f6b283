import { describe, expect, it } from "vitest";
import type { Believed } from "#metrics/programme/savings/caps.ts";
import { gradeOf } from "#metrics/programme/savings/caps.ts";
import { savingsOf } from "#metrics/programme/savings/savings.ts";
import { anAssumption } from "#test/metrics/programme/declared.ts";
import { anInput, aTeamWeek, CERTAIN, STUDIED } from "./weeks.ts";

type Minutes = Readonly<Record<string, number>>;

/** A week then and a week now. */
const figuresOf = (has: Partial<typeof STUDIED> = {}, [before, now]: readonly [Minutes, Minutes] = [{}, {}]) =>
  savingsOf(
    anInput([aTeamWeek("2026-01-05", { ciMinutes: before }), aTeamWeek("2026-02-02", { ciMinutes: now })], {
      draws: 2,
      programme: { ...STUDIED, ...has },
    }),
  );

/** Of which nothing can be held against it. */
const beyondDoubt: Believed = {
  figures: figuresOf(),
  effect: { grade: "A", caps: [] },
  isFrozen: true,
  unexplained: 0,
  unheld: 0,
};
const graded = (has: Partial<Believed>) => gradeOf({ ...beyondDoubt, ...has });

describe("the grade of a result", () => {
  it("is A where nothing limits it", () => {
    expect(graded({})).toEqual({ grade: "A", caps: [] });
    expect(graded({ unexplained: null })).toEqual({ grade: "A", caps: [] });
  });

  it("is D where no effect was estimated, and says so", () => {
    expect(graded({ effect: null, isFrozen: false })).toEqual({
      grade: "D",
      caps: [
        { grade: "D", words: "No effect was estimated: it is the difference between then and now." },
        { grade: "C", words: "No baseline was frozen before the results could be seen." },
      ],
    });
  });

  it("is no better than that of the effect, whose own reasons come first", () => {
    const limits = [{ grade: "B", words: "Few teams." }] as const;

    expect(graded({ effect: { grade: "B", caps: limits } })).toEqual({ grade: "B", caps: limits });
    expect(graded({ effect: { grade: "D", caps: limits }, isFrozen: false })).toMatchObject({ grade: "D" });
    expect(graded({ effect: { grade: "B", caps: limits }, isFrozen: false })).toEqual({
      grade: "C",
      caps: [...limits, { grade: "C", words: "No baseline was frozen before the results could be seen." }],
    });
  });

  it("is C where the books differ by more than a twentieth, up or down", () => {
    const words = "What the books say and what is estimated differ by more than 5 %.";

    expect([0.05, -0.05].map((unexplained) => graded({ unexplained }).caps)).toEqual([[], []]);
    expect([0.051, -0.051].map((unexplained) => graded({ unexplained }))).toEqual([
      { grade: "C", caps: [{ grade: "C", words }] },
      { grade: "C", caps: [{ grade: "C", words }] },
    ]);
  });

  it("is C where finance agreed to lines of which nobody said how many hours there are", () => {
    const words = [1, 2].map((unheld) => graded({ unheld }).caps.map((one) => `${one.grade} ${one.words}`));

    expect(words).toEqual([
      ["C Finance agreed to 1 line of hours of which nobody said how many there are."],
      ["C Finance agreed to 2 lines of hours of which nobody said how many there are."],
    ]);
  });

  it("is C where usual values stand in for assumptions that nobody stated", () => {
    const without = (...left: string[]) =>
      graded({ figures: figuresOf({ assumptions: CERTAIN.filter(({ what }) => !left.includes(what)) }) });

    expect(without("responders")).toEqual({
      grade: "C",
      caps: [{ grade: "C", words: "Nobody stated one of the assumptions: usual values stand in for them." }],
    });
    expect(without("responders", "return").caps.map(({ words }) => words)).toEqual([
      "Nobody stated 2 of the assumptions: usual values stand in for them.",
    ]);
  });

  it("is B where nobody ever looked at where hours go", () => {
    expect(graded({ figures: figuresOf({ timeStudies: [] }) })).toEqual({
      grade: "B",
      caps: [{ grade: "B", words: "Where hours go was never held against a time study or a survey." }],
    });
    expect(graded({ figures: null })).toEqual({ grade: "A", caps: [] });
  });
});

describe("minutes of which no host tells the runner", () => {
  const prices: typeof CERTAIN = [...CERTAIN, anAssumption("ci-price", 0.01)];
  const capsOf = (before: Minutes, now: Minutes, assumptions = prices) =>
    graded({ figures: figuresOf({ assumptions }, [before, now]) }).caps;
  const told = (minutes: number): Minutes => ({ hosted: minutes, "": 100 - minutes });

  it("limit the grade to B where they are more than a tenth of one of the two times", () => {
    const limit = [
      {
        grade: "B",
        words:
          "Of more than 10 % of the minutes of pipelines no host tells the runner: they count at the price of all others.",
      },
    ];

    expect(capsOf(told(90), told(90))).toEqual([]);
    expect(capsOf(told(89), told(95))).toEqual(limit);
    expect(capsOf(told(95), told(89))).toEqual(limit);
    expect(capsOf(told(80), {})).toEqual(limit);
    expect(capsOf({}, told(80))).toEqual(limit);
  });

  it("limit nothing where none is told, there are none, or what they cost is not reckoned from them", () => {
    expect(capsOf(told(0), told(0))).toEqual([]);
    expect(capsOf({}, {})).toEqual([]);
    expect(capsOf(told(80), told(80), CERTAIN)).toEqual([]);
  });
});
