/** The roadmap: initiatives and waves over the quarters of the fiscal year, with what begins before what it needs, and which chain decides when all is done. */
import { sum } from "../statistics/sum.ts";
import { span } from "./business-case.ts";
import type { Quarter } from "./fiscal.ts";
import { quarterAt, quartersBetween } from "./fiscal.ts";
import { monthNumber, monthOf } from "./months.ts";
import type { Initiative, Programme, State } from "./programme.ts";
import type { TooEarly } from "./schedule.ts";
import { criticalPath, tooEarly } from "./schedule.ts";

export interface Bar {
  readonly kind: "initiative" | "wave";
  readonly id: string;
  readonly title: string;
  /** Of an initiative. */
  readonly state: State | null;
  /** Its first day, and the day after its last; `null`: a wave, which begins and goes on. */
  readonly from: string;
  readonly to: string | null;
  /** Whether it is part of the longest chain of what is ahead. */
  readonly isCritical: boolean;
  readonly needs: readonly string[];
  /** What it needs and would be begun before. */
  readonly early: readonly TooEarly[];
}

/** What happens in a quarter, by ids. */
export interface PlannedQuarter extends Quarter {
  readonly isNow: boolean;
  readonly begins: readonly string[];
  /** In the middle: begun before, not finished in it. */
  readonly goesOn: readonly string[];
  readonly ends: readonly string[];
  /** What is planned to be spent, without what was stopped. */
  readonly planned: number;
  /** `null`: nothing is known of any month of it. */
  readonly spent: number | null;
}

export interface Timetable {
  /** From the first that something happens in, or this one, to the last. */
  readonly quarters: readonly PlannedQuarter[];
  /** Waves, then initiatives; each by its beginning. */
  readonly bars: readonly Bar[];
  /** Initiatives without a plan, which have no place in it. */
  readonly unplanned: readonly string[];
}

/** @param today the day that it is, such as `2026-11-29`. */
export function timetable(
  { waves, initiatives, fiscalYearBegins }: Pick<Programme, "waves" | "initiatives" | "fiscalYearBegins">,
  today: string,
): Timetable {
  const early = tooEarly(initiatives);
  const critical = new Set(criticalPath(initiatives)?.ids);
  const planned = initiatives.filter(({ plan }) => plan.length > 0);
  const byBeginning = (a: Bar, b: Bar) =>
    a.from === b.from ? a.title.localeCompare(b.title) : a.from < b.from ? -1 : 1;
  const bars = [
    ...waves.map(barOfWave).toSorted(byBeginning),
    ...planned
      .map((one) => ({
        ...barOf(one),
        isCritical: critical.has(one.id),
        early: early.filter(({ id }) => id === one.id),
      }))
      .toSorted(byBeginning),
  ];
  const days = [today, ...bars.flatMap(({ from, to }) => [from, ...(to === null ? [] : [lastMonthOf(to)])])].toSorted();
  const quarters = quartersBetween(days[0] ?? today, days.at(-1) ?? today, fiscalYearBegins);
  const now = quarterAt(today, fiscalYearBegins).id;
  return {
    quarters: quarters.map((one) => ({ ...one, isNow: one.id === now, ...within(one, bars, initiatives) })),
    bars,
    unplanned: initiatives.filter(({ plan }) => plan.length === 0).map(({ id }) => id),
  };
}

function barOf(initiative: Initiative): Bar {
  const { id, title, state, needs, actuals } = initiative;
  const [first, planned] = span(initiative);
  const known = actuals.map(({ month }) => monthNumber(month));
  // What was stopped goes on as long as something came of it, whatever was planned.
  const last = state === "stopped" && known.length > 0 ? Math.max(first, ...known) : planned;
  const [from, to] = [`${monthOf(first)}-01`, `${monthOf(last + 1)}-01`];
  return { kind: "initiative", id, title, state, from, to, isCritical: false, needs, early: [] };
}

function barOfWave({ id, title, from }: Programme["waves"][number]): Bar {
  return { kind: "wave", id, title, state: null, from, to: null, isCritical: false, needs: [], early: [] };
}

/** What happens in a quarter, and what that costs. */
function within(
  { from, to }: Quarter,
  bars: readonly Bar[],
  initiatives: readonly Initiative[],
): Pick<PlannedQuarter, "begins" | "goesOn" | "ends" | "planned" | "spent"> {
  const isIn = (day: string): boolean => day >= from && day < to;
  const isEnd = (bar: Bar): boolean => bar.to !== null && isIn(lastMonthOf(bar.to));
  const begins = bars.filter((bar) => isIn(bar.from));
  const ends = bars.filter(isEnd);
  const goesOn = bars.filter((bar) => bar.from < from && bar.to !== null && bar.to > from && !isEnd(bar));
  const inIt = ({ month }: { readonly month: string }): boolean => isIn(`${month}-01`);
  const said = initiatives.flatMap(({ actuals }) => actuals.filter(inIt));
  const live = initiatives.filter(({ state }) => state !== "stopped");
  const ids = (all: readonly Bar[]): string[] => all.map(({ id }) => id);
  return {
    begins: ids(begins),
    goesOn: ids(goesOn),
    ends: ids(ends),
    planned: sum(live.flatMap(({ plan }) => plan.filter(inIt)).map(({ cost }) => cost)),
    spent: said.length === 0 ? null : sum(said.map(({ cost }) => cost)),
  };
}

/** The first day of the month before a first day of a month: it lies in the quarter of the last day. */
function lastMonthOf(firstDay: string): string {
  const [year = 0, month = 1] = firstDay.split("-").map(Number);
  return `${monthOf(year * 12 + month - 2)}-01`;
}
