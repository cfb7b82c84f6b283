import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { COST_KINDS } from "#metrics/programme/assumptions.ts";
import { assumptionFlaws } from "#metrics/programme/check-assumptions.ts";
import type { PaidMonth } from "#metrics/programme/paid-costs.ts";
import { changesOf, withPaid } from "#metrics/programme/paid-costs.ts";
import { aCost } from "#test/metrics/programme/declared.ts";

const row = (rest: Partial<PaidMonth> = {}): PaidMonth => ({
  kind: "licences",
  title: "Tools",
  team: null,
  month: "2026-01",
  amount: 100,
  source: "Invoices",
  owner: "Finance",
  ...rest,
});
const anyRow = fc
  .record({
    kind: fc.constantFrom(...COST_KINDS),
    title: fc.constantFrom("Tools", "tools", "Café & Co", "—"),
    team: fc.constantFrom(null, "orders", "Orders"),
    month: fc.constantFrom("2026-01", "2026-02", "2026-03"),
    amount: fc.integer({ min: 0, max: 3 }),
  })
  .map(row);

describe("costs of a file", () => {
  it("change nothing the second time, contradict nothing, and take no month out", () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 12 }), fc.array(anyRow, { maxLength: 12 }), (first, second) => {
        const before = withPaid([], first);
        const after = withPaid(before, second);
        const months = (costs: typeof before) =>
          costs.flatMap(({ id, months: told }) => told.map(({ month }) => `${id} ${month}`));

        expect(withPaid(after, second)).toEqual(after);
        expect(months(after)).toEqual(expect.arrayContaining(months(before)));
        expect(assumptionFlaws({ assumptions: [], costs: after, timeStudies: [] })).toEqual([]);
        expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
        for (const { id } of after) expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,59}$/);
      }),
    );
  });

  it("are put beside months that are known, whose cost keeps what it says of itself", () => {
    const known = [aCost("licences", "2026-01", [90, 90], { title: "Tools", owner: "Controlling" })];
    const rows = [row({ title: "TOOLS", month: "2026-02", amount: 80 }), row({ month: "2026-03" })];

    expect(withPaid(known, rows)).toEqual([
      { ...known[0], months: [90, 80, 100].map((cost, index) => ({ month: `2026-0${index + 1}`, cost })) },
    ]);
    expect(changesOf(known, rows).map(({ month, before, after }) => [month, before, after])).toEqual([
      ["2026-02", 90, 80],
      ["2026-03", null, 100],
    ]);
  });
});
