/** How often services are deployed, and whether anything unfavourable was outside its limits lately. */
import { startOf } from "#metrics/calendar.ts";
import { timeBetweenDeployments } from "#metrics/context/time-between-deployments.ts";
import { deploymentFrequency } from "#metrics/dora/deployment-frequency.ts";
import { leadTimeChange } from "#metrics/dora/lead-time-change.ts";
import { leadTimeCommit } from "#metrics/dora/lead-time-commit.ts";
import { grid } from "#metrics/grid.ts";
import { DEFAULT_LENS } from "#metrics/lens.ts";
import { listOf } from "#metrics/lists.ts";
import type { Metric } from "#metrics/metric.ts";
import type { Calm, WeeklySeries } from "#metrics/programme/calm.ts";
import { calm, CALM } from "#metrics/programme/calm.ts";
import type { Point } from "#metrics/series.ts";
import { series } from "#metrics/series.ts";
import { sum } from "#metrics/statistics/sum.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { WEEK } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import type { ScopedService } from "./asked-scope.ts";
import type { Memory } from "./memory.ts";
import { sampled } from "./observations.ts";
import { partsOf } from "./parts.ts";
import { clockOf, reachesOfEach } from "./scope.ts";
import { Pace } from "./turns.ts";

export interface Steadiness {
  /** Over the last twelve complete weeks; `null` while fewer than four of them are known. */
  readonly deploymentsPerWeek: number | null;
  readonly calm: Calm;
}

const [CADENCE_WEEKS, LEAST_WEEKS] = [12, 4];
/** Services whose rows are looked at together. */
const TOGETHER = 50;
const METRICS: readonly Metric[] = [leadTimeChange, leadTimeCommit, timeBetweenDeployments, deploymentFrequency];

/** In the order of the services. @param until the end of the last complete week. */
export async function steadinessOf(
  installation: Installation,
  services: readonly ScopedService[],
  until: Instant,
  memory: Memory,
): Promise<readonly Steadiness[]> {
  const zone = installation.config.timezone;
  const first = startOf("week", until - (CALM.mostBaseline + CALM.weeks - 0.5) * WEEK, zone);
  const window: Window = { from: first, to: until };
  const reached = await reachesOfEach(installation, services, memory);
  const judged = await memory.judged(installation);
  const structure = structureOf(installation.config);
  const looked = { window, time: DEFAULT_LENS.time, structure, judged };
  const pace = new Pace();
  const found: Steadiness[] = [];
  for (let start = 0; start < reached.length; start += TOGETHER) {
    const group = reached.slice(start, start + TOGETHER);
    const places = group.map(({ service }) => service);
    const rows = partsOf(await memory.rows(places, METRICS, looked, pace), group.length);
    for (const [index, { service, reach }] of group.entries()) {
      const looking = { lens: DEFAULT_LENS, ends: reach, structure, places: [service] };
      const own = rows[index];
      const weekly = (metric: Metric): readonly Point[] => {
        const { now } = grid({ window, interval: "week", zone }, reach[clockOf(metric)], judged.daysOut([service]));
        return own === undefined ? [] : series(metric, sampled(metric, own[listOf(metric)], looking), now);
      };
      found.push({ deploymentsPerWeek: perWeek(weekly(deploymentFrequency)), calm: calm(seriesOf(weekly)) });
      await pace.rest();
    }
  }
  return found;
}

function perWeek(points: readonly Point[]): number | null {
  const known = points.filter(({ partial }) => !partial).slice(-CADENCE_WEEKS);
  return known.length < LEAST_WEEKS ? null : sum(known.map(({ value }) => value ?? 0)) / known.length;
}

/** Lead time, by change where its host tells of changes and else by commit; and how far apart deployments are. */
function seriesOf(weekly: (metric: Metric) => readonly Point[]): readonly WeeklySeries[] {
  const byChange = weekly(leadTimeChange);
  const isByChange = byChange.some(({ value }) => value !== null);
  return [
    seriesFrom(isByChange ? leadTimeChange : leadTimeCommit, isByChange ? byChange : weekly(leadTimeCommit)),
    seriesFrom(timeBetweenDeployments, weekly(timeBetweenDeployments)),
  ];
}

function seriesFrom({ id, title }: Metric, points: readonly Point[]): WeeklySeries {
  const whole = points.filter(({ partial }) => !partial);
  return {
    metric: id,
    title,
    better: "lower",
    weeks: whole.map(({ from, to, value, n }) => ({ from, to, value, n })),
  };
}
