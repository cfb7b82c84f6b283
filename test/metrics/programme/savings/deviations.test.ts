import { describe, expect, it } from "vitest";

import { adoptionsOf } from "#metrics/programme/savings/adoptions.ts";
import type { Registered } from "#metrics/programme/savings/registered.ts";
import { deviations } from "#metrics/programme/savings/deviations.ts";

const said: Registered = {
  name: "Spring",
  frozenOn: "2026-02-20",
  scope: "organisation",
  outcome: "share of lost capacity",
  seed: 7,
  quarters: [{ quarter: "2026-Q4", method: "interrupted-time-series" }],
  baseline: "Start",
  method: "difference-in-differences on the lost share of capacity",
  schedule: [
    { wave: "first", teams: ["orders"], from: "2026-03-04" },
    { wave: "second", teams: ["billing"], from: "2026-06-01" },
  ],
};

const done = {
  quarter: "2026-Q3",
  baseline: "Start",
  method: "difference-in-differences",
  seed: 7,
  isOfScope: true,
} as const;

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

    expect(deviations(said, { ...done, adoptions })).toEqual([]);
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

    expect(deviations(said, { ...done, baseline: null, method: "interrupted-time-series", adoptions })).toEqual([
      "The plan names the baseline “Start”; this is held against none that was frozen.",
      "The plan says “difference-in-differences”; the data allow interrupted-time-series.",
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

  it("is told where the evaluation is of another seed, outcome, scope or planned method, or the plan came late", () => {
    const adoptions = [
      { team: "orders", week: "2026-03-02", from: "wave" as const },
      { team: "billing", week: "2026-06-01", from: "wave" as const },
    ];
    const late = { ...said, frozenOn: "2026-03-20", scope: "system:tills", outcome: "happiness" };
    const found = deviations(late, { ...done, quarter: "2026-Q4", seed: 3, isOfScope: false, adoptions });

    expect(found).toEqual([
      "The plan was frozen on 2026-03-20, after the first team began in the week of 2026-03-02.",
      "The plan says “interrupted-time-series”; the data allow difference-in-differences.",
      "The plan names the outcome “happiness”, which is not evaluated: lost capacity and lead times are.",
      "The plan says the seed 7; this was drawn with 3.",
      "The plan is of system:tills; this is of the whole organisation.",
    ]);
  });
});
