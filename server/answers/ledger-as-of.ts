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

/** So many months to look at are enough, however early a line says that it begins. */
const MOST = 120;

/** Newest first: the running month, and each before it in which there was a line, by its own month or by when it was put in. */
export function monthsToLookAt({ lines }: Ledger, running: string): readonly string[] {
  const last = monthNumber(running);
  let first = last;
  for (const { fromMonth, madeAt } of lines)
    first = Math.min(first, monthNumber(fromMonth), monthNumber(new Date(madeAt).toISOString().slice(0, 7)));
  return Array.from({ length: Math.min(MOST, last - first + 1) }, (_, back) => monthOf(last - back));
}

export function lastDayOf(month: string): string {
  return new Date(Date.parse(`${monthOf(monthNumber(month) + 1)}-01`) - DAY).toISOString().slice(0, 10);
}
