/** Where the time goes: the stages of the changes of a window side by side, and the one that takes most of it. */
import type { Metric } from "./metric.ts";
import type { Observations } from "./sample.ts";
import { lengthsOf, sampleOf } from "./sample.ts";
import { median } from "./statistics/quantile.ts";
import { sum } from "./statistics/sum.ts";
import { counted } from "./words.ts";

export interface StageShare {
  readonly metric: string;
  readonly title: string;
  /** Of all changes together. Hours add up; medians do not. */
  readonly hours: number;
  /** Of the hours of all stages; `null` where these are none. */
  readonly share: number | null;
  readonly median: number | null;
  readonly n: number;
}

export interface StageShares {
  readonly stages: readonly StageShare[];
  /** The metric of the stage with the most hours; `null` where there are too few changes to say. */
  readonly bottleneck: string | null;
  readonly words: string;
}

/** Fewer changes than this have no bottleneck, only a slow change (DEFINITIONS §1: no level below 10 changes). */
const LEAST = 10;

/**
 * @param told the metrics of the stages in their order, each with what it observes in the window: each stage is what its own
 * metric says, and unknown spans are in none.
 * @param lacking why there can be no stages here; `null` where there can.
 */
export function stageShares(
  told: readonly { readonly metric: Metric; readonly observations: Observations }[],
  lacking: string | null,
): StageShares {
  if (lacking !== null) return { stages: [], bottleneck: null, words: lacking };
  const stages = told.map(({ metric: { id, title }, observations }) => {
    const { known } = lengthsOf(sampleOf(observations));
    return { metric: id, title, hours: sum(known), median: median(known), n: known.length };
  });
  const total = sum(stages.map(({ hours }) => hours));
  const shares = stages.map((stage) => ({ ...stage, share: total === 0 ? null : stage.hours / total }));
  return { stages: shares, ...judged(shares, Math.max(0, ...stages.map(({ n }) => n))) };
}

function judged(stages: readonly StageShare[], changes: number): Pick<StageShares, "bottleneck" | "words"> {
  const [longest] = stages.toSorted((a, b) => b.hours - a.hours);
  if (changes === 0) return { bottleneck: null, words: "No stage of a change is known in this window." };
  if (changes < LEAST)
    return { bottleneck: null, words: `${counted(changes, "change")}: too few to name a bottleneck (from ${LEAST}).` };
  if (longest === undefined || longest.share === null)
    return { bottleneck: null, words: `${counted(changes, "change")} went through without any time passing.` };
  const percent = Math.round(longest.share * 100);
  const words = `${longest.title} takes ${percent} % of the hours of ${counted(changes, "change")}: the most of all stages.`;
  return { bottleneck: longest.metric, words };
}
