/** Numbers of services, each by itself and without a series, as lists of services show them: read together, compared one by one. */
import type { Compared } from "#metrics/analysis.ts";
import { compared } from "#metrics/analysis.ts";
import type { Frame, Grid } from "#metrics/grid.ts";
import { grid, horizon } from "#metrics/grid.ts";
import type { Lens } from "#metrics/lens.ts";
import { listOf } from "#metrics/lists.ts";
import type { Metric } from "#metrics/metric.ts";
import type { ToldBriefly } from "#metrics/words.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import type { ScopedService } from "./asked-scope.ts";
import type { Memory, RowsByList } from "./memory.ts";
import { sampled } from "./observations.ts";
import { partsOf } from "./parts.ts";
import type { Clock, Reaches } from "./scope.ts";
import { clockOf, reachesOfEach, unlensed } from "./scope.ts";
import { Pace } from "./turns.ts";

/** Services whose rows are looked at together: what all of a large organisation have would take too much memory at once. */
const TOGETHER = 50;

export interface AskedOfEach {
  /** As the lens shows them. */
  readonly wanted: readonly Metric[];
  readonly frame: Frame;
  readonly lens: Lens;
}

/** In the order of the services and, of each, of the metrics. */
export async function comparedOfEach(
  installation: Installation,
  services: readonly ScopedService[],
  asked: AskedOfEach,
  memory: Memory,
): Promise<readonly (readonly ToldBriefly[])[]> {
  const reached = await reachesOfEach(installation, services, memory);
  const judged = await memory.judged(installation);
  const structure = structureOf(installation.config);
  const pace = new Pace();
  const found: (readonly ToldBriefly[])[] = [];
  for (let start = 0; start < reached.length; start += TOGETHER) {
    const group = reached
      .slice(start, start + TOGETHER)
      .map((one) => ({ ...one, gridOf: gridsOf(asked.frame, one.reach, judged.daysOut([one.service])) }));
    const horizons = group.flatMap(({ gridOf }) => asked.wanted.map((metric) => horizon(gridOf(clockOf(metric)))));
    const window = { from: Math.min(...horizons.map(({ from }) => from)), to: asked.frame.window.to };
    const looked = { window, time: asked.lens.time, structure, judged };
    const places = group.map(({ service }) => service);
    const rows = partsOf(await memory.rows(places, unlensed(asked.wanted), looked, pace), group.length);
    for (const [index, { service, reach, gridOf }] of group.entries()) {
      const looking = { lens: asked.lens, ends: reach, structure, places: [service] };
      const told: ToldBriefly[] = [];
      for (const metric of asked.wanted) {
        told.push({ metric, analysis: analysisOf(metric, rows[index], looking, gridOf(clockOf(metric))) });
        await pace.rest();
      }
      found.push(told);
    }
  }
  return found;
}

function analysisOf(
  metric: Metric,
  rows: RowsByList | undefined,
  looking: Parameters<typeof sampled>[2],
  of: Grid,
): Compared {
  return compared(metric, rows === undefined ? [] : sampled(metric, rows[listOf(metric)], looking), of);
}

/** A grid for each clock, made when it is asked for. */
export function gridsOf(frame: Frame, reach: Reaches, out: Parameters<typeof grid>[2]): (clock: Clock) => Grid {
  const made = new Map<Clock, Grid>();
  return (clock) => {
    const known = made.get(clock) ?? grid(frame, reach[clock], out);
    made.set(clock, known);
    return known;
  };
}
