/** What the ledger adds up to, each of the four ledgers by itself, and what was lost between the first thought and what came. */
import type { LedgerName } from "../result.ts";
import { LEDGERS } from "../result.ts";
import type { LedgerLine, LineStage, Standing, Transition } from "./lines.ts";
import { hasAgreed, standingOf } from "./lines.ts";
import type { MonthOfLine } from "./months.ts";
import { counts, isExpired, monthsBefore, monthsCounted, worthIn } from "./months.ts";

/** Money and hours, of lines that say them. */
export interface Worth {
  readonly lines: number;
  readonly amount: number;
  readonly hours: number;
}

export interface LedgerTotal {
  readonly ledger: LedgerName;
  /** In the month, of what finance agreed to. */
  readonly agreed: Worth;
  /** In a month, once it is agreed to: what is on its way. */
  readonly underWay: Worth;
  /** From the beginning to the end of the month, of what finance agreed to. */
  readonly sinceStart: Worth;
  /** Of months before finance agreed: as it is said, and not counted. */
  readonly early: Worth;
  /** In a month, of lines whose eight quarters are over. */
  readonly expired: Worth;
}

const NOTHING: Worth = { lines: 0, amount: 0, hours: 0 };

/** With one line more, of which these months are told. */
function plus(sum: Worth, months: readonly Pick<MonthOfLine, "amount" | "hours">[]): Worth {
  if (months.length === 0) return sum;
  let { amount, hours } = sum;
  for (const month of months) {
    amount += month.amount ?? 0;
    hours += month.hours ?? 0;
  }
  return { lines: sum.lines + 1, amount, hours };
}

/** Each ledger by itself: cash, capacity, avoided loss and value are never one sum. */
export function totals(standings: readonly Standing[], month: string): readonly LedgerTotal[] {
  return LEDGERS.map((ledger) => {
    let [agreed, underWay, sinceStart, early, expired] = [NOTHING, NOTHING, NOTHING, NOTHING, NOTHING];
    for (const standing of standings) {
      if (standing.ledger !== ledger || standing.isWithdrawn) continue;
      if (counts(standing, month)) agreed = plus(agreed, [worthIn(standing, month)]);
      if (!hasAgreed(standing.stage)) underWay = plus(underWay, [standing]);
      else if (isExpired(standing, month)) expired = plus(expired, [standing]);
      sinceStart = plus(sinceStart, monthsCounted(standing, month));
      early = plus(early, monthsBefore(standing, month));
    }
    return { ledger, agreed, underWay, sinceStart, early, expired };
  });
}

/** What a step took from what was thought before it. Below 0: it turned out to be more. */
export interface Leak {
  readonly ledger: LedgerName;
  /** Where it was lost: on the way to a stage, or because the line was sent back or given up. */
  readonly step: LineStage | "rejected" | "withdrawn";
  readonly amount: number;
  readonly hours: number;
}

/** What was first thought, minus all leaks, is what stands. Withdrawn lines have lost all of it. */
export function leaks(lines: readonly LedgerLine[], transitions: readonly Transition[]): readonly Leak[] {
  const sums = new Map<string, Leak>();
  for (const line of lines) {
    const own = transitions.filter((one) => one.line === line.id);
    let before = standingOf(line, []);
    for (const [index, { step }] of own.entries()) {
      const now = standingOf(line, own.slice(0, index + 1));
      const left = now.isWithdrawn ? { amount: 0, hours: 0 } : now;
      const lost = {
        amount: (before.amount ?? 0) - (left.amount ?? 0),
        hours: (before.hours ?? 0) - (left.hours ?? 0),
      };
      const key = `${now.ledger} ${step}`;
      const sum = sums.get(key) ?? { ledger: now.ledger, step, amount: 0, hours: 0 };
      sums.set(key, { ...sum, amount: sum.amount + lost.amount, hours: sum.hours + lost.hours });
      before = now;
    }
  }
  return [...sums.values()].filter(({ amount, hours }) => amount !== 0 || hours !== 0);
}
