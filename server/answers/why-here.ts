/** What one number asks of a row that the words about the row itself do not say. */
import type { ChangeFact, DeploymentFact, PipelineFact } from "#metrics/facts.ts";
import type { Metric } from "#metrics/metric.ts";
import { counted } from "#metrics/words.ts";
import type { WorkType } from "#metrics/work-type.ts";
import { whyHours } from "./why.ts";

/** Facts of some kinds are asked things of their own. */
type Row =
  | { readonly kind: "change"; readonly fact: ChangeFact }
  | { readonly kind: "deployment"; readonly fact: DeploymentFact }
  | { readonly kind: "pipeline"; readonly fact: PipelineFact }
  | { readonly kind: "commit" | "incident" | "alert" };

/**
 * @param value what the row adds to the number, which nobody left out; `null` where nobody knows.
 * @returns a sentence, or nothing where the words about the row say all.
 */
export function whyHere({ id, needs }: Metric, row: Row, value: number | null): string {
  if (needs === "hours") return whyHours(value);
  switch (row.kind) {
    case "change":
      return ofChange(id, row.fact);
    case "deployment":
      return ofDeployment(id, row.fact, value);
    case "pipeline":
      return id === "pipeline-queue-time" && row.fact.startedAt === null
        ? "Its jobs were not read, so nobody knows when the first one began."
        : "";
    case "commit":
    case "incident":
    case "alert":
      return "";
  }
}

function ofChange(id: string, fact: ChangeFact): string {
  const { requestedAt, workType, additions, deletions, reviewRounds, isByTrain } = fact;
  switch (id) {
    case "lead-time-request":
      return requestedAt === null ? "No issue is linked to it." : "";
    case "repair-share":
      return workType === null ? "Nothing says what kind of work it is." : `It says that it is ${KINDS[workType]}.`;
    case "change-size":
      return additions === null || deletions === null ? "Its host tells no size." : "";
    case "review-rounds":
    case "second-round-share":
      return reviewRounds === null ? "" : `${counted(reviewRounds, "round")} of review.`;
    case "train-change-share":
      return byTimetable(isByTrain);
    default:
      return "";
  }
}

function ofDeployment(id: string, { isTrain, beganAt }: DeploymentFact, value: number | null): string {
  switch (id) {
    case "release-train-share":
      return byTimetable(isTrain);
    case "patch-soon-share":
      return value === null ? "It is too early to judge it." : "";
    case "first-deployment-time":
      return beganAt === null ? "Its history is cut off, or the record of deployments begins later." : "";
    default:
      return "";
  }
}

function byTimetable(isTrain: boolean | null): string {
  return isTrain === true ? "It left by a timetable." : "It left by no timetable.";
}

const KINDS = {
  feature: "a feature",
  fix: "a fix",
  dependency: "an update of a dependency",
  revert: "a revert",
  upkeep: "upkeep",
} as const satisfies Record<WorkType, string>;
