/** What the gate compares with a frozen baseline: lead times team by team, rates, and how long serious alerts stay open. */
import type { FrozenMetric } from "#metrics/baselines/baseline.ts";
import { startOf } from "#metrics/calendar.ts";
import { isMerged } from "#metrics/context/changes.ts";
import { changeFailRate } from "#metrics/dora/change-fail-rate.ts";
import { reworkRate } from "#metrics/dora/rework-rate.ts";
import type { AlertFact } from "#metrics/facts.ts";
import { DEFAULT_LENS } from "#metrics/lens.ts";
import type { Measure } from "#metrics/measure.ts";
import type { Metric } from "#metrics/metric.ts";
import type { GateInput, RateChange } from "#metrics/programme/gate.ts";
import type { LeadTimeRatio } from "#metrics/programme/lead-time-ratio.ts";
import { leadTimeRatio } from "#metrics/programme/lead-time-ratio.ts";
import type { Work } from "#metrics/programme/work-weeks.ts";
import { weeksOfWork } from "#metrics/programme/work-weeks.ts";
import { rateDifference } from "#metrics/statistics/newcombe.ts";
import { Z90 } from "#metrics/statistics/normal.ts";
import { median, sortedNumbers } from "#metrics/statistics/quantile.ts";
import { sum } from "#metrics/statistics/sum.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { DAY, WEEK } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import type { ScopedService } from "./asked-scope.ts";
import type { StoredBaseline } from "./frozen.ts";
import { newestOf } from "./frozen.ts";
import type { Memory } from "./memory.ts";
import { sidesOf } from "./sides.ts";

/** As many weeks as make a practice adopted, and fewer than four say nothing. */
const [NOW_WEEKS, LEAST_WEEKS] = [12, 4];

/** A baseline, and the weeks that are held against it. */
export interface Reference {
  readonly stored: StoredBaseline;
  readonly before: Window;
  readonly now: Window;
}

/**
 * The baseline of a scope that was frozen last and is over long enough.
 *
 * @param scope as it is asked for: `organisation`, `team:payments`.
 * @returns `null` where none is.
 */
export async function referenceOf(
  { store, config }: Installation,
  scope: string,
  until: Instant,
): Promise<Reference | null> {
  const stored = await newestOf(store, { scope, service: null, ...DEFAULT_LENS });
  if (stored === null) return null;
  const before = stored.content.window;
  const usual = startOf("week", until - (NOW_WEEKS - 0.5) * WEEK, config.timezone);
  const from = Math.max(usual, startOf("week", before.to + WEEK - 1, config.timezone));
  return until - from < LEAST_WEEKS * WEEK - DAY ? null : { stored, before, now: { from, to: until } };
}

export interface TeamLeadTime {
  readonly ratio: LeadTimeRatio | null;
  /** Changes of the weeks now and of the baseline's. */
  readonly changes: number;
  readonly before: number;
}

/**
 * Both windows are read in the same way, as each stood when it ended, so that neither is flattered by what arrived later: what a baseline froze are changes by when they arrived, which
 * knows nothing of those that had not.
 */
export async function leadTimeOf(
  installation: Installation,
  services: readonly ScopedService[],
  { before, now }: Reference,
  memory: Memory,
): Promise<TeamLeadTime> {
  const zone = installation.config.timezone;
  const work = await workOf(installation, services, { from: Math.min(before.from, now.from), to: now.to }, memory);
  const [later, earlier] = [weeksOfWork(work, now, zone), weeksOfWork(work, before, zone)];
  const sizeOf = (weeks: typeof later) => sum(weeks.map(({ arrived, open }) => arrived.length + open.length));
  return { ratio: leadTimeRatio(later, earlier), changes: sizeOf(later), before: sizeOf(earlier) };
}

/** Changes of services whose host tells of them, and commits of the others. */
async function workOf(
  installation: Installation,
  services: readonly ScopedService[],
  window: Window,
  memory: Memory,
): Promise<readonly Work[]> {
  const { store } = installation;
  const judged = await memory.judged(installation);
  const found: Work[] = [];
  for (const service of services) {
    const merged = (await store.facts("merged", service, window)).filter(isMerged);
    const changes = merged.filter((fact) => !fact.isBeforeRecord && !judged.excludesRow("merged", fact));
    const own = changes.map(({ firstCommitAt: beganAt, mergedAt, deployedAt }) => ({ beganAt, mergedAt, deployedAt }));
    found.push(...(merged.length > 0 ? own : await commitsOf(installation, service, window, memory)));
  }
  return found;
}

async function commitsOf(
  installation: Installation,
  service: ScopedService,
  window: Window,
  memory: Memory,
): Promise<readonly Work[]> {
  const judged = await memory.judged(installation);
  const commits = await installation.store.facts("committed", service, window);
  return commits.flatMap((fact) => {
    const { authoredAt: beganAt, committedAt: mergedAt, deployedAt, isMerge, onDefaultBranch, isBeforeRecord } = fact;
    const isLookedAt = !isMerge && onDefaultBranch && !isBeforeRecord && !judged.excludesRow("committed", fact);
    return isLookedAt && mergedAt !== null ? [{ beganAt, mergedAt, deployedAt }] : [];
  });
}

/**
 * How much more often deployments fail, and are rework, than at the baseline.
 *
 * @param isWhole whether the services are those that were frozen: then the frozen numbers are taken, else the window is read again.
 */
export async function rateChanges(
  installation: Installation,
  services: readonly ScopedService[],
  { reference, isWhole }: { readonly reference: Reference; readonly isWhole: boolean },
  memory: Memory,
): Promise<{ readonly fail: RateChange | null; readonly rework: RateChange | null }> {
  const wanted: readonly Metric[] = [changeFailRate, reworkRate];
  const look = async (window: Window) => {
    const seen = await sidesOf(installation, services, { wanted, window, lens: DEFAULT_LENS }, memory);
    return new Map(seen.map(({ metric, measure }) => [metric.id, tallyOf(measure)]));
  };
  const now = await look(reference.now);
  const before = isWhole ? frozenTallies(reference.stored.content.metrics, wanted) : await look(reference.before);
  const [fail, rework] = wanted.map(({ id }) => change(now.get(id) ?? null, before.get(id) ?? null));
  return { fail: fail ?? null, rework: rework ?? null };
}

interface Tally {
  readonly ones: number;
  readonly known: number;
}

function tallyOf({ k, n }: Measure): Tally | null {
  return k === null || n === 0 ? null : { ones: k, known: n };
}

/** By metric; one whose definition has changed since is not comparable. */
function frozenTallies(frozen: readonly FrozenMetric[], wanted: readonly Metric[]): ReadonlyMap<string, Tally | null> {
  return new Map(
    wanted.map(({ id, version }) => {
      const found = frozen.find((one) => one.metric === id && one.version === version);
      return [id, found === undefined ? null : tallyOf(found.measure)] as const;
    }),
  );
}

function change(now: Tally | null, before: Tally | null): RateChange | null {
  if (now === null || before === null) return null;
  const found = rateDifference(now.ones, now.known, before.ones, before.known, Z90);
  return found === null ? null : { change: found.difference, high: found.high };
}

/**
 * Median days for which high and critical alerts that were open in a window had been so by its end or when they ended.
 *
 * @returns `null` where none was in either window: there is nothing to compare.
 */
export async function alertAge(
  { store }: Installation,
  services: readonly ScopedService[],
  { before, now }: Reference,
): Promise<GateInput["alertAge"]> {
  const alerts: AlertFact[] = [];
  for (const service of services) alerts.push(...(await store.facts("alerts", service, { from: 0, to: now.to })));
  const serious = alerts.filter(({ severity }) => severity === "critical" || severity === "high");
  const [earlier, later] = [before, now].map((window) => medianAge(serious, window));
  return typeof earlier === "number" && typeof later === "number" ? { before: earlier, now: later } : null;
}

function medianAge(alerts: readonly AlertFact[], { from, to }: Window): number | null {
  const ages = alerts.flatMap(({ openedAt, fixedAt, dismissedAt }) => {
    const end = Math.min(fixedAt ?? to, dismissedAt ?? to, to);
    return openedAt < to && end > from && end >= openedAt ? [(end - openedAt) / DAY] : [];
  });
  return ages.length === 0 ? null : median(sortedNumbers(ages));
}
