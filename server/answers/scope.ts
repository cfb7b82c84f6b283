/** Which window and which metrics a question is about, and how far the facts reach. */
import { dateOf, startOf, startOfDate } from "#metrics/calendar.ts";
import type { Measure } from "#metrics/measure.ts";
import type { Metric, Need } from "#metrics/metric.ts";
import { metrics } from "#metrics/index.ts";
import type { Reach } from "#metrics/grid.ts";
import { isAlways } from "#metrics/scopes.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { DAY, WEEK } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import { isUnderived } from "../store/sources.ts";
import type { ServiceSummary } from "../store/summary.ts";
import type { AskedScope, ScopedService } from "./asked-scope.ts";
import { nearest } from "./asked-scope.ts";
import type { Memory } from "./memory.ts";
import type { Ends } from "./observations.ts";
import { BadRequest } from "./problem.ts";

export interface Asked extends AskedScope {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const DEFAULT_SPAN = 26 * WEEK;
/** What ISO 8601 can write with four digits. */
const [FIRST, LAST] = [Date.parse("0000-01-01T00:00:00Z"), Date.parse("9999-12-31T23:59:59Z")];

/** The window asked for: days begin in the organisation's zone. By default the whole weeks of the last half year, the running day included. */
export function askedWindow({ from, to }: Asked, zone: string, now: Instant): Window {
  const end = to === undefined ? startOfDate(dateOf(now + DAY, zone), zone) : moment(to, zone);
  const start = from === undefined ? startOf("week", end - DEFAULT_SPAN, zone) : moment(from, zone);
  if (start >= end)
    throw new BadRequest(
      `The window is empty: it starts at ${from ?? "its default"} and ends before ${to ?? "now"}. Choose an earlier \`from\` or a later \`to\`.`,
    );
  if (start < FIRST || end > LAST)
    throw new BadRequest(
      "The window reaches beyond the years 0 to 9999, which have no common way to be written. Choose `from` and `to` between them.",
    );
  return { from: start, to: end };
}

function moment(text: string, zone: string): Instant {
  return text.length === 10 ? startOfDate(text, zone) : Date.parse(text);
}

/** The metrics asked for; by default all that any of the services can have. */
export function askedMetrics(text: string | undefined, summaries: readonly ScopedSummary[]): readonly Metric[] {
  return text === undefined ? metrics.filter((metric) => canHave(metric, summaries)) : namedMetrics(text);
}

/** As the registry has them, whatever time they are told in: each once. */
export function unlensed(wanted: readonly Metric[]): readonly Metric[] {
  const ids = new Set(wanted.map(({ id }) => id));
  return metrics.filter(({ id }) => ids.has(id));
}

/** Metrics by their ids, separated by commas. */
export function namedMetrics(text: string): readonly Metric[] {
  return text.split(",").map((id) => {
    const found = metrics.find((metric) => metric.id === id.trim());
    if (found !== undefined) return found;
    throw new BadRequest(
      `There is no metric "${id}". ${nearest(
        id,
        metrics.map((metric) => metric.id),
        "There are no metrics.",
      )}`,
    );
  });
}

/** Whether any of the services has what a metric cannot do without. */
export function canHave({ needs, unit }: Metric, summaries: readonly ScopedSummary[]): boolean {
  if (unit === "working-hours" && !summaries.some((summary) => has(summary, "hours"))) return false;
  return needs === null || summaries.some((summary) => has(summary, needs));
}

function has({ changes, incidents, alerts, pipelines, recorded, route, hasHours }: ScopedSummary, need: Need): boolean {
  switch (need) {
    case "changes":
      return changes > 0;
    case "incidents":
      return incidents > 0;
    case "alerts":
      return alerts > 0;
    case "pipelines":
      return pipelines > 0;
    case "attempts":
      return recorded > 0;
    case "hours":
      return hasHours;
    case "releases":
      return route === "release" || route === "tag" || (route === null && recorded === 0);
  }
}

/** Why nothing is known of a metric where nobody has what it needs, and what to do. */
export function lacking({ needs, unit }: Metric, summaries: readonly ScopedSummary[]): string | null {
  const isOtherwiseThere = needs === null || summaries.some((summary) => has(summary, needs));
  switch (isOtherwiseThere && unit === "working-hours" ? "hours" : needs) {
    case null:
      return null;
    case "changes":
      return "Only a host knows how changes were opened, reviewed and merged: connect GitHub or GitLab.";
    case "incidents":
      return "No incident is known here: give issues the label of an incident at their host, or push incidents.";
    case "alerts":
      return "No alert of a scanner is known here: let the token of its host read them, or push alerts.";
    case "pipelines":
      return "No run of a pipeline is known here: connect GitHub or GitLab, whose token must read them (on GitLab with `pipelines: true`), or push them as CDEvents.";
    case "hours":
      return "Nobody said when work is done: give the team or the organisation a calendar with hours in headway.yaml.";
    case "attempts":
      return "A release has no attempts: only a host's record of deployments, or a push, tells of them.";
    case "releases":
      return "Only a release has a name x.y.0: here deployments count.";
  }
}

/** Why a number is missing where nobody has what it needs, or all was archived before, is another reason than an empty window. */
export function explained(metric: Metric, whole: Measure, { summaries, absent }: Known, { from }: Window): Measure {
  if (whole.value !== null) return whole;
  if (absent !== null) return { ...whole, reason: absent };
  if (isUnread(summaries)) return { ...whole, reason: NOT_YET };
  if (!canHave(metric, summaries)) return { ...whole, reason: lacking(metric, summaries) };
  const ends = summaries.map(({ endedAt }) => endedAt ?? Infinity);
  return Math.max(...ends) < from ? { ...whole, reason: ARCHIVED } : whole;
}

const ARCHIVED =
  "The repository was archived before this window, so nothing is counted in it. Choose an earlier window to see what was.";

/** What is not known of services while their first facts are not there says nothing about them. */
export const NOT_YET = "Nothing can be said of it yet. What is still being read and worked out appears here by itself.";

/** Whether something is missing because it is not derived yet. */
export function isUnread(summaries: readonly ScopedSummary[]): boolean {
  return summaries.length === 0 || summaries.some((summary) => summary.isUnderived);
}

/** What a number may rest on. */
export interface Known {
  readonly summaries: readonly ScopedSummary[];
  /** Why nothing can be known of the scope in the window; `null` where something can. */
  readonly absent: string | null;
}

/** What a service has, at a glance, whether its first facts are still to come, and whether anything is known of when its owners work. */
export type ScopedSummary = ServiceSummary & Pick<ScopedService, "hasHours"> & { readonly isUnderived: boolean };

/**
 * How far facts reach: since the first of their kind of any of the services, until the source looked at longest ago: after that,
 * nothing seen is not nothing there. What is archived ends then, and holds up nobody who is alive.
 */
export interface Reaches extends Ends {
  readonly deployment: Reach | null;
  readonly commit: Reach | null;
  /** Since anything was committed, deployed or tried: no attempt since then is none, and an attempt before the first success is one. */
  readonly attempt: Reach | null;
  /** Since anything was committed or deployed, or went wrong: an incident may be older than all that is known of its service. */
  readonly incident: Reach | null;
  /** Since the first alert of a scanner: before it, nobody may have looked. */
  readonly alert: Reach | null;
  /** Since the first run of a pipeline: hosts forget old ones. */
  readonly pipeline: Reach | null;
}

export type Clock = Exclude<keyof Reaches, keyof Ends>;

/** Which of them a metric is bounded by. */
export function clockOf(metric: Metric): Clock {
  switch (metric.of) {
    case "deployment":
    case "attempt":
    case "incident":
    case "alert":
    case "pipeline":
      return metric.of;
    case "commit":
    case "change":
      return metric.clock === "deployedAt" ? "deployment" : "commit";
  }
}

export async function summariesOf(
  services: readonly ScopedService[],
  memory: Memory,
): Promise<readonly ScopedSummary[]> {
  const summaries = await memory.summaries(services);
  return summaries.map((summary, index) => ({
    ...summary,
    hasHours: services[index]?.hasHours ?? false,
    isUnderived: isUnderived(services[index] ?? { revision: null }),
  }));
}

export async function reaches(
  installation: Installation,
  services: readonly ScopedService[],
  memory: Memory,
): Promise<Reaches> {
  const summaries = await summariesOf(services, memory);
  return reachesIn(services, summaries, await syncedOf(installation, services), installation.now());
}

/** How far the facts of each service by itself reach. */
export async function reachesOfEach(
  installation: Installation,
  services: readonly ScopedService[],
  memory: Memory,
): Promise<readonly { readonly service: ScopedService; readonly reach: Reaches }[]> {
  const alone = services.map((service): readonly [ScopedService] => [service]);
  const reached = await reachesOfGroups(installation, alone, memory);
  return reached.map(({ services: own, reach }) => ({ service: own[0], reach }));
}

interface Reached<Services> {
  readonly services: Services;
  readonly summaries: readonly ScopedSummary[];
  readonly reach: Reaches;
}

/** How far the facts of each of several groups of services reach, whatever they have in common. */
export async function reachesOfGroups<Services extends readonly ScopedService[]>(
  installation: Installation,
  groups: readonly Services[],
  memory: Memory,
): Promise<readonly Reached<Services>[]> {
  const services = groups.flat();
  const summaries = await summariesOf(services, memory);
  const synced = await syncedOf(installation, services);
  const now = installation.now();
  let end = 0;
  return groups.map((group) => {
    const start = end;
    end += group.length;
    const own = summaries.slice(start, end);
    return { services: group, summaries: own, reach: reachesIn(group, own, synced, now) };
  });
}

/** When each source was last brought up to date. */
type Synced = ReadonlyMap<string, Instant | null>;

async function syncedOf({ store }: Installation, services: readonly ScopedService[]): Promise<Synced> {
  const sources = await store.sources([...new Set(services.map(({ source }) => source))]);
  return new Map(sources.map(({ key, syncedAt }) => [key, syncedAt]));
}

function reachesIn(
  services: readonly ScopedService[],
  summaries: readonly ScopedSummary[],
  synced: Synced,
  now: Instant,
): Reaches {
  const { until, ended } = ends(services, summaries, synced, now);
  const since = (...firsts: readonly ((summary: ServiceSummary) => Instant | null)[]): Reach | null => {
    const spans = summaries.flatMap((summary, index) =>
      firsts.flatMap((first) => seen(first(summary), services[index]?.times ?? [], until)),
    );
    if (spans.length === 0) return null;
    return { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) };
  };
  const deployed = ({ firstDeployedAt }: ServiceSummary) => firstDeployedAt;
  const committed = ({ firstCommitAt }: ServiceSummary) => firstCommitAt;
  return {
    deployment: since(deployed),
    commit: since(committed),
    attempt: since(deployed, committed, ({ firstAttemptAt }) => firstAttemptAt),
    incident: since(deployed, committed, ({ firstIncidentAt }) => firstIncidentAt),
    alert: since(({ firstAlertAt }) => firstAlertAt),
    pipeline: since(({ firstPipelineAt }) => firstPipelineAt),
    until,
    ended,
  };
}

function ends(
  services: readonly ScopedService[],
  summaries: readonly ServiceSummary[],
  synced: Synced,
  now: Instant,
): Ends {
  const ended = new Map<string, Map<string, Instant>>();
  const alive: Instant[] = [];
  const gone: Instant[] = [];
  for (const [index, { source, service }] of services.entries()) {
    const seenAt = synced.get(source) ?? null;
    const endedAt = summaries[index]?.endedAt ?? null;
    if (endedAt === null) {
      if (seenAt !== null) alive.push(seenAt);
      continue;
    }
    const end = Math.min(endedAt + 1, seenAt ?? now); // half-open: the last thing known is still inside
    gone.push(end);
    ended.set(source, (ended.get(source) ?? new Map<string, Instant>()).set(service, end));
  }
  if (alive.length > 0) return { until: Math.min(...alive), ended };
  return { until: gone.length > 0 && gone.length === services.length ? Math.max(...gone) : now, ended };
}

/** The parts of a service's record that lie in its times: what nobody here owned was not theirs to see. */
function seen(first: Instant | null, times: readonly Window[], until: Instant): readonly Window[] {
  if (first === null) return [];
  if (isAlways(times)) return [{ from: first, to: until }];
  return times
    .map(({ from, to }) => ({ from: Math.max(first, from), to: Math.min(until, to) }))
    .filter(({ from, to }) => from < to);
}
