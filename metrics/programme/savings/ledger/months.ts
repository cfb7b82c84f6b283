/**
 * In which months a line counts, and what it is worth in each. It counts from the month in which finance agreed to it, and not before its own first month; what was saved
 * before anybody agreed is told and not counted, so that what earlier statements said of a month stays true. Eight quarters after its own first month it counts no more,
 * however late finance agreed.
 */
import { monthNumber, monthOf } from "../../months.ts";
import type { Standing } from "./lines.ts";
import { hasAgreed, monthsBetween } from "./lines.ts";

/** After so many months a line counts no more: what was usual two years ago is no comparison any longer. */
export const EXPIRES_AFTER = 24;

/** A month of a line, and what was said by its end. */
export interface MonthOfLine {
  readonly month: string;
  readonly amount: number | null;
  readonly hours: number | null;
}

/** Whether its eight quarters are over in a month. */
export function isExpired({ line }: Pick<Standing, "line">, month: string): boolean {
  return monthsBetween(line.fromMonth, month) >= EXPIRES_AFTER;
}

/** Whether a line counts as saved in a month: finance has agreed to it by then, it has begun, and its eight quarters are not over. */
export function counts(standing: Standing, month: string): boolean {
  const { stage, isWithdrawn, countsFrom } = standing;
  return !isWithdrawn && hasAgreed(stage) && countsFrom !== null && countsFrom <= month && !isExpired(standing, month);
}

/** The months until the end of one in which a line counted, each with what was said by its end. */
export function monthsCounted(standing: Standing, until: string): readonly MonthOfLine[] {
  return monthsOf(standing, until).filter(({ month }) => counts(standing, month));
}

/** The months from its first on that passed before finance agreed, at what it agreed to: they never count. Empty while finance does not agree. */
export function monthsBefore(standing: Standing, until: string): readonly MonthOfLine[] {
  const { countsFrom, isWithdrawn } = standing;
  if (countsFrom === null || isWithdrawn) return [];
  const agreed = worthIn(standing, countsFrom);
  return monthsOf(standing, until)
    .filter(({ month }) => month < countsFrom)
    .map(({ month }) => ({ month, ...agreed }));
}

/** All of its eight quarters until the end of a month. */
function monthsOf(standing: Standing, until: string): readonly MonthOfLine[] {
  const first = monthNumber(standing.line.fromMonth);
  const found: MonthOfLine[] = [];
  for (let each = first; each < first + EXPIRES_AFTER && monthOf(each) <= until; each++)
    found.push({ month: monthOf(each), ...worthIn(standing, monthOf(each)) });
  return found;
}

/** A month, as it was last said by its end. */
export function worthIn({ said, amount, hours }: Standing, month: string): Pick<MonthOfLine, "amount" | "hours"> {
  const last = said.findLast(({ day }) => day.slice(0, 7) <= month);
  return last === undefined ? { amount, hours } : { amount: last.amount, hours: last.hours };
}

/** As statements counted until their third format: from the first month of a line on, each month as it was last said. */
export function countedFromFirstMonth(standing: Standing): Standing {
  const { line, amount, hours, countsFrom } = standing;
  return {
    ...standing,
    countsFrom: countsFrom === null ? null : line.fromMonth,
    said: [{ day: "", amount, hours }],
  };
}
