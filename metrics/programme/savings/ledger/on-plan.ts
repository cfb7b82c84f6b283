/** Whether what finance agreed to is what was planned by a month, each ledger by itself. */
import { sum } from "../../../statistics/sum.ts";
import type { LedgerName } from "../result.ts";
import type { LedgerLine, Standing, Transition } from "./lines.ts";
import { standingOf } from "./lines.ts";
import { isExpired } from "./months.ts";
import { totals } from "./totals.ts";

/** Of one month: money in the programme's currency, and hours. */
export interface PlanOfLedger {
  readonly ledger: LedgerName;
  readonly planned: { readonly amount: number; readonly hours: number };
  readonly agreed: { readonly amount: number; readonly hours: number };
  readonly isMet: boolean;
}

/** Sums of amounts that are not whole differ by less. */
const ROUNDING = 1e-6;

/**
 * The ledgers in which lines were planned to save something in a month, with what they were said to be worth when they were planned. A line
 * that was given up since, or turned out to be worth less, was planned all the same: to withdraw it does not keep a plan.
 *
 * @param transitions those known by the end of the month.
 * @param month whole, such as `2026-10`.
 * @returns empty where nothing was planned for it, or nobody said what it is worth.
 */
export function planIn(
  lines: readonly LedgerLine[],
  transitions: readonly Transition[],
  month: string,
): readonly PlanOfLedger[] {
  const planned = lines.flatMap((line) => asPlanned(line, transitions) ?? []);
  const due = planned.filter((one) => one.line.fromMonth <= month && !isExpired(one, month));
  const standings = lines.map((line) => standingOf(line, transitions));
  return totals(standings, month).flatMap(({ ledger, agreed }) => {
    const own = due.filter((one) => one.ledger === ledger);
    const amount = sum(own.map((one) => one.amount ?? 0));
    const hours = sum(own.map((one) => one.hours ?? 0));
    if (amount <= 0 && hours <= 0) return [];
    const isMet = agreed.amount >= amount - ROUNDING && agreed.hours >= hours - ROUNDING;
    return [{ ledger, planned: { amount, hours }, agreed: { amount: agreed.amount, hours: agreed.hours }, isMet }];
  });
}

/** As it stood when it was planned; `null` where it never was. */
function asPlanned(line: LedgerLine, transitions: readonly Transition[]): Standing | null {
  const own = transitions.filter((one) => one.line === line.id);
  const step = own.findIndex((one) => one.step === "planned");
  return step < 0 ? null : standingOf(line, own.slice(0, step + 1));
}
