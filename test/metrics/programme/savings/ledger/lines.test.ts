import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Transition } from "#metrics/programme/savings/ledger/lines.ts";
import { counts } from "#metrics/programme/savings/ledger/months.ts";
import {
  hasAgreed,
  isForFinance,
  LINE_STAGES,
  refusal,
  standingOf,
  STEPS,
  stepsFrom,
} from "#metrics/programme/savings/ledger/lines.ts";
import { aLine, aStep, upTo } from "./entries.ts";

const others = { actor: "Finance", measuredBy: "Office" };
const free = { day: "2026-11-28", amount: null, hours: null };

describe("a line of the ledger", () => {
  it("goes on stage by stage, and never leaves one out", () => {
    for (const [index, stage] of LINE_STAGES.entries()) {
      const standing = standingOf(aLine(1), upTo(1, stage));

      expect(standing.stage).toBe(stage);
      expect(stepsFrom(standing).filter((step) => LINE_STAGES.some((one) => one === step))).toEqual(
        LINE_STAGES.slice(index + 1, index + 2),
      );
    }
    const skipping = refusal(standingOf(aLine(1), []), { ...free, step: "measured" }, others);
    expect(skipping).toContain("A line that is identified cannot become measured. It can become planned, withdrawn");
  });

  it("takes only steps that are allowed, whatever is tried, and counts only while finance agrees", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STEPS), { maxLength: 30 }), (tried) => {
        const taken: Transition[] = [];
        for (const step of tried) {
          const standing = standingOf(aLine(1), taken);
          const allowed = [aStep(1, step)].filter(() => refusal(standing, { ...free, step }, others) === null);
          taken.push(...allowed);
          const after = standingOf(aLine(1), taken);

          expect(allowed.length).toBeLessThanOrEqual(Number(stepsFrom(standing).includes(step)));
          expect(counts(after, "2026-06")).toBe([hasAgreed(after.stage), !after.isWithdrawn].every(Boolean));
          expect(after.agreedOn === null).toBe(!hasAgreed(after.stage));
        }
        const agreed = taken.findIndex(({ step }) => step === "validated");
        expect(taken.slice(0, Math.max(0, agreed)).map(({ step }) => step)).toEqual(
          expect.arrayContaining(["planned", "implemented", "measured"].filter(() => agreed >= 0)),
        );
      }),
    );
  });

  it("is agreed to by somebody else than who measured it", () => {
    const measured = standingOf(aLine(1), upTo(1, "measured"));
    const by = (actor: string) => refusal(measured, { ...free, step: "validated" }, { actor, measuredBy: "Office" });

    expect(by(" office ")).toContain("two must have looked");
    expect(by("Finance")).toBeNull();
    expect(STEPS.filter(isForFinance)).toEqual(["validated", "rejected"]);
  });

  it("is not agreed to while nobody says what it is worth", () => {
    const measured = standingOf(aLine(1, { amount: null, hours: null }), upTo(1, "measured"));

    expect(refusal(measured, { ...free, step: "validated" }, others)).toContain(
      "Nobody has said what the line is worth",
    );
    expect(refusal(measured, { ...free, step: "validated", amount: 5 }, others)).toBeNull();
  });

  it("is sent back to be measured anew, or looked at anew", () => {
    const measured = [...upTo(1, "measured"), aStep(1, "rejected")];
    const agreed = [...upTo(1, "realised"), aStep(1, "rejected")];

    expect(standingOf(aLine(1), measured)).toMatchObject({ stage: "implemented", agreedOn: null });
    expect(standingOf(aLine(1), agreed)).toMatchObject({ stage: "measured", agreedOn: null, realisedOn: null });
  });

  it("is worth what was said last", () => {
    const steps = [...upTo(1, "measured"), aStep(1, "validated", { amount: 700, day: "2026-03-01" })];

    expect(standingOf(aLine(1), steps)).toMatchObject({ amount: 700, hours: 20, agreedOn: "2026-03-01" });
  });

  it("is sustained when it has lasted half a year", () => {
    const realised = standingOf(aLine(1), upTo(1, "realised", { day: "2026-02-10" }));
    const on = (day: string) => refusal(realised, { ...free, day, step: "sustained" }, others);

    expect(on("2026-08-09")).toContain("This one was realised on 2026-02-10");
    expect(on("2026-08-10")).toBeNull();
  });

  it("can be sent back or withdrawn before it has lasted half a year", () => {
    const realised = standingOf(aLine(1), upTo(1, "realised", { day: "2026-02-10" }));
    const steps = (["rejected", "withdrawn"] as const).map((step) =>
      refusal(realised, { ...free, day: "2026-02-11", step }, others),
    );

    expect(steps).toEqual([null, null]);
    expect(stepsFrom(standingOf(aLine(1), upTo(1, "sustained")))).toEqual(["rejected", "withdrawn"]);
  });

  it("keeps the days on which finance agreed and on which it came, whatever is said of it afterwards", () => {
    const steps = [
      ...upTo(1, "measured"),
      aStep(1, "validated", { day: "2026-03-10" }),
      aStep(1, "realised", { day: "2026-05-10" }),
      aStep(1, "sustained", { day: "2026-12-10", hours: 30 }),
    ];

    expect(standingOf(aLine(1), steps)).toMatchObject({
      stage: "sustained",
      hours: 30,
      agreedOn: "2026-03-10",
      countsFrom: "2026-03",
      realisedOn: "2026-05-10",
    });
    expect(standingOf(aLine(1, { fromMonth: "2026-04" }), steps).countsFrom).toBe("2026-04");
    expect(standingOf(aLine(1), upTo(1, "measured"))).toMatchObject({ countsFrom: null, realisedOn: null });
  });

  it("stands as its own steps say, and not those of other lines", () => {
    const steps = [...upTo(2, "validated"), aStep(2, "withdrawn")];

    expect(standingOf(aLine(1), steps)).toMatchObject({
      stage: "identified",
      isWithdrawn: false,
      ledger: "capacity",
      bucket: "unplanned-rework",
      said: [{ day: "", amount: 1000, hours: 20 }],
    });
  });

  it("says in a sentence where it cannot go, and where it can", () => {
    const measured = standingOf(aLine(1), upTo(1, "measured"));
    const withdrawn = standingOf(aLine(1), [aStep(1, "withdrawn")]);

    expect(refusal(measured, { ...free, step: "sustained" }, others)).toBe(
      "A line that is measured cannot become sustained. It can become validated, rejected, withdrawn: no stage is left out.",
    );
    expect(refusal(withdrawn, { ...free, step: "planned" }, others)).toBe(
      "The line was withdrawn: nothing can be done with it any more. Add another one.",
    );
    expect(stepsFrom(standingOf(aLine(1), upTo(1, "implemented")))).toEqual(["measured", "withdrawn"]);
  });

  it("is agreed to with its money or its hours alone, and by anybody where nobody is known to have measured it", () => {
    const of = (draft: Parameters<typeof aLine>[1]) => standingOf(aLine(1, draft), upTo(1, "measured"));
    const agreeing = { ...free, step: "validated" } as const;

    expect(refusal(of({ amount: null }), agreeing, others)).toBeNull();
    expect(refusal(of({ hours: null }), agreeing, others)).toBeNull();
    expect(refusal(of({ amount: null, hours: null }), { ...agreeing, hours: 2 }, others)).toBeNull();
    expect(refusal(of({}), agreeing, { actor: "Office", measuredBy: null })).toBeNull();
    expect(refusal(of({}), { ...free, step: "rejected" }, { actor: "Office", measuredBy: "Office" })).toBeNull();
  });

  it("counts half a year from the last of a month to the last of one that is shorter", () => {
    const realised = standingOf(aLine(1), upTo(1, "realised", { day: "2025-08-31" }));
    const on = (day: string) => refusal(realised, { ...free, day, step: "sustained" }, others);

    expect(on("2026-02-27")).not.toBeNull();
    expect(on("2026-02-28")).toBeNull();
  });

  it("stays withdrawn", () => {
    const standing = standingOf(aLine(1), [...upTo(1, "validated"), aStep(1, "withdrawn")]);

    expect(stepsFrom(standing)).toEqual([]);
    expect(counts(standing, "2026-03")).toBe(false);
    expect(refusal(standing, { ...free, step: "realised" }, others)).toContain("Add another one");
  });
});
