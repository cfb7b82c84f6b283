/** How far milestones are: their status is computed from what the metric says, and never typed. */
import { next, startOfDate } from "#metrics/calendar.ts";
import { metrics } from "#metrics/index.ts";
import type { Metric } from "#metrics/metric.ts";
import type { MilestoneReading } from "#metrics/programme/milestones.ts";
import { milestoneStatus } from "#metrics/programme/milestones.ts";
import type { PlannedMilestone } from "#metrics/programme/roadmap.ts";
import type { Instant } from "#metrics/time.ts";
import { WEEK } from "#metrics/time.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { answerMeasures } from "./measures.ts";
import type { Memory } from "./memory.ts";
import { BadRequest } from "./problem.ts";
import { standing } from "./programme.ts";

/** What a metric is at an instant is measured over so many weeks before it. */
const OVER_WEEKS = 8;
/** When it was reached is looked for at so many instants. */
const READINGS = 4;

export async function answerMilestones(
  installation: Installation,
  memory: Memory,
): Promise<Reply<"/api/progress/milestones">> {
  const { programme } = await standing(installation);
  const found: Reply<"/api/progress/milestones"> = [];
  for (const planned of programme.milestones.toSorted((a, b) => a.due.localeCompare(b.due)))
    found.push(await told(installation, planned, memory));
  return found;
}

async function told(
  installation: Installation,
  planned: PlannedMilestone,
  memory: Memory,
): Promise<Reply<"/api/progress/milestones">[number]> {
  const zone = installation.config.timezone;
  const metric = metrics.find(({ id }) => id === planned.metric);
  // Of what is neither better nor worse the milestone itself says where it is to go.
  const usual = metric?.better === "higher" || metric?.better === "lower" ? metric.better : null;
  const better = usual ?? (planned.from !== null && planned.from > planned.target ? "lower" : "higher");
  const now = installation.now();
  const readings = await readingsOf(installation, planned, memory);
  const title = metric?.title ?? planned.metric;
  const asked = { ...planned, metric: metric === undefined ? title : `${title} (${unitOf(metric)})`, better };
  const { reachedAt, ...status } = milestoneStatus(asked, readings, now, zone);
  return {
    ...planned,
    metricTitle: title,
    unit: metric?.unit ?? null,
    now: readings.at(-1)?.value ?? null,
    ...status,
    reachedAt: reachedAt === null ? null : new Date(reachedAt).toISOString(),
  };
}

function unitOf({ statistic, unit }: Metric): string {
  return statistic === "count" ? `${unit} a week` : unit.replace("-", " ");
}

/** Nothing where the metric or the scope is gone since. */
async function readingsOf(
  installation: Installation,
  { metric, scope, setOn, due }: PlannedMilestone,
  memory: Memory,
): Promise<readonly MilestoneReading[]> {
  const zone = installation.config.timezone;
  const begin = startOfDate(setOn, zone);
  const end = Math.min(installation.now(), next("day", startOfDate(due, zone), zone));
  const step = Math.max(0, end - begin) / READINGS;
  const instants = Array.from({ length: READINGS }, (_, index) => begin + (index + 1) * step);
  const found: MilestoneReading[] = [];
  try {
    for (const at of step > 0 ? instants : [])
      found.push({ at, value: await valueAt(installation, { metric, scope }, at, memory) });
    return found;
  } catch (error) {
    if (error instanceof BadRequest) return [];
    throw error;
  }
}

/** Counts by week. */
async function valueAt(
  installation: Installation,
  asked: { readonly metric: string; readonly scope: string },
  at: Instant,
  memory: Memory,
): Promise<number | null> {
  const window = { from: new Date(at - OVER_WEEKS * WEEK).toISOString(), to: new Date(at).toISOString() };
  const looked = { interval: "week", bots: "default", open: "kept", time: "elapsed", told: "numbers" } as const;
  const { measures } = await answerMeasures(installation, { ...asked, ...window, ...looked }, memory);
  const whole = measures[0]?.whole;
  return whole?.perWeek ?? whole?.value ?? null;
}
