/** What hosts tell of a team in a week, and which hours that were lost follow from it once somebody says what they assume. */
import type { Bucket } from "../assumptions.ts";
import { BUCKETS, byBucket } from "../assumptions.ts";

/** What of a team's hours changes tell of. The rest is toil, or something else. */
export const VISIBLE = ["new-value", "planned-maintenance", "unplanned-rework", "security-remediation"] as const;
export type Visible = (typeof VISIBLE)[number];

/** Measured, with nothing assumed. */
export interface TeamWeek {
  readonly team: string;
  /** Its Monday, such as 2026-11-02. */
  readonly week: string;
  /** Of each failed deployment of the week: hours until all was well. Those of one service that overlap are one. */
  readonly recoveries: readonly number[];
  readonly deployments: number;
  /** Deployments that no pipeline made; `null` where nobody can tell. */
  readonly manualDeployments: number | null;
  /** Pauses of runs in which nothing ran and somebody had to say yes; `null` where no host tells of jobs. */
  readonly approvals: number | null;
  /** How often somebody came back to work that had waited; those of one service within an hour are one. `null` where no host tells of changes. */
  readonly returns: number | null;
  /** Days of work of the team by what they went into; `null` where no change tells. */
  readonly work: Readonly<Record<Visible, number>> | null;
  /** Minutes of pipelines by kind of runner, job by job; the kind is empty where no host tells it, and there a run without jobs is told as a whole. */
  readonly ciMinutes: Readonly<Record<string, number>>;
  /** Hours of incidents by service. */
  readonly downtime: Readonly<Record<string, number>>;
  /** Changes deployed for the first time, and the mean of the logarithms of their lead times in hours; `null` of none. */
  readonly changes: number;
  readonly logLeadTime: number | null;
}

/** Levers that release working hours. Waiting hours are not among them: what waits costs nobody an hour but that of coming back to it. */
export const CAPACITY_LEVERS = ["L1", "L2", "L3", "L4"] as const;
export type CapacityLever = (typeof CAPACITY_LEVERS)[number];

/** What is assumed of a team, each a number. */
export interface LossTerms {
  /** Productive hours in the week. */
  readonly capacity: number;
  readonly responders: number;
  /** A failure is worked on no longer than that. */
  readonly handlingCap: number;
  readonly manualDeployment: number;
  readonly approval: number;
  readonly return: number;
  /** Of the capacity, 0 to 1: what no change tells of. */
  readonly invisibleShare: number;
}

export interface TeamHours {
  readonly capacity: number;
  /** Together the capacity: an hour is in exactly one. */
  readonly buckets: Readonly<Record<Bucket, number>>;
  readonly levers: Readonly<Record<CapacityLever, number>>;
}

/** By how much an estimate from activity is multiplied, bucket by bucket, because people who looked at their time found other shares. */
export type Calibration = Readonly<Record<Bucket, number>>;

/**
 * The hours of a week by bucket, and how many of them were lost. Visible work is shared out as its days are; what events tell of toil lies in the rest, and so does
 * handling of failures beyond what changes tell of it. A lever never takes more than its bucket holds: handling (L1) is a part of unplanned rework, and all other
 * rework is L2.
 *
 * @returns `null` where no change tells what the week went into.
 */
export function hoursOf(week: TeamWeek, terms: LossTerms, calibration: Calibration): TeamHours | null {
  const days = week.work === null ? 0 : total(week.work, VISIBLE);
  if (week.work === null || days === 0) return null;
  const { capacity } = terms;
  let handling = 0;
  for (const hours of week.recoveries) handling += Math.min(hours, terms.handlingCap) * terms.responders;
  const toil = (week.manualDeployments ?? 0) * terms.manualDeployment + (week.approvals ?? 0) * terms.approval;
  const switching = (week.returns ?? 0) * terms.return;
  const visible = (capacity * (1 - terms.invisibleShare)) / days;
  const hidden = capacity * terms.invisibleShare;
  const rework = week.work["unplanned-rework"] * visible;
  const elsewhere = Math.max(0, Math.min(handling - rework, hidden - toil - switching));
  const buckets = calibrated(
    {
      "new-value": week.work["new-value"] * visible,
      "planned-maintenance": week.work["planned-maintenance"] * visible,
      "unplanned-rework": rework + elsewhere,
      "security-remediation": week.work["security-remediation"] * visible,
      toil: Math.min(hidden, toil + switching),
      other: Math.max(0, hidden - toil - switching - elsewhere),
    },
    calibration,
    capacity,
  );
  const L1 = Math.min(handling, buckets["unplanned-rework"]);
  const L3 = Math.min(toil, buckets.toil);
  return {
    capacity,
    buckets,
    levers: { L1, L2: buckets["unplanned-rework"] - L1, L3, L4: Math.min(switching, buckets.toil - L3) },
  };
}

function calibrated(
  buckets: Readonly<Record<Bucket, number>>,
  by: Calibration,
  capacity: number,
): Readonly<Record<Bucket, number>> {
  const of = (bucket: Bucket): number => buckets[bucket] * by[bucket];
  let all = 0;
  for (const bucket of BUCKETS) all += of(bucket);
  const scale = all === 0 ? 0 : capacity / all;
  return byBucket((bucket) => of(bucket) * scale);
}

/** The hours of L1 to L4 by the capacity: what of a team's week was lost. */
export function lostShare({ capacity, levers }: TeamHours): number | null {
  return capacity === 0 ? null : total(levers, CAPACITY_LEVERS) / capacity;
}

function total<K extends string>(numbers: Readonly<Record<K, number>>, keys: readonly K[]): number {
  let all = 0;
  for (const key of keys) all += numbers[key];
  return all;
}
