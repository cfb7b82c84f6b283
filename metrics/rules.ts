/** The rules by which the deployments and failures of a service are told, and which part of its repository it is. */
import type { ReleaseRule } from "./releases.ts";

/** The ways by which a deployment may be known, best first (DEFINITIONS §2). */
export const ORIGINS = ["deployments", "jobs", "runs", "releases", "tags", "pushes", "merges"] as const;

/** One way by which deployments are known. Patterns are regular expressions; `null` matches everything. */
export type Origin = JobOrigin | RunOrigin | { readonly from: Exclude<(typeof ORIGINS)[number], "jobs" | "runs"> };

/** Successful jobs of pipelines. */
export interface JobOrigin {
  readonly from: "jobs";
  /** On the name of the job. */
  readonly name: string;
  /** On the name of its workflow or pipeline. */
  readonly workflow: string | null;
  readonly branch: string | null;
  /** What its roll-outs are called. */
  readonly environment: string;
}

/** Successful runs of workflows, whole pipelines. */
export interface RunOrigin {
  readonly from: "runs";
  /** On the name of the workflow or pipeline. */
  readonly name: string;
  readonly branch: string | null;
  readonly environment: string;
}

/** Which changes repair what is broken in production. */
export interface HotfixRule {
  /** Labels of changes, whatever their case. */
  readonly labels: readonly string[];
  /** Regular expressions on the branches they come from. */
  readonly branches: readonly string[];
}

export const NO_HOTFIX: HotfixRule = { labels: [], branches: [] };

export interface DeploymentRules {
  /**
   * By which ways deployments are known, in any order; `null` takes the best that there is: the host's deployments, else releases,
   * else tags. What is pushed counts beside them.
   */
  readonly origins: readonly Origin[] | null;
  readonly releases: ReleaseRule;
  /** A regular expression on environments; `null` leaves it to the host's tier and the usual names. */
  readonly production: string | null;
  /** How far before the first known deployment of a host commits still count as carried by it, days; 0: without limit. */
  readonly backfillDays: number;
  readonly hotfix: HotfixRule;
}

/** Which part of its repository a service is. */
export interface Part {
  /** Globs on the files it is made of, those that begin with `!` taken out; `null`: the whole repository. */
  readonly paths: readonly string[] | null;
  /** Whose incidents: labels of this service and of the others. `null` where the repository is one service: all are its own. */
  readonly incidents: { readonly own: readonly string[]; readonly others: readonly string[] } | null;
}

export const WHOLE: Part = { paths: null, incidents: null };

/** Best first, with what is pushed at its place even where no rule names it. */
export function inOrder(origins: readonly Origin[]): readonly Origin[] {
  const all = origins.some(({ from }) => from === "pushes") ? origins : [...origins, { from: "pushes" } as const];
  return all.toSorted((a, b) => ORIGINS.indexOf(a.from) - ORIGINS.indexOf(b.from));
}
