import { describe, expect, it } from "vitest";
import { savingsOutlook } from "#metrics/baselines/savings.ts";
import { WEEK } from "#metrics/time.ts";
import { utc } from "#test/support/builders.ts";

const now = utc("2026-06-30T12:00"); // a Tuesday
const zone = "UTC";
const half = { from: utc("2025-12-29T00:00"), to: utc("2026-06-29T00:00") };

const earliest = (known: Partial<Parameters<typeof savingsOutlook>[0]>): string | null => {
  const at = savingsOutlook({ now, zone, firstAt: utc("2024-01-01T00:00"), baseline: null, ...known }).earliest;
  return at === null ? null : new Date(at).toISOString().slice(0, 10);
};

describe("savings can be measured at the earliest", () => {
  it("12 complete weeks after a baseline was frozen, counted from the next Monday", () => {
    expect(earliest({ baseline: { window: half, frozenAt: now } })).toBe("2026-09-28");
  });

  it("12 weeks after its window, where that ends later than it was frozen, and on that Monday itself", () => {
    expect(earliest({ baseline: { window: half, frozenAt: utc("2026-06-01T00:00") } })).toBe("2026-09-21");
  });

  it("12 weeks from now where no baseline is frozen but 12 weeks are known, or the baseline is too short", () => {
    const short = { from: utc("2026-06-01T00:00"), to: utc("2026-06-29T00:00") };

    expect(earliest({})).toBe("2026-09-28");
    expect(earliest({ baseline: { window: short, frozenAt: now } })).toBe("2026-09-28");
    expect(earliest({ baseline: { window: short, frozenAt: utc("2026-06-01T00:00") } })).toBe("2026-09-28");
  });

  it("by a baseline of twelve weeks to the millisecond, and by none that is one shorter", () => {
    const to = utc("2026-06-01T00:00");
    const of = (length: number) => earliest({ baseline: { window: { from: to - length, to }, frozenAt: to } });

    expect(of(12 * WEEK)).toBe("2026-08-24");
    expect(of(12 * WEEK - 1)).toBe("2026-09-28");
  });

  it("24 weeks after the first fact, where less is known", () => {
    expect(earliest({ firstAt: utc("2026-06-22T00:00") })).toBe("2026-12-07");
  });

  it("nobody knows when, before anything was collected", () => {
    expect(earliest({ firstAt: null })).toBeNull();
  });

  it("counts weeks of the zone over a change of clocks", () => {
    const winter = { from: utc("2025-07-06T22:00"), to: utc("2025-10-05T22:00") };

    const { earliest: at } = savingsOutlook({
      now,
      zone: "Europe/Berlin",
      firstAt: 0,
      baseline: { window: winter, frozenAt: winter.to },
    });

    expect(at).toBe(utc("2025-12-28T23:00"));
  });
});

describe("what is missing", () => {
  const missing = (known: Partial<Parameters<typeof savingsOutlook>[0]>): string =>
    savingsOutlook({ now, zone, firstAt: utc("2024-01-01T00:00"), baseline: null, ...known })
      .missing.map(({ what, todo }) => `${what} ${todo}`)
      .join("\n");

  it("is a baseline first, with the command that freezes one", () => {
    expect(missing({})).toContain("headway report --freeze NAME --by YOU");
    expect(missing({ firstAt: utc("2026-06-22T00:00") })).toContain("once 12 weeks are known");
    expect(missing({ firstAt: null })).toContain("headway sync");
  });

  it("says whether there is no baseline or only a short one, and whether one can be frozen today", () => {
    const short = { window: { from: utc("2026-06-01T00:00"), to: utc("2026-06-29T00:00") }, frozenAt: now };
    const said = (known: Parameters<typeof missing>[0]) => missing(known).split("\n")[0];
    const todo = "Freeze one of at least 12 weeks, better 26, before the next change of how you work";

    expect(said({})).toBe(
      `No baseline is frozen, so nobody can say what anything is compared with. ${todo}: headway report --freeze NAME --by YOU`,
    );
    expect(said({ baseline: short })).toBe(
      `The baseline is shorter than 12 weeks. ${todo}: headway report --freeze NAME --by YOU`,
    );
    expect(said({ firstAt: now - 12 * WEEK + 1 })).toContain(`${todo}, once 12 weeks are known: headway report`);
    expect(said({ firstAt: now - 12 * WEEK })).toContain(`${todo}: headway report`);
  });

  it("is the date of those teams that have none", () => {
    expect(missing({})).toContain("Which team changed how it works, and when, is not known to Headway.");
    expect(missing({ teams: { known: 12, dated: 2 } })).toContain("10 of 12 teams have no date yet");
    expect(missing({ teams: { known: 12, dated: 2 } })).not.toContain("Which team changed");
    expect(missing({ teams: { known: 2, dated: 2 } })).not.toContain("Declare waves");
  });

  it("is time, as long as it has not passed", () => {
    const frozen = { baseline: { window: half, frozenAt: now } };

    expect(missing(frozen)).toContain(
      "12 of the 12 complete weeks after the baseline have not been observed yet. Keep collecting.",
    );
    expect(missing({ ...frozen, now: utc("2026-09-14T00:00") })).toContain("2 of the 12 complete weeks");
    expect(missing({ ...frozen, now: utc("2026-09-14T00:00") + 1 })).toContain("2 of the 12 complete weeks");
    expect(missing({ ...frozen, now: utc("2026-09-28T00:00") - 1 })).toContain("1 of the 12 complete weeks");
    expect(missing({ ...frozen, now: utc("2026-09-28T00:00") })).not.toContain("have not been observed");
    expect(missing({})).not.toContain("have not been observed");
    expect(missing({ ...frozen, now: utc("2026-10-01T00:00") })).not.toContain("have not been observed");
  });

  it("is always what no collector can know", () => {
    const prices =
      "What an hour of work, the pipelines and the programme cost is not known to Headway, nor how much capacity there is. Agree on blended rates by role with finance now, and add them to the assumptions on the page Backbone.";
    const dates = "Declare waves or interventions with their teams and days on the page Backbone.";

    expect(missing({ firstAt: null })).toBe(
      `Nothing has been collected. headway sync\n${prices}\nWhich team changed how it works, and when, is not known to Headway. ${dates}`,
    );
    expect(missing({ firstAt: null, teams: { known: 2, dated: 2 } })).toBe(
      `Nothing has been collected. headway sync\n${prices}`,
    );
    expect(missing({ baseline: { window: half, frozenAt: now }, teams: { known: 1, dated: 0 } })).toContain(prices);
    expect(missing({ teams: { known: 2, dated: 1 } })).toContain(
      `${prices}\n1 of 2 teams have no date yet from which they work in another way. ${dates}`,
    );
  });
});
