/** What lists and single items say of themselves, in one sentence. */
import type { ChangeFact, DeploymentFact, FailureSignal, IncidentFact } from "../facts.ts";
import { byNumber } from "../plurals.ts";
import { counted, duration } from "../words.ts";
import { hoursBetween } from "../time.ts";
import type { ChangeState, DeploymentState, IncidentState } from "./states.ts";

/** How many there are in each state. */
type Counts = readonly { readonly state: string; readonly n: number }[];

function numberIn(counts: Counts, ...states: readonly string[]): number {
  let sum = 0;
  for (const { state, n } of counts) if (states.includes(state)) sum += n;
  return sum;
}

/** `84 changes in 26 weeks: 70 in production, 3 wait for review`; nothing that is not there is said. */
export function changesWords(counts: Counts, span: string): string {
  const of = (...states: readonly ChangeState[]) => numberIn(counts, ...states);
  const all = numberIn(counts, ...counts.map(({ state }) => state));
  if (all === 0) return `No changes in ${span}.`;
  const parts = [
    [of("deployed", "before-record"), "in production"],
    [of("merged"), "merged"],
    [of("waiting"), byNumber(of("waiting"), "waits for deployment", "wait for deployment")],
    [of("pickup"), byNumber(of("pickup"), "waits for review", "wait for review")],
    [of("review"), "in review"],
    [of("coding"), "still coded on"],
    [of("closed"), "closed without a merge"],
  ] as const;
  return `${counted(all, "change")} in ${span}: ${said(parts)}.`;
}

export function deploymentsWords(counts: Counts, span: string): string {
  const of = (...states: readonly DeploymentState[]) => numberIn(counts, ...states);
  const production = of("good", "failed", "repair");
  const beside = [
    [of("attempt"), byNumber(of("attempt"), "attempt never reached it", "attempts never reached it")],
    [of("elsewhere"), "went elsewhere"],
  ] as const;
  const others = beside.some(([n]) => n > 0) ? `; ${said(beside)}` : "";
  if (production === 0) return `No deployments to production in ${span}${others}.`;
  const failed = of("failed");
  const parts = [
    [failed, "failed"],
    [of("repair"), byNumber(of("repair"), "was a repair", "were repairs")],
  ] as const;
  const what = failed + of("repair") === 0 ? "none is known to have failed" : said(parts);
  return `${counted(production, "deployment")} to production in ${span}: ${what}${others}.`;
}

export function incidentsWords(counts: Counts, span: string): string {
  const of = (...states: readonly IncidentState[]) => numberIn(counts, ...states);
  const all = of("open", "linked", "unlinked", "false-alarm");
  if (all === 0) return `No incidents in ${span}.`;
  const parts = [
    [of("open"), byNumber(of("open"), "is not over", "are not over")],
    [of("linked"), "linked to a deployment"],
    [of("unlinked"), "with no deployment known to have caused it"],
    [of("false-alarm"), byNumber(of("false-alarm"), "false alarm", "false alarms")],
  ] as const;
  return `${counted(all, "incident")} in ${span}: ${said(parts)}.`;
}

function said(parts: readonly (readonly [n: number, words: string])[]): string {
  return parts
    .filter(([n]) => n > 0)
    .map(([n, words]) => `${n.toLocaleString("en")} ${words}`)
    .join(", ");
}

/** @param age hours of what is not over. */
export function changeWords(fact: ChangeFact, state: ChangeState, age: number | null): string {
  const lasted = age === null ? "" : ` for ${duration(age)}`;
  const back = fact.revertedBy === null ? "" : " It was taken back later.";
  switch (state) {
    case "coding":
      return `A draft${lasted}: not ready for review yet.`;
    case "pickup":
      return `Open${lasted}, and nobody has reviewed it yet.`;
    case "review":
      return `Open${lasted} and in review.`;
    case "waiting":
      return `Merged, and waiting for deployment${lasted}.${back}`;
    case "deployed":
      return fact.leadTimeHours === null
        ? `In production.${back}`
        : `In production ${duration(fact.leadTimeHours)} after its first commit.${back}`;
    case "before-record":
      return "In production, since before the record of deployments begins.";
    case "merged":
      return `Merged${fact.isIntegrated ? "; nothing is known to be deployed here" : " to another branch than the default one"}.${back}`;
    case "closed":
      return "Closed without a merge.";
  }
}

export function deploymentWords(fact: DeploymentFact, state: DeploymentState): string {
  const { changes, commits, failedBy, recoveredAt, deployedAt } = fact;
  const carried =
    changes === null || commits === null
      ? "Nobody knows what it carried"
      : `It first carried ${counted(changes, "change")} and ${counted(commits, "commit")}`;
  switch (state) {
    case "good":
      return `${carried}. It is not known to have failed.`;
    case "failed": {
      const hours = hoursBetween(deployedAt, recoveredAt);
      return `It failed, as ${signalWords(failedBy)}, ${hours === null ? "and is not known to be back" : `and was back after ${duration(hours)}`}. ${carried}.`;
    }
    case "repair":
      return `${fact.isRollback ? "A rollback: it put back an older commit" : "It was made to repair"}. ${carried}.`;
    case "attempt":
      return ATTEMPTS[fact.status];
    case "elsewhere":
      return `A deployment to ${fact.environment}, which is not production: it counts in no number.`;
  }
}

/** What showed that a deployment failed: `an incident and a rollback show`. */
function signalWords(failedBy: readonly FailureSignal[]): string {
  return `${failedBy.map((signal) => SIGNALS[signal]).join(" and ")} ${byNumber(failedBy.length, "shows", "show")}`;
}

const SIGNALS = {
  incident: "an incident",
  rollback: "its rollback",
  revert: "a revert of what it carried",
  hotfix: "a hotfix after it",
  manual: "what somebody said of it",
} as const satisfies Record<FailureSignal, string>;

const ATTEMPTS = {
  failure: "It failed and never reached production.",
  inactive: "It was cancelled or skipped and never reached production.",
  running: "It is not over, as far as its host says.",
  success: "It is not over, as far as its host says.",
} as const satisfies Record<DeploymentFact["status"], string>;

/** By which rule an incident was linked to its deployment. */
export const LINK_RULES = {
  id: "The incident names this deployment.",
  sha: "The incident names a commit, and this was the latest deployment of exactly that commit.",
  "service-window": "The incident names nothing, and this was the service's latest deployment within 72 h before it.",
  none: "No deployment is known to have caused it.",
} as const satisfies Record<IncidentFact["linkedBy"], string>;

export function incidentWords(fact: IncidentFact, state: IncidentState): string {
  const cause =
    fact.deploymentId === null ? "no deployment is known to have caused it" : `linked to ${fact.deploymentId}`;
  const lasted = fact.recoveryHours === null ? "Over" : `Over after ${duration(fact.recoveryHours)}`;
  switch (state) {
    case "open":
      return `Not over yet; ${cause}.`;
    case "linked":
    case "unlinked":
      return `${lasted}; ${cause}.`;
    case "false-alarm":
      return "A false alarm: it fails no deployment.";
  }
}
