/** What was said before anybody could know how it comes out, and what of it the evaluation of a quarter takes. */
import type { Method } from "./effect/types.ts";
import { METHODS } from "./effect/types.ts";

/** A frozen plan. */
export interface Registered {
  readonly name: string;
  /** The day on which it was frozen. */
  readonly frozenOn: string;
  readonly scope: string;
  readonly baseline: string | null;
  /** In words, as they were signed. */
  readonly outcome: string;
  readonly method: string;
  readonly seed: number;
  readonly schedule: readonly { readonly wave: string; readonly teams: readonly string[]; readonly from: string }[];
  /** Which method was planned for a fiscal quarter, where that was said. */
  readonly quarters: readonly { readonly quarter: string; readonly method: Method | null }[];
}

export const OUTCOMES = ["lost-share", "lead-time"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  "lost-share": "share of capacity lost to L1–L4, by team and week",
  "lead-time": "logarithm of the lead time, by team and week",
};

/** `null` of words that name none of those that are evaluated. */
export function outcomeOf({ outcome }: Pick<Registered, "outcome">): Outcome | null {
  if (/lead.?time/i.test(outcome)) return "lead-time";
  return /lost|capacity/i.test(outcome) ? "lost-share" : null;
}

/** The method that was planned for the quarter, else the one that the plan names; `null` where it names none or several. */
export function methodOf(
  { method, quarters }: Pick<Registered, "method" | "quarters">,
  quarter: string,
): Method | null {
  const planned = quarters.find((one) => one.quarter === quarter)?.method ?? null;
  const named = METHODS.filter((one) => method.includes(one));
  return planned ?? (named.length === 1 ? (named[0] ?? null) : null);
}
