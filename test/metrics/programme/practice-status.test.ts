import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HABIT, holds, partStatus, practiceStatus, STATUSES } from "#metrics/programme/practice-status.ts";
import { LIMITS } from "#metrics/programme/practices/limits.ts";
import type { Part, Practice, Reading } from "#metrics/programme/practices/practice.ts";
import { HALF, USUAL, WHOLE_WEEK } from "#metrics/programme/practices/practice.ts";
import { NO_ITEMS, unmeasurable } from "#metrics/programme/practices/readings.ts";
import { WEEK } from "#metrics/time.ts";
import { seeded } from "#test/support/builders.ts";

const limits = LIMITS.cloud;
const part: Part = { ...USUAL, id: "part", condition: () => "Six of ten.", threshold: () => 0.6, read: () => NO_ITEMS };
const weekPart: Part = { ...part, id: "weeks", counts: "weeks", threshold: WHOLE_WEEK };

const share = (met: number, of: number, has = {}): Reading => ({ ...NO_ITEMS, met, of, ...has });
const weeksOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ from: index * WEEK, to: (index + 1) * WEEK }));
const judge = (readings: readonly Reading[], of: Part = part) =>
  partStatus({ part: of, readings }, weeksOf(readings.length), limits);
const times = (count: number, reading: Reading): readonly Reading[] => Array.from({ length: count }, () => reading);

const [GOOD, BAD] = [share(9, 10), share(3, 10)];

describe("practising", () => {
  it("takes four of the last six weeks", () => {
    expect(judge([...times(20, BAD), GOOD, BAD, GOOD, BAD, GOOD, GOOD]).status).toBe("practising");
    expect(judge([...times(20, GOOD), BAD, GOOD, BAD, GOOD, GOOD, BAD]).status).toBe("not-yet");
  });

  it("is reached within six weeks by a team that goes from 30 % to 100 % overnight", () => {
    const after = (weeks: number) => judge([...times(26, share(3, 10)), ...times(weeks, share(10, 10))]);

    expect(after(3).status).toBe("not-yet");
    expect(after(4)).toMatchObject({ status: "practising", weeksMet: 4, weeks: 6 });
    expect(after(6)).toMatchObject({ status: "practising", weeksMet: 6, weeks: 6 });
    expect(after(12).status).toBe("adopted");
  });

  it("is reached within six weeks whatever the size of the weeks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 32, maxLength: 32 }), (sizes) => {
        const readings = [
          ...sizes.slice(0, 26).map((of) => share(Math.floor(0.3 * of), of)),
          ...sizes.slice(26).map((of) => share(of, of)),
        ];

        expect(judge(readings).status).toBe("practising");
      }),
    );
  });

  it("passes over weeks without items, but not farther back than twice the weeks", () => {
    const quiet = times(6, NO_ITEMS);

    expect(judge([...times(6, GOOD), ...quiet])).toMatchObject({ status: "practising", weeks: 6 });
    expect(judge([...times(6, GOOD), ...quiet, ...times(2, NO_ITEMS)])).toMatchObject({
      status: "practising",
      weeks: 4,
    });
    expect(judge([...times(6, GOOD), ...quiet, ...times(3, NO_ITEMS)])).toMatchObject({
      status: "insufficient-data",
      weeks: 3,
    });
    expect(judge([...times(30, GOOD), ...times(12, NO_ITEMS)])).toMatchObject({
      status: "insufficient-data",
      weeks: 0,
    });
  });

  it("cannot be said as long as the weeks to come could still decide", () => {
    expect(judge([GOOD, GOOD, BAD]).status).toBe("insufficient-data");
    expect(judge([BAD, BAD, GOOD]).status).toBe("insufficient-data");
    expect(judge([BAD, BAD, BAD]).status).toBe("not-yet");
    expect(judge([GOOD, GOOD, GOOD, GOOD]).status).toBe("practising");
    expect(judge([]).status).toBe("insufficient-data");
  });

  it("does not judge a week of which too little is known", () => {
    expect(judge(times(6, share(8, 8, { unknown: 2 }))).status).toBe("practising");
    expect(judge(times(6, share(7, 7, { unknown: 2 }))).status).toBe("insufficient-data");
  });

  it("is met by calm weeks, in which nothing had to be answered", () => {
    expect(judge(times(18, share(0, 0, { isCalm: true }))).status).toBe("adopted");
    expect(judge([...times(4, share(0, 0, { isCalm: true })), BAD, BAD]).status).toBe("practising");
  });

  it("needs more than the threshold where the threshold itself is too little", () => {
    const exact = times(6, share(6, 10));

    expect(judge(exact).status).toBe("practising");
    expect(judge(exact, { ...part, isStrict: true }).status).toBe("not-yet");
  });

  it("looks for rare things longer", () => {
    const quarterly = times(5, GOOD).flatMap((good) => [good, ...times(12, NO_ITEMS)]);

    expect(judge(quarterly).status).toBe("insufficient-data");
    expect(judge(quarterly, { ...part, pace: () => 13 }).status).toBe("practising");
  });
});

describe("adopted", () => {
  it("takes 12 of 18 weeks, and to be practised now", () => {
    expect(judge(times(11, GOOD)).status).toBe("practising");
    expect(judge(times(12, GOOD)).status).toBe("adopted");
    expect(judge([...times(12, GOOD), BAD, BAD, BAD]).status).toBe("not-yet");
    expect(judge([...times(12, GOOD), BAD, BAD]).status).toBe("adopted");
  });

  it("is refused where the 90 % interval of the last twelve lies below the threshold", () => {
    // Small weeks that just meet it, and two large ones that are far from it.
    const readings = [...times(10, share(3, 5)), share(10, 100), share(10, 100), ...times(4, share(3, 5))];

    const found = judge(readings);

    expect(found).toMatchObject({ status: "practising", met: 50, of: 250 });
    expect(found.interval?.high).toBeLessThan(0.6);
  });

  it("asks of a condition on weeks for two weeks in three and not for all of them", () => {
    const [met, missed] = [share(1, 1), share(0, 1)];
    const readings = times(3, missed).flatMap((one) => [one, ...times(5, met)]);

    expect(judge(readings, weekPart)).toMatchObject({ status: "adopted", weeksMet: 15, weeks: 18 });
  });

  it("is what most small teams show that really do it, and what teams that do not never keep", () => {
    // Five changes a week: at 85 % against a threshold of 60 %, and at 40 %.
    const rate = (truth: number, wanted: (status: string) => boolean) => {
      const draw = seeded(7);
      const teams = Array.from(
        { length: 500 },
        () =>
          judge(
            Array.from({ length: 18 }, () =>
              share(Array.from({ length: 5 }, draw).filter((one) => one < truth).length, 5),
            ),
          ).status,
      );
      return teams.filter(wanted).length / teams.length;
    };

    expect(rate(0.85, (status) => status === "adopted")).toBeGreaterThan(0.95);
    expect(rate(0.4, (status) => status === "adopted")).toBeLessThan(0.01);
  });
});

describe("a practice", () => {
  const practice: Practice = { id: "practice", title: "A practice", why: "", source: "", parts: [part, weekPart] };
  const judged = (...parts: readonly (readonly [Part, Reading])[]) =>
    practiceStatus(
      practice,
      parts.map(([of, reading]) => ({ part: of, readings: times(18, reading) })),
      weeksOf(18),
      limits,
    );

  it("needs all its parts: the weakest decides, and is named", () => {
    const found = judged([part, GOOD], [weekPart, share(0, 1)]);

    expect(found).toMatchObject({ status: "not-yet", weakest: { part: { id: "weeks" } } });
    expect(found.words).toMatch(/^Not yet\. The weakest part decides/);
  });

  it("cannot be measured where one part cannot, and says what the others say", () => {
    const missing = unmeasurable("Nobody reads it.");

    const found = judged([part, GOOD], [weekPart, missing]);

    expect(found).toMatchObject({ status: "not-measurable", measured: "adopted" });
    expect(found.words).toContain("Nobody reads it.");
    expect(judged([part, BAD], [weekPart, missing])).toMatchObject({ status: "not-yet" });
    expect(judged([part, missing], [weekPart, missing])).toMatchObject({ status: "not-measurable", measured: null });
  });

  it("is not decided by what is only shown beside, nor by what is not asked of the service", () => {
    const exempt: Reading = { kind: "not-applicable", reason: "It has no pipeline", owner: "Plant" };

    expect(judged([part, GOOD], [{ ...weekPart, isRequired: false }, share(0, 1)]).status).toBe("adopted");
    expect(judged([part, GOOD], [weekPart, exempt]).status).toBe("adopted");
    const none = judged([part, exempt], [weekPart, exempt]);
    expect(none).toMatchObject({ status: "not-applicable", weakest: null });
    expect(none.words).toContain("It has no pipeline (Plant)");
  });

  it("never gets better when a part gets worse", () => {
    const readings = fc.constantFrom(GOOD, BAD, NO_ITEMS, share(6, 10), unmeasurable("No."));
    fc.assert(
      fc.property(
        fc.array(readings, { minLength: 18, maxLength: 18 }),
        fc.array(readings, { minLength: 18, maxLength: 18 }),
        (a, b) => {
          const both = practiceStatus(
            practice,
            [
              { part, readings: a },
              { part: weekPart, readings: b },
            ],
            weeksOf(18),
            limits,
          );
          const alone = practiceStatus(practice, [{ part, readings: a }], weeksOf(18), limits);

          expect(STATUSES.indexOf(both.status)).toBeLessThanOrEqual(STATUSES.indexOf(alone.status));
        },
      ),
    );
  });

  it("holds when it is practised, adopted or not asked for", () => {
    expect(STATUSES.filter(holds)).toEqual(["practising", "adopted", "not-applicable"]);
    expect(HABIT.practisingWeeks / HABIT.recentWeeks).toBe(HABIT.adoptedWeeks / HABIT.longWeeks);
    expect(HALF()).toBe(0.5);
  });
});
