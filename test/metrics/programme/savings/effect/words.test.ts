import { describe, expect, it } from "vitest";
import { OPTIONS } from "#metrics/programme/savings/effect/types.ts";
import { changeWords, effectWords, sizeWords } from "#metrics/programme/savings/effect/words.ts";

type Told = Parameters<typeof effectWords>[0];

const size = (low: number, high: number) => ({
  saving: 0.1,
  low,
  high,
  p10: 0.02,
  p50: 0.1,
  p90: 0.18,
  atLeastLine: 0.505,
});
const seen: Told = {
  effect: "yes",
  size: size(0.011, 0.2),
  detectable: 0.05,
  earliest: null,
  counts: { teams: 9, adopted: 5, notYet: 4, weeks: 52, teamWeeks: 30, missing: 0, leftOut: [] },
  method: "difference-in-differences",
  caps: [],
  isAlone: false,
  forbidding: [],
  weeksUntil: null,
};
const said = (has: Partial<Told>) => effectWords({ ...seen, ...has }, OPTIONS);
const would = (has: Partial<Told>) => changeWords({ ...seen, ...has }, OPTIONS);

describe("whether there is an effect, in words", () => {
  it("is yes with the interval that lies above 0", () => {
    expect(said({})).toBe("Yes: with 90 % the saving lies between 1.1 % and 20 %, above 0.");
  });

  it("is no where it got worse, or where a saving like the line would have been seen", () => {
    expect(said({ effect: "no", size: size(-0.2, -0.01) })).toBe(
      "No: it got worse. With 90 % the saving lies between −20 % and −1 %, below 0.",
    );
    expect(said({ effect: "no", size: size(-0.02, 0) })).toBe(
      "No saving is shown, though one of 10 % would have lifted the interval above 0: with 90 % it lies between −2 % and 0 %.",
    );
  });

  it("is not yet where nobody is there to compare with, whatever else forbids it", () => {
    expect(said({ effect: "not yet", isAlone: true, forbidding: ["placebo"] })).toBe(
      "Not yet: if nothing else came to these teams, the saving lies with 90 % between 1.1 % and 20 %; but nobody who had not adopted is there to compare with, so it cannot be told apart from what came to everybody at the same time.",
    );
  });

  it("is not yet where a check forbids a yes, with each reason", () => {
    expect(said({ effect: "not yet", forbidding: ["permutation", "placebo", "negative-control"] })).toBe(
      "Not yet: with 90 % the saving lies between 1.1 % and 20 %, but the same dates in another order show as much too often, and dates before adoption show an effect, too, and an outcome that the programme cannot have moved moved as well.",
    );
  });

  it("is not yet where only a larger one would have been seen, forbidden or not", () => {
    const larger =
      "Not yet: with 90 % the saving lies between −1 % and 20 %, and only one of 5 % or more would have lifted it above 0 by now.";

    expect(said({ effect: "not yet", size: size(-0.01, 0.2) })).toBe(larger);
    expect(said({ effect: "not yet", size: size(-0.01, 0.2), forbidding: ["placebo"] })).toBe(larger);
    expect(said({ effect: "not yet", size: size(0, 0.2), forbidding: ["placebo"] })).toContain("and only one of 5 %");
    expect(said({ effect: "not yet", size: size(-0.01, 0.2), detectable: null })).toContain(
      "only one of any size would",
    );
  });

  it("is not yet where nothing can be said", () => {
    expect(said({ effect: "not yet", size: null })).toBe("Not yet: nothing can be said of an effect.");
  });
});

describe("how large it is, in words", () => {
  it("is told with its percentiles and the chance of the line, and not at all where it is not known", () => {
    expect(sizeWords(size(0, 0.2), OPTIONS)).toBe(
      "As likely as not it is 10 % or more; with 80 % between 2 % and 18 %. That it is at least 10 % has a probability of 50.5 %.",
    );
    expect(sizeWords(null, OPTIONS)).toBe("Its size is not known.");
  });
});

describe("what would make a verdict another one", () => {
  const more = (weeks: string) => `${weeks} like those before: then a saving of 10 % would lift the interval above 0.`;
  const moreTeams =
    "More teams, or more that adopt: with these teams alone two more years do not lift the interval of a saving of 10 % above 0.";

  it("is nothing where it is yes and nothing limits its grade", () => {
    expect(would({ weeksUntil: 8, counts: { ...seen.counts, notYet: 0 } })).toEqual([]);
  });

  it("is as many more weeks as it takes, where there are some", () => {
    expect(would({ effect: "not yet", weeksUntil: 1, earliest: 5 })).toEqual([more("1 more week")]);
    expect(would({ effect: "no", weeksUntil: 12, earliest: 5 })).toEqual([more("12 more weeks")]);
    expect(would({ effect: "not yet", weeksUntil: 0, earliest: 5 })).toEqual([]);
  });

  it("is more teams where no time is enough, and nothing of that where there is no size", () => {
    expect(would({ effect: "not yet" })).toEqual([moreTeams]);
    expect(would({ effect: "not yet", size: null })).toEqual([]);
  });

  it("is a time before, and others to compare with, where the method lacks them", () => {
    const others = "At least 3 teams that adopt later, so that others can be compared with them.";
    const few = { ...seen.counts, notYet: 2 };

    expect(would({ effect: "not yet", size: null, method: "descriptive", counts: few })).toEqual([
      "Weeks before an adoption, or the date of one: without both nothing can be compared.",
      others,
    ]);
    expect(would({ method: "interrupted-time-series", counts: few })).toEqual([others]);
    expect(would({ method: "interrupted-time-series", counts: { ...few, notYet: 3 } })).toEqual([]);
  });

  it("is what holds its grade down, one by one", () => {
    expect(
      would({
        caps: [
          { grade: "B", words: "Few teams." },
          { grade: "C", words: "A freeze." },
        ],
      }),
    ).toEqual(["A grade better than B: Few teams.", "A grade better than C: A freeze."]);
  });
});
