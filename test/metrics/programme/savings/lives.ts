/** Half a year of one team from what happened to weeks of it: a quarter as before, and a quarter as now. */
import { periods } from "#metrics/calendar.ts";
import type { ChangeFact, DeploymentFact, PipelineFact } from "#metrics/facts.ts";
import type { ServiceActivity } from "#metrics/programme/savings/activity.ts";
import { teamWeeks } from "#metrics/programme/savings/activity.ts";
import type { SavingsInput } from "#metrics/programme/savings/prepared.ts";
import { unitWeeks } from "#metrics/programme/savings/units.ts";
import { DAY, HOUR, MINUTE } from "#metrics/time.ts";
import { UNKNOWN_HOURS } from "#metrics/working-time.ts";
import { anAssumption } from "#test/metrics/programme/declared.ts";
import { aChangeFact, aDeploymentFact, aRunFact } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";

import { anInput, CERTAIN } from "./weeks.ts";

export const DAYS = {
  baseline: { from: "2026-01-05", to: "2026-04-06" },
  period: { from: "2026-04-06", to: "2026-07-06" },
};

/** 100 productive hours a week at 50, of which no change tells of 30. */
export const STATED = [
  ...CERTAIN.filter(({ what }) => what !== "invisible-share"),
  anAssumption("invisible-share", 0.3),
];

/** How a team works. Each working day something is made; the third one of a week brings the deployments. */
export interface Way {
  /** On so many of five days it is a fix. */
  readonly fixDays: number;
  /** Into how many changes the work of a day is cut. */
  readonly slices: number;
  readonly deployments: number;
  /** Of those in a week. */
  readonly failures: number;
  readonly recoveryHours: number;
  /** Ready until the first review. */
  readonly waitHours: number;
  /** From the first commit until it is in production. */
  readonly leadHours: number;
  /** How long a run pauses until somebody agrees, once a week. */
  readonly pauseHours: number;
}

const USUAL: Way = {
  fixDays: 1,
  slices: 1,
  deployments: 5,
  failures: 1,
  recoveryHours: 6,
  waitHours: 30,
  leadHours: 200,
  pauseHours: 20,
};

/** What savings are reckoned from where a team worked in one way and then in another. */
export function aLife(before: Partial<Way>, now: Partial<Way>, rest: Partial<SavingsInput> = {}): SavingsInput {
  const [from, half, to] = [DAYS.baseline.from, DAYS.period.from, DAYS.period.to].map((day) => at(day));
  const parts = [
    ...lived({ ...USUAL, ...before }, from ?? NaN, half ?? NaN),
    ...lived({ ...USUAL, ...now }, half ?? NaN, to ?? NaN),
  ];
  const service: ServiceActivity = {
    service: "shop",
    changes: parts.flatMap(({ changes }) => changes),
    deployments: parts.flatMap(({ deployments }) => deployments),
    incidents: [],
    pipelines: parts.flatMap(({ runs }) => runs),
    deployers: null,
    teamAt: () => "orders",
    time: UNKNOWN_HOURS,
  };
  const weeks = periods({ from: from ?? NaN, to: to ?? NaN }, "week", "UTC");
  return anInput(teamWeeks([service], weeks, "UTC", (to ?? NaN) + 60 * DAY), {
    ...DAYS,
    programme: { assumptions: STATED, costs: [], timeStudies: [], interventions: [], initiatives: [] },
    units: { unit: "linked-issue", weeks: unitWeeks(service, weeks, "UTC") },
    ...rest,
  });
}

interface Lived {
  readonly changes: readonly ChangeFact[];
  readonly deployments: readonly DeploymentFact[];
  readonly runs: readonly PipelineFact[];
}

/** What is begun in a quarter is delivered in it, so that no way of working lends work to the other. */
function lived(way: Way, from: number, to: number): readonly Lived[] {
  const weeks = Array.from({ length: (to - from) / (7 * DAY) }, (_, index) => from + index * 7 * DAY);
  return weeks.map((monday) => ({
    changes: [0, 1, 2, 3, 4].flatMap((day) => madeOn(way, monday + day * DAY, to, day < way.fixDays)),
    deployments: Array.from({ length: way.deployments }, (_, index) => {
      const deployedAt = monday + 2 * DAY + (index * DAY) / way.deployments;
      const isFailed = index < way.failures;
      return aDeploymentFact({
        id: `${deployedAt}`,
        tier: "production",
        status: "success",
        deployedAt,
        failedBy: isFailed ? ["manual"] : [],
        recoveredAt: isFailed ? deployedAt + way.recoveryHours * HOUR : null,
      });
    }),
    runs: [
      aRunFact({
        id: `${monday}`,
        begunAt: monday,
        startedAt: monday,
        pausedAt: monday + 10 * MINUTE,
        resumedAt: monday + 10 * MINUTE + way.pauseHours * HOUR,
        finishedAt: monday + 20 * MINUTE + way.pauseHours * HOUR,
      }),
    ],
  }));
}

/** From nine to three, looked at in one sitting, and one issue however many changes it is. */
function madeOn({ slices, waitHours, leadHours }: Way, day: number, end: number, isFix: boolean): ChangeFact[] {
  const [begins, hours] = [day + 9 * HOUR, 6];
  const reviewedAt = begins + (hours + waitHours) * HOUR;
  return Array.from({ length: slices }, (_, index) => {
    const firstCommitAt = begins + (index * hours * HOUR) / slices;
    const deployedAt = Math.min(firstCommitAt + leadHours * HOUR, end - HOUR);
    return aChangeFact({
      id: `${day} ${index}`,
      workType: isFix ? "fix" : null,
      requestedAt: day - 3 * DAY,
      firstCommitAt,
      openedAt: firstCommitAt,
      readyAt: begins + ((index + 1) * hours * HOUR) / slices,
      firstReviewAt: reviewedAt,
      pickupHours: waitHours,
      mergedAt: reviewedAt + HOUR,
      deployedAt,
      leadTimeHours: (deployedAt - firstCommitAt) / HOUR,
      additions: 60 / slices,
      deletions: 0,
    });
  });
}
