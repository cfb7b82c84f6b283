/** The ledger as it stood at the end of a day. */
import { monthNumber, monthOf } from "#metrics/programme/months.ts";
import { DAY } from "#metrics/time.ts";
import type { Ledger, StoredLine } from "../store/savings.ts";

/** What was known at the end of a day: later steps are left out by the day on which they were so. */
export function asOf({ lines, transitions, fundings }: Ledger, day: string): Ledger {
  const month = day.slice(0, 7);
  return {
    lines: lines.filter((line) => line.fromMonth <= month || isKnown(line, day)),
    transitions: transitions.filter((one) => one.day <= day),
    fundings: fundings.filter(({ fromMonth }) => fromMonth <= month),
  };
}

function isKnown({ madeAt }: StoredLine, day: string): boolean {
  return madeAt < Date.parse(day) + DAY;
}

export function lastDayOf(month: string): string {
  return new Date(Date.parse(`${monthOf(monthNumber(month) + 1)}-01`) - DAY).toISOString().slice(0, 10);
}
