/** What an effect is estimated from, and what is said of it. */
import type { Interval } from "../../../statistics/interval.ts";
import type { Instant, Window } from "../../../time.ts";
import type { Grade, InterventionKind } from "../../programme.ts";

/** What one team had in one week. Weeks without a row are missing; nothing is put in their place. */
export interface TeamWeek {
  readonly team: string;
  /** When the week begins: the same instant for all teams. */
  readonly week: Instant;
  /** Lower is better: a share of capacity that is lost, 0 to 1, or the natural logarithm of a lead time. */
  readonly outcome: number;
  /** What the team-week counts for in means over teams, such as its capacity in hours; 1 where all count the same. */
  readonly weight: number;
}

/** When a team adopted, or is to adopt; `null`: not yet, and nobody said when. */
export interface Adoption {
  readonly team: string;
  readonly at: Instant | null;
}

/** Something else that was done to teams. */
export interface Disturbance extends Window {
  readonly kind: InterventionKind;
  readonly title: string;
  readonly teams: readonly string[];
}

export interface Panel {
  readonly rows: readonly TeamWeek[];
  /** Of every team that is looked at, each once. */
  readonly adoptions: readonly Adoption[];
  readonly disturbances: readonly Disturbance[];
  /** Another outcome of the same teams that the programme cannot have moved; none: this check is not made. */
  readonly control: readonly TeamWeek[];
}

/** What a saving is: points of the outcome (`share`), or one minus its ratio (`log`). */
export type Scale = "share" | "log";

export interface Options {
  readonly scale: Scale;
  /** The saving against which size is held, on the scale of savings: 0.1 is 10 %. */
  readonly line: number;
  /** Only weeks that begin in it are asked about; `null`: all since adoption. */
  readonly window: Window | null;
  /** So many weeks before adoption are what is compared with. */
  readonly baseWeeks: number;
  /** So many weeks right before adoption belong to neither side: people prepare, or act because it went badly. */
  readonly gapWeeks: number;
  /** Teams with fewer known weeks before or since are left out. */
  readonly leastWeeks: number;
  /** Weeks that hang together are drawn together. */
  readonly blockWeeks: number;
  /** Weeks over which Newey–West looks back; `null`: ⌊4 (n/100)^(2/9)⌋. */
  readonly lag: number | null;
  readonly draws: number;
  /** Orders of the adoption dates that are tried. */
  readonly orders: number;
  readonly seed: number;
  /** What was said before that it would be: nothing that believes more is taken, whatever the data would allow. `null`: the data decide. */
  readonly method: Method | null;
}

export const OPTIONS: Options = {
  scale: "share",
  line: 0.1,
  window: null,
  baseWeeks: 26,
  gapWeeks: 8,
  leastWeeks: 12,
  blockWeeks: 8,
  lag: null,
  draws: 5000,
  orders: 999,
  seed: 1,
  method: null,
};

/** Group-time difference-in-differences, interrupted time series, or the numbers as they are without a claim. */
export const METHODS = ["difference-in-differences", "interrupted-time-series", "descriptive"] as const;
export type Method = (typeof METHODS)[number];

/** How much was saved, on the scale of savings: above 0 is better than without. */
export interface Size extends Interval {
  /** Mean over the team-weeks since adoption, by their weights. `low` and `high` hold it with 90 %. */
  readonly saving: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  /** P(saving ≥ line). */
  readonly atLeastLine: number;
}

/** How one group of team-weeks did: what adopted together, what was so long ago, or what lies in one quarter of a year of weeks. */
export interface Part {
  readonly words: string;
  readonly teamWeeks: number;
  /** The change of the outcome that is put down to adopting, in units of the outcome: below 0 is better. */
  readonly change: number;
}

export interface Check {
  readonly id: "pre-trend" | "placebo" | "negative-control" | "permutation" | "disturbance" | "missing" | "season";
  /** `null`: could not be made. */
  readonly passed: boolean | null;
  readonly words: string;
}

/** Why a grade is no better than this. */
export interface Cap {
  readonly grade: Grade;
  readonly words: string;
}

export interface Counts {
  readonly teams: number;
  /** Teams whose weeks since adoption are in the estimate. */
  readonly adopted: number;
  readonly notYet: number;
  readonly weeks: number;
  /** Since adoption, in the estimate. */
  readonly teamWeeks: number;
  /** Team-weeks without a row, of all between each team's first and last. */
  readonly missing: number;
  /** Teams that adopted and are not in the estimate, with why. */
  readonly leftOut: readonly { readonly team: string; readonly words: string }[];
}

export interface Estimate {
  readonly method: Method;
  /** Why this method, in words. */
  readonly why: string;
  readonly counts: Counts;
  /** Whether there is one: the 90 % interval above 0, and nothing that forbids a yes (`verdict.ts`). */
  readonly effect: "yes" | "no" | "not yet";
  /** `null`: nothing can be said. */
  readonly size: Size | null;
  /** The mean change of the outcome and its standard error, in units of the outcome (below 0 is better); `null` like `size`. */
  readonly change: { readonly mean: number; readonly standardError: number } | null;
  /** The change added up over the team-weeks: mean × weight; lost hours that did not come back are below 0 where weights are hours. */
  readonly cumulative: { readonly sum: number; readonly standardError: number } | null;
  readonly byTime: readonly Part[];
  readonly byTeam: readonly Part[];
  readonly checks: readonly Check[];
  readonly grade: Grade;
  readonly caps: readonly Cap[];
  /** A saving of this size would lift the 90 % interval above 0 by now in four of five such worlds; other orders, earlier dates and the negative control are not counted in. */
  readonly detectable: number | null;
  /** When a saving as large as the line can be seen, if weeks go on as they were; `null`: not within two years. */
  readonly earliest: Instant | null;
  /** The verdicts in words: effect, size, and what would change them. */
  readonly words: { readonly effect: string; readonly size: string; readonly change: readonly string[] };
  /** Draws of the saving, sorted, for whoever adds savings up or shows them; empty where `size` is `null`. */
  readonly draws: Float64Array;
}
