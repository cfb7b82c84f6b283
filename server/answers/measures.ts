/** Metrics over a window, service by service or pooled. */
import { analysing, measured } from "#metrics/analysis.ts";
import type { Analysis } from "#metrics/analysis.ts";
import { details } from "#metrics/details.ts";
import { inFamily } from "#metrics/family.ts";
import type { Frame } from "#metrics/grid.ts";
import { horizon } from "#metrics/grid.ts";
import { STAGES, stageCoding } from "#metrics/context/stages.ts";
import { leadTimeMerge } from "#metrics/dora/lead-time-change.ts";
import { timeBetweenDeployments } from "#metrics/context/time-between-deployments.ts";
import type { Lens } from "#metrics/lens.ts";
import { inTime } from "#metrics/lens.ts";
import { listOf } from "#metrics/lists.ts";
import type { Metric } from "#metrics/metric.ts";
import type { Quality } from "#metrics/quality.ts";
import { quality } from "#metrics/quality.ts";
import type { Sample } from "#metrics/sample.ts";
import { partOf, sampleOf } from "#metrics/sample.ts";
import { stageShares } from "#metrics/stage-shares.ts";
import { scopeText } from "#metrics/scopes.ts";
import { sum } from "#metrics/statistics/sum.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import type { Told } from "#metrics/words.ts";
import { comparisonWords, headline, spanWords } from "#metrics/words.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { againstBaseline } from "./against.ts";
import { annotations, rebasing } from "./annotations.ts";
import type { ScopedService } from "./asked-scope.ts";
import { absence, askedScope } from "./asked-scope.ts";
import { gridsOf } from "./each.ts";
import { betweenOf, isoPoint, isoWindow, toldLimits } from "./limits.ts";
import type { Judged } from "./judged.ts";
import { Memory, NOTHING } from "./memory.ts";
import { sampled } from "./observations.ts";
import { overruledIn } from "./overruled.ts";
import { isPoolable, pooled, toldOf } from "./pooled.ts";
import { Pace } from "./turns.ts";
import { structureOf } from "../structure.ts";
import { BadRequest } from "./problem.ts";
import type { ScopedSummary } from "./scope.ts";
import {
  askedMetrics,
  askedWindow,
  canHave,
  clockOf,
  explained,
  isUnread,
  lacking,
  NOT_YET,
  reaches,
  summariesOf,
  unlensed,
} from "./scope.ts";

const MOST_POINTS = 4000;
const MOST_POINTS_OF_ALL = 50_000;

/** The pooled answer for a scope. */
export async function answerMeasures(
  installation: Installation,
  query: Query<"/api/measures">,
  memory = new Memory(installation.store),
): Promise<Reply<"/api/measures">> {
  const zone = installation.config.timezone;
  const window = askedWindow(query, zone, installation.now());
  const frame = { window, interval: query.interval, zone };
  refuseTooMany(frame);
  const found = await askedScope(installation, query);
  const { scope, services } = found;
  const summaries = await summariesOf(services, memory);
  const known = { summaries, absent: absence(found, window) };
  const wanted = askedMetrics(query.metric, summaries).map((metric) => inTime(metric, query));
  const judged = await memory.judged(installation);
  const rebases = rebasing(annotations(judged, found, structureOf(installation.config), zone));
  const { rows, gaps, waits, gridOf, samples, out, remarks, ...analysed } = await analyseServices(
    installation,
    services,
    {
      wanted,
      frame,
      lens: query,
      rebasedAt: rebases.map(({ from }) => from),
      judged,
      numbersOnly: query.told === "numbers",
    },
    memory,
  );
  const told = inFamily(analysed.told);
  const against = await againstBaseline(installation, query, { found, wanted, window }, memory);
  return {
    window: isoWindow(window),
    zone,
    scope: scopeText(scope),
    service: found.service,
    interval: query.interval,
    time: query.time,
    sentence:
      known.absent ??
      (isUnread(summaries) && told.every(({ analysis: { whole } }) => whole.n + whole.open === 0) ? NOT_YET : null) ??
      (against === null
        ? headline(told, spanWords(window), query.compare === "none" ? null : undefined)
        : headline(against.told(told), spanWords(window), `against the baseline “${against.info.name}”`)),
    against: against?.info ?? null,
    measures: told.map(({ metric, analysis }) => ({
      metric: metric.id,
      whole: explained(metric, analysis.whole, known, window),
      previous: previous(metric, analysis),
      baseline: against?.of(metric) ?? null,
      ...toldLimits(analysis, { interval: query.interval, rebases }),
      trend: analysis.trend,
      between: betweenOf(analysis),
      details: [
        ...details(
          metric,
          { ...rows, gaps, waits },
          gridOf(clockOf(metric)).now.observed ?? window,
          zone,
          query.time,
          out,
        ),
      ],
      series: analysis.points.map((point, index) => isoPoint(point, analysis, index)),
    })),
    stages: stages(samples, gridOf("commit").now.observed, query.metric, summaries),
    quality: [...quality({ ...rows, unplacedCommits: unplaced(services, summaries) }, window), ...remarks].filter(
      // Rows that no named metric looks at were not read: that nothing is known of them says nothing.
      ({ value }) => query.metric === undefined || value !== null,
    ),
  };
}

interface Wanted {
  readonly wanted: readonly Metric[];
  readonly frame: Frame;
  readonly lens: Lens;
  /** When the process changed, as somebody says. */
  readonly rebasedAt: readonly Instant[];
  /** What people decided, where it was read already. */
  readonly judged?: Judged;
  /** Whether nothing is compared and nothing said of what is normal. */
  readonly numbersOnly?: boolean;
}

/** What is told of the metrics of some services together, and what it was made of. */
export async function analyseServices(
  installation: Installation,
  services: readonly ScopedService[],
  { wanted, frame, lens, rebasedAt, judged: known, numbersOnly = false }: Wanted,
  memory: Memory,
) {
  const reach = await reaches(installation, services, memory);
  const judged = known ?? (await memory.judged(installation));
  const out = judged.daysOut(services);
  const gridOf = gridsOf(frame, reach, out);
  const pace = new Pace();
  const structure = structureOf(installation.config);
  if (numbersOnly && wanted.length > 0 && wanted.every(isPoolable)) {
    const told: Told[] = [];
    for (const metric of wanted) {
      const asked = { grid: gridOf(clockOf(metric)), lens, structure, judged };
      const pool = await pooled(metric, services, asked, memory, { version: await memory.version(), pace });
      const analysis = pool === null ? null : await toldOf(metric, pool, { grid: asked.grid, pace });
      if (analysis !== null) told.push({ metric, analysis });
    }
    if (told.length === wanted.length) return { ...NO_ROWS, told, gridOf, out };
  }
  const looked = [...new Set([...wanted, ...wanted.flatMap(({ id }) => BESIDE[id] ?? [])])];
  const horizons = numbersOnly ? [frame.window] : looked.map((metric) => horizon(gridOf(clockOf(metric))));
  const window = { from: Math.min(...horizons.map(({ from }) => from)), to: frame.window.to };
  const rows = await memory.rows(services, unlensed(looked), { window, time: lens.time, structure, judged }, pace);
  const looking = { lens, ends: reach, structure, places: services };
  const samples = new Map<Metric, Sample>();
  const told: Told[] = [];
  for (const metric of wanted) {
    const sample = sampled(metric, rows[listOf(metric)], looking);
    samples.set(metric, sample);
    const of = gridOf(clockOf(metric));
    told.push({
      metric,
      analysis: numbersOnly
        ? measured(metric, sample, of)
        : await pace.through(analysing(metric, sample, of, rebasedAt)),
    });
    await pace.rest();
  }
  const hasDeployments = wanted.some((metric) => listOf(metric) === "deployments");
  const overruled = hasDeployments ? await overruledIn(installation.store, judged, services, frame.window) : 0;
  const remarks = judged.quality(rows, services, frame.window, overruled);
  const gaps = sampled(timeBetweenDeployments, rows.deployments, looking);
  const waits = rows.delivered.columns.get(leadTimeMerge.id)?.values ?? new Float64Array();
  return { told, rows, gaps, waits, gridOf, samples, out, remarks };
}

/** What is told of numbers that were made of no rows. */
const NO_ROWS = {
  rows: NOTHING,
  gaps: sampleOf([]),
  waits: new Float64Array(),
  samples: new Map<Metric, Sample>(),
  remarks: [] as readonly Quality[],
};

/** What the details of a metric are told with. */
const BESIDE: Readonly<Record<string, Metric>> = {
  "deployment-frequency": timeBetweenDeployments,
  "train-change-share": leadTimeMerge,
};

/** Commits that nobody can give to a part of their repository, which its services have in common; `null` where none is a part. */
function unplaced(services: readonly ScopedService[], summaries: readonly ScopedSummary[]): number | null {
  const counts = new Map<string, number>();
  for (const [index, { source, repository }] of services.entries()) {
    const count = summaries[index]?.unplacedCommits ?? null;
    if (count !== null) counts.set(JSON.stringify([source, repository]), count);
  }
  return counts.size === 0 ? null : sum([...counts.values()]);
}

/** Told where all metrics, or all of the stages, are asked for. */
function stages(
  samples: ReadonlyMap<Metric, Sample>,
  seen: Window | null,
  asked: string | undefined,
  summaries: readonly ScopedSummary[],
): Reply<"/api/measures">["stages"] {
  const found = STAGES.flatMap((id) => {
    const entry = [...samples].find(([metric]) => metric.id === id);
    return entry === undefined ? [] : [{ metric: entry[0], observations: seen === null ? [] : partOf(entry[1], seen) }];
  });
  if (asked !== undefined && found.length < STAGES.length) return null;
  const [first = stageCoding] = found.map(({ metric }) => metric);
  const shares = stageShares(found, canHave(first, summaries) ? null : lacking(first, summaries));
  return { ...shares, stages: [...shares.stages] };
}

/** @param scopes how many series there are to be. */
export function refuseTooMany({ window, interval }: Frame, scopes = 1): void {
  const shortest = { day: 1, week: 7, month: 28 }[interval] * DAY;
  const most = scopes === 1 ? MOST_POINTS : MOST_POINTS_OF_ALL;
  if (((window.to - window.from) / shortest) * scopes > most) {
    const each = scopes === 1 ? "" : ` of each of ${scopes}`;
    throw new BadRequest(
      `One point a ${interval}${each} over this window would be more than ${most} points. Choose a longer interval or a shorter window.`,
    );
  }
}

function previous(
  metric: Metric,
  { whole, previous: before }: Analysis,
): Reply<"/api/measures">["measures"][number]["previous"] {
  if (before === null) return null;
  const { window, measure, change } = before;
  return {
    window: isoWindow(window),
    measure,
    verdict: change?.verdict ?? "too-few",
    words: comparisonWords(metric, whole, measure, change),
    low: change?.low ?? null,
    high: change?.high ?? null,
    change: change?.change ?? null,
  };
}
