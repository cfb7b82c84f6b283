/** What a way of knowing deployments shows: roll-outs, and what was tried and was none. */
import type { Outcome } from "../events.ts";
import type { DeploymentFact, Route } from "../facts.ts";
import type { Graph } from "../graph.ts";
import type { History } from "../history.ts";
import type { Mainline } from "../integrations.ts";
import type { Ownership } from "../ownership.ts";
import type { Instant } from "../time.ts";
import type { Integrations } from "../walk.ts";

/** A successful production deployment, or what stands in for one. */
export interface Rollout {
  readonly id: string;
  readonly url: string | null;
  /** What people call it: a tag, a job, a workflow, the title of a merge, else the environment. */
  readonly name: string;
  readonly environment: string;
  readonly sha: string | null;
  readonly createdAt: Instant;
  /** The first success; a later `inactive` undoes nothing. */
  readonly deployedAt: Instant;
  /** The position of its commit; -1 when the history does not hold it. */
  readonly tip: number;
  /** The tag's name of a release; `null` for whatever is none. */
  readonly tag: string | null;
  /** The version that its sender gave it. */
  readonly version: string | null;
  /** Versions that it says it repairs. */
  readonly fixes: readonly string[];
  /** By which way it is known. */
  readonly route: Route;
  /** Positions of the commits that it says it carries, and no others; empty where its commit tells. */
  readonly includes: readonly number[];
  /** Ids of the same roll-out on other routes. */
  readonly alsoKnownAs: readonly string[];
}

/** A deployment that was no roll-out: to somewhere else than production, or without success so far. */
export interface Attempt {
  readonly id: string;
  readonly url: string | null;
  readonly environment: string;
  readonly tier: DeploymentFact["tier"];
  readonly route: Route;
  readonly sha: string | null;
  readonly status: DeploymentFact["status"];
  readonly createdAt: Instant;
  /** Of one that succeeded elsewhere. */
  readonly deployedAt: Instant | null;
  /** When it was over, whatever came of it; `null` while it is not. */
  readonly endedAt: Instant | null;
}

export interface Sighted {
  readonly rollouts: readonly Rollout[];
  readonly attempts: readonly Attempt[];
}

/** What a way of knowing deployments may look at. */
export interface Seen {
  readonly history: History;
  readonly graph: Graph;
  /** Per commit: 1 when the default branch contains it. */
  readonly onDefault: Uint8Array;
  readonly mainline: Mainline;
  readonly integrations: Integrations;
  /** `null` of a service that is its whole repository. */
  readonly owned: Ownership | null;
}

export const STATUS: Record<Outcome, DeploymentFact["status"]> = {
  success: "success",
  failure: "failure",
  cancelled: "inactive",
  skipped: "inactive",
  running: "running",
  waiting: "running",
};

/** The position of a commit; -1 when the history does not hold it. */
export function positionOf({ at }: Graph, sha: string | null): number {
  return sha === null ? -1 : (at.get(sha) ?? -1);
}
