/** What each metric observes in the rows of some services, as somebody looks at them. */
import type { AlertFact, ChangeFact, CommitFact, DeploymentFact, IncidentFact, PipelineFact } from "#metrics/facts.ts";
import type { Lens } from "#metrics/lens.ts";
import { looksAt, through, viewOf } from "#metrics/lens.ts";
import type { Metric, Observation, View } from "#metrics/metric.ts";
import type { Sample } from "#metrics/sample.ts";
import type { Pending } from "#metrics/segment.ts";
import { ABSENT } from "#metrics/segment.ts";
import type { Instant } from "#metrics/time.ts";
import { BIT } from "#metrics/traits.ts";
import type { Structure } from "../structure.ts";
import type { OwnedPlace, Rows } from "./columns.ts";

/** A fact with what it adds; only those that belong to the metric. */
export type Observed = { readonly observation: Observation } & (
  | { readonly kind: "commit"; readonly fact: CommitFact }
  | { readonly kind: "deployment"; readonly fact: DeploymentFact }
  | { readonly kind: "change"; readonly fact: ChangeFact }
  | { readonly kind: "incident"; readonly fact: IncidentFact }
  | { readonly kind: "alert"; readonly fact: AlertFact }
  | { readonly kind: "pipeline"; readonly fact: PipelineFact }
);

/** Until when what is not over is known to last. */
export interface Ends {
  readonly until: Instant;
  /** Of services that were archived: by source, then by name. */
  readonly ended: ReadonlyMap<string, ReadonlyMap<string, Instant>>;
}

/** How facts are looked at, and how far they reach. */
export interface Looking {
  readonly lens: Lens;
  readonly ends: Ends;
  /** Who works when. */
  readonly structure: Structure;
  /** The services whose rows they are. */
  readonly places: readonly OwnedPlace[];
}

/** What a metric observes in one fact that is not among rows; `null` where it does not look at it. */
export function observedAlone(metric: Metric, { kind, fact }: Unobserved, looking: Looking): Observation | null {
  const isSeen = kind !== "change" || looksAt(metric, fact.authorKind, looking.lens);
  if (!isSeen || !(metric.of === kind || (metric.of === "attempt" && kind === "deployment"))) return null;
  // oxlint-disable-next-line no-unsafe-type-assertion -- the metric is about facts of this kind
  const observe = metric.observe as (fact: object, view: View) => Observation | null;
  const observation = observe(fact, views(looking)(0));
  return observation === null ? null : through(observation, looking.lens);
}

type Unobserved =
  | { readonly kind: "deployment"; readonly fact: DeploymentFact }
  | { readonly kind: "change"; readonly fact: ChangeFact }
  | { readonly kind: "incident"; readonly fact: IncidentFact }
  | { readonly kind: "pipeline"; readonly fact: PipelineFact };

/** A sample, and which row each of it is. */
export interface SampledRows extends Sample {
  readonly rows: Uint32Array;
}

/**
 * @param leftOut whether what somebody left out is there as well, as something of which nothing is known.
 */
export function sampled(metric: Metric, rows: Rows, looking: Looking, leftOut = false): SampledRows {
  const { values, pending } = rows.columns.get(metric.id) ?? { values: new Float64Array(), pending: [] };
  const view = views(looking);
  const isBotSeen = looksAt(metric, "bot", looking.lens) || (metric.of !== "commit" && metric.of !== "change");
  const unseen = (isBotSeen ? 0 : BIT.bot) | (leftOut ? 0 : BIT.excluded);
  const count = values.length;
  const found = { at: new Float64Array(count), values: new Float64Array(count), rows: new Uint32Array(count) };
  let openFor: Float64Array | null = null;
  let [size, next] = [0, 0];
  const inTurn = pending.toSorted((a, b) => a.row - b.row);
  for (let row = 0; row < count; row++) {
    const value = values[row] ?? ABSENT;
    const bits = rows.bits[row] ?? 0;
    while ((inTurn[next]?.row ?? Infinity) < row) next++;
    if (value === ABSENT || (bits & unseen) !== 0) continue;
    found.at[size] = rows.at[row] ?? 0;
    found.rows[size] = row;
    const waits = inTurn[next]?.row === row ? inTurn[next] : undefined;
    const isKnown = (bits & BIT.excluded) === 0;
    found.values[size] = isKnown && waits === undefined ? value : Number.NaN;
    if (isKnown && waits !== undefined) {
      const { value: known, openFor: open } = settled(waits, view(rows.place[row] ?? 0));
      found.values[size] = known;
      if (!Number.isNaN(open) && looking.lens.open === "kept") {
        openFor ??= new Float64Array(count).fill(Number.NaN);
        openFor[size] = open;
      }
    }
    size++;
  }
  return {
    at: found.at.subarray(0, size),
    values: found.values.subarray(0, size),
    rows: found.rows.subarray(0, size),
    openFor: openFor?.subarray(0, size) ?? null,
  };
}

/** Each `NaN` where it is not known. */
function settled({ value, at }: Pending, view: View): { readonly value: number; readonly openFor: number } {
  if (at === null) return { value: Number.NaN, openFor: value ?? Number.NaN };
  if (value === null) return { value: Number.NaN, openFor: view.openFor(at) ?? Number.NaN };
  return { value: view.reaches(at) ? value : Number.NaN, openFor: Number.NaN };
}

/** How the facts of each service are looked at: by its owners' hours, and nothing of an archived one lasts beyond its end. */
function views({ lens, ends: { until, ended }, structure, places }: Looking): (place: number) => View {
  const made = new Map<number, View>();
  return (index) => {
    const before = made.get(index);
    if (before !== undefined) return before;
    const { source = "", service = "" } = places[index] ?? {};
    const view = viewOf(ended.get(source)?.get(service) ?? until, structure.timeOf(service), lens);
    made.set(index, view);
    return view;
  };
}
