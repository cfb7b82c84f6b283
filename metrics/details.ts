/** Further readings of the rows behind a metric, as words: DORA's other readings of frequency, the signals behind a failure rate. */
import { dateOf, workingDays } from "./calendar.ts";
import { isDelivered } from "./context/changes.ts";
import type { ChangeFact, CommitFact, DeploymentFact, FailureSignal } from "./facts.ts";
import type { Lens } from "./lens.ts";
import type { Metric } from "./metric.ts";
import { inBoth } from "./spans.ts";
import { median, sortedNumbers } from "./statistics/quantile.ts";
import { sum } from "./statistics/sum.ts";
import type { Window } from "./time.ts";
import { hoursBetween, within } from "./time.ts";
import { counted, duration } from "./words.ts";

export interface Detail {
  readonly label: string;
  readonly value: string;
}

export interface DetailFacts {
  readonly deployments: readonly DeploymentFact[];
  readonly deployed: readonly CommitFact[];
  readonly delivered: readonly ChangeFact[];
}

/**
 * Empty for metrics that have no further reading, and where there is nothing to read.
 *
 * @param time where it is working time, no elapsed one stands beside it.
 * @param out whole days that are left out.
 */
export function details(
  metric: Metric,
  facts: DetailFacts,
  window: Window,
  zone: string,
  time: Lens["time"] = "elapsed",
  out: readonly Window[] = [],
): readonly Detail[] {
  switch (metric.id) {
    case "deployment-frequency":
      return frequencies(toProduction(facts, window), { window, zone, out }, time);
    case "change-fail-rate":
      return signals(toProduction(facts, window));
    case "lead-time-request":
      return requests(facts.delivered.filter((change) => isDelivered(change) && within(change.deployedAt, window)));
    case "train-change-share":
      return trainHours(facts.delivered.filter((change) => isDelivered(change) && within(change.deployedAt, window)));
    default:
      return [];
  }
}

function toProduction({ deployments }: DetailFacts, window: Window): readonly DeploymentFact[] {
  return deployments.filter(({ deployedAt, tier }) => tier === "production" && within(deployedAt, window));
}

function frequencies(
  deployments: readonly DeploymentFact[],
  { window, zone, out }: { readonly window: Window; readonly zone: string; readonly out: readonly Window[] },
  time: Lens["time"],
): readonly Detail[] {
  if (deployments.length === 0) return [];
  const instants = deployments.flatMap(({ deployedAt }) => (deployedAt === null ? [] : [deployedAt]));
  const days = new Set(instants.map((at) => dateOf(at, zone))).size;
  const excluded = sum(inBoth([window], out).map((days) => workingDays(days, zone)));
  const working = workingDays(window, zone) - excluded;
  const gap = median(
    sortedNumbers(
      deployments.flatMap(({ previousDeployedAt, deployedAt }) => hoursBetween(previousDeployedAt, deployedAt) ?? []),
    ),
  );
  return [
    { label: "on", value: `${days} different ${days === 1 ? "day" : "days"}` },
    ...(working === 0 ? [] : [{ label: "per working day", value: (instants.length / working).toFixed(2) }]),
    ...(gap === null || time === "working" ? [] : [{ label: "median gap", value: duration(gap) }]),
    ...proxies(deployments),
  ];
}

/** A merge is not a deployment: who counts merges is told so. */
function proxies(deployments: readonly DeploymentFact[]): readonly Detail[] {
  const merges = deployments.filter(({ route }) => route === "merge").length;
  return merges === 0 ? [] : [{ label: "proxy", value: `${merges} of ${deployments.length} are merges` }];
}

function signals(deployments: readonly DeploymentFact[]): readonly Detail[] {
  const counts = new Map<FailureSignal, number>();
  for (const { failedBy } of deployments)
    for (const signal of failedBy) counts.set(signal, (counts.get(signal) ?? 0) + 1);
  return [...counts].map(([signal, count]) => ({ label: `by ${signal}`, value: String(count) }));
}

/** Hours add up; the rest is of changes whose deployment left by no timetable. */
function trainHours(delivered: readonly ChangeFact[]): readonly Detail[] {
  const known = delivered.filter(({ isByTrain }) => isByTrain !== null);
  const hours = (changes: readonly ChangeFact[]) => sum(changes.map(({ deployHours }) => deployHours ?? 0));
  const all = hours(known);
  if (all === 0) return [];
  const share = Math.round((100 * hours(known.filter(({ isByTrain }) => isByTrain === true))) / all);
  return [{ label: "of the hours between merge and deployment", value: `${share} %` }];
}

/** Said at any coverage: the changes with an issue may be others than those without. */
function requests(delivered: readonly ChangeFact[]): readonly Detail[] {
  if (delivered.length === 0) return [];
  const linked = delivered.filter(({ requestedAt }) => requestedAt !== null).length;
  return [{ label: "with a linked issue", value: `${linked} of ${counted(delivered.length, "change")}` }];
}
