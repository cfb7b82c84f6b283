/** Percentiles of millions of rows by period: poured from years of single metrics and sorted once, without an order of time that nobody asks for. */
import type { Analysis } from "#metrics/analysis.ts";
import { measuredPool } from "#metrics/analysis.ts";
import type { Grid } from "#metrics/grid.ts";
import type { Lens } from "#metrics/lens.ts";
import { looksAt } from "#metrics/lens.ts";
import type { ListName } from "#metrics/lists.ts";
import { listOf } from "#metrics/lists.ts";
import type { Metric } from "#metrics/metric.ts";
import type { Room } from "#metrics/selection.ts";
import { Pool } from "#metrics/pool.ts";
import { isAlways } from "#metrics/scopes.ts";
import { BIT } from "#metrics/traits.ts";
import type { Structure } from "../structure.ts";
import type { ScopedService } from "./asked-scope.ts";
import type { Judged } from "./judged.ts";
import type { Memory } from "./memory.ts";
import type { Pace } from "./turns.ts";
import type { Reading } from "./years.ts";

interface Asked {
  readonly grid: Grid;
  readonly lens: Lens;
  readonly structure: Structure;
  readonly judged: Judged;
}

/** Lists of whose rows nothing is told beside what metrics observe in them. */
const BARE: readonly ListName[] = ["delivered", "finishedRuns", "breaks", "fixedAlerts"];
/** These are told with details, which are about rows. */
const DETAILED: readonly string[] = ["lead-time-request", "train-change-share"];

/** Whether nothing but its values is told of a metric. */
export function isPoolable(metric: Metric): boolean {
  return metric.statistic === "median" && BARE.includes(listOf(metric)) && !DETAILED.includes(metric.id);
}

/**
 * What a metric observes in some services, to be told by {@link toldOf} as the same as is measured of a sample of the rows.
 *
 * @returns `null` where it must be told of a sample: where something is left out by hand or is not over.
 */
export async function pooled(
  metric: Metric,
  services: readonly ScopedService[],
  { grid, lens, structure, judged }: Asked,
  memory: Memory,
  reading: Reading,
): Promise<Pool | null> {
  const { observed } = grid.now;
  const pool = Pool.of(grid.now);
  if (pool === null || observed === null || judged.keyFor(services) !== "") return null;
  const isBotSeen = looksAt(metric, "bot", lens) || (metric.of !== "commit" && metric.of !== "change");
  const unseen = isBotSeen ? 0 : BIT.bot;
  const times = services.map((service) => (isAlways(service.times) ? null : service.times));
  const looked = { window: observed, time: lens.time, structure, judged };
  const isOver = await memory.eachYear(services, metric, looked, reading, ({ packed, place }) => {
    pool.add(packed.poured(0), unseen, times[place] ?? null);
  });
  return isOver ? pool : null;
}

/** @returns `null` where it must be told of a sample after all. */
export async function toldOf(
  metric: Metric,
  pool: Pool,
  { grid, pace, room }: { readonly grid: Grid; readonly pace: Pace; readonly room?: Room },
): Promise<Analysis | null> {
  const settled = await pace.through(pool.settled(room));
  return settled === null ? null : measuredPool(metric, settled, grid);
}
