/** What fails is back soon, and everybody knows that it can be taken back. */
import { DAY, HOUR, within } from "../../time.ts";
import { counted, duration } from "../../words.ts";
import { decidedAt } from "./deadlines.ts";
import { during } from "./evidence.ts";
import type { Part, Practice } from "./practice.ts";
import { HALF, USUAL, WHOLE_WEEK } from "./practice.ts";
import { answered, deploymentRow, NO_ITEMS, unmeasurable, weekly } from "./readings.ts";
import { NO_DEPLOYMENTS } from "./words.ts";

const inTime: Part = {
  ...USUAL,
  id: "recovery-time",
  condition: ({ recoveryHours }) =>
    `Half of the failed deployments are recovered in less than ${duration(recoveryHours)}.`,
  threshold: HALF,
  pace: ({ deployWeeks }) => deployWeeks,
  read: (evidence, week, { recoveryHours }) => {
    if (evidence.firstDeployedAt === null) return unmeasurable(NO_DEPLOYMENTS);
    const limit = recoveryHours * HOUR;
    const rows = evidence.deployments.facts
      .filter(({ failedBy, deployedAt, recoveredAt }) => {
        return failedBy.length > 0 && within(decidedAt(deployedAt, recoveredAt, limit, evidence.until), week);
      })
      .map((deployment) => {
        const { deployedAt, recoveredAt } = deployment;
        const isMet = recoveredAt !== null && recoveredAt >= deployedAt && recoveredAt - deployedAt < limit;
        return deploymentRow(deployment, isMet);
      });
    return answered(rows, during(evidence.deployments, week).length > 0);
  },
};

const rollbackProven: Part = {
  ...USUAL,
  id: "rollback-proven",
  condition: ({ drillDays }) =>
    `In the ${counted(drillDays, "day")} before the end of the week a deployment was taken back, for real or as a drill.`,
  counts: "weeks",
  threshold: WHOLE_WEEK,
  read: (evidence, week, { drillDays }) => {
    const { firstDeployedAt, declared } = evidence;
    if (firstDeployedAt === null) return unmeasurable(NO_DEPLOYMENTS);
    if (firstDeployedAt >= week.to) return NO_ITEMS;
    const window = { from: week.to - drillDays * DAY, to: week.to };
    const rollbacks = during(evidence.deployments, window).filter(({ isRollback }) => isRollback);
    if (rollbacks.length > 0)
      return weekly(
        true,
        rollbacks.map((one) => deploymentRow(one, true)),
      );
    if (declared.drills === null) return unmeasurable(NO_DRILLS);
    const drills = declared.drills.filter((at) => within(at, window));
    return weekly(drills.length > 0, [], drills.length > 0 ? "A drill is declared." : null);
  },
};

const NO_DRILLS =
  "Nothing was rolled back, and hosts do not tell of drills: declare on which days it was tried to take a deployment back.";

export const recovery: Practice = {
  id: "recovery",
  title: "Fast recovery",
  why: "Who can take back what fails may release often.",
  source: "https://dora.dev/guides/dora-metrics/",
  parts: [inTime, rollbackProven],
};
