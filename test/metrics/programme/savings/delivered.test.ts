import { describe, expect, it } from "vitest";

import { periods } from "#metrics/calendar.ts";
import { deliveredBy, leadTimeWeeks } from "#metrics/programme/savings/delivered.ts";
import { aChangeFact } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";

const weeks = periods({ from: at("2026-03-02"), to: at("2026-03-16") }, "week", "UTC");
const days = { from: "2026-03-02", to: "2026-03-16" };

function shipped(service: string, hours: readonly number[], has: Parameters<typeof aChangeFact>[0] = {}) {
  const changes = hours.map((leadTimeHours) =>
    aChangeFact({ authorKind: "human", deployedAt: at("2026-03-04"), leadTimeHours, ...has }),
  );
  return deliveredBy({ service, changes }, weeks, "UTC");
}

describe("what a use case waits for", () => {
  it("is the geometric mean of the lead times of its own services, in weeks", () => {
    const delivered = [...shipped("shop", [42, 672]), ...shipped("stock", [1])];

    expect(leadTimeWeeks(delivered, new Set(["shop"]), days)).toBeCloseTo(1, 12);
    expect(leadTimeWeeks(delivered, new Set(["shop", "stock"]), days)).toBeLessThan(1);
  });

  it("is not known of no service, of no change, of bots, and of other weeks", () => {
    const delivered = [...shipped("shop", [42]), ...shipped("bots", [42], { authorKind: "bot" })];

    expect(leadTimeWeeks(delivered, new Set(), days)).toBeNull();
    expect(leadTimeWeeks(delivered, new Set(["bots"]), days)).toBeNull();
    expect(leadTimeWeeks(delivered, new Set(["shop"]), { from: "2026-03-09", to: "2026-03-16" })).toBeNull();
  });
});
