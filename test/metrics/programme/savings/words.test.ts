import { describe, expect, it } from "vitest";
import { savingsOf } from "#metrics/programme/savings/savings.ts";
import { savingsSentence } from "#metrics/programme/savings/words.ts";

import { anInput, aTeamWeek, mondays, work } from "./weeks.ts";

/** Four weeks in which a share of the work was rework, and four with another. */
const figures = (before: number, now: number) =>
  savingsOf(
    anInput([
      ...mondays("2026-01-05", 4).map((week) => aTeamWeek(week, { work: work(before) })),
      ...mondays("2026-02-02", 4).map((week) => aTeamWeek(week, { work: work(now) })),
    ]),
  );

describe("the sentence of savings", () => {
  it("tells an interval, and whose doing it is only where that is known", () => {
    expect(savingsSentence(figures(0.3, 0.1), true)).toBe(
      "2026-02-02 to 2026-03-01: gross, 20.0 to 20.0 % of the cost was saved; net, after what the programme cost, 20.0 to 20.0 % was saved. 10 % was reached: 100 % likely gross and 100 % likely net.",
    );
    expect(savingsSentence(figures(0.3, 0.1), false)).toContain("less was spent than before, whatever the cause");
  });

  it("says of a loss that it is one", () => {
    expect(savingsSentence(figures(0.1, 0.2), true)).toBe(
      "2026-02-02 to 2026-03-01: gross, nothing was saved, 10.0 to 10.0 % of the cost more was lost than without the programme; net, after what the programme cost, 10.0 to 10.0 % more was spent. 10 % was not reached: 0 % likely gross and 0 % likely net.",
    );
  });
});
