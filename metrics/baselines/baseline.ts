/** The numbers of a window as they were once, kept so that any later window can be compared with them. */
import { listed, sampleOf as columnsOf } from "../sample.ts";
import type { Change, Side } from "../compare.ts";
import { compare } from "../compare.ts";
import type { Lens } from "../lens.ts";
import type { Measure } from "../measure.ts";
import type { Metric, Observation, Statistic } from "../metric.ts";
import { isOngoing } from "../metric.ts";
import type { Quality } from "../quality.ts";
import type { Instant, Window } from "../time.ts";

/** What was frozen: all of it is hashed, and none of it is ever changed. */
export interface Baseline {
  /** Of this shape: raised when a later Headway writes another. */
  readonly format: 1;
  readonly name: string;
  /** As it is asked for: `organisation`, `team:payments`. */
  readonly scope: string;
  /** The one service of the scope that was meant; `null` where it is all of them. */
  readonly service: string | null;
  /** The services that belonged to it. */
  readonly services: readonly string[];
  readonly window: Window;
  readonly zone: string;
  readonly lens: Lens;
  /** How far the facts reached. */
  readonly dataUntil: Instant;
  readonly frozenAt: Instant;
  /** As they called themselves; it is not verified. */
  readonly signer: string;
  readonly reason: string | null;
  readonly metrics: readonly FrozenMetric[];
  readonly quality: readonly Quality[];
}

/** One metric, by the definition of then. */
export interface FrozenMetric extends Pick<Metric, "title" | "definition" | "version" | "statistic" | "unit"> {
  readonly metric: string;
  readonly measure: Measure;
  /** `null` where nothing could have been seen. */
  readonly sample: Sample | null;
}

/**
 * What a comparison needs, and no more: neither what nor whose it was, and no instant of it.
 *
 * Of a median the values of what arrived together stay together, since they are not that many independent waits.
 */
export type Sample =
  | {
      readonly statistic: "count";
      readonly events: number;
      /** Milliseconds in which something could have been seen. */
      readonly exposure: number;
      /** Of each complete week. */
      readonly counts: readonly number[];
    }
  | { readonly statistic: "rate"; readonly known: number; readonly ones: number }
  | { readonly statistic: "median"; readonly groups: readonly Group[] };

interface Group {
  readonly values: readonly number[];
  /** Of what was not over: how long it had lasted when it was frozen. */
  readonly open: readonly number[];
}

/** @param side by week; `null` where the data does not reach. */
export function freeze(metric: Metric, measure: Measure, side: Side | null): FrozenMetric {
  const { id, title, definition, version, statistic, unit } = metric;
  return {
    metric: id,
    title,
    definition,
    version,
    statistic,
    unit,
    measure,
    sample: side === null ? null : sampleOf(statistic, side),
  };
}

function sampleOf(statistic: Statistic, { observations: seen, exposure, counts }: Side): Sample {
  const observations = listed(columnsOf(seen));
  const known = observations.flatMap(({ value }) => value ?? []);
  switch (statistic) {
    case "count":
      return { statistic, events: observations.length, exposure, counts: [...counts] };
    case "rate":
      return { statistic, known: known.length, ones: known.filter((value) => value === 1).length };
    case "median":
      return { statistic, groups: groupsOf(observations) };
  }
}

function groupsOf(observations: readonly Observation[]): readonly Group[] {
  const groups = new Map<Instant, { values: number[]; open: number[] }>();
  for (const one of observations) {
    const group = groups.get(one.at) ?? { values: [], open: [] };
    groups.set(one.at, group);
    if (isOngoing(one)) group.open.push(one.openFor);
    else if (one.value !== null) group.values.push(one.value);
  }
  return [...groups.values()]
    .filter(({ values, open }) => values.length + open.length > 0)
    .map(({ values, open }) => ({ values: ascending(values), open: ascending(open) }));
}

function ascending(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

/** A side that compares as the one that was frozen; its instants only say what arrived together. */
export function thaw(sample: Sample): Side {
  switch (sample.statistic) {
    case "count": {
      const { events, exposure, counts } = sample;
      return { exposure, counts, observations: Array.from({ length: events }, (_, at) => ({ at, value: 1 })) };
    }
    case "rate": {
      const { known, ones } = sample;
      const observations = Array.from({ length: known }, (_, at) => ({ at, value: at < ones ? 1 : 0 }));
      return { exposure: 0, counts: [], observations };
    }
    case "median":
      return {
        exposure: 0,
        counts: [],
        observations: sample.groups.flatMap(({ values, open }, at): Observation[] => [
          ...values.map((value) => ({ at, value })),
          ...open.map((openFor) => ({ at, value: null, openFor })),
        ]),
      };
  }
}

/**
 * Of a metric that is comparable: what a comparison with the window itself would have said on the day it was frozen.
 *
 * @returns `null` when there are too few observations on either side.
 */
export function compareFrozen(metric: Metric, now: Side | null, { sample }: FrozenMetric): Change | null {
  return now === null || sample === null ? null : compare(metric, now, thaw(sample));
}

/** Why a metric cannot be compared with what was frozen of it, and what to do; `null` where it can. */
export function incomparable(metric: Metric, frozen: FrozenMetric | null): string | null {
  if (frozen === null)
    return `Nothing of this was known when the baseline was frozen: freeze another to compare ${metric.title} later.`;
  if (frozen.version !== metric.version)
    return `The definition has changed since (version ${frozen.version} then, ${metric.version} now): not comparable. Freeze another baseline over the same window, by the definition of today.`;
  return null;
}

/**
 * Whether the facts of a frozen window still say the same. What was open then and still is only got older, which changes nothing.
 *
 * @param today the same window, frozen anew by the same definition.
 */
export function isUnchanged(frozen: FrozenMetric, today: FrozenMetric): boolean {
  return JSON.stringify(ageless(frozen.sample)) === JSON.stringify(ageless(today.sample));
}

function ageless(sample: Sample | null): unknown {
  if (sample === null) return null;
  const { statistic } = sample;
  switch (statistic) {
    case "count":
      return [statistic, sample.events, sample.exposure, sample.counts];
    case "rate":
      return [statistic, sample.known, sample.ones];
    case "median":
      return [statistic, sample.groups.map(({ values, open }) => [values, open.length])];
  }
}
