import { describe, expect, it } from "vitest";
import type { Asked } from "#metrics/programme/savings/outlook.ts";
import { savingsOutlook } from "#metrics/programme/savings/outlook.ts";
import { WEEK } from "#metrics/time.ts";
import { anAssumption, aProgramme } from "#test/metrics/programme/declared.ts";

const now = Date.parse("2026-11-30");
const weeksAgo = (weeks: number) => new Date(now - weeks * WEEK).toISOString().slice(0, 10);
const begun = (team: string, week: string | null) => ({ team, week, from: "wave" }) as const;

/** A year is known, one team began half a year ago, and everything was said that has to be. */
const complete: Asked = {
  now,
  today: "2026-11-30",
  firstAt: now - 52 * WEEK,
  isFrozen: true,
  adoptions: [begun("orders", weeksAgo(26))],
  programme: aProgramme({ assumptions: [anAssumption("rate", 50), anAssumption("capacity", 70)] }),
};
const outlook = (has: Partial<Asked> = {}) => savingsOutlook({ ...complete, ...has });
const missing = (has: Partial<Asked>) => outlook(has).missing.map(({ what }) => what);

describe("when savings can be told", () => {
  it("is now, with nothing missing, where enough is known before and after the first change", () => {
    expect(outlook()).toEqual({ earliest: null, missing: [] });
  });

  it("nobody can say before anything was collected, and then only that is missing", () => {
    expect(outlook({ firstAt: null, isFrozen: false })).toEqual({
      earliest: null,
      missing: [{ what: "Nothing has been collected.", todo: "headway sync" }],
    });
  });

  it("is twelve weeks after the first team began, to the day", () => {
    const first = [begun("orders", weeksAgo(5)), begun("stock", weeksAgo(7)), begun("till", null)];

    expect(outlook({ adoptions: first }).earliest).toBe(now + 5 * WEEK);
    expect(outlook({ adoptions: first }).missing).toEqual([
      {
        what: "5 weeks of the 12 before and 12 after the first change are still to come.",
        todo: "Keep collecting.",
      },
    ]);
    expect(outlook({ adoptions: [begun("orders", weeksAgo(12))] })).toEqual({ earliest: null, missing: [] });
  });

  it("counts a week of which a part is still to come as a whole one", () => {
    const oneWeek = ["1 week of the 12 before and 12 after the first change is still to come."];

    expect(missing({ adoptions: [begun("orders", "2026-09-08")] })).toEqual(oneWeek);
    expect(missing({ now: now + 1, adoptions: [begun("orders", weeksAgo(11))] })).toEqual(oneWeek);
  });

  it("needs twelve weeks before that change, too: a team that began sooner is asked of when there are as many", () => {
    expect(outlook({ firstAt: now - 10 * WEEK, adoptions: [begun("orders", weeksAgo(9))] }).earliest).toBe(
      now + 14 * WEEK,
    );
  });

  it("is as if somebody began today where nobody has, and says that no team is known to work otherwise", () => {
    const nobody = {
      what: "No team is known to work in another way than before.",
      todo: "Declare a wave or an intervention with its teams and days on Backbone.",
    };

    expect(outlook({ adoptions: [begun("orders", null)] })).toEqual({ earliest: now + 12 * WEEK, missing: [nobody] });
    expect(outlook({ adoptions: [begun("orders", "2026-12-07")] }).missing).toEqual([nobody]);
    expect(outlook({ adoptions: [begun("orders", null)], firstAt: now }).earliest).toBe(now + 24 * WEEK);
  });

  it("counts a team that begins at this very moment", () => {
    expect(missing({ adoptions: [begun("orders", "2026-11-30")] })).toEqual([
      "12 weeks of the 12 before and 12 after the first change are still to come.",
    ]);
  });
});

describe("what is missing before savings can be told", () => {
  const { programme } = complete;
  const said = (...of: Parameters<typeof anAssumption>[]) =>
    aProgramme({ assumptions: of.map((one) => anAssumption(...one)) });

  it("is a baseline, with the command that freezes one", () => {
    expect(outlook({ isFrozen: false }).missing).toEqual([
      {
        what: "No baseline of the organisation was frozen before this period.",
        todo: "Freeze one of at least 12 weeks, better 26, before the next change of how you work: headway report --freeze NAME --by YOU",
      },
    ]);
  });

  it("is what an hour costs on that day", () => {
    expect(outlook({ programme: said(["capacity", 70]) }).missing).toEqual([
      {
        what: "What an hour of work costs is not known.",
        todo: "Agree on a blended rate by role with finance and add it to the assumptions on Backbone.",
      },
    ]);
    expect(missing({ programme: said(["capacity", 70], ["rate", 50, { validFrom: "2026-12-01" }]) })).toHaveLength(1);
    expect(missing({ programme })).toEqual([]);
  });

  it("is the capacity of teams, of each of them by number", () => {
    const teams = [begun("orders", weeksAgo(26)), begun("stock", null)];
    const one = said(["rate", 50], ["capacity", 70, { of: "stock" }]);

    expect(outlook({ adoptions: teams, programme: one }).missing).toEqual([
      {
        what: "How many productive hours a week one team has is not known.",
        todo: "Add the capacity to the assumptions on Backbone: for each team, or one for all.",
      },
    ]);
    expect(missing({ adoptions: teams, programme: said(["rate", 50]) })).toEqual([
      "How many productive hours a week 2 teams have is not known.",
    ]);
  });

  it("stands in the order in which somebody would see to it", () => {
    expect(missing({ adoptions: [begun("orders", null)], programme: aProgramme(), isFrozen: false })).toEqual([
      "What an hour of work costs is not known.",
      "How many productive hours a week one team has is not known.",
      "No team is known to work in another way than before.",
      "No baseline of the organisation was frozen before this period.",
    ]);
  });
});
