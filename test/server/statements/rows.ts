/** Rows of statements as the server has them: with what was frozen, sealed and signed. */
import { canonicalOf } from "#metrics/baselines/canonical.ts";
import { dateOf } from "#metrics/calendar.ts";
import type { Printed } from "#metrics/programme/savings/statement/printed.ts";
import type { Reckoning, StatedRecord, StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { printed } from "#metrics/programme/savings/statement/statement.ts";
import { hashOf } from "#server/hash.ts";
import { sealOf } from "#server/sealing.ts";
import type { Packed } from "#server/statements/pack.ts";
import { pack } from "#server/statements/pack.ts";
import type { Signer } from "#server/statements/signing.ts";
import { openSigner } from "#server/statements/signing.ts";
import { aFolder } from "#test/support/git-repository.ts";
import * as rows from "#test/support/statement-rows.ts";

export { WORKED } from "#test/support/statement-rows.ts";

export const SEALED = sealOf("00".repeat(16), "Ada");

/** What Headway would have frozen. */
export function frozen(
  record: Pick<StatedRecord, "name" | "scope"> & {
    readonly kind: "baseline" | "plan";
    readonly [field: string]: unknown;
  },
  frozenAt: number,
): StatedRecord {
  const { kind, name, scope } = record;
  const content = canonicalOf({ format: 2, record, currency: "EUR", signer: SEALED, frozenAt });
  return { kind, name, scope, hash: hashOf(content), frozenOn: dateOf(frozenAt, "UTC"), signerHash: SEALED, content };
}

/** With what was frozen before. */
export const EVALUATED: typeof rows.EVALUATED & Pick<StatementRows, "records"> = {
  ...rows.EVALUATED,
  records: [
    frozen(
      { kind: "baseline", name: "Autumn", scope: "organisation", from: "2025-08-04", to: "2026-02-02", hours: [] },
      Date.parse("2026-01-15"),
    ),
    frozen(
      {
        kind: "plan",
        name: "Spring",
        scope: "organisation",
        outcome: "share of lost capacity",
        method: "difference-in-differences",
        seed: 7,
      },
      Date.parse("2026-01-20"),
    ),
  ],
};

/** As they are written today, with names that a spreadsheet would run, and nothing of which what was frozen would have to say it. */
export function someRows(draft: Partial<StatementRows> = {}): StatementRows {
  const { lines, actuals } = rows.someRows();
  return rows.someRows({
    format: 5,
    lines: lines.map((line) => ({ ...line, title: "=HYPERLINK(1)" })),
    actuals: [
      ...actuals.map((one) => ({ ...one, costCentre: one.costCentre.replace("4712", "=4712") })),
      { costCentre: "4711", month: "2026-06", amount: 1100 },
    ],
    caps: [],
    records: [],
    ...draft,
  });
}

/** The same, of other days. */
export function inDays(of: StatementRows, period: Reckoning["period"]): StatementRows {
  return { ...of, reckoning: of.reckoning && { ...of.reckoning, period } };
}

export async function aSigner(): Promise<Signer> {
  return openSigner(aFolder(), process.env);
}

export const HEAD = { month: "2026-06", currency: "EUR", zone: "UTC", version: "0.1.0", previous: "" };

export function aPack(of: StatementRows, signer: Signer, figures: readonly Printed[] = printed(of)): Packed {
  return pack({ ...HEAD, month: of.month }, of, figures, signer);
}
