import { describe, expect, it } from "vitest";
import { repairShare } from "#metrics/context/repair-share.ts";
import type { ChangeFact } from "#metrics/facts.ts";
import { elapsed } from "#metrics/lens.ts";
import { measure } from "#metrics/measure.ts";
import { DAY } from "#metrics/time.ts";
import { aChangeFact } from "#test/support/builders.ts";

const measured = (facts: readonly ChangeFact[]) =>
  measure(
    repairShare,
    facts.flatMap((fact) => repairShare.observe(fact, elapsed(2 * DAY)) ?? []),
    { from: 0, to: 2 * DAY },
  );

describe("the share of fixes and reverts", () => {
  it("is of the changes that say what they are, and says how many do not: 3 of 5, and 5 of 6 known", () => {
    const facts = (["fix", "fix", "revert", "feature", "dependency", null] as const).map((workType) =>
      aChangeFact({ mergedAt: DAY, workType }),
    );
    expect(measured(facts)).toMatchObject({
      value: 0.6,
      k: 3,
      n: 5,
      coverage: 5 / 6,
    });
  });
});
