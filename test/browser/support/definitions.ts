/** The metrics of the stand-in server: words like the real ones, and what each counts. */
import type { Reply } from "#server/contract.ts";

import type { Commit, Deployment } from "./facts.ts";

export type Definition = Reply<"/api/metrics">[number];

export interface Observation {
  readonly at: number;
  readonly value: number | null;
}

export type Metric = Definition &
  (
    | { readonly of: "deployment"; readonly observe: (fact: Deployment) => Observation | null }
    | { readonly of: "commit"; readonly observe: (fact: Commit) => Observation | null }
  );

const words = {
  source: "https://dora.dev/guides/dora-metrics/",
  differs: "GitLab counts from the merge; DORA asks people for a range. Headway counts what happened.",
  version: 1,
  bots: null,
};

function deployment(
  of: Partial<Definition> & Pick<Definition, "id" | "title" | "statistic" | "unit" | "better" | "factor">,
  observe: (fact: Deployment) => number | null | undefined,
): Metric {
  return {
    ...words,
    definition: `${of.title}, over the successful production deployments of the window, by the time they succeeded.`,
    counts: "release",
    ...of,
    of: "deployment",
    observe: (fact) => {
      const value = observe(fact);
      return value === undefined ? null : { at: fact.at, value };
    },
  };
}

function commit(
  of: Partial<Definition> & Pick<Definition, "id" | "title" | "statistic" | "unit" | "better" | "factor">,
  observe: (fact: Commit) => Observation | null,
): Metric {
  return {
    ...words,
    definition: `${of.title}, over the commits of the default branch.`,
    counts: "commit",
    ...of,
    of: "commit",
    observe,
  };
}

const rate = { statistic: "rate", unit: "share", better: "lower" } as const;
const flag = (is: boolean): number => (is ? 1 : 0);

export const metrics: readonly Metric[] = [
  deployment(
    {
      id: "deployment-frequency",
      title: "Deployment frequency",
      statistic: "count",
      unit: "deployments",
      better: "higher",
      factor: "throughput",
    },
    () => 1,
  ),
  commit(
    {
      id: "lead-time-commit",
      title: "Lead time for changes",
      statistic: "median",
      unit: "hours",
      better: "lower",
      factor: "throughput",
    },
    ({ at, deployedAt }) => (deployedAt === null ? null : { at: deployedAt, value: (deployedAt - at) / 3_600_000 }),
  ),
  deployment(
    {
      id: "recovery-time",
      title: "Failed deployment recovery time",
      statistic: "median",
      unit: "hours",
      better: "lower",
      factor: "throughput",
    },
    ({ recoveryHours }) => recoveryHours ?? undefined,
  ),
  deployment(
    { id: "change-fail-rate", title: "Change fail rate", ...rate, factor: "instability" },
    ({ recoveryHours }) => flag(recoveryHours !== null),
  ),
  deployment({ id: "rework-rate", title: "Deployment rework rate", ...rate, factor: "instability" }, ({ isRework }) =>
    flag(isRework),
  ),
  deployment(
    {
      id: "time-between-deployments",
      title: "Time between deployments",
      statistic: "median",
      unit: "hours",
      better: "lower",
      factor: "context",
    },
    ({ gapHours }) => gapHours ?? undefined,
  ),
  deployment(
    {
      id: "batch-size-commits",
      title: "Commits per deployment",
      statistic: "median",
      unit: "commits",
      better: "lower",
      factor: "context",
    },
    ({ commits }) => commits,
  ),
  deployment(
    {
      id: "batch-size-changes",
      title: "Changes per deployment",
      statistic: "median",
      unit: "changes",
      better: "lower",
      factor: "context",
    },
    ({ changes }) => changes,
  ),
  deployment(
    { id: "patch-soon-share", title: "Features patched within a week", ...rate, factor: "context" },
    ({ isFeature, isPatched }) => (isFeature ? flag(isPatched) : undefined),
  ),
  commit({ id: "revert-share", title: "Reverted commits", ...rate, factor: "context" }, ({ at, isRevert }) => ({
    at,
    value: flag(isRevert),
  })),
  commit(
    {
      id: "integration-frequency",
      title: "Integration frequency",
      statistic: "count",
      unit: "changes",
      better: "higher",
      factor: "context",
      counts: "integration",
    },
    ({ at, isIntegration }) => (isIntegration ? { at, value: 1 } : null),
  ),
];
