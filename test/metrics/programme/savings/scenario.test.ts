import { describe, expect, it } from "vitest";

import { AI_2026, ai2026, DEVOPS_2020, devops2020 } from "#metrics/programme/savings/scenario.ts";

describe("DORA's calculator of 2020", () => {
  it("gives what the paper prints for a large organisation of elite performance", () => {
    const found = devops2020(DEVOPS_2020);

    expect([found.rework, found.newFeatures, found.downtime, found.total].map(Math.round)).toEqual([
      18_232_500, 48_666_667, 13_687_500, 80_586_667,
    ]);
    expect(found.returnOnInvestment?.toFixed(3)).toBe("10.832");
    expect(found.payback?.toFixed(4)).toBe("0.0845");
  });

  it("says nothing of a return where nothing is invested, and of a payback where nothing comes back", () => {
    expect(devops2020({ ...DEVOPS_2020, investment: 0 }).returnOnInvestment).toBeNull();
    expect(devops2020({ ...DEVOPS_2020, staff: 0, linesOfBusiness: 0, deployments: 0 }).payback).toBeNull();
  });
});

describe("DORA's calculator of 2026", () => {
  it("gives what it shows with its own defaults", () => {
    const found = ai2026(AI_2026);

    expect(found.benefit).toBeCloseTo(3_281_000, 4);
    expect(found.downtime).toBeCloseTo(-344_000, 4);
    expect(found.returnOnInvestment?.toFixed(2)).toBe("0.39");
    expect(found.investment).toBeCloseTo(8_365_000, 4);
    expect(found.payback).toBeCloseTo(8_365_000 / 11_646_000, 9);
  });

  it("says nothing of a payback where nothing comes back, and of a return where nothing is invested", () => {
    const worse = ai2026({ ...AI_2026, timeSaved: 0, targetFeatures: AI_2026.features });
    const free = { licence: 0, otherCost: 0, training: 0, infrastructure: 0, drop: 0 };
    const nothing = { timeSaved: 0, targetFeatures: AI_2026.features, failRate: 0, targetFailRate: 0 };

    expect(worse.value).toBeCloseTo(-344_000, 4);
    expect(worse.payback).toBeNull();
    expect(ai2026({ ...AI_2026, ...nothing }).payback).toBeNull();
    expect(ai2026({ ...AI_2026, ...free })).toMatchObject({ investment: 0, returnOnInvestment: null });
  });
});
