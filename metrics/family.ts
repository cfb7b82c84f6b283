/** Many numbers compared at once: of twenty that did not change, one stands out by chance. */
import type { Analysis } from "./analysis.ts";
import type { Change } from "./compare.ts";
import type { Metric } from "./metric.ts";
import { holm } from "./statistics/holm.ts";

/** A change may be called where its p, raised for all that are compared, is below this. */
const LEVEL = 0.05;

/**
 * The same, where each comparison that stands out only by itself is within normal variation (Holm). Delivery's metrics are one
 * family and what explains them another, so that nobody pays for context with what matters. A verdict only gets more careful.
 */
export function inFamily<T extends Compared>(told: readonly T[]): readonly T[] {
  const held = new Map<Compared, Change>();
  for (const family of families(told)) {
    const ps = holm(family.map(({ change }) => change.p));
    for (const [index, { of, change }] of family.entries())
      if (isSignal(change) && (ps[index] ?? 1) >= LEVEL)
        held.set(of, { ...change, verdict: "within-variation", among: family.length });
  }
  return told.map((one) => {
    const { previous } = one.analysis;
    const change = held.get(one);
    if (change === undefined || previous === null) return one;
    return { ...one, analysis: { ...one.analysis, previous: { ...previous, change } } };
  });
}

/** What is told of a metric, as far as it matters here. */
interface Compared {
  readonly metric: Metric;
  readonly analysis: Pick<Analysis, "previous">;
}

interface Member {
  readonly of: Compared;
  readonly change: Change;
}

function families(told: readonly Compared[]): readonly (readonly Member[])[] {
  const members = told.flatMap((of): Member[] => {
    const change = of.analysis.previous?.change ?? null;
    return change === null ? [] : [{ of, change }];
  });
  return [members.filter(({ of }) => isDelivery(of.metric)), members.filter(({ of }) => !isDelivery(of.metric))];
}

function isDelivery({ factor }: Metric): boolean {
  return factor !== "context";
}

function isSignal({ verdict }: Change): boolean {
  return verdict !== "within-variation" && verdict !== "too-few";
}
