/** How a question looks at facts: with or without what bots did, with or without what is still open. */
import type { ActorKind } from "./events.ts";
import type { Metric, Observation, View } from "./metric.ts";
import { isOngoing } from "./metric.ts";
import type { Instant } from "./time.ts";
import { hoursBetween } from "./time.ts";

export interface Lens {
  /** `default` is what each metric says of itself. */
  readonly bots: "default" | "in" | "out";
  /** What is open counts as lasting at least so long, or is dropped, as most tools do. */
  readonly open: "kept" | "dropped";
}

export const DEFAULT_LENS: Lens = { bots: "default", open: "kept" };

/** Elapsed hours, of facts that reach so far. */
export function elapsed(until: Instant): View {
  return { until, hours: hoursBetween };
}

/** Whether a metric looks at what this kind of actor did. Deployments and incidents have no author: `null`. */
export function looksAt(metric: Metric, actor: ActorKind | null, { bots }: Lens): boolean {
  if (actor !== "bot" || bots === "in") return true;
  return bots === "default" && metric.bots === "kept";
}

/** What is observed, as the lens shows it: a dropped one still belongs here, but nobody knows its value. */
export function through(observation: Observation, { open }: Lens): Observation {
  return open === "dropped" && isOngoing(observation) ? { at: observation.at, value: null } : observation;
}
