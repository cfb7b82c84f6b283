/** In which numbers one change, deployment or incident counts, and why, or why not. */
import type { ChangeFact, DeploymentFact, IncidentFact } from "#metrics/facts.ts";
import { overlap } from "#metrics/grid.ts";
import { metrics } from "#metrics/index.ts";
import { DEFAULT_LENS, looksAt } from "#metrics/lens.ts";
import type { ChangeMetric, Metric, Observation } from "#metrics/metric.ts";
import { isOngoing } from "#metrics/metric.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import { lengthIn } from "#metrics/words.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import type { ScopedService } from "./asked-scope.ts";
import type { Judged } from "./judged.ts";
import type { Memory } from "./memory.ts";
import { observedAlone } from "./observations.ts";
import type { Reaches } from "./scope.ts";
import { canHave, clockOf, reaches, summariesOf } from "./scope.ts";
import { whyChange, whyDeployment, whyHours, whyIncident, whyJudged } from "./why.ts";
import { whyHere } from "./why-here.ts";

type Count = Reply<"/api/item">["counts"][number];

/** What it is that counts. */
export type Subject =
  | { readonly kind: "change"; readonly fact: ChangeFact }
  | { readonly kind: "deployment"; readonly fact: DeploymentFact }
  | { readonly kind: "incident"; readonly fact: IncidentFact };

/** Those that it counts in first. Metrics of which the service has nothing are not named. */
export async function countsOf(
  installation: Installation,
  place: ScopedService,
  subject: Subject,
  memory: Memory,
): Promise<Count[]> {
  const reach = await reaches(installation, [place], memory);
  const judged = await memory.judged(installation);
  const summaries = await summariesOf([place], memory);
  const looking = { lens: DEFAULT_LENS, ends: reach, structure: structureOf(installation.config), places: [place] };
  const counts = metrics
    .filter((metric) => isAbout(metric, subject) && canHave(metric, summaries))
    .map((metric): Count => {
      const observation = observedAlone(metric, subject, looking);
      return observation === null
        ? { ...ofMetric(metric), ...NOT_COUNTED, why: whyNotObserved(metric, subject) }
        : { ...ofMetric(metric), ...counted(metric, subject, { observation, reach, judged }) };
    });
  return [...counts.filter((one) => one.counted), ...counts.filter((one) => !one.counted)];
}

const NOT_COUNTED = { counted: false, at: null, value: null } as const;

function ofMetric({ id, title }: Metric): Pick<Count, "metric" | "title"> {
  return { metric: id, title };
}

function isAbout({ of }: Metric, { kind }: Subject): boolean {
  return of === kind || (of === "attempt" && kind === "deployment");
}

interface Seen {
  readonly observation: Observation;
  readonly reach: Reaches;
  readonly judged: Judged;
}

function counted(
  metric: Metric,
  subject: Subject,
  { observation, reach, judged }: Seen,
): Omit<Count, "metric" | "title"> {
  const at = iso(observation.at);
  const exclusion = judged.exclusionOf({ ...subject, observation });
  if (exclusion !== null) return { ...NOT_COUNTED, at, why: whyJudged(exclusion) };
  const seen = reach[clockOf(metric)];
  if (seen === null || overlap(momentOf(observation.at), seen) === null || !within(observation.at, seen))
    return {
      ...NOT_COUNTED,
      at,
      why: "It lies outside what is known of its service: before its record begins, or after it was looked at last.",
    };
  const override = subject.kind === "deployment" ? judged.overrideOf(subject.fact) : null;
  const why = `${override === null ? "" : `${whyJudged(override)} `}${whyOf(metric, subject, observation)}`;
  const value = valueOf(metric, observation);
  return { counted: value !== null, at, value, why };
}

function momentOf(at: Instant): Window {
  return { from: at, to: at + 1 };
}

/** By what it belongs to a window; of what nobody knows the value, all that is known of it. */
function whyOf(metric: Metric, subject: Subject, observation: Observation): string {
  const { kind, fact } = subject;
  if (metric.needs === "hours") return whyHours(observation.value);
  if (observation.value !== null) return byClock(metric);
  if (isOngoing(observation)) return `${byClock(metric)} It is not over, and counts as lasting at least so long.`;
  const unknown = `It belongs here, but what it would add is not known. ${whyHere(metric, subject, null)}`.trim();
  switch (kind) {
    case "change":
      return `${unknown} ${whyChange(fact)}`;
    case "deployment":
      return `${unknown} ${whyDeployment(fact)}`;
    case "incident":
      return `${unknown} ${whyIncident(fact)}`;
  }
}

function byClock(metric: Metric): string {
  switch (metric.of) {
    case "change":
    case "commit":
    case "alert":
    case "pipeline":
      return CLOCKS[metric.clock];
    case "deployment":
      return CLOCKS.deployedAt;
    case "attempt":
      return "It counts when it was made.";
    case "incident":
      return "It counts when it began.";
  }
}

const CLOCKS = {
  deployedAt: "It counts when it reached production.",
  committedAt: "It counts when it was committed.",
  mergedAt: "It counts when it was merged.",
  openedAt: "It counts when it was opened.",
  fixedAt: "It counts when it was fixed.",
  finishedAt: "It counts when it finished.",
  brokeAt: "It counts when it broke.",
} as const;

/** What it adds, in words; `null` where nobody knows. */
function valueOf(metric: Metric, observation: Observation): string | null {
  if (isOngoing(observation)) return `> ${lengthIn(metric, observation.openFor)}`;
  const { value } = observation;
  if (value === null) return null;
  if (metric.statistic === "rate") return value === 1 ? "yes" : "no";
  return metric.unit === "share" ? `${Math.round(value * 100)} %` : lengthIn(metric, value);
}

/** Why a metric does not look at it at all. */
function whyNotObserved(metric: Metric, { kind, fact }: Subject): string {
  if (kind === "change" && !looksAt(metric, fact.authorKind, DEFAULT_LENS))
    return "A bot made it: nobody waits for a person with it. Ask for what bots did to see it counted.";
  if (kind === "change" && fact.openedAt === null) return "Only its merge is known: connect its host to know the rest.";
  if (kind === "change" && metric.of === "change") return whyNotYet(metric.clock, fact);
  if (kind === "deployment" && fact.tier !== "production") return `${fact.environment} is not production.`;
  if (kind === "deployment" && fact.deployedAt === null) return "It never reached production.";
  return `It is no ${metric.counts}, of which this number is made.`;
}

function whyNotYet(
  clock: ChangeMetric["clock"],
  { isBeforeRecord, mergedAt, deployedAt, firstReviewAt, isIntegrated }: ChangeFact,
): string {
  if (clock === "openedAt") return "It was never ready for review.";
  if (mergedAt === null) return "It is not merged.";
  if (!isIntegrated) return "It was merged to another branch than the default one.";
  if (isBeforeRecord) return "It was deployed before the record of deployments begins, so nobody knows when.";
  if (clock === "deployedAt" && deployedAt === null) return "It is not in production yet.";
  return firstReviewAt === null
    ? "Nobody but its author reviewed it before the merge."
    : "It does not belong to this number.";
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
