/** What was paid in some days: by month as people say it, evenly over the days of each month; and what the programme itself cost. */
import type { Cost, CostKind } from "../assumptions.ts";
import { monthNumber, monthOf } from "../months.ts";
import type { Initiative, Intervention, Month, Programme } from "../programme.ts";
import { sum } from "../../statistics/sum.ts";
import { DAY } from "../../time.ts";
import type { Days } from "./result.ts";

export function lengthOf({ from, to }: Days): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / DAY);
}

/** Of what is told month by month, the part that lies in some days. */
export function within(months: readonly Month[], days: Days): number {
  return sum(
    months.map(({ month, cost }) => {
      const whole = { from: `${month}-01`, to: `${monthOf(monthNumber(month) + 1)}-01` };
      return (cost * overlapping(whole, days)) / lengthOf(whole);
    }),
  );
}

/** How many months some days are, a month in part by its days: what is paid every month is as much in any days that are as many months. */
export function monthsIn(days: Days): number {
  const [first, last] = [monthNumber(days.from), monthNumber(days.to)];
  const months = Array.from({ length: last - first + 1 }, (_, index) => ({ month: monthOf(first + index), cost: 1 }));
  return within(months, days);
}

/** How many days of some lie in others. */
function overlapping(a: Days, b: Days): number {
  return lengthOf({ from: a.from > b.from ? a.from : b.from, to: a.to < b.to ? a.to : b.to });
}

export interface Paid {
  readonly amount: number;
  /** Whether every month of the days is told of; what is not told of is unknown, not free. */
  readonly isWhole: boolean;
  /** Months that were added up. */
  readonly months: number;
}

/** What was paid for some kinds of cost in some days. */
export function paid(costs: readonly Cost[], kinds: readonly CostKind[], days: Days): Paid {
  const own = costs.filter(({ kind }) => kinds.includes(kind));
  const told = own.map(({ months }) => months.filter(({ month }) => touches(month, days)));
  const [first, last] = [monthNumber(days.from), monthNumber(new Date(Date.parse(days.to) - DAY).toISOString())];
  const asked = last - first + 1;
  return {
    amount: sum(own.map(({ months }) => within(months, days))),
    isWhole: own.length > 0 && told.every((months) => months.length === asked),
    months: sum(told.map((months) => months.length)),
  };
}

function touches(month: string, days: Days): boolean {
  return overlapping({ from: `${month}-01`, to: `${monthOf(monthNumber(month) + 1)}-01` }, days) > 0;
}

/**
 * What the programme cost in some days: interventions with the hours of those who took part, evenly over their days, and initiatives month by month: what came, else
 * what is planned.
 *
 * @param rate money for an hour; `null`: hours of interventions are not counted.
 */
export function programmeCost(
  { interventions, initiatives }: Pick<Programme, "interventions" | "initiatives">,
  days: Days,
  rate: number | null,
): number {
  return (
    sum(interventions.map((one) => ofIntervention(one, days, rate))) +
    sum(initiatives.map((one) => ofInitiative(one, days)))
  );
}

function ofIntervention({ from, to, hours, cost }: Intervention, days: Days, rate: number | null): number {
  // Its last day is a day of it.
  const own = { from, to: new Date(Date.parse(to) + DAY).toISOString().slice(0, 10) };
  return ((cost + hours * (rate ?? 0)) * overlapping(own, days)) / lengthOf(own);
}

function ofInitiative({ plan, actuals, state }: Initiative, days: Days): number {
  const came = new Set(actuals.map(({ month }) => month));
  const isGoing = state === "approved" || state === "running" || state === "done";
  const ahead = isGoing ? plan.filter(({ month }) => !came.has(month)) : [];
  return within([...actuals, ...ahead], days);
}
