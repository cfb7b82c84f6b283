import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "#metrics/compare.ts";
import { measure } from "#metrics/measure.ts";
import { portfolioWords } from "#metrics/portfolio-words.ts";
import type { ToldService } from "#metrics/portfolio-words.ts";
import { WEEK } from "#metrics/time.ts";
import { theMetric } from "#test/support/builders.ts";

const frequency = theMetric("deployment-frequency");
const window = { from: 0, to: 10 * WEEK };
const perWeek = (rate: number) => ({ ...measure(frequency, [], window), value: rate * 10, perWeek: rate });

function aService(service: string, verdict: Verdict | null, p = 1, [before, now] = [2, 2]): ToldService {
  const change = verdict && { change: 1, low: 0.5, high: 2, verdict, p, among: null, open: null };
  const analysis = { whole: perWeek(now), previous: { window, measure: perWeek(before), change } };
  return { service, told: [{ metric: frequency, analysis }] };
}

describe("which service got worse", () => {
  it("is none where none did, and the clearest that got better is named", () => {
    const services = [
      aService("cards", "better", 0.01, [1, 3]),
      aService("ledger", "within-variation"),
      aService("message-hub", "better", 0.001, [1.5, 6]),
    ];

    expect(portfolioWords(services)).toBe(
      "None of 3 services got worse against its own window before; 2 got better, most clearly message-hub (deployment frequency 1.5 → 6 a week). This holds among 3 comparisons made at once (Holm).",
    );
  });

  it("is the one that did, from what to what", () => {
    const services = [aService("welcome-mails", "worse", 0.001, [3.35, 1.6]), aService("x", "within-variation")];

    expect(portfolioWords(services)).toBe(
      "welcome-mails got worse against its own window before: deployment frequency 3.35 → 1.6 a week (1 of 2 services). This holds among 2 comparisons made at once (Holm).",
    );
  });

  it("is the clearest of several, and one that got better elsewhere is still worse", () => {
    const mixed = aService("a", "worse", 0.01, [3, 1]);
    const services = [
      { ...mixed, told: [...mixed.told, ...aService("a", "better", 0.0001).told] },
      aService("b", "worse", 0.001, [4, 2]),
      aService("c", null),
    ];

    expect(portfolioWords(services)).toBe(
      "2 of 2 services got worse against their own window before, most clearly b (deployment frequency 4 → 2 a week); of 1 service there is too little to say. This holds among 3 comparisons made at once (Holm).",
    );
  });

  it("is not claimed where nothing can be compared, and one alone is called by its name", () => {
    expect(portfolioWords([])).toBe("Of no service there is enough in both windows to say whether it got worse.");
    expect(portfolioWords([aService("a", "too-few"), aService("b", null)])).toBe(portfolioWords([]));
    expect(portfolioWords([aService("a", "within-variation")])).toBe(
      "a did not get worse against its own window before.",
    );
  });

  it("never names a service whose verdict is another one", () => {
    const verdict = fc.constantFrom<(Verdict | null)[]>(
      "better",
      "worse",
      "different",
      "within-variation",
      "too-few",
      null,
    );
    fc.assert(
      fc.property(fc.array(verdict, { minLength: 1, maxLength: 6 }), (verdicts) => {
        const words = portfolioWords(verdicts.map((one, index) => aService(`s${index}`, one, 0.01 * index)));
        const named = [...words.matchAll(/\bs(\d)\b \(|\bs(\d) got worse/g)].map(
          ([, a, b]) => verdicts[Number([a, b].join(""))],
        );
        expect(["worse", "better"]).toEqual(expect.arrayContaining(named));
        expect([words.includes("None of"), verdicts.includes("worse")]).not.toEqual([true, true]);
      }),
    );
  });
});
