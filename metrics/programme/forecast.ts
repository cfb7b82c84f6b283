/** What an initiative was to cost and bring month by month, and what came: a business case that nobody looks at again is a wish. */
import { sum } from "../statistics/sum.ts";
import type { CaseTerms, ExpectedMonth } from "./business-case.ts";
import { expectedMonths, USUAL_TERMS } from "./business-case.ts";
import { payback, running, trough } from "./cash-flow.ts";
import { monthNumber, monthOf } from "./months.ts";
import type { Initiative } from "./programme.ts";

export interface ForecastMonth {
  readonly month: string;
  readonly planned: number;
  /** What slower teams are thought to cost. */
  readonly dip: number;
  /** The likely benefit on its ramp; `null`: an enabler, whose benefit is that of what it enables. */
  readonly expected: number | null;
  /** `null`: nobody said. */
  readonly spent: number | null;
  readonly brought: number | null;
  /** After this month, all since the beginning, if all goes as planned. */
  readonly expectedSum: number;
  /** The same of what came; `null` after the last month of which something is known. */
  readonly actualSum: number | null;
  /** What came, and from then on as planned; `null` before, and where nothing is known or it was stopped. */
  readonly outlookSum: number | null;
}

export interface Forecast {
  readonly id: string;
  /** The last month of which something is known; `null`: none. */
  readonly until: string | null;
  /** Months of the plan up to then of which nobody said anything. */
  readonly silent: number;
  /** Whole months of the plan since then that are over. */
  readonly overdue: number;
  readonly cost: {
    readonly planned: number;
    readonly plannedUntil: number;
    readonly spent: number;
    /** Planned after what is known; 0 where it was stopped. */
    readonly left: number;
    /** What came and what is left: what it costs in the end. */
    readonly outlook: number;
  };
  /** `null` for an enabler. */
  readonly benefit: { readonly expectedUntil: number; readonly brought: number } | null;
  /** The deepest point of the sum: of what was planned, and of what came. */
  readonly deepest: { readonly expected: number; readonly actual: number | null };
  /** Months until the money is back, if all goes as is likely; `null`: not within the years that are counted. */
  readonly payback: { readonly expected: number | null; readonly outlook: number | null };
  readonly months: readonly ForecastMonth[];
}

/**
 * Plan and actuals beside each other, month by month, over the years of the case. What is expected is the curve of the business case: success with the likely benefit.
 * The dip of slower teams is counted in what came as well: nobody measures it, and left out it would look like a gain.
 *
 * @param today the month that it is, such as `2026-11`: what is over and nobody spoke of is told.
 * @returns `null` where nothing is planned and nothing came.
 */
export function forecast(initiative: Initiative, today: string, terms: CaseTerms = USUAL_TERMS): Forecast | null {
  const months = monthsOf(initiative, terms);
  if (months.length === 0) return null;
  const until = lastOf(initiative.actuals);
  const isStopped = initiative.state === "stopped";
  const due = initiative.plan.filter(({ month }) => until !== null && month <= until);
  const left = initiative.plan.filter(({ month }) => !isStopped && (until === null || month > until));
  const known = new Set(initiative.actuals.map(({ month }) => month));
  const spent = sum(initiative.actuals.map(({ cost }) => cost));
  const come = months.filter(({ month }) => until !== null && month <= until);
  const leftCost = sum(left.map(({ cost }) => cost));
  return {
    id: initiative.id,
    until,
    silent: due.filter(({ month }) => !known.has(month)).length,
    overdue: initiative.state === "done" ? 0 : left.filter(({ month }) => month < today).length,
    cost: {
      planned: sum(initiative.plan.map(({ cost }) => cost)),
      plannedUntil: sum(due.map(({ cost }) => cost)),
      spent,
      left: leftCost,
      outlook: spent + leftCost,
    },
    benefit:
      initiative.benefit === null
        ? null
        : {
            expectedUntil: sum(come.map(({ benefit }) => benefit ?? 0)),
            brought: sum(initiative.actuals.map(({ benefit }) => benefit)),
          },
    ...summed(initiative, months, until, isStopped),
  };
}

/** What was planned, from its beginning or the first month in which something came, as long as either lasts. */
function monthsOf(initiative: Initiative, terms: CaseTerms): readonly ExpectedMonth[] {
  const planned = expectedMonths(initiative, terms);
  const byMonth = new Map(planned.map((one) => [one.month, one]));
  const all = [...planned, ...initiative.actuals].map(({ month }) => monthNumber(month));
  if (all.length === 0) return [];
  const [first, last] = [Math.min(...all), Math.max(...all)];
  return Array.from({ length: last - first + 1 }, (_, index): ExpectedMonth => {
    const month = monthOf(first + index);
    return byMonth.get(month) ?? { month, cost: 0, dip: 0, benefit: initiative.benefit === null ? null : 0 };
  });
}

/** The three sums, and what is seen in them. */
function summed(
  { actuals }: Initiative,
  months: readonly ExpectedMonth[],
  until: string | null,
  isStopped: boolean,
): Pick<Forecast, "deepest" | "payback" | "months"> {
  const said = new Map(actuals.map((one) => [one.month, one]));
  const planned = months.map(({ cost, dip, benefit }) => (benefit ?? 0) - cost - dip);
  const isKnown = ({ month }: ExpectedMonth): boolean => until !== null && month <= until;
  const flows = months.map((one, index) => {
    if (!isKnown(one)) return isStopped ? 0 : (planned[index] ?? 0);
    const came = said.get(one.month);
    return (came?.benefit ?? 0) - (came?.cost ?? 0) - one.dip;
  });
  const [expected, outlook] = [running(planned), running(flows)];
  const known = months.filter(isKnown).length;
  return {
    deepest: {
      expected: trough(planned).depth,
      actual: known === 0 ? null : trough(flows.slice(0, known)).depth,
    },
    payback: { expected: payback(planned), outlook: payback(flows) },
    months: months.map(({ month, cost, dip, benefit }, index): ForecastMonth => {
      const came = said.get(month);
      return {
        month,
        planned: cost,
        dip,
        expected: benefit,
        spent: came?.cost ?? null,
        brought: came?.benefit ?? null,
        expectedSum: expected[index] ?? 0,
        actualSum: index < known ? (outlook[index] ?? 0) : null,
        // It begins where what is known ends, so that the line goes on.
        outlookSum: known === 0 || isStopped || index < known - 1 ? null : (outlook[index] ?? 0),
      };
    }),
  };
}

function lastOf(actuals: Initiative["actuals"]): string | null {
  return (
    actuals
      .map(({ month }) => month)
      .toSorted()
      .at(-1) ?? null
  );
}
