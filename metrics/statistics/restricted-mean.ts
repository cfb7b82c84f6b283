import type { Survival } from "./kaplan-meier.ts";

/**
 * The mean time up to a horizon, in the unit of the durations: the area under the survival curve, what lasts longer
 * counting as the horizon (RMST: Irwin 1949; Royston & Parmar 2013). With nothing open it is the mean of min(duration, horizon).
 *
 * @returns `null` when the horizon lies beyond everything seen and something was still open there.
 */
export function restrictedMean({ steps, longest }: Survival, horizon: number): number | null {
  let [area, from, height] = [0, 0, 1];
  for (const { time, survival } of steps) {
    if (time >= horizon) break;
    area += (time - from) * height;
    [from, height] = [time, survival];
  }
  return horizon > longest && height > 0 ? null : area + (horizon - from) * height;
}
