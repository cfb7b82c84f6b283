import { describe, expect, it } from "vitest";
import type { Headline, SavingsFigures } from "#metrics/programme/savings/result.ts";
import { savingsOf } from "#metrics/programme/savings/savings.ts";
import { savingsSentence } from "#metrics/programme/savings/words.ts";

import { anInput, aTeamWeek, mondays, work } from "./weeks.ts";

/** Four weeks in which a share of the work was rework, and four with another. */
const figures = (before: number, now: number) =>
  savingsOf(
    anInput(
      [
        ...mondays("2026-01-05", 4).map((week) => aTeamWeek(week, { work: work(before) })),
        ...mondays("2026-02-02", 4).map((week) => aTeamWeek(week, { work: work(now) })),
      ],
      { draws: 2 },
    ),
  );

const saving = figures(0.3, 0.1);
const loss = figures(0.1, 0.2);

const estimate = (p10: number, p90: number): Headline["gross"] => ({
  likely: p10,
  spread: { p10, p50: (p10 + p90) / 2, p90 },
});

/** What is said of such a headline. */
function said(headline: SavingsFigures["headline"], isCaused = true): string {
  return savingsSentence({ ...saving, headline }, isCaused);
}

/** A gain in the mean of both draws, of which so many reach the line. */
const reaching = (grossReaches: number, netReaches: number): Headline => ({
  gross: estimate(0.05, 0.15),
  net: estimate(0.04, 0.14),
  grossReaches,
  netReaches,
});

describe("the sentence of savings", () => {
  it("tells an interval, and whose doing it is only where that is known", () => {
    expect(savingsSentence(saving, true)).toBe(
      "2026-02-02 to 2026-03-01: gross, 20.0 to 20.0 % of the cost was saved; net, after what the programme cost, 20.0 to 20.0 % was saved. 10 % was reached: 100 % likely gross and 100 % likely net.",
    );
    expect(savingsSentence(saving, false)).toBe(
      "2026-02-02 to 2026-03-01: gross, 20.0 to 20.0 % of the cost less was spent than before, whatever the cause; net, after what the programme cost, 20.0 to 20.0 % was saved. 10 % was reached: 100 % likely gross and 100 % likely net.",
    );
  });

  it("says of a loss that it is one", () => {
    expect(savingsSentence(loss, true)).toBe(
      "2026-02-02 to 2026-03-01: gross, nothing was saved, 10.0 to 10.0 % of the cost more was lost than without the programme; net, after what the programme cost, 10.0 to 10.0 % more was spent. 10 % was not reached: 0 % likely gross and 0 % likely net.",
    );
    expect(savingsSentence(loss, false)).toContain(
      "gross, nothing was saved, 10.0 to 10.0 % of the cost more was spent than before, whatever the cause;",
    );
  });

  it("turns the interval of a loss around, so that the smaller loss comes first", () => {
    const lost = { ...reaching(0, 0), gross: estimate(-0.12, -0.03), net: estimate(-0.2, -0.01) };

    expect(said(lost)).toContain("nothing was saved, 3.0 to 12.0 % of the cost more was lost");
    expect(said(lost)).toContain("after what the programme cost, 1.0 to 20.0 % more was spent.");
  });

  it("calls nothing a loss that may be none: an interval around 0 is told with its sign", () => {
    const open = { ...reaching(0, 0), gross: estimate(-0.021, 0), net: estimate(-0.05, 0.02) };

    expect(said(open)).toContain("gross, −2.1 to 0.0 % of the cost was saved;");
    expect(said(open)).toContain("net, after what the programme cost, −5.0 to 2.0 % was saved.");
  });

  it("says outright that the line was reached, or was not, where nineteen of twenty draws of both agree", () => {
    expect(said(reaching(0.95, 0.95))).toContain(" 10 % was reached: 95 % likely gross and 95 % likely net.");
    expect(said(reaching(0.05, 0.04))).toContain(" 10 % was not reached: 5 % likely gross and 4 % likely net.");
  });

  it.each([
    [0.99, 0.94, "99 % likely gross and 94 % likely net"],
    [0.94, 0.99, "94 % likely gross and 99 % likely net"],
    [0.06, 0.01, "6 % likely gross and 1 % likely net"],
    [0.01, 0.06, "1 % likely gross and 6 % likely net"],
    [0.704, 0.496, "70 % likely gross and 50 % likely net"],
  ])("tells chances where not both agree: %d and %d", (gross, net, chances) => {
    expect(said(reaching(gross, net))).toMatch(new RegExp(`%.*\\. That 10 % was reached is ${chances}\\.$`));
  });

  it("says what is missing where nothing is known", () => {
    expect(savingsSentence(null, true)).toBe("Nothing was collected yet, so nothing can be said of savings.");
    expect(said(null)).toBe("2026-02-02 to 2026-03-01: what was saved is not known yet.");
  });
});
