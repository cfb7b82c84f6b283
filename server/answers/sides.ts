/** What comparisons with a baseline look at: the observations of one window by complete weeks, whatever interval is shown. */
import { sideOf } from "#metrics/analysis.ts";
import type { Side } from "#metrics/compare.ts";
import { grid } from "#metrics/grid.ts";
import type { Lens } from "#metrics/lens.ts";
import { listOf } from "#metrics/lists.ts";
import type { Measure } from "#metrics/measure.ts";
import { measure } from "#metrics/measure.ts";
import type { Metric } from "#metrics/metric.ts";
import type { Instant, Window } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import type { ScopedService } from "./asked-scope.ts";
import type { Memory } from "./memory.ts";
import { sampled } from "./observations.ts";
import { Pace } from "./turns.ts";
import { clockOf, reaches, unlensed } from "./scope.ts";

export interface Seen {
  readonly metric: Metric;
  readonly measure: Measure;
  /** `null` where the data does not reach. */
  readonly side: Side | null;
}

/** @param wanted as the lens shows them. */
export async function sidesOf(
  installation: Installation,
  services: readonly ScopedService[],
  { wanted, window, lens }: { readonly wanted: readonly Metric[]; readonly window: Window; readonly lens: Lens },
  memory: Memory,
): Promise<readonly Seen[]> {
  const zone = installation.config.timezone;
  const reach = await reaches(installation, services, memory);
  const judged = await memory.judged(installation);
  const out = judged.daysOut(services);
  const structure = structureOf(installation.config);
  const looked = { window, time: lens.time, structure, judged };
  const rows = await memory.rows(services, unlensed(wanted), looked, new Pace());
  const looking = { lens, ends: reach, structure, places: services };
  return wanted.map((metric) => {
    const { now } = grid({ window, interval: "week", zone }, reach[clockOf(metric)], out);
    const side = sideOf(sampled(metric, rows[listOf(metric)], looking), now);
    return { metric, side, measure: measure(metric, side?.observations ?? [], now.observed, out) };
  });
}

/** How far the facts of some services reach. */
export async function dataUntil(
  installation: Installation,
  services: readonly ScopedService[],
  memory: Memory,
): Promise<Instant> {
  return (await reaches(installation, services, memory)).until;
}
