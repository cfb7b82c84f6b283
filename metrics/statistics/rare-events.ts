import { xmr } from "./xmr.ts";
import type { Xmr } from "./xmr.ts";

export interface RareEvents extends Pick<Xmr, "centre" | "upper" | "baseline" | "signals"> {
  /** `null` when no gap is so short that it says something. */
  readonly lower: number | null;
}

/** Six events have five gaps. */
const LEAST = 5;

/** Makes gaps between random events nearly normal. */
const POWER = 1 / 3.6;

/**
 * The process behaviour chart of the gaps between rare events, in their order and unit: elapsed time (t chart) or chances
 * in between, such as the deployments from one failure to the next (g chart). Limits are those of `xmr` of the gaps to
 * the power 1/3.6, transformed back (Nelson 1994). A long gap is a good sign where the events are bad ones; the gap since
 * the last event has not ended, and says something once it exceeds `upper`.
 *
 * @returns `null` below five gaps, which is until the sixth event.
 */
export function rareEvents(gaps: readonly number[], baseline = gaps.length): RareEvents | null {
  const transformed = gaps.map((gap) => gap ** POWER);
  const chart = xmr(transformed, baseline, LEAST);
  if (chart === null) return null;
  const back = (value: number): number => value ** (1 / POWER);
  const { centre, upper, lower, signals } = chart;
  return {
    centre: back(centre),
    upper: back(upper),
    lower: lower > 0 ? back(lower) : null,
    baseline: chart.baseline,
    signals,
  };
}
