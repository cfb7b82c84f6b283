import { describe, expect, it } from "vitest";

import { adoptionsOf } from "#metrics/programme/savings/adoptions.ts";
import { deviations } from "#metrics/programme/savings/deviations.ts";

const said = {
  baseline: "Start",
  method: "difference-in-differences on the lost share of capacity",
  schedule: [
    { wave: "first", teams: ["orders"], from: "2026-03-04" },
    { wave: "second", teams: ["billing"], from: "2026-06-01" },
  ],
};

describe("what was done", () => {
  it("does not differ from the plan when teams began in the weeks that were said", () => {
    const adoptions = adoptionsOf(
      ["orders", "billing", "stock"],
      [
        { team: "Orders", day: "2026-03-02" },
        { team: "billing", day: "2026-06-07" },
      ],
      [],
    );

    expect(deviations(said, { baseline: "Start", method: "difference-in-differences", adoptions })).toEqual([]);
  });

  it("is told where it differs, one by one", () => {
    const adoptions = adoptionsOf(
      ["orders", "billing", "stock"],
      [{ team: "orders", day: "2026-03-10" }],
      [
        {
          id: "t",
          kind: "training",
          title: "Trunk",
          teams: ["stock"],
          from: "2026-04-01",
          to: "2026-04-02",
          hours: 0,
          cost: 0,
        },
      ],
    );

    expect(deviations(said, { baseline: null, method: "interrupted-time-series", adoptions })).toEqual([
      "The plan names the baseline “Start”; this is held against none that was frozen.",
      "The plan says “difference-in-differences on the lost share of capacity”; the data allow interrupted-time-series.",
      "orders was to begin in the week of 2026-03-02 (first) and began in the week of 2026-03-09.",
      "billing was to begin in the week of 2026-06-01 (second) and has not begun.",
      "stock began in the week of 2026-03-30 and is not in the plan.",
    ]);
  });

  it("begins with the earliest of a team's waves, and no freeze or AI tool makes a team begin", () => {
    const waves = [
      { team: "orders", day: "2026-06-03" },
      { team: "orders", day: "2026-03-04" },
    ];
    const tools = {
      id: "a",
      kind: "ai-tooling" as const,
      title: "AI",
      teams: ["billing"],
      from: "2026-01-07",
      to: "2026-01-08",
      hours: 0,
      cost: 0,
    };

    expect(adoptionsOf(["orders", "billing"], waves, [tools])).toEqual([
      { team: "orders", week: "2026-03-02", from: "wave" },
      { team: "billing", week: null, from: "none" },
    ]);
  });
});
