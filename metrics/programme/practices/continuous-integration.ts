/** Every change is tested before it is integrated, and what is broken is mended first. */
import type { Window } from "../../time.ts";
import { HOUR, hoursBetween, within } from "../../time.ts";
import { duration } from "../../words.ts";
import { decidedAt } from "./deadlines.ts";
import type { Evidence } from "./evidence.ts";
import { during } from "./evidence.ts";
import type { Part, Practice } from "./practice.ts";
import { HALF, USUAL } from "./practice.ts";
import { answered, changeRow, commitRow, runRow, shareOf, unmeasurable } from "./readings.ts";
import { NO_RUNS, percent, PLAIN_GIT } from "./words.ts";

const checkedBefore: Part = {
  ...USUAL,
  id: "checked-before-merge",
  condition: ({ checkedShare }) =>
    `At least ${percent(checkedShare)} of the merged changes had a check of their last commit that was over before the merge.`,
  threshold: ({ checkedShare }) => checkedShare,
  read: (evidence, week) => {
    const { heads } = evidence.told;
    if (!evidence.hasHost) return unmeasurable(`${PLAIN_GIT} which commit of a change was checked.`);
    if (evidence.runs.facts.length === 0) return unmeasurable(NO_RUNS);
    if (heads === null) return unmeasurable(NO_HEADS);
    return shareOf(
      during(evidence.merged, week).map((change) => {
        const head = heads.get(change.id);
        if (head === undefined) return changeRow(change, null);
        return changeRow(
          change,
          evidence.runsOf(head).some(({ finishedAt }) => finishedAt <= change.mergedAt),
        );
      }),
    );
  },
};

const NO_HEADS =
  "Facts of changes do not name the last commit of a change: it is in the events, from which nobody told it here.";

const checkedTrunk: Part = {
  ...USUAL,
  id: "checked-trunk",
  condition: ({ checkedShare }) =>
    `Beside it: at least ${percent(checkedShare)} of the steps of the default branch have a check that is over.`,
  threshold: ({ checkedShare }) => checkedShare,
  isRequired: false,
  read: (evidence, week) => {
    if (evidence.runs.facts.length === 0) return unmeasurable(NO_RUNS);
    return shareOf(
      during(evidence.integrations, week).map((step) => commitRow(step, evidence.runsOf(step.sha).length > 0)),
    );
  },
};

const redToGreen: Part = {
  ...USUAL,
  id: "red-to-green",
  condition: ({ greenHours }) =>
    `Half of the times that the default branch breaks it is green again in less than ${duration(greenHours)}.`,
  threshold: HALF,
  read: (evidence, week, { greenHours }) => {
    if (!evidence.runs.facts.some(({ onDefaultBranch }) => onDefaultBranch))
      return unmeasurable(
        evidence.runs.facts.length === 0 ? NO_RUNS : "No run of a pipeline on the default branch is known here.",
      );
    const rows = evidence.breaks
      .filter(({ brokeAt, greenAt }) => within(decidedAt(brokeAt, greenAt, greenHours * HOUR, evidence.until), week))
      .map((run) => runRow(run, isMended(run.brokeAt, run.greenAt, greenHours)));
    return answered(rows, hasRuns(evidence, week));
  },
};

function isMended(brokeAt: number | null, greenAt: number | null, limit: number): boolean {
  const hours = hoursBetween(brokeAt, greenAt);
  return hours !== null && hours < limit;
}

function hasRuns({ runs }: Evidence, week: Window): boolean {
  return during(runs, week).some(({ onDefaultBranch }) => onDefaultBranch);
}

export const continuousIntegration: Practice = {
  id: "continuous-integration",
  title: "Continuous integration",
  why: "A change that was tested before it was merged breaks nobody else's work, and a branch that is green can be released.",
  source: "https://dora.dev/capabilities/continuous-integration/",
  parts: [checkedBefore, redToGreen, checkedTrunk],
};
