/** How a team works, in numbers that are true because the simulation draws from them. */
import type { Chance } from "./chance.ts";

/**
 * Durations of work are working hours of the team; medians of log-normal draws unless it is said. They are of planned work: repairs of
 * failed deployments follow the clock of the failure.
 */
export interface Practice {
  /** Mean of changes that people begin per service of weight 1, in a week without holidays. */
  readonly changesPerWeek: number;
  /** Lines added and deleted. */
  readonly lines: number;
  /** First commit until ready for review. */
  readonly codingHours: number;
  /** Ready until the first review. */
  readonly pickupHours: number;
  /** First review until the merge, of a change that waits for nobody else. */
  readonly reviewHours: number;
  /** Probability that a change of a person is merged without review. */
  readonly unreviewedShare: number;
  /** Probability that a successful production deployment fails. */
  readonly failShare: number;
  /** A failed deployment until everything is well, elapsed hours. */
  readonly recoveryHours: number;
  /** Probability that a person presses the button for a deployment to production, and not the pipeline. */
  readonly byHandShare: number;
  /** Probability that a change is left open and forgotten. */
  readonly forgottenShare: number;
  /** Start until end of a run. */
  readonly pipelineMinutes: number;
  /** Creation until start of a run. */
  readonly queueMinutes: number;
  /** Probability that a run needs a second attempt for no reason. */
  readonly flakyShare: number;
  /** Probability that a merge breaks the default branch. */
  readonly brokenShare: number;
  /** The default branch broken until its repair is pushed. */
  readonly brokenHours: number;
}

/** What adopting does in the end: each number is multiplied by its factor. */
export type Effect = Practice;

const USUAL: Practice = {
  changesPerWeek: 2.4,
  lines: 280,
  codingHours: 11,
  pickupHours: 7,
  reviewHours: 5,
  unreviewedShare: 0.08,
  failShare: 0.2,
  recoveryHours: 9,
  byHandShare: 0.6,
  forgottenShare: 0.01,
  pipelineMinutes: 24,
  queueMinutes: 4,
  flakyShare: 0.06,
  brokenShare: 0.3,
  brokenHours: 8,
};

/** As far as practices ask for: most of what is begun is integrated within a day, and a run is over within ten minutes. */
export const EFFECT: Effect = {
  changesPerWeek: 2.2,
  lines: 0.4,
  codingHours: 0.16,
  pickupHours: 0.2,
  reviewHours: 0.15,
  unreviewedShare: 0.4,
  failShare: 0.15,
  recoveryHours: 0.35,
  byHandShare: 0.03,
  forgottenShare: 0.2,
  pipelineMinutes: 0.26,
  queueMinutes: 0.3,
  flakyShare: 0.2,
  brokenShare: 0.3,
  brokenHours: 0.05,
};

/** Teams differ by about a fifth in everything. */
const DIFFERENCE = 0.18;

/** How a team works before it adopts, or for ever. */
export function ownPractice(chance: Chance): Practice {
  return each((key) => rounded(USUAL[key] * chance.around(1, DIFFERENCE)));
}

/** How it works in the end. */
export function adopted(practice: Practice): Practice {
  return each((key) => rounded(practice[key] * EFFECT[key]));
}

/** On the way from one to the other, on a logarithmic scale: 0 is the first, 1 the second. */
export function onTheWay(before: Practice, after: Practice, way: number): Practice {
  return each((key) => before[key] ** (1 - way) * after[key] ** way);
}

function each(number: (key: keyof Practice) => number): Practice {
  return {
    changesPerWeek: number("changesPerWeek"),
    lines: number("lines"),
    codingHours: number("codingHours"),
    pickupHours: number("pickupHours"),
    reviewHours: number("reviewHours"),
    unreviewedShare: number("unreviewedShare"),
    failShare: number("failShare"),
    recoveryHours: number("recoveryHours"),
    byHandShare: number("byHandShare"),
    forgottenShare: number("forgottenShare"),
    pipelineMinutes: number("pipelineMinutes"),
    queueMinutes: number("queueMinutes"),
    flakyShare: number("flakyShare"),
    brokenShare: number("brokenShare"),
    brokenHours: number("brokenHours"),
  };
}

/** To four digits, as it is printed: what is told is what is drawn from. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
