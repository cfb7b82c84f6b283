/** Whoever changes something soon knows whether it works, and can believe it. */
import { hoursBetween } from "../../time.ts";
import { duration } from "../../words.ts";
import { during } from "./evidence.ts";
import type { Part, Practice } from "./practice.ts";
import { HALF, USUAL } from "./practice.ts";
import { isBelow, runRow, shareOf, unmeasurable } from "./readings.ts";
import { NO_RUNS, percent } from "./words.ts";

const pipelineTime: Part = {
  ...USUAL,
  id: "pipeline-time",
  condition: ({ feedbackHours }) =>
    `Half of the runs that succeed or fail take less than ${duration(feedbackHours)}, queue included.`,
  threshold: HALF,
  read: (evidence, week, { feedbackHours }) => {
    if (evidence.runs.facts.length === 0) return unmeasurable(NO_RUNS);
    return shareOf(
      during(evidence.runs, week).map((run) =>
        runRow(run, isBelow(hoursBetween(run.begunAt, run.finishedAt), feedbackHours)),
      ),
      "All workflows together, on any branch; of a run that was tried again its last attempt.",
    );
  },
};

const flakyRuns: Part = {
  ...USUAL,
  id: "flaky-runs",
  condition: ({ flakyShare }) =>
    `Less than ${percent(flakyShare)} of the runs fail and then succeed on the same commit.`,
  threshold: ({ flakyShare }) => 1 - flakyShare,
  isStrict: true,
  read: (evidence, week) => {
    if (evidence.runs.facts.length === 0) return unmeasurable(NO_RUNS);
    return shareOf(
      during(evidence.runs, week).map((run) => runRow(run, run.isFlaky === null ? null : !run.isFlaky)),
      "By runs, since hosts do not tell of single tests.",
    );
  },
};

export const fastFeedback: Practice = {
  id: "fast-feedback",
  title: "Fast feedback",
  why: "An answer that comes while one still thinks of the change is used; one that is often wrong is not.",
  source: "https://dora.dev/capabilities/test-automation/",
  parts: [pipelineTime, flakyRuns],
};
