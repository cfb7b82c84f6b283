/**
 * A practice is a value: words, and pure functions from what is known of one service to a share of each week. Its page, the export and the
 * gate read the same words and the same readings.
 */
import type { Window } from "../../time.ts";
import type { Evidence } from "./evidence.ts";
import type { Limits } from "./limits.ts";

/** A fact behind a number, by the id its host gave it. */
export interface Row {
  readonly kind: "change" | "commit" | "deployment" | "pipeline" | "alert";
  readonly id: string;
  /** `null`: it belongs here, and nobody knows. */
  readonly isMet: boolean | null;
}

/** What one week says of a condition. */
export type Reading = Measured | NotMeasurable | NotApplicable;

export interface Measured {
  readonly kind: "measured";
  /** So many of the items of the week meet the condition; of a condition on the week itself 0 or 1, … */
  readonly met: number;
  /** … of so many; 0: nothing of the kind happened. */
  readonly of: number;
  /** Items that belong here, of which nobody knows whether they meet it. In neither of the two above. */
  readonly unknown: number;
  /** Nothing happened that had to be answered although work went on: nothing broke, so nothing had to be mended. The week meets it. */
  readonly isCalm: boolean;
  readonly rows: readonly Row[];
  /** In what the number differs from the condition, in a sentence; `null`: in nothing. */
  readonly note: string | null;
}

/** The facts cannot say, whatever happened: which source or field is missing, and what to do. */
export interface NotMeasurable {
  readonly kind: "not-measurable";
  readonly reason: string;
}

/** Somebody declared that it is not asked of this service. */
export interface NotApplicable {
  readonly kind: "not-applicable";
  readonly reason: string;
  readonly owner: string;
}

export interface Part {
  readonly id: string;
  /** What is asked, with the limit. */
  readonly condition: (limits: Limits) => string;
  /** `items`: a share of items, so weeks with more of them weigh more; `weeks`: each week meets it or does not. */
  readonly counts: "items" | "weeks";
  /** The share of a week's items that must meet it, 0 to 1: one half where the condition is on a median; of weeks 1. */
  readonly threshold: (limits: Limits) => number;
  /** Whether the threshold itself is too little. */
  readonly isStrict: boolean;
  /** In how many weeks something of the kind happens at the service's best, so that rare things are looked for longer. */
  readonly pace: (limits: Limits) => number;
  /** `false`: shown beside, and decides nothing. */
  readonly isRequired: boolean;
  readonly read: (evidence: Evidence, week: Window, limits: Limits) => Reading;
}

export interface Practice {
  readonly id: string;
  readonly title: string;
  /** Why it is worth having, in a sentence. */
  readonly why: string;
  /** Where the definition comes from. */
  readonly source: string;
  readonly parts: readonly Part[];
}

/** What most parts share. */
export const USUAL: Pick<Part, "counts" | "isStrict" | "pace" | "isRequired"> = {
  counts: "items",
  isStrict: false,
  pace: () => 1,
  isRequired: true,
};

/** Of a condition on the median: at least half of the items meet it. */
export const HALF = (): number => 0.5;

/** Of a condition on a week: the week meets it. */
export const WHOLE_WEEK = (): number => 1;
