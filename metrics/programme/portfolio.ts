/** All initiatives beside each other: what they cost and bring, how far they are, and whether what was forecast came. */
import { sum } from "../statistics/sum.ts";
import type { BusinessCase, CaseTerms } from "./business-case.ts";
import { businessCase, USUAL_TERMS } from "./business-case.ts";
import type { Initiative, Programme, State } from "./programme.ts";
import { STATES } from "./programme.ts";
import { tooEarly } from "./schedule.ts";

export interface Judged {
  readonly initiative: Initiative;
  /** `null` for an enabler, or without a plan. */
  readonly case: BusinessCase | null;
  /** What stands on it: initiatives that need it, directly or through others. An enabler's benefit is theirs, and is counted there alone. */
  readonly enables: readonly string[];
  readonly progress: Progress;
  /** What it needs and is planned to begin before. */
  readonly waitsFor: readonly string[];
}

/** What was planned until a month against what came. */
export interface Progress {
  /** Cost that was planned until then. */
  readonly planned: number;
  readonly spent: number;
  readonly brought: number;
  /** The latest month of which something is known; `null`: none. */
  readonly until: string | null;
}

/** By the median of the net present value, highest first; enablers and what has no plan last, in their own order. */
export function portfolio(programme: Programme, terms: CaseTerms = USUAL_TERMS): readonly Judged[] {
  const { initiatives } = programme;
  const early = tooEarly(initiatives);
  return initiatives
    .map((initiative) => ({
      initiative,
      case: businessCase(initiative, terms),
      enables: standingOn(initiative.id, initiatives),
      progress: progress(initiative),
      waitsFor: early.filter(({ id }) => id === initiative.id).map(({ needs }) => needs),
    }))
    .toSorted((a, b) => worth(b) - worth(a));
}

/** How many initiatives are in each state, so that one sees whether ideas become anything. */
export function funnel(
  initiatives: readonly Initiative[],
): readonly { readonly state: State; readonly count: number }[] {
  return STATES.map((state) => ({ state, count: initiatives.filter((one) => one.state === state).length }));
}

/** A use case of which initiatives together promise more than it is thought to be worth. */
export interface Overclaim {
  readonly useCase: string;
  readonly claimed: number;
  readonly worth: number;
}

/** The likely benefits of what was not stopped against the most that the use case is thought to be worth. */
export function overclaims({
  useCases,
  initiatives,
}: Pick<Programme, "useCases" | "initiatives">): readonly Overclaim[] {
  return useCases.flatMap(({ id, value }) => {
    const claims = initiatives.filter(({ useCase, state }) => useCase === id && state !== "stopped");
    const claimed = sum(claims.map(({ benefit }) => benefit?.likely ?? 0));
    return claimed > value.high ? [{ useCase: id, claimed, worth: value.high }] : [];
  });
}

function progress({ plan, actuals }: Initiative): Progress {
  const until =
    actuals
      .map(({ month }) => month)
      .toSorted()
      .at(-1) ?? null;
  const due = plan.filter(({ month }) => until !== null && month <= until);
  return {
    planned: sum(due.map(({ cost }) => cost)),
    spent: sum(actuals.map(({ cost }) => cost)),
    brought: sum(actuals.map(({ benefit }) => benefit)),
    until,
  };
}

function standingOn(id: string, initiatives: readonly Initiative[]): readonly string[] {
  const found = new Set<string>();
  const look = (needed: string): void => {
    for (const { id: next, needs } of initiatives) {
      if (!needs.includes(needed) || found.has(next)) continue;
      found.add(next);
      look(next);
    }
  };
  look(id);
  return [...found];
}

function worth(one: Judged): number {
  return one.case?.netPresentValue.p50 ?? -Infinity;
}
