/** What an initiative costs and brings month by month, as a range: nobody knows a future benefit to the cent. */
import { quantile, sortedNumbers } from "../statistics/quantile.ts";
import { random } from "../statistics/random.ts";
import { sum } from "../statistics/sum.ts";
import { netPresentValue, payback, ratePer, returnOnInvestment, running, trough } from "./cash-flow.ts";
import { monthNumber, monthOf } from "./months.ts";
import type { Initiative, Range } from "./programme.ts";

/** What is assumed of every initiative alike, so that they can be compared. */
export interface CaseTerms {
  /** Of money, a year. */
  readonly rate: number;
  /** How many years from the beginning are counted. */
  readonly years: number;
  /** Teams that are changed deliver this share less, 0 to 1, … */
  readonly dip: number;
  /** … for this many months from the beginning. */
  readonly dipMonths: number;
  readonly draws: number;
  readonly seed: number;
}

/** Visible defaults: 10 % a year, five years, and the dip of a J-curve, 15 % for three months. */
export const USUAL_TERMS: CaseTerms = { rate: 0.1, years: 5, dip: 0.15, dipMonths: 3, draws: 2000, seed: 1 };

/** Of the draws, a tenth lies below `p10`, half below `p50`, nine tenths below `p90`. */
export interface Spread {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

export interface BusinessCase {
  /** Of all months that are planned, without the dip. */
  readonly cost: number;
  /** Of it, what is an investment in the sense of the books. */
  readonly capitalised: number;
  /** What slower teams cost while they change; `null`: nobody said which, so it is not counted. */
  readonly dip: number | null;
  readonly netPresentValue: Spread;
  /** As a share of what is spent, the dip with it; `null` where nothing is spent. */
  readonly returnOnInvestment: Spread | null;
  /** Months until what was spent is back, of the draws in which it comes back at all; `null`: in fewer than one draw of ten. */
  readonly payback: Spread | null;
  /** In which share of the draws it is back within the years that are counted. */
  readonly backAtAll: number;
  /** If all goes as is likely: the sum after each month, which first falls. */
  readonly curve: readonly number[];
  readonly deepest: number;
}

/**
 * In each draw the initiative succeeds by its chance or brings nothing, and a benefit is drawn from the triangle of its range. The spread of
 * the draws is the case; the curve is that of success with the likely benefit.
 *
 * @returns `null` for an enabler, whose benefit is that of what it enables, and where nothing is planned.
 */
export function businessCase(initiative: Initiative, terms: CaseTerms = USUAL_TERMS): BusinessCase | null {
  const { benefit, chance, capitalised } = initiative;
  if (benefit === null || initiative.plan.length === 0) return null;
  const spent = spending(initiative, terms);
  const ramp = ramping(initiative, terms);
  const flows = (yearly: number): number[] => spent.map((cost, month) => (ramp[month] ?? 0) * (yearly / 12) - cost);
  const next = random(terms.seed);
  const drawn = Array.from({ length: terms.draws }, () => {
    const isSuccess = uniform(next) < chance;
    const yearly = triangular(benefit, uniform(next));
    return flows(isSuccess ? yearly : 0);
  });
  const total = sum(spent);
  const monthly = ratePer(terms.rate, 12);
  const backs = drawn.map(payback).filter((months) => months !== null);
  const backAtAll = terms.draws === 0 ? 0 : backs.length / terms.draws;
  const likely = flows(benefit.likely);
  const returns = drawn.map((one) => returnOnInvestment(total, sum(one) + total)).filter((share) => share !== null);
  return {
    cost: sum(initiative.plan.map(({ cost }) => cost)),
    capitalised: sum(initiative.plan.map(({ cost }) => cost)) * capitalised,
    dip: dipOf(initiative, terms),
    netPresentValue: spread(drawn.map((one) => netPresentValue(one, monthly, 0))) ?? NO_SPREAD,
    returnOnInvestment: spread(returns),
    payback: backAtAll < RARE ? null : spread(backs),
    backAtAll,
    curve: running(likely),
    deepest: trough(likely).depth,
  };
}

/** Below it a time until the money is back would be that of a few lucky draws. */
const RARE = 0.1;
const NO_SPREAD: Spread = { p10: 0, p50: 0, p90: 0 };

/** What is spent in each month from the beginning, the dip with it. */
function spending(initiative: Initiative, { years, dip, dipMonths }: CaseTerms): number[] {
  const [first, last] = span(initiative);
  const months = Array.from({ length: Math.max(years * 12, last - first + 1) }, () => 0);
  for (const { month, cost } of initiative.plan) add(months, monthNumber(month) - first, cost);
  for (let month = 0; month < dipMonths; month++) add(months, month, (initiative.affected ?? 0) * dip);
  return months;
}

/** A month of an initiative as it was planned. */
export interface ExpectedMonth {
  readonly month: string;
  readonly cost: number;
  /** What slower teams cost. */
  readonly dip: number;
  /** Of the likely benefit, if it succeeds; `null`: it has none of its own. */
  readonly benefit: number | null;
}

/** Month by month from the beginning of the plan, as the curve of its case has it; nothing where nothing is planned. */
export function expectedMonths(initiative: Initiative, terms: CaseTerms = USUAL_TERMS): readonly ExpectedMonth[] {
  const { plan, benefit } = initiative;
  if (plan.length === 0) return [];
  const [first] = span(initiative);
  const costs = spending({ ...initiative, affected: null }, terms);
  const dips = spending({ ...initiative, plan: plan.map((one) => ({ ...one, cost: 0 })) }, terms);
  const ramp = ramping(initiative, terms);
  return costs.map((cost, month) => ({
    month: monthOf(first + month),
    cost,
    dip: dips[month] ?? 0,
    benefit: benefit === null ? null : ((ramp[month] ?? 0) * benefit.likely) / 12,
  }));
}

/** Which share of the benefit has come in each month: none until the end, all of it when the ramp is over, evenly between. */
function ramping(initiative: Initiative, { years }: CaseTerms): number[] {
  const [first, last] = span(initiative);
  const end = last - first + 1;
  return Array.from({ length: Math.max(years * 12, end) }, (_, month) => {
    if (month < end) return 0;
    return initiative.ramp === 0 ? 1 : Math.min(1, (month - end + 1) / initiative.ramp);
  });
}

/** The first and the last month of a plan; of an empty one no month follows. */
export function span({ plan }: Pick<Initiative, "plan">): readonly [number, number] {
  const months = plan.map(({ month }) => monthNumber(month));
  return months.length === 0 ? [0, -1] : [Math.min(...months), Math.max(...months)];
}

function dipOf({ affected }: Initiative, { dip, dipMonths }: CaseTerms): number | null {
  return affected === null ? null : affected * dip * dipMonths;
}

function add(months: number[], at: number, cost: number): void {
  const before = months[at];
  if (before !== undefined) months[at] = before + cost;
}

/** Below 1, in 2³² steps. */
function uniform(next: (below: number) => number): number {
  return next(2 ** 32) / 2 ** 32;
}

/** The value below which a share of a triangular distribution lies (its inverse distribution function; Evans, Hastings & Peacock 2000). */
export function triangular({ low, likely, high }: Range, share: number): number {
  if (high === low) return low;
  const turn = (likely - low) / (high - low);
  return share < turn
    ? low + Math.sqrt(share * (high - low) * (likely - low))
    : high - Math.sqrt((1 - share) * (high - low) * (high - likely));
}

/** `null` of nothing. */
function spread(values: readonly number[]): Spread | null {
  const sorted = sortedNumbers(values);
  const [p10, p50, p90] = [quantile(sorted, 0.1), quantile(sorted, 0.5), quantile(sorted, 0.9)];
  return p10 === null || p50 === null || p90 === null ? null : { p10, p50, p90 };
}
