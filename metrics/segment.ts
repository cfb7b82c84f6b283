/** What metrics observe in the facts of one service and month, as columns: kept, so that nobody observes the same facts again. */
import type { Attributes } from "./attributes.ts";
import { attributesOf } from "./attributes.ts";
import type { FactOf, ListName } from "./lists.ts";
import { listOf } from "./lists.ts";
import { metrics } from "./index.ts";
import type { Metric, Observation, View } from "./metric.ts";
import { isOngoing } from "./metric.ts";
import type { Instant } from "./time.ts";
import { traitsOf } from "./traits.ts";

/** In a column: the row is nothing that the metric looks at. No metric observes such a value. */
export const ABSENT = -Infinity;

/** The same in a column that is kept as whole numbers, such as seconds of hours; and a row of which the value is not known. */
export const [UNKNOWN_WHOLE, ABSENT_WHOLE] = [-2_147_483_648, -2_147_483_647];
export const SECONDS_IN_HOUR = 3600;

/** What a value depends on that is only known when a question is asked: how far the facts reach. */
export interface Pending {
  readonly row: number;
  /** The value once the facts reach beyond `at`; `null` of what is not over, which has lasted since `at`. */
  readonly value: number | null;
  /** `null` of what was given up: it has lasted for `value`, and nobody knows how long it would have. */
  readonly at: Instant | null;
}

/** What one metric observes, row by row: `NaN` of what is not known, or pending. */
export interface Column {
  readonly values: Float64Array;
  readonly pending: readonly Pending[];
}

export interface Segment {
  /** In order. */
  readonly at: Float64Array;
  readonly bits: Uint16Array;
  /** In the order of `metricsOf` its list. */
  readonly columns: readonly Column[];
  readonly marks: Marks;
}

/** What many rows have in common. */
export type Kind = Omit<Attributes, "lines">;

/** What rows can be chosen by. */
export interface Marks {
  /** `NaN` where it is not known. */
  readonly lines: Float64Array;
  /** Which kind each row is of. */
  readonly kind: Uint16Array;
  readonly kinds: readonly Kind[];
}

/** The metrics that look at a list, in their order. */
export function metricsOf(list: ListName): readonly Metric[] {
  return metrics.filter((metric) => listOf(metric) === list);
}

/** @param facts in order of their instants. */
export function segmentOf<L extends ListName>(
  list: L,
  facts: readonly FactOf<L>[],
  at: (fact: FactOf<L>) => Instant,
  view: Pick<View, "hours" | "isWorking">,
): Segment {
  return {
    at: Float64Array.from(facts, at),
    bits: Uint16Array.from(facts, (fact) => traitsOf(list, fact)),
    columns: metricsOf(list).map((metric) => columnOf(metric, facts, view)),
    marks: marksOf(list, facts),
  };
}

function marksOf<L extends ListName>(list: L, facts: readonly FactOf<L>[]): Marks {
  const [lines, kind] = [new Float64Array(facts.length), new Uint16Array(facts.length)];
  const kinds = new Map<string, { readonly index: number; readonly is: Kind }>();
  for (const [row, fact] of facts.entries()) {
    const { lines: count, ...is } = attributesOf(list, fact);
    lines[row] = count ?? Number.NaN;
    const key = JSON.stringify(is);
    const known = kinds.get(key) ?? { index: kinds.size, is };
    kinds.set(key, known);
    kind[row] = known.index;
  }
  return { lines, kind, kinds: [...kinds.values()].map(({ is }) => is) };
}

function columnOf(metric: Metric, facts: readonly unknown[], view: Pick<View, "hours" | "isWorking">): Column {
  const values = new Float64Array(facts.length);
  const pending: Pending[] = [];
  /** What the metric asked for last. */
  let asked: Instant | null = null;
  const asking: View = {
    ...view,
    reaches: (at) => {
      asked = at;
      return true;
    },
    openFor: (since) => {
      asked = since;
      return 0;
    },
  };
  // oxlint-disable-next-line no-unsafe-type-assertion -- the facts are those of the metric's list
  const observe = metric.observe as (fact: unknown, view: View) => Observation | null;
  for (const [row, fact] of facts.entries()) {
    asked = null;
    const observation = observe(fact, asking);
    const waits = observation === null ? null : pendingOf(row, observation, asked);
    if (waits !== null) pending.push(waits);
    values[row] = waits !== null ? Number.NaN : observation === null ? ABSENT : (observation.value ?? Number.NaN);
  }
  return { values, pending };
}

/** @param asked the instant that the metric asked about; `null` where it did not ask. */
function pendingOf(row: number, observation: Observation, asked: Instant | null): Pending | null {
  if (isOngoing(observation))
    return asked === null ? { row, value: observation.openFor, at: null } : { row, value: null, at: asked };
  return asked === null || observation.value === null ? null : { row, value: observation.value, at: asked };
}
