/**
 * From where on a condition of a practice is met. Beliefs, not measurements: shown beside every result, and each may be configured.
 *
 * Shares lie between 0 and 1. Where no source is named the number is Headway's own.
 */

/** How freely a service can be released: what it runs on sets what can be asked of it. */
export const RELEASE_CLASSES = ["cloud", "on-premises", "embedded", "regulated", "vendor"] as const;
export type ReleaseClass = (typeof RELEASE_CLASSES)[number];

export interface Limits {
  /** A branch is short up to here (DORA: trunk-based development, "at least once a day"). */
  readonly branchHours: number;
  readonly branchShare: number;
  /** DORA: "three or fewer active branches". */
  readonly openBranches: number;
  /** The share of the working days of a week that must be exceeded by those with an integration. */
  readonly mergeDayShare: number;
  /** So many working days without an integration, while changes wait, are a freeze. */
  readonly freezeDays: number;
  readonly changedLines: number;
  readonly changesPerDeployment: number;
  readonly checkedShare: number;
  /** From a broken default branch to a green one. */
  readonly greenHours: number;
  /** A pipeline is fast below this (DORA: continuous integration, "less than ten minutes"). */
  readonly feedbackHours: number;
  readonly flakyShare: number;
  /** Working hours to the first review: half of the changes, … */
  readonly pickupHours: number;
  /** … and most of them within a working day, or this many elapsed hours where nobody said when work is done. */
  readonly slowPickupHours: number;
  readonly slowPickupElapsedHours: number;
  readonly slowPickupShare: number;
  readonly reviewedShare: number;
  readonly changesPerAuthor: number;
  /** The share of open changes that may be older than what 85 % need. */
  readonly oldShare: number;
  readonly pipelineShare: number;
  /** What a run may wait for an approval. */
  readonly approvalHours: number;
  /** From green to production. */
  readonly productionHours: number;
  /** One deployment in every so many weeks. */
  readonly deployWeeks: number;
  /** The share of the working days of a week that must be exceeded by those with a deployment; `null`: not asked for. */
  readonly deployDayShare: number | null;
  readonly recoveryHours: number;
  readonly drillDays: number;
  readonly scannedShare: number;
  readonly alertDays: number;
  readonly dependencyDays: number;
  readonly infrastructureShare: number;
}

const CLOUD: Limits = {
  branchHours: 24,
  branchShare: 0.6,
  openBranches: 3,
  mergeDayShare: 0.5,
  freezeDays: 3,
  changedLines: 200,
  changesPerDeployment: 10,
  checkedShare: 0.95,
  greenHours: 1,
  feedbackHours: 1 / 6,
  flakyShare: 0.02,
  pickupHours: 4,
  slowPickupHours: 8,
  slowPickupElapsedHours: 24,
  slowPickupShare: 0.85,
  reviewedShare: 0.9,
  changesPerAuthor: 1.5,
  oldShare: 0.15,
  pipelineShare: 0.9,
  approvalHours: 4,
  productionHours: 24,
  deployWeeks: 1,
  deployDayShare: null,
  recoveryHours: 24,
  drillDays: 90,
  scannedShare: 0.9,
  alertDays: 30,
  dependencyDays: 14,
  infrastructureShare: 0.9,
};

const DAY_HOURS = 24;
const WEEK_HOURS = 7 * DAY_HOURS;

/** What differs between the classes is what a team cannot choose: how often others let it release, and so how much a release carries. */
export const LIMITS: Readonly<Record<ReleaseClass, Limits>> = {
  cloud: CLOUD,
  regulated: { ...CLOUD, ...everyWeeks(2) },
  "on-premises": { ...CLOUD, ...everyWeeks(4), recoveryHours: 3 * DAY_HOURS },
  embedded: { ...CLOUD, ...everyWeeks(13), recoveryHours: WEEK_HOURS },
  vendor: { ...CLOUD, ...everyWeeks(13), recoveryHours: 3 * DAY_HOURS },
};

function everyWeeks(weeks: number): Pick<Limits, "deployWeeks" | "productionHours" | "changesPerDeployment"> {
  return {
    deployWeeks: weeks,
    productionHours: weeks * WEEK_HOURS,
    changesPerDeployment: weeks * CLOUD.changesPerDeployment,
  };
}

/** The step after the first: deployments on most working days and recovery within an hour, asked for once the first limits hold. */
export function later(limits: Limits): Limits {
  return {
    ...limits,
    recoveryHours: Math.min(limits.recoveryHours, 1),
    deployDayShare: limits.deployWeeks === 1 ? Math.max(0.5, limits.deployDayShare ?? 0) : null,
  };
}
