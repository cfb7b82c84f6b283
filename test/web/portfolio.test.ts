import { describe, expect, it } from "vitest";

import { worstFirst } from "#web/delivery/portfolio.tsx";
import type { Verdict } from "#web/types.ts";

import { aMeasure } from "./support.ts";

const line = (service: string, ...verdicts: (Verdict | null)[]) => ({
  service,
  measures: verdicts.map((verdict) => ({ metric: "deployment-frequency", whole: aMeasure(), before: null, verdict })),
});

describe("the table of services", () => {
  it("has those that got worse first, then those that got better, and keeps the order of the others", () => {
    const lines = [
      line("a", "within-variation", null),
      line("b", "better", "within-variation"),
      line("c", "too-few"),
      line("d", "better", "worse"),
      line("e", "worse"),
    ];

    expect(worstFirst(lines).map(({ service }) => service)).toEqual(["d", "e", "b", "a", "c"]);
  });
});
