import { describe, expect, it } from "vitest";
import type { Truth } from "#collectors/demo/truth.ts";
import { truthOf } from "#collectors/demo/truth.ts";
import { demoBooks } from "#config/demo-costs.ts";
import { demoLedger, FINANCE } from "#config/demo-ledger.ts";
import { demoClosings, demoMonths, demoPlan, demoSchedule } from "#config/demo-plan.ts";
import { demoProgramme, demoRecord } from "#config/demo-programme.ts";
import { parseProgramme } from "#config/programme.ts";
import { reconciled } from "#metrics/programme/savings/ledger/reconcile.ts";
import type { Step } from "#metrics/programme/savings/ledger/lines.ts";
import { refusal, standingOf } from "#metrics/programme/savings/ledger/lines.ts";
import { placingFlaw } from "#metrics/programme/savings/ledger/placing.ts";
import { deviations } from "#metrics/programme/savings/deviations.ts";
import { parseCsv } from "#server/csv.ts";

type Line = ReturnType<typeof demoLedger>[number];

const TODAY = "2026-11-28";

function told(years: number, seed = 1) {
  const truth = truthOf({ seed, since: "2023-11-27", years });
  const known = {
    services: truth.services.map(({ name }) => name),
    teams: truth.teams.map(({ name }) => name),
    systems: truth.systems.map(({ name, element }) => ({ name, element, technology: "it" as const })),
  };
  return { truth, programme: parseProgramme(demoProgramme(truth), "The demo", known) };
}

/** Why any step of a line is refused, were each done on its day. */
function refusals(line: Line): readonly (string | null)[] {
  const own = line.steps.map((one) => ({ ...one, line: 1, hours: one.step === "measured" ? line.hours : null }));
  return own.map((step, index) => {
    const before = own.slice(0, index);
    const measuredBy = before.findLast((one) => one.step === "measured")?.actor ?? null;
    return refusal(standingOf({ ...line, id: 1 }, before), step, { actor: step.actor, measuredBy });
  });
}

/** How far a line has come by a day. */
function endOn({ steps }: Line, day: string): Step {
  return steps.findLast((one) => one.day <= day)?.step ?? "identified";
}

function stated(truth: Truth, today: string): readonly string[] {
  return demoClosings(truth, today).flatMap(({ states }) => states ?? []);
}

/** What is frozen on the day on which the first team begins. */
function frozen(truth: Truth) {
  const record = demoRecord(truth);
  if (record === null) throw new Error("Nobody begins.");
  const weeks = (Date.parse(record.to) - Date.parse(record.from)) / (7 * 86_400_000);
  return { name: record.name, on: record.to, weeks };
}

describe("the ledger of the demo organisation", () => {
  it.each([1, 2, 3, 5])(
    "takes no step over %i years that the ledger would refuse, and each after the one before",
    (years) => {
      const lines = demoLedger(told(years).truth);

      expect(lines.flatMap(refusals).filter((why) => why !== null)).toEqual([]);
      for (const { day, steps } of lines) {
        const days = [day, ...steps.map((step) => step.day)];
        expect(days).toEqual(days.toSorted());
      }
    },
  );

  it("places what finance agreed to, and only where there is something to pay for", () => {
    const { truth, programme } = told(3);
    const initiatives = programme.initiatives.map(({ id }) => id);
    const flaws = demoLedger(truth).flatMap((line) =>
      line.fundings.map(({ day, placements }) => {
        const steps = line.steps.filter((step) => step.day <= day).map((step) => ({ ...step, line: 1, hours: null }));
        return placingFlaw(standingOf({ ...line, id: 1 }, steps), { placements }, initiatives);
      }),
    );

    expect(flaws.length).toBeGreaterThan(5);
    expect(flaws.filter((flaw) => flaw !== null)).toEqual([]);
  });

  it("tells a whole story by now: agreed to, sent back, not measured yet, and only thought of", () => {
    const lines = demoLedger(told(3).truth).filter(({ day }) => day <= TODAY);
    const ends = lines.map((line) => endOn(line, TODAY));

    expect(new Set(ends)).toEqual(
      new Set(["sustained", "realised", "validated", "measured", "rejected", "planned", "identified"]),
    );
    const signed = lines.flatMap(({ steps }) => steps).filter(({ step }) => step === "validated");
    expect(new Set(signed.map(({ actor }) => actor))).toEqual(new Set([FINANCE]));
  });

  it("is nobody's where nobody adopts anything", () => {
    const { truth } = told(3);
    const nobody = { ...truth, teams: truth.teams.map((team) => ({ ...team, wave: null, adoptedOn: null })) };

    expect(demoLedger(nobody)).toEqual([]);
    expect(demoSchedule(nobody)).toBeNull();
  });
});

describe("the books of the demo organisation", () => {
  const { truth, programme } = told(3);
  const said = demoMonths(truth);
  const terms = {
    assumptions: programme.assumptions,
    costs: programme.costs,
    teams: truth.teams.map(({ name }) => name),
  };
  const read = (months: readonly string[], isCorrected: boolean) =>
    parseCsv(demoBooks(truth, months, said, isCorrected))
      .slice(1)
      .map(({ cells: [costCentre = "", month = "", amount = ""] }) => ({ costCentre, month, amount: Number(amount) }));

  it("agree with what the programme explains in every month but the one in which a year was paid at once", () => {
    const months = demoClosings(truth, TODAY).flatMap((closing) => closing.months);
    const found = reconciled(read(months, true), terms);

    expect(found.filter(({ capsGrade }) => capsGrade !== false).map(({ month }) => month)).toEqual([said.prepaid]);
    expect(months).toHaveLength(35);
    expect(new Set(months).size).toBe(35);
  });

  it("say too much of one cost centre at first", () => {
    const [first, then] = [read([said.slipped], false), read([said.slipped], true)];

    expect(first.filter(({ amount }, at) => amount !== then[at]?.amount).map(({ costCentre }) => costCentre)).toEqual([
      "6300 Overtime",
    ]);
  });

  it("are followed by statements of the last months, and of no more than eight", () => {
    expect(stated(truth, TODAY)).toEqual(["2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]);
    expect(stated(truth, "2028-01-20")).toHaveLength(8);
  });
});

describe("the plan of the demo organisation", () => {
  it("says before anybody begins what is done afterwards, over a baseline that is long enough", () => {
    for (const years of [1, 2, 3, 4, 5]) {
      const { truth } = told(years);
      const { name: baseline, on, weeks } = frozen(truth);
      const plan = demoPlan(truth, baseline, []);
      const done = {
        quarter: "2026-Q3",
        baseline: plan.baseline,
        method: "difference-in-differences" as const,
        seed: 1,
        isOfScope: true,
      };
      const adoptions = truth.teams.map(({ name, adoptedOn }) => ({
        team: name,
        week: adoptedOn,
        from: "wave" as const,
      }));

      expect(deviations({ ...plan, frozenOn: on, quarters: [] }, { ...done, adoptions })).toEqual([]);
      expect(weeks).toBeGreaterThanOrEqual(12);
    }
  });
});
