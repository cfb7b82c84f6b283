/** What a result of savings says. Money is in the programme's currency; a saving below 0 is a loss and is told as such. */
import type { Bucket, InForce } from "../assumptions.ts";
import type { Spread } from "../business-case.ts";
import type { Variance } from "./levers.ts";
import type { Minutes } from "./runner-costs.ts";
import type { Unit } from "./units.ts";

export const LEVERS = ["L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8"] as const;
export type LeverId = (typeof LEVERS)[number];

/** What is saved in cash, what can be done with hours that are free again, what was not lost, what came sooner. Never added to each other silently. */
export const LEDGERS = ["cashable", "capacity", "avoided-loss", "value"] as const;
export type LedgerName = (typeof LEDGERS)[number];

export const LEVER_WORDS: Readonly<
  Record<LeverId, { readonly title: string; readonly ledger: LedgerName; readonly bucket: Bucket | null }>
> = {
  L1: { title: "Handling of failed changes", ledger: "capacity", bucket: "unplanned-rework" },
  L2: { title: "Other rework", ledger: "capacity", bucket: "unplanned-rework" },
  L3: { title: "Deployments and approvals by hand", ledger: "capacity", bucket: "toil" },
  L4: { title: "Coming back to work that waited", ledger: "capacity", bucket: "toil" },
  L5: { title: "Pipelines and infrastructure", ledger: "cashable", bucket: null },
  L6: { title: "Licences, contractors, overtime", ledger: "cashable", bucket: null },
  L7: { title: "Downtime", ledger: "avoided-loss", bucket: null },
  L8: { title: "Delay of what the business waits for", ledger: "value", bucket: null },
};

/** Days, the first included and the last not. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** A point never stands without its spread. */
export interface Estimate {
  /** With every assumption as it is stated. */
  readonly likely: number;
  readonly spread: Spread;
}

export interface Lever {
  readonly id: LeverId;
  readonly ledger: LedgerName;
  /** What it takes its hours from; `null` where it is money. */
  readonly bucket: Bucket | null;
  /** What was lost before and now, as shares of the capacity; `null` where it is money. */
  readonly shares: { readonly before: number; readonly now: number } | null;
  readonly hours: Estimate | null;
  /** `null`: nobody said what an hour, a minute, a week costs. */
  readonly money: Estimate | null;
  /** How many team-weeks, or months of costs, it is reckoned from. */
  readonly rows: number;
  /** Why nothing, or not all of it, is known; `null` where all is. */
  readonly lacking: string | null;
}

/** How far the headline moves when one assumption is at its low and at its high value and all others as stated; by how far. */
export interface Bar {
  readonly assumption: InForce;
  readonly low: number;
  readonly high: number;
}

/** One world that was drawn: hours that count for the headline, money of it and of each lever. `null` where nobody said what something costs. */
export interface OneDraw extends Readonly<Record<LeverId, number | null>> {
  readonly grossShare: number | null;
  readonly netShare: number | null;
  readonly cashShare: number | null;
  readonly gross: number | null;
  readonly net: number | null;
  readonly baselineCost: number | null;
  readonly programme: number;
  readonly hours: number;
  readonly rate: number | null;
}

/** Against the cost of the same scope before. Shares, 0.1 is the 10 % line. */
export interface Headline {
  readonly gross: Estimate;
  /** After what the programme cost. */
  readonly net: Estimate;
  /** Of the draws, how many reach the line. */
  readonly grossReaches: number;
  readonly netReaches: number;
}

export interface Ledger {
  readonly name: LedgerName;
  readonly levers: readonly LeverId[];
  readonly hours: Estimate | null;
  readonly money: Estimate | null;
}

/**
 * What L1 to L4 lost for each unit that was delivered, then × the units of now − what they lost now; beside the headline and never instead of it. It is a difference between
 * two times, whatever caused it.
 */
export interface VolumeAdjusted {
  readonly unit: Unit;
  /** Units delivered; those of before in as many days as there are now. */
  readonly before: number;
  readonly now: number;
  /** The share of changes that name a unit. */
  readonly linked: { readonly before: number | null; readonly now: number | null };
  readonly hours: Estimate | null;
  readonly money: Estimate | null;
  /** With the cash of the headline, as a share of the same baseline cost. */
  readonly share: Estimate | null;
  /** Why nothing is held against it; `null` where it is. */
  readonly lacking: string | null;
}

/** What a result is made of, whatever method judged it. */
export interface SavingsFigures {
  readonly baseline: Days;
  readonly period: Days;
  /** `null` where nobody said what an hour costs, or how many there are. */
  readonly headline: Headline | null;
  /** Of the period, money: cost before in the same time, and what is saved gross and after what the programme cost. */
  readonly baselineCost: Estimate | null;
  readonly gross: Estimate | null;
  readonly net: Estimate | null;
  readonly programmeCost: number;
  /** Cash alone, as a share of the cost before. */
  readonly cashShare: Estimate | null;
  /** `null` where no unit was declared. */
  readonly volumeAdjusted: VolumeAdjusted | null;
  /** Minutes of pipelines by kind of runner, and what they cost. */
  readonly minutes: Minutes;
  readonly ledgers: readonly Ledger[];
  readonly levers: readonly Lever[];
  /** Why the cost of lost hours changed, in money: then to now. `null` where nobody said what an hour costs. */
  readonly labour: Variance | null;
  /** The same of pipelines; `null` where nobody said what a minute costs. */
  readonly pipelines: Variance | null;
  readonly buckets: {
    readonly before: Readonly<Record<Bucket, number>>;
    readonly now: Readonly<Record<Bucket, number>>;
    /** Mean difference to what people found in time studies, as a share of all hours; `null` where nobody looked. */
    readonly error: number | null;
    readonly studies: number;
  };
  readonly tornado: readonly Bar[];
  /** Everything it was reckoned with. */
  readonly assumptions: readonly InForce[];
  readonly draws: number;
  readonly seed: number;
  /** What limits what can be said, each a sentence. */
  readonly notes: readonly string[];
}
