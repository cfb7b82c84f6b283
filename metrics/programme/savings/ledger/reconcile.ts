/** What the books say was paid, held against what the programme's own terms explain. */
import type { Assumption, Cost } from "../../assumptions.ts";
import { blended, inForce, ratesInForce } from "../../assumptions.ts";
import { monthNumber, monthOf } from "../../months.ts";
import { sum } from "../../../statistics/sum.ts";
import { DAY } from "../../../time.ts";

/** What was paid for a cost centre in a month, as the books have it. */
export interface Actual {
  readonly costCentre: string;
  readonly month: string;
  readonly amount: number;
}

/** Above such a share of what was paid nobody can say where a saving would be seen, and no grade is better than C. */
export const UNEXPLAINED_MOST = 0.05;

export interface Reconciled {
  readonly month: string;
  readonly actual: number;
  /** Capacity × rate and the costs that were said; `null` where nobody said what an hour costs or how many there are. */
  readonly explained: number | null;
  readonly difference: number | null;
  /** Of what was paid; `null` where nothing was paid, or nothing is explained. */
  readonly share: number | null;
  /** `null` where it is not known. */
  readonly capsGrade: boolean | null;
}

interface Terms {
  readonly assumptions: readonly Assumption[];
  readonly costs: readonly Cost[];
  readonly teams: readonly string[];
}

/** Each month of which the books say something, oldest first. */
export function reconciled(actuals: readonly Actual[], terms: Terms): readonly Reconciled[] {
  const months = [...new Set(actuals.map(({ month }) => month))].toSorted();
  return months.map((month) => {
    const actual = sum(actuals.filter((one) => one.month === month).map(({ amount }) => amount));
    const explained = explainedIn(month, terms);
    const difference = explained === null ? null : actual - explained;
    const share = difference === null || actual === 0 ? null : difference / actual;
    const capsGrade = share === null ? null : Math.abs(share) > UNEXPLAINED_MOST;
    return { month, actual, explained, difference, share, capsGrade };
  });
}

function explainedIn(month: string, { assumptions, costs, teams }: Terms): number | null {
  const day = `${month}-01`;
  const rate = blended(ratesInForce(assumptions, day));
  const capacities = teams.map((team) => inForce(assumptions, "capacity", team, day)?.value ?? null);
  if (rate === null || capacities.length === 0 || capacities.includes(null)) return null;
  const weeks = (Date.parse(`${monthOf(monthNumber(month) + 1)}-01`) - Date.parse(day)) / (7 * DAY);
  const hours = sum(capacities.map((hoursAWeek) => (hoursAWeek ?? 0) * weeks));
  const paid = costs
    .flatMap(({ kind, months }) => (kind === "downtime" ? [] : months))
    .filter((one) => one.month === month);
  return hours * rate + sum(paid.map(({ cost }) => cost));
}

/**
 * What is not explained of the month in which most is not, up or down, of the months that begin and end in some days: one month that does not agree is not made good by another.
 *
 * @returns a share of what was paid; `null` where the books say nothing of these months, or nothing is explained.
 */
export function mostUnexplained(actuals: readonly Actual[], terms: Terms, days: WholeMonths): number | null {
  const shares = reconciled(monthsIn(actuals, days), terms).flatMap(({ share }) => (share === null ? [] : [share]));
  return shares.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0] ?? null;
}

/** The first day is of the first month, the last one of the month after the last. */
interface WholeMonths {
  readonly from: string;
  readonly to: string;
}

function monthsIn(actuals: readonly Actual[], { from, to }: WholeMonths): readonly Actual[] {
  return actuals.filter(({ month }) => month >= from.slice(0, 7) && month < to.slice(0, 7));
}

/** The months that lie in some days, together. */
export interface ReconciledPeriod extends Pick<Reconciled, "actual" | "explained" | "difference" | "share"> {
  readonly months: readonly string[];
}

/** What the books say of the months of a period, and what of it is explained; `null` where they say nothing. */
export function reconciledIn(actuals: readonly Actual[], terms: Terms, days: WholeMonths): ReconciledPeriod | null {
  const months = reconciled(monthsIn(actuals, days), terms);
  if (months.length === 0) return null;
  const actual = sum(months.map((month) => month.actual));
  const explained = months.map((month) => month.explained).filter((amount) => amount !== null);
  const isWhole = explained.length === months.length && actual !== 0;
  const difference = isWhole ? actual - sum(explained) : null;
  return {
    months: months.map(({ month }) => month),
    actual,
    explained: isWhole ? sum(explained) : null,
    difference,
    share: difference === null ? null : difference / actual,
  };
}
