/** What each initiative is worth against what it costs: which to begin with, as far as a business case can say. */
import { sum } from "../statistics/sum.ts";
import type { Spread } from "./business-case.ts";
import { span } from "./business-case.ts";
import type { Judged } from "./portfolio.ts";
import type { Grade, Programme, State } from "./programme.ts";

export interface ValueForEffort {
  readonly id: string;
  readonly title: string;
  readonly state: State;
  readonly useCase: string;
  readonly grade: Grade;
  /** What is planned, the dip of slower teams with it; `null`: nothing is planned. */
  readonly effort: number | null;
  /** From its first month to its last. */
  readonly months: number;
  /** Net present value; `null`: an enabler, or nothing is planned. */
  readonly value: Spread | null;
  /** Net present value for each unit of effort, in the middle of the draws; `null` where either is not known or there is no effort. */
  readonly perEffort: number | null;
  /** What must be done first and has no value of its own: what that costs stands before the value, too. */
  readonly enablers: readonly { readonly id: string; readonly cost: number }[];
  /** What stands on it. */
  readonly enables: readonly string[];
}

/** The most value for its effort first; what has no value of its own, and what was stopped, at the end. */
export function valueForEffort(
  judged: readonly Judged[],
  { useCases }: Pick<Programme, "useCases">,
): readonly ValueForEffort[] {
  return judged
    .map((one) => weighed(one, judged, useCases))
    .toSorted((a, b) => tier(a) - tier(b) || (b.perEffort ?? 0) - (a.perEffort ?? 0) || worth(b) - worth(a));
}

function tier({ state, perEffort, value }: ValueForEffort): number {
  if (state === "stopped") return 3;
  if (value === null) return 2;
  // What costs nothing comes before everything that does.
  return perEffort === null ? 0 : 1;
}

function worth({ value }: ValueForEffort): number {
  return value?.p50 ?? 0;
}

function weighed(
  { initiative, case: found, enables }: Judged,
  judged: readonly Judged[],
  useCases: Programme["useCases"],
): ValueForEffort {
  const { id, title, state, useCase, grade, plan } = initiative;
  const [first, last] = span(initiative);
  const effort = plan.length === 0 ? null : sum(plan.map(({ cost }) => cost)) + (found?.dip ?? 0);
  const value = found?.netPresentValue ?? null;
  const ahead = judged.filter((one) => one.enables.includes(id) && one.initiative.benefit === null && isAhead(one));
  return {
    id,
    title,
    state,
    useCase: useCases.find((one) => one.id === useCase)?.title ?? useCase,
    grade,
    effort,
    months: last - first + 1,
    value,
    perEffort: value === null || effort === null || effort === 0 ? null : value.p50 / effort,
    enablers: ahead.map((one) => ({
      id: one.initiative.id,
      cost: sum(one.initiative.plan.map(({ cost }) => cost)),
    })),
    enables,
  };
}

function isAhead({ initiative: { state } }: Judged): boolean {
  return state !== "done" && state !== "stopped";
}
