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

  it("are another cost of another kind, title or team, with what the file says of them", () => {
    const rows = [
      row(),
      row({ kind: "ci" }),
      row({ title: "Other" }),
      row({ team: "orders" }),
      row({ team: "Orders", amount: 7 }),
    ];

    expect(
      withPaid([], rows).map(({ id, kind, title, team, source, owner, months }) => [
        id,
        kind,
        title,
        team,
        source,
        owner,
        months[0]?.cost,
      ]),
    ).toEqual([
      ["licences-tools", "licences", "Tools", null, "Invoices", "Finance", 100],
      ["ci-tools", "ci", "Tools", null, "Invoices", "Finance", 100],
      ["licences-other", "licences", "Other", null, "Invoices", "Finance", 100],
      ["licences-tools-orders", "licences", "Tools", "orders", "Invoices", "Finance", 7],
    ]);
    expect(changesOf(withPaid([], [row()]), rows).map(({ kind, title, team }) => [kind, title, team])).toEqual([
      ["ci", "Tools", null],
      ["licences", "Other", null],
      ["licences", "Tools", "orders"],
      ["licences", "Tools", "Orders"],
    ]);
  });

  it("have an id of their own, of letters and digits, and not too long", () => {
    const ids = withPaid(
      [],
      [
        row({ title: "Café & Co" }),
        row({ title: "café + co" }),
        row({ title: "Caf—Co" }),
        row({ title: "x".repeat(99) }),
      ],
    );

    expect(ids.map(({ id }) => id)).toEqual([
      "licences-caf-co",
      "licences-caf-co-2",
      "licences-caf-co-3",
      `licences-${"x".repeat(41)}`,
    ]);
  });

  it("have their months in order, however they come", () => {
    const months = withPaid([], [row({ month: "2026-03" }), row({ month: "2026-01" }), row({ month: "2026-02" })])[0]
      ?.months;

    expect(months?.map(({ month }) => month)).toEqual(["2026-01", "2026-02", "2026-03"]);
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
