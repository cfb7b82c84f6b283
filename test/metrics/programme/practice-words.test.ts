import { describe, expect, it } from "vitest";
import { partStatus, practiceStatus } from "#metrics/programme/practice-status.ts";
import { LIMITS } from "#metrics/programme/practices/limits.ts";
import type { Part, Practice, Reading } from "#metrics/programme/practices/practice.ts";
import { USUAL, WHOLE_WEEK } from "#metrics/programme/practices/practice.ts";
import { NO_ITEMS, unmeasurable } from "#metrics/programme/practices/readings.ts";
import { WEEK } from "#metrics/time.ts";

const part: Part = { ...USUAL, id: "part", condition: () => "Six of ten.", threshold: () => 0.6, read: () => NO_ITEMS };
const weekly: Part = { ...part, id: "weekly", condition: () => "Every week.", counts: "weeks", threshold: WHOLE_WEEK };

const share = (met: number, of: number, has = {}): Reading => ({ ...NO_ITEMS, met, of, ...has });
const times = (count: number, reading: Reading): readonly Reading[] => Array.from({ length: count }, () => reading);
const weeksOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ from: index * WEEK, to: (index + 1) * WEEK }));
const [GOOD, BAD, MISSING] = [share(9, 10), share(3, 10), unmeasurable("Nobody reads it.")];
const EXEMPT: Reading = { kind: "not-applicable", reason: "It has no pipeline", owner: "Plant" };

describe("the words of a part", () => {
  const words = (readings: readonly Reading[], of: Part = part) =>
    partStatus({ part: of, readings }, weeksOf(readings.length), LIMITS.cloud).words;

  it("are its condition, in how many weeks it was met, and the share of their items together", () => {
    expect(words([...times(4, GOOD), ...times(2, BAD)])).toBe(
      "Six of ten. Practised: met in 4 of the last 6 weeks with anything to judge. Together 42 of 60 items, 90 % interval 59.6 % to 78.7 %.",
    );
    expect(words(times(18, GOOD))).toBe(
      "Six of ten. Adopted: met in 18 of the last 18 weeks with anything to judge. Together 108 of 120 items, 90 % interval 84.6 % to 93.7 %.",
    );
    expect(words(times(6, BAD))).toBe(
      "Six of ten. Met in 0 of the last 6 weeks with anything to judge; it takes 4 of 6. Together 18 of 60 items, 90 % interval 21.3 % to 40.4 %.",
    );
  });

  it("have no share of a condition on weeks, nor where nothing but calm weeks was counted", () => {
    expect(words(times(18, share(1, 1)), weekly)).toBe(
      "Every week. Adopted: met in 18 of the last 18 weeks with anything to judge.",
    );
    expect(words(times(6, share(0, 0, { isCalm: true })))).toBe(
      "Six of ten. Practised: met in 6 of the last 6 weeks with anything to judge.",
    );
  });

  it("say how much is missing where too little happened", () => {
    expect(words([...times(5, NO_ITEMS), GOOD])).toBe(
      "Six of ten. Met in 1 of the last 1 week with anything to judge: it takes 4 of 6 to say.",
    );
    expect(words(times(6, NO_ITEMS))).toBe("Six of ten. No week has anything to judge, or too little of it is known.");
  });

  it("say why it cannot be measured, and who said that it is not asked for", () => {
    expect(words(times(6, MISSING))).toBe("Six of ten. Nobody reads it.");
    expect(words(times(6, EXEMPT))).toBe("Six of ten. Not asked for: It has no pipeline (Plant).");
  });
});

describe("the words of a practice", () => {
  const practice: Practice = { id: "practice", title: "A practice", why: "", source: "", parts: [part, weekly] };
  const words = (...readings: readonly (readonly Reading[])[]) =>
    practiceStatus(
      practice,
      readings.map((own, index) => ({ part: practice.parts[index] ?? part, readings: own })),
      weeksOf(18),
      LIMITS.cloud,
    ).words;
  const MET = times(18, share(1, 1));

  it("say what it is and which part decides, and repeat what that part says", () => {
    expect(words(MET, MET)).toMatch(
      /^Adopted: every part is\. The weakest part decides: Six of ten\. Adopted: met in 18/,
    );
    expect(words([...times(12, NO_ITEMS), ...times(6, GOOD)], MET)).toMatch(
      /^Practised, and not yet for long enough to be adopted\. The weakest part decides: Six of ten\. Practised: met in 6/,
    );
    expect(words(MET, times(18, share(0, 1)))).toMatch(
      /^Not yet\. The weakest part decides: Every week\. Met in 0 of the last 6 weeks/,
    );
    expect(words(MET, times(18, NO_ITEMS))).toMatch(
      /^Too little happened to say\. The weakest part decides: Every week\. No week has/,
    );
  });

  it.each([
    ["all other parts are adopted", MET],
    ["all other parts are practised", [...times(12, NO_ITEMS), ...times(6, GOOD)]],
  ] as const)("say of what cannot be measured what is known beside it: %s", (beside, readings) => {
    expect(words(readings, times(18, MISSING))).toBe(
      `Cannot be measured, though ${beside}. The weakest part decides: Every week. Nobody reads it.`,
    );
  });

  it("say nothing beside where no part can be measured", () => {
    expect(words(times(18, MISSING), times(18, MISSING))).toBe(
      "Cannot be measured. The weakest part decides: Six of ten. Nobody reads it.",
    );
  });

  it("say of what is not asked of a service why", () => {
    expect(words(times(18, EXEMPT), times(18, EXEMPT))).toBe(
      "Not asked of this service. Six of ten. Not asked for: It has no pipeline (Plant).",
    );
  });
});
