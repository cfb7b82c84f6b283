/**
 * Measured numbers in the terms of DORA's quick check, beside what the industry answered in a dated edition of its survey. A survey
 * answer and a measured number are not the same instrument, so this is context and never a headline.
 */
import { DAY, HOUR, WEEK } from "./time.ts";
import { byNumber } from "./plurals.ts";

export const FACTORS = ["lead-time", "frequency", "recovery", "fail-rate", "rework-rate"] as const;
export type BenchmarkFactor = (typeof FACTORS)[number];

export interface Measured {
  /** Median hours; `null` while unknown. */
  readonly leadTimeHours: number | null;
  /** How many changes, or commits in a plain git history, the lead time rests on. */
  readonly changes: number;
  /** Hours between the deployments of one service, on average; `null` while unknown. */
  readonly gapHours: number | null;
  readonly deployments: number;
  readonly recoveryHours: number | null;
  /** Shares from 0 to 1. */
  readonly failRate: number | null;
  readonly reworkRate: number | null;
}

export interface FactorScore {
  readonly factor: BenchmarkFactor;
  /** The option of the quick check that was measured; `null` of rates, which have none, and where there is no score. */
  readonly option: string | null;
  /** 0 to 10, more is better; `null` where too little is known. */
  readonly score: number | null;
  /** Why there is no score. */
  readonly reason: string | null;
}

export interface QuickCheck {
  readonly factors: readonly FactorScore[];
  /** The mean of those that have a score; `null` where none has. */
  readonly overall: number | null;
  readonly throughput: number | null;
  readonly stability: number | null;
}

/** DEFINITIONS §1: no level of fewer. */
const LEAST_DEPLOYMENTS = 20;
const LEAST_CHANGES = 10;

const MONTH = (365.25 / 12) * DAY;

/** From the slowest, coded 1, to the fastest, coded 6. */
const DURATIONS = [
  "more than 6 months",
  "1 to 6 months",
  "1 week to 1 month",
  "1 day to 1 week",
  "less than 1 day",
  "less than 1 hour",
];
const FREQUENCIES = [
  "less than once in 6 months",
  "once a month to once in 6 months",
  "once a week to once a month",
  "once a day to once a week",
  "once an hour to once a day",
  "on demand",
];

/**
 * DORA's quick check (dora.dev/quickcheck, 2026-04): options coded 1 to 6 give 2 · (code − 1); rates 10 − percent / 10; throughput is
 * the mean of lead time, frequency and recovery, stability of the two rates, overall of all that are known.
 */
export function quickCheck(measured: Measured): QuickCheck {
  const { leadTimeHours, changes, gapHours, deployments, recoveryHours, failRate, reworkRate } = measured;
  const few = deployments < LEAST_DEPLOYMENTS ? tooFew(deployments, LEAST_DEPLOYMENTS, "deployment") : null;
  const fewChanges = changes < LEAST_CHANGES ? tooFew(changes, LEAST_CHANGES, "change") : null;
  const factors: readonly FactorScore[] = [
    coded("lead-time", leadTimeHours, DURATIONS, fewChanges),
    coded("frequency", gapHours, FREQUENCIES, few),
    coded("recovery", recoveryHours, DURATIONS, few),
    rated("fail-rate", failRate, few),
    rated("rework-rate", reworkRate, few),
  ];
  const scores = (from: number, to: number) =>
    factors.slice(from, to).flatMap(({ score }) => (score === null ? [] : [score]));
  return { factors, overall: meanOf(scores(0, 5)), throughput: meanOf(scores(0, 3)), stability: meanOf(scores(3, 5)) };
}

/** 1 to 6. What lies on a boundary belongs to the slower side, as “less than 1 hour” says; six months still to “1 to 6 months”. */
export function codeOf(hours: number): number {
  const length = hours * HOUR;
  if (length < HOUR) return 6;
  if (length < DAY) return 5;
  if (length < WEEK) return 4;
  if (length < MONTH) return 3;
  return length <= 6 * MONTH ? 2 : 1;
}

function coded(
  factor: BenchmarkFactor,
  hours: number | null,
  options: readonly string[],
  few: string | null,
): FactorScore {
  if (few !== null || hours === null) return { factor, option: null, score: null, reason: few ?? UNKNOWN };
  const code = codeOf(hours);
  return { factor, option: options[code - 1] ?? null, score: 2 * (code - 1), reason: null };
}

function rated(factor: BenchmarkFactor, share: number | null, few: string | null): FactorScore {
  if (few !== null || share === null) return { factor, option: null, score: null, reason: few ?? UNKNOWN };
  return { factor, option: null, score: 10 - share * 10, reason: null };
}

const UNKNOWN = "Nothing is known of it in this window.";

function tooFew(n: number, least: number, noun: string): string {
  return `${n} ${byNumber(n, noun, `${noun}s`)} in this window: too few to compare (from ${least}).`;
}

/** Points on a scale, which may be averaged; durations may not. */
function meanOf(scores: readonly number[]): number | null {
  if (scores.length === 0) return null;
  let total = 0;
  for (const score of scores) total += score;
  return total / scores.length;
}

export interface Industry {
  readonly name: string;
  /** Mean score of each factor in the order of `FACTORS`; those of rates are 10 minus what the report prints, so that more is better. */
  readonly means: readonly number[];
  /** Standard deviations in the same order; `null` where the report gives none. */
  readonly deviations: readonly number[] | null;
}

/** What the industry answered: DORA, State of AI-assisted Software Development 2025; quick check of 2026-04. */
export const EDITION = "2025";
export const INDUSTRIES: readonly Industry[] = [
  { name: "all industries", means: [5.5, 4.8, 7.4, 8.1, 7.8], deviations: [2.4, 2.8, 2.1, 2.1, 2.2] },
  { name: "financial services", means: [5.4, 5.1, 7.7, 8.3, 8.1], deviations: null },
  { name: "industrials and manufacturing", means: [4.9, 3.7, 6.5, 8, 7.6], deviations: null },
  { name: "technology", means: [5.7, 4.9, 7.4, 8.1, 7.7], deviations: null },
];

export interface Cluster {
  readonly name: string;
  readonly leadTime: string;
  readonly frequency: string;
  readonly failPercent: number;
  readonly recovery: string;
}

/** The last table of clusters, as history only: DORA stopped publishing them. That high fails more than medium is no mistake here. */
export const CLUSTERS_EDITION = "2024";
export const CLUSTERS: readonly Cluster[] = [
  { name: "elite", leadTime: "less than 1 day", frequency: "on demand", failPercent: 5, recovery: "less than 1 hour" },
  {
    name: "high",
    leadTime: "1 day to 1 week",
    frequency: "once a day to once a week",
    failPercent: 20,
    recovery: "less than 1 day",
  },
  {
    name: "medium",
    leadTime: "1 week to 1 month",
    frequency: "once a week to once a month",
    failPercent: 10,
    recovery: "less than 1 day",
  },
  {
    name: "low",
    leadTime: "1 to 6 months",
    frequency: "once a month to once in 6 months",
    failPercent: 40,
    recovery: "1 week to 1 month",
  },
];

export const INSTRUMENT =
  "A survey asks people what they think; this was measured. The two are different instruments: read it as context, not as a rank.";
