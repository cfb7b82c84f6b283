/** How a question looks at facts: with or without what bots did, with or without what is still open. */
import type { ActorKind } from "./events.ts";
import type { Metric, Observation, View } from "./metric.ts";
import { isOngoing } from "./metric.ts";
import type { Instant } from "./time.ts";
import { hoursBetween } from "./time.ts";
import type { WorkingTime } from "./working-time.ts";
import { UNKNOWN_HOURS, workingHours } from "./working-time.ts";

export interface Lens {
  /** `default` is what each metric says of itself. */
  readonly bots: "default" | "in" | "out";
  /** What is open counts as lasting at least so long, or is dropped, as most tools do. */
  readonly open: "kept" | "dropped";
  /** Durations as time that has passed, or as time in which those work who own the service: two series that are never mixed. */
  readonly time: "elapsed" | "working";
}

export const DEFAULT_LENS: Lens = { bots: "default", open: "kept", time: "elapsed" };

/** A metric as the lens shows it: its durations in working hours where these are asked for. */
export function inTime(metric: Metric, { time }: Lens): Metric {
  return time === "working" && metric.unit === "hours" ? { ...metric, unit: "working-hours" } : metric;
}

/** Elapsed hours, of facts that reach so far. */
export function elapsed(until: Instant, time: WorkingTime = UNKNOWN_HOURS): View {
  return viewOf(until, time, DEFAULT_LENS);
}

/** Facts that reach so far, of a service whose owners work at these times. */
export function viewOf(until: Instant, time: WorkingTime, lens: Lens): View {
  const hours = lens.time === "working" ? workingHours(time) : hoursBetween;
  return {
    reaches: (at) => until > at,
    openFor: (since) => hours(since, until),
    hours,
    isWorking: time.isWorking,
  };
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
