/** What teams try: what may be hoped for before, and what came of it after. */
import { dateOf, startOfDate } from "#metrics/calendar.ts";
import type { Stretch, Weeks } from "#metrics/experiments/outcome.ts";
import { outcomeOf } from "#metrics/experiments/outcome.ts";
import { promise, usual } from "#metrics/experiments/promise.ts";
import { outcomeWords, promiseWords } from "#metrics/experiments/words.ts";
import { grid, overlap } from "#metrics/grid.ts";
import { DEFAULT_LENS } from "#metrics/lens.ts";
import { measure } from "#metrics/measure.ts";
import type { Metric, Observation } from "#metrics/metric.ts";
import { listOf } from "#metrics/lists.ts";
import { listed } from "#metrics/sample.ts";
import { slice } from "#metrics/series.ts";
import { lengthWithout } from "#metrics/spans.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { DAY, WEEK } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { ExperimentEntry } from "../store/experiments.ts";
import { structureOf } from "../structure.ts";
import { scopeText } from "#metrics/scopes.ts";
import { askedScope } from "./asked-scope.ts";
import type { Memory } from "./memory.ts";
import { sampled } from "./observations.ts";
import { Pace } from "./turns.ts";
import { BadRequest } from "./problem.ts";
import { clockOf, namedMetrics, reaches } from "./scope.ts";

type Told = Reply<"/api/experiments">[number];
type Plan = Query<"/api/experiments/promise">;

/** As much of the past as shows how weeks differ, and no more: older weeks were another team. */
const PAST = 26;

export async function answerExperiments(
  installation: Installation,
  { q = "", outcome }: Query<"/api/experiments">,
  memory: Memory,
): Promise<Reply<"/api/experiments">> {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const found: Told[] = [];
  for (const entry of (await installation.store.experiments()).toReversed()) {
    const text = `${entry.tries} ${entry.scope} ${entry.metric}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const told = await toldOf(installation, entry, memory);
    if (outcome === undefined || told.outcome === outcome) found.push(told);
  }
  return found;
}

export async function answerPromise(
  installation: Installation,
  plan: Plan,
  memory: Memory,
): Promise<Reply<"/api/experiments/promise">> {
  const { metric, usual: from, seen, pointless } = await promised(installation, plan, memory);
  return { usual: from, promise: seen, words: pointless ?? promiseWords(metric, plan.target, plan.weeks, seen) };
}

/** What an experiment would start from, and what may be promised of it. @throws BadRequest where it cannot be set so. */
export async function promised(installation: Installation, plan: Plan, memory: Memory) {
  const metric = oneMetric(plan.metric);
  const zone = installation.config.timezone;
  const startDay = plan.start ?? dateOf(installation.now(), zone);
  if (metric.statistic === "rate" && plan.target > 1) throw new BadRequest("A share is at most 1: write 0.05 for 5 %.");
  const { scope } = await askedScope(installation, plan);
  const start = startOfDate(startDay, zone);
  const looking = await lookedAt(installation, scopeText(scope), metric, start - PAST * WEEK, memory);
  const past = weeksUntil(looking, Math.min(start, looking.reach?.to ?? start));
  const from = usual(metric, past);
  const pointless = from === null ? null : pointlessWords(metric, from, plan.target);
  const seen = pointless === null ? (promise(metric, past, plan.weeks, plan.target)?.seen ?? null) : null;
  return { metric, scope: scopeText(scope), startDay, usual: from, seen, pointless };
}

/** Why nobody sets such a target; `null` where somebody may. */
function pointlessWords({ better, title }: Metric, from: number, target: number): string | null {
  if (target === from) return `${title} is that already. Choose another target.`;
  if ((better === "lower" && target > from) || (better === "higher" && target < from))
    return `${title} would be worse than it is: an experiment is set for the better. Choose a ${better} target.`;
  return null;
}

/** An experiment as the API tells it, with what came of it by what is known now. */
export async function toldOf(installation: Installation, entry: ExperimentEntry, memory: Memory): Promise<Told> {
  const { startDay, weeks, withdrawal, madeAt, ...rest } = entry;
  const zone = installation.config.timezone;
  const start = startOfDate(startDay, zone);
  const after = { from: start, to: startOfDate(dayAfter(startDay, weeks), zone) };
  const before = { from: startOfDate(dayAfter(startDay, -weeks), zone), to: start };
  return {
    ...rest,
    ...(await cameOf(installation, entry, { after, before }, memory)),
    start: startDay,
    review: dayAfter(startDay, weeks),
    madeAt: iso(madeAt),
    after: { from: iso(after.from), to: iso(after.to) },
    before: { from: iso(before.from), to: iso(before.to) },
    withdrawal: withdrawal === null ? null : { ...withdrawal, madeAt: iso(withdrawal.madeAt) },
  };
}

async function cameOf(
  installation: Installation,
  { scope, metric: id, target, usual: from, promise: seen, weeks, startDay, withdrawal }: ExperimentEntry,
  { after, before }: Record<"after" | "before", Window>,
  memory: Memory,
): Promise<Pick<Told, "outcome" | "words">> {
  if (withdrawal !== null) return { outcome: "withdrawn", words: `Withdrawn: ${withdrawal.reason}` };
  const review = dayAfter(startDay, weeks);
  if (installation.now() < after.to)
    return {
      outcome: "running",
      words: `To be reviewed on ${review}. ${promiseWords(oneMetric(id), target, weeks, seen)}`,
    };
  const metric = oneMetric(id);
  const looking = await lookedAt(installation, scope, metric, before.from, memory);
  const missing = unseen(looking.reach, before, after);
  if (missing !== null) return { outcome: "too-early", words: missing };
  const [now, then] = [stretch(looking, after), stretch(looking, before)];
  const measures = {
    before: measure(metric, then.side.observations, before, looking.out),
    after: measure(metric, now.side.observations, after, looking.out),
  };
  const wanted = target < (from ?? measures.before.value ?? target) ? "down" : "up";
  const outcome = outcomeOf(metric, wanted, now, then);
  return { outcome, words: outcomeWords(metric, outcome, { ...measures, target, seen }) };
}

/** Why the two windows cannot be compared yet, or ever; `null` where all of both was seen. */
function unseen(reach: Window | null, before: Window, after: Window): string | null {
  if (reach === null) return "Too early: nothing of it is known here.";
  if (reach.to < after.to)
    return `Too early: the data reaches to ${iso(reach.to).slice(0, 10)} only. Synchronise first.`;
  if (reach.from > before.from)
    return `Too early: the record begins on ${iso(reach.from).slice(0, 10)}, so there is too little before it to compare with.`;
  return null;
}

interface LookedAt {
  /** In order of time. */
  readonly observations: readonly Observation[];
  readonly reach: Window | null;
  readonly out: readonly Window[];
}

async function lookedAt(
  installation: Installation,
  scope: string,
  metric: Metric,
  from: Instant,
  memory: Memory,
): Promise<LookedAt> {
  const { services } = await askedScope(installation, { scope });
  const zone = installation.config.timezone;
  const reach = await reaches(installation, services, memory);
  const judged = await memory.judged(installation);
  const window = { from, to: installation.now() };
  const out = judged.daysOut(services);
  const structure = structureOf(installation.config);
  const looked = { window, time: DEFAULT_LENS.time, structure, judged };
  const rows = await memory.rows(services, [metric], looked, new Pace());
  const looking = { lens: DEFAULT_LENS, ends: reach, structure, places: services };
  return {
    observations: listed(sampled(metric, rows[listOf(metric)], looking)),
    reach: grid({ window, interval: "week", zone }, reach[clockOf(metric)], out).now.observed,
    out,
  };
}

/** Whole weeks before an instant, as far as they were seen and nobody left out a part of them. */
function weeksUntil({ observations, reach, out }: LookedAt, end: Instant): Weeks {
  const first = Math.max(reach?.from ?? end, end - PAST * WEEK);
  const weeks: (readonly Observation[])[] = [];
  for (let to = end; to - WEEK >= first; to -= WEEK) {
    const week = { from: to - WEEK, to };
    if (out.every((one) => overlap(one, week) === null)) weeks.push(slice(observations, week));
  }
  return weeks;
}

function stretch(looking: LookedAt, window: Window): Stretch {
  const weeks: (readonly Observation[])[] = [];
  for (let { from } = window; from < window.to; from += WEEK) {
    const week = { from, to: Math.min(from + WEEK, window.to) };
    if (looking.out.every((one) => overlap(one, week) === null)) weeks.push(slice(looking.observations, week));
  }
  const side = {
    observations: slice(looking.observations, window),
    exposure: lengthWithout(window, looking.out),
    counts: weeks.map((week) => week.length),
  };
  return { side, weeks };
}

function oneMetric(id: string): Metric {
  const [metric, another] = namedMetrics(id);
  if (metric !== undefined && another === undefined) return metric;
  throw new BadRequest("An experiment is about one metric. Name one.");
}

function dayAfter(day: string, weeks: number): string {
  return iso(Date.parse(day) + weeks * 7 * DAY).slice(0, 10);
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
