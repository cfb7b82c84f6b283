/** Statuses of pipelines, jobs and deployments. */
import type { Outcome } from "#metrics/events.ts";

/** One that is new to us is not final, so it is asked for again. */
export function outcomeOf(status: string): Outcome {
  switch (status) {
    case "success":
      return "success";
    case "failed":
      return "failure";
    case "canceled":
      return "cancelled";
    case "skipped":
      return "skipped";
    case "running":
    case "canceling":
      return "running";
    default:
      return "waiting";
  }
}

export function isFinal(outcome: Outcome): boolean {
  return outcome !== "running" && outcome !== "waiting";
}
