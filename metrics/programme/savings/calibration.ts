/** How far the buckets estimated from activity are from where people say their hours went, and by what they are corrected. */
import type { Bucket, TimeStudy } from "../assumptions.ts";
import { BUCKETS, byBucket } from "../assumptions.ts";
import { sum } from "../../statistics/sum.ts";
import type { Calibration } from "./team-week.ts";

export type Shares = Readonly<Record<Bucket, number>>;

export interface Calibrated {
  readonly calibration: Calibration;
  /** Mean over studies and buckets of how far the estimate is from the study, in shares of all hours, each study left out of what corrects it. `null` of none. */
  readonly error: number | null;
  readonly studies: number;
}

export const UNCALIBRATED: Calibration = byBucket(() => 1);

/** A few people, a few days: no study moves an estimate further than that. */
const FURTHEST = 4;

/**
 * @param pairs a study and what was estimated of its team in its weeks, without correction.
 */
export function calibrate(pairs: readonly { readonly study: TimeStudy; readonly estimated: Shares }[]): Calibrated {
  const looked = pairs.map(({ study, estimated }) => ({ found: sharesOf(study), estimated, hours: hoursIn(study) }));
  const errors = looked.map((pair, index) => {
    const others = looked.filter((_, other) => other !== index);
    const corrected = apply(pair.estimated, correction(others));
    return sum(BUCKETS.map((bucket) => Math.abs(corrected[bucket] - pair.found[bucket]))) / BUCKETS.length;
  });
  return {
    calibration: correction(looked),
    error: errors.length === 0 ? null : sum(errors) / errors.length,
    studies: pairs.length,
  };
}

interface Pair {
  readonly found: Shares;
  readonly estimated: Shares;
  readonly hours: number;
}

/** Ratios of what studies found to what was estimated, longer studies weighing more. */
function correction(pairs: readonly Pair[]): Calibration {
  const of = (bucket: Bucket): number => {
    const found = sum(pairs.map((pair) => pair.found[bucket] * pair.hours));
    const estimated = sum(pairs.map((pair) => pair.estimated[bucket] * pair.hours));
    return estimated === 0 ? 1 : Math.min(FURTHEST, Math.max(1 / FURTHEST, found / estimated));
  };
  return byBucket(of);
}

function apply(shares: Shares, by: Calibration): Shares {
  const all = sum(BUCKETS.map((bucket) => shares[bucket] * by[bucket]));
  return byBucket((bucket) => (all === 0 ? 0 : (shares[bucket] * by[bucket]) / all));
}

function sharesOf(study: TimeStudy): Shares {
  const all = hoursIn(study);
  return byBucket((bucket) => (study.hours.find((one) => one.bucket === bucket)?.hours ?? 0) / all);
}

function hoursIn({ hours }: TimeStudy): number {
  return sum(hours.map((one) => one.hours));
}
