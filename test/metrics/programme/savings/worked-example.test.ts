import { describe, expect, it } from "vitest";

import { savingsOf } from "#metrics/programme/savings/savings.ts";
import { WORKED } from "#test/support/statement-rows.ts";

import { anInput, aTeamWeek, work } from "./weeks.ts";

/** Eight people with 400 hours each in a quarter, all of it told as one week so that nothing is rounded on the way. */
function quarter(now: { changes: number; deployments: number }) {
  const before = aTeamWeek("2026-01-05", {
    changes: 90,
    deployments: 30,
    recoveries: Array.from({ length: 30 * 0.2 }, () => 6),
    work: work(0.24),
    ciMinutes: { "": 12_000 },
  });
  const after = aTeamWeek("2026-01-12", {
    ...now,
    recoveries: Array.from({ length: 60 * 0.1 }, () => 2),
    work: work(0.19),
    ciMinutes: { "": 11_000 },
  });
  return savingsOf(
    anInput([before, after], {
      baseline: { from: "2026-01-05", to: "2026-01-12" },
      period: { from: "2026-01-12", to: "2026-01-19" },
      programme: {
        assumptions: WORKED.assumptions,
        costs: [],
        timeStudies: [],
        interventions: [
          {
            id: "t",
            kind: "training",
            title: "Trunk",
            teams: ["orders"],
            from: "2026-01-12",
            to: "2026-01-18",
            hours: 0,
            cost: 6000,
          },
        ],
        initiatives: [],
      },
    }),
  );
}

describe("the worked example", () => {
  const found = quarter({ changes: 96, deployments: 60 });
  const lever = (id: string) => found.levers.find((one) => one.id === id);
  const ledger = (name: string) => found.ledgers.find((one) => one.name === name);

  it("releases 43.2 hours of handling and 116.8 of other rework", () => {
    expect(lever("L1")?.hours?.likely).toBeCloseTo(43.2, 9);
    expect(lever("L1")?.money?.likely).toBeCloseTo(2700, 7);
    expect(lever("L2")?.hours?.likely).toBeCloseTo(116.8, 9);
    expect(lever("L2")?.money?.likely).toBeCloseTo(7300, 7);
  });

  it("keeps cash and capacity apart", () => {
    expect(ledger("capacity")?.money?.likely).toBeCloseTo(10_000, 7);
    expect(ledger("capacity")?.hours?.likely).toBeCloseTo(160, 9);
    expect(ledger("cashable")?.money?.likely).toBeCloseTo(1000, 7);
    expect(ledger("avoided-loss")?.money).toBeNull();
    expect(ledger("value")?.money).toBeNull();
  });

  it("is 5.19 % gross, 2.36 % after what the programme cost, and 0.47 % in cash", () => {
    expect(found.baselineCost?.likely).toBeCloseTo(212_000, 7);
    expect(found.gross?.likely).toBeCloseTo(11_000, 7);
    expect(found.net?.likely).toBeCloseTo(5000, 7);
    expect(found.headline?.gross.likely.toFixed(4)).toBe("0.0519");
    expect(found.headline?.net.likely.toFixed(4)).toBe("0.0236");
    expect(found.cashShare?.likely.toFixed(4)).toBe("0.0047");
  });

  it("never is the fail rate of then times the deployments of today, nor hours per change times changes", () => {
    const handling = lever("L1")?.hours?.likely;

    // 20 % of 60 deployments × 6 h × 1.8 − 21.6 h, and 64.8 h / 90 changes × 96 − 21.6 h.
    expect(handling).not.toBeCloseTo(0.2 * 60 * 6 * 1.8 - 21.6, 0);
    expect(handling).not.toBeCloseTo((64.8 / 90) * 96 - 21.6, 0);
  });

  it("stays the same when the same work is cut into twice as many changes", () => {
    expect(quarter({ changes: 192, deployments: 60 })).toEqual(found);
  });

  it("says by how much cost changed because less is lost, to the cent", () => {
    expect(found.labour?.efficiency).toBeCloseTo(-10_000, 7);
    expect(found.labour).toMatchObject({ volume: 0, rate: 0 });
    expect(found.pipelines?.volume).toBeCloseTo(-1000, 7);
  });
});
