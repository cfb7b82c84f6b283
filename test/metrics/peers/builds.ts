/**
 * Builds of pipelines, as metrik (thoughtworks/metrik) sees them, told as commits and deployments of ours: a pipeline is a service,
 * its stage that counts is the environment `production`, and each build deploys the last commit there is.
 */
import { expect } from "vitest";
import { analyse } from "#metrics/analysis.ts";
import type { Commit, Deployment, Incident, Outcome } from "#metrics/events.ts";
import type { ServiceFacts } from "#metrics/facts.ts";
import { grid } from "#metrics/grid.ts";
import type { Measure } from "#metrics/measure.ts";
import type { Metric, Observation } from "#metrics/metric.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { HOUR } from "#metrics/time.ts";
import {
  aCommit,
  aDeployment,
  aHosted,
  aLine,
  anIncident,
  factsOf,
  observationsOf,
  theMetric,
  utc,
} from "#test/support/builders.ts";

export interface Build {
  readonly outcome: Outcome;
  /** When its deployment was over. */
  readonly at: Instant;
  /** Author dates of the commits that no build before it had. */
  readonly commits: readonly Instant[];
}

/** Cases with their names before them, for `it.each`. */
export function named<Case extends { readonly id: string; readonly what: string }>(
  cases: readonly Case[],
): readonly (readonly [name: string, of: Case])[] {
  return cases.map((one) => [`${one.id}: ${one.what}`, one]);
}

/** One that was deployed, and what was new in it. */
export function ok(at: Instant, ...commits: readonly Instant[]): Build {
  return { outcome: "success", at, commits };
}

export function failed(at: Instant, ...commits: readonly Instant[]): Build {
  return { outcome: "failure", at, commits };
}

/** Neither: aborted, or the stage did not run. */
export function other(at: Instant, ...commits: readonly Instant[]): Build {
  return { outcome: "cancelled", at, commits };
}

/** Builds whose times are whole hours of a toy clock. */
export function toy(...builds: readonly Build[]): readonly Build[] {
  return builds.map(({ outcome, at, commits }) => ({ outcome, at: hour(at), commits: commits.map(hour) }));
}

function hour(count: number): Instant {
  return utc("2026-01-05") + count * HOUR;
}

/** A window with both of its ends, as metrik has them; ours ends before its end. */
export function closed(from: Instant, to: Instant): Window {
  return { from, to: to + 1 };
}

export function toyWindow(from: number, to: number): Window {
  return closed(hour(from), hour(to));
}

/** @param elsewhere builds of another stage, which does not count. */
export function pipeline(builds: readonly Build[], elsewhere: readonly Build[] = []): ServiceFacts {
  const { commits, deployments } = built(builds);
  const others = built(elsewhere).deployments.map((one) => ({ ...one, id: `uat-${one.id}`, environment: "uat" }));
  return factsOf(aHosted(aLine(...commits), { deployments: [...deployments, ...others] }));
}

/**
 * The same builds, if the first failure of each run of them had reached production and been felt there: an incident begins with it
 * and ends with the next success. What else fails in between never gets there.
 */
export function feltPipeline(builds: readonly Build[]): ServiceFacts {
  const { deployments } = built(builds);
  const incidents: Incident[] = [];
  let open: Incident | null = null;
  const felt = deployments.map((deployment, index) => {
    const [{ outcome, at } = { outcome: "cancelled", at: 0 }] = deployment.statuses;
    if (outcome === "success" && open !== null) {
      incidents.push({ ...open, resolvedAt: at });
      open = null;
    }
    if (outcome !== "failure" || open !== null) return deployment;
    open = anIncident(String(index), at, { deployment: deployment.id });
    return { ...deployment, statuses: [{ outcome: "success" as const, at }] };
  });
  if (open !== null) incidents.push(open);
  return factsOf(aHosted([], { deployments: felt, incidents }));
}

/** The order in which builds are told does not matter. */
function built(builds: readonly Build[]): { commits: Commit[]; deployments: Deployment[] } {
  const commits: Commit[] = [];
  const deployments: Deployment[] = [];
  for (const { outcome, at, commits: fresh } of builds.toSorted((a, b) => a.at - b.at)) {
    for (const authoredAt of fresh) commits.push(aCommit(`c${commits.length}`, { authoredAt }));
    const made = { createdAt: at, statuses: [{ outcome, at }] };
    deployments.push(aDeployment(String(deployments.length), commits.at(-1)?.id ?? null, at, made));
  }
  return { commits, deployments };
}

interface Answer extends Pick<Measure, "value" | "n" | "open" | "k" | "coverage" | "reason"> {
  /** What other tools make of the same rows; `null` of none. */
  readonly mean: number | null;
}

/** Several pipelines pooled. Everything is known up to ten days after the window. */
export function answer(id: string, services: readonly ServiceFacts[], window: Window): Answer {
  const metric = theMetric(id);
  const until = window.to + 240 * HOUR;
  const observations = services.flatMap((facts) => observationsOf(metric, facts, until)).sort((a, b) => a.at - b.at);
  const reach = { from: since(metric, observations, window), to: until };
  const { whole } = analyse(metric, observations, grid({ window, interval: "month", zone: "UTC" }, reach));
  const { value, n, open, k, coverage, reason } = whole;
  return { value, n, open, k, coverage, reason, mean: mean(observations, window) };
}

/** Deployments are known since the first of them. */
function since({ of }: Metric, observations: readonly Observation[], { from }: Window): Instant {
  return of === "deployment" ? (observations[0]?.at ?? from) : from;
}

function mean(observations: readonly Observation[], { from, to }: Window): number | null {
  const known = observations.flatMap(({ at, value }) => (value === null || at < from || at >= to ? [] : [value]));
  let sum = 0;
  for (const value of known) sum += value;
  return known.length === 0 ? null : sum / known.length;
}

/** To a few seconds, as far as other tools print. */
export function nearly(hours: number | null): unknown {
  return hours === null ? null : expect.closeTo(hours, 3);
}
