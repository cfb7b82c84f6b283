/** Which assumption moves the result most. */
import type { World } from "./beliefs.ts";
import type { Prepared } from "./prepared.ts";
import type { Bar } from "./result.ts";

/** The headline with each assumption at its low and at its high value, all others as stated; what moves it most first. What moves nothing is left out. */
export function barsOf({ beliefs }: Prepared, headline: (world: World) => number | null): readonly Bar[] {
  const stated = Float64Array.from(beliefs.likely());
  const bars = beliefs.used.flatMap((assumption, place): Bar[] => {
    const [low, high] = [assumption.low, assumption.high].map((value) => headline(stated.with(place, value)));
    return low === null || high === null || low === undefined || high === undefined || low === high
      ? []
      : [{ assumption, low, high }];
  });
  return bars.toSorted((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low));
}
