/** What is done can be released at any time, and is. */
import type { ChangeFact } from "../../facts.ts";
import type { Instant, Window } from "../../time.ts";
import { HOUR, WEEK, within } from "../../time.ts";
import { counted, duration } from "../../words.ts";
import { daysWith, workdays } from "./days.ts";
import { decidedAt } from "./deadlines.ts";
import type { Evidence } from "./evidence.ts";
import { during } from "./evidence.ts";
import type { Limits } from "./limits.ts";
import type { Part, Practice, Reading } from "./practice.ts";
import { HALF, USUAL, WHOLE_WEEK } from "./practice.ts";
import { changeRow, deploymentRow, NO_ITEMS, shareOf, unmeasurable, weekly } from "./readings.ts";
import { NO_DEPLOYMENTS, percent } from "./words.ts";

const toProduction: Part = {
  ...USUAL,
  id: "green-to-production",
  condition: ({ productionHours }) =>
    `Half of the merged changes are in production in less than ${duration(productionHours)} after their pipeline was green.`,
  threshold: HALF,
  pace: ({ deployWeeks }) => deployWeeks,
  read: (evidence, week, { productionHours }) => {
    if (evidence.firstDeployedAt === null) return unmeasurable(NO_DEPLOYMENTS);
    const limit = productionHours * HOUR;
    const rows = waiting(evidence, week, limit).flatMap((change) => {
      const from = readyToGo(evidence, change);
      return within(decidedAt(from, change.deployedAt, limit, evidence.until), week)
        ? [changeRow(change, change.deployedAt !== null && change.deployedAt - from < limit)]
        : [];
    });
    return shareOf(rows, evidence.runs.facts.length === 0 ? FROM_MERGE : FROM_GREEN);
  },
};

const FROM_MERGE =
  "No run of a pipeline is known, so it counts from the merge, which can only be longer. A change counts when it is there, or when its time is over.";
const FROM_GREEN =
  "From the merge where no run on its merge commit was green before its deployment, which can only be longer. A change counts when it is there, or when its time is over.";

/** Changes whose verdict may fall in a week. */
function waiting(evidence: Evidence, week: Window, limit: number) {
  // A pipeline may be green some time after the merge: nobody waits a month for it.
  const window = { from: week.from - limit - 4 * WEEK, to: week.to };
  return during(evidence.merged, window).filter(({ isBeforeRecord }) => !isBeforeRecord);
}

/** When the first run on the merge commit was green; the merge where none was before the deployment. */
function readyToGo({ runsOf }: Evidence, change: ChangeFact & { readonly mergedAt: Instant }): Instant {
  const green = runsOf(change.mergeCommit).find(({ outcome }) => outcome === "success")?.finishedAt ?? null;
  if (green === null || green < change.mergedAt) return change.mergedAt;
  return change.deployedAt !== null && green > change.deployedAt ? change.mergedAt : green;
}

const often: Part = {
  ...USUAL,
  id: "deploys-often",
  condition: ({ deployWeeks, deployDayShare }) =>
    deployDayShare === null
      ? `There is a deployment to production in every ${deployWeeks === 1 ? "week" : counted(deployWeeks, "week")}.`
      : `There is a deployment to production on more than ${percent(deployDayShare)} of the working days of a week.`,
  counts: "weeks",
  threshold: WHOLE_WEEK,
  read: (evidence, week, limits) => {
    const { firstDeployedAt } = evidence;
    if (firstDeployedAt === null) return unmeasurable(NO_DEPLOYMENTS);
    if (firstDeployedAt >= week.to) return NO_ITEMS;
    return limits.deployDayShare === null
      ? everyWeek(evidence, week, limits)
      : mostDays(evidence, week, limits.deployDayShare);
  },
};

function everyWeek(evidence: Evidence, week: Window, { deployWeeks }: Limits): Reading {
  const found = during(evidence.deployments, { from: week.to - deployWeeks * WEEK, to: week.to });
  return weekly(
    found.length > 0,
    found.map((deployment) => deploymentRow(deployment, true)),
  );
}

function mostDays(evidence: Evidence, week: Window, share: number): Reading {
  const days = workdays(week, evidence);
  if (days.length === 0) return NO_ITEMS;
  const found = during(evidence.deployments, week);
  const isMet =
    daysWith(
      days,
      found.map(({ deployedAt }) => deployedAt),
    ) >
    share * days.length;
  return weekly(
    isMet,
    found.map((deployment) => deploymentRow(deployment, isMet)),
  );
}

const noTimetable: Part = {
  ...USUAL,
  id: "no-timetable",
  condition: () => "Beside it: most deployments do not leave by a timetable (a release train).",
  threshold: HALF,
  pace: ({ deployWeeks }) => deployWeeks,
  isRequired: false,
  read: (evidence, week) => {
    if (evidence.firstDeployedAt === null) return unmeasurable(NO_DEPLOYMENTS);
    return shareOf(
      during(evidence.deployments, week)
        .filter(({ isTrain }) => isTrain !== null)
        .map((deployment) => deploymentRow(deployment, deployment.isTrain === false)),
      "A timetable is told by the four deployments before; before these nobody knows.",
    );
  },
};

export const releaseOnDemand: Practice = {
  id: "release-on-demand",
  title: "Release on demand",
  why: "What waits for a release earns nothing, and what leaves at once leaves in small pieces.",
  source: "https://dora.dev/capabilities/continuous-delivery/",
  parts: [toProduction, often, noTimetable],
};
