/** What Headway is looking at, how fresh it is, and what a person should know about it. */
import { pathWords, ruleWords } from "#metrics/rule-words.ts";
import { PUSH } from "#metrics/pushed.ts";
import type { Instant } from "#metrics/time.ts";
import { counted } from "#metrics/words.ts";
import type { LiveEvent, Reply } from "../contract.ts";
import type { ConfiguredSource, Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import type { Plan } from "../services.ts";
import { planOf, serviceOf, UNPLANNED } from "../services.ts";
import type { SourceLife } from "../live.ts";
import type { PushedService } from "../store/pushes.ts";
import type { ServiceRecord, SourceRecord } from "../store/sources.ts";
import { isUnderived } from "../store/sources.ts";
import type { Store } from "../store/store.ts";
import type { ServiceSummary } from "../store/summary.ts";
import { Memory } from "./memory.ts";
import { VERSION } from "../version.ts";
import { byNumber } from "#metrics/plurals.ts";

export async function answerStatus(
  installation: Installation,
  memory = new Memory(installation.store),
  beside: string | null = null,
): Promise<Reply<"/api/status">> {
  const { store, config, now } = installation;
  const services = await store.services(sourceKeys(installation));
  const planned = await planOf(installation);
  return {
    version: VERSION,
    zone: config.timezone,
    now: new Date(now()).toISOString(),
    facts: await version(store),
    simulated: config.sources.some(({ host }) => host === "demo"),
    beside,
    sources: await sourceStatuses(installation),
    services: (await memory.summaries(services)).flatMap((summary, index) => {
      const service = services[index];
      return service === undefined ? [] : [serviceStatus(installation, planned, service, summary)];
    }),
  };
}

/** What happens at the sources: the part of the status that changes while they are collected. */
export async function answerLive(installation: Installation): Promise<LiveEvent> {
  const { store, now } = installation;
  return {
    now: new Date(now()).toISOString(),
    facts: await version(store),
    sources: await sourceStatuses(installation),
  };
}

/** Both only grow, and so does their sum: with each fact that changes and each thing that is decided. */
async function version(store: Store): Promise<number> {
  const { facts, journal } = await store.versions();
  return facts + journal;
}

async function sourceStatuses(installation: Installation): Promise<Reply<"/api/status">["sources"]> {
  const { store, sources, live } = installation;
  const known = new Map((await store.sources(sourceKeys(installation))).map((record) => [record.key, record]));
  const services = await store.services(sourceKeys(installation));
  const configured = sources.map((source) => {
    const key = source.collector.source;
    const own = services.filter((service) => service.source === key);
    return sourceStatus(source, known.get(key), live.of(key), own);
  });
  return known.has(PUSH) ? [...configured, pushStatus(await store.pushedServices())] : configured;
}

/** Nobody collects what is pushed: it is as fresh as the last push. */
function pushStatus(pushed: readonly PushedService[]): Reply<"/api/status">["sources"][number] {
  return {
    source: PUSH,
    name: PUSH,
    host: PUSH,
    state: "ok",
    progress: null,
    startedAt: null,
    events: null,
    deriving: null,
    waiting: null,
    left: null,
    syncedAt: pushed.length === 0 ? null : iso(Math.max(...pushed.map(({ receivedAt }) => receivedAt))),
    error: null,
    notices: [],
  };
}

function sourceStatus(
  { collector, options }: ConfiguredSource,
  record: SourceRecord | undefined,
  { activity, waiting, left, isFirst }: SourceLife,
  services: readonly ServiceRecord[],
): Reply<"/api/status">["sources"][number] {
  const underived = services.filter(isUnderived).length;
  const isDeriving = underived > 0 || (isFirst && activity === null);
  return {
    source: collector.source,
    name: collector.name,
    host: options.host,
    state: activity === null ? settled(record, isDeriving) : "syncing",
    progress: activity?.progress ?? null,
    startedAt: iso(activity?.startedAt ?? null),
    events: activity?.events ?? null,
    deriving: isDeriving ? { done: services.length - underived, of: services.length } : null,
    waiting: waiting === null ? null : { until: new Date(waiting.until).toISOString(), why: waiting.why },
    left:
      left === null ? null : { requests: left.requests, of: left.of, resetsAt: new Date(left.resetAt).toISOString() },
    syncedAt: iso(record?.syncedAt ?? null),
    error: record?.error ?? null,
    notices: [...(record?.notices ?? [])],
  };
}

/** Where a source stands that is not being collected. It is not up to date before its first facts are there. */
function settled(
  record: SourceRecord | undefined,
  isDeriving: boolean,
): Exclude<Reply<"/api/status">["sources"][number]["state"], "syncing"> {
  if (record === undefined) return "never";
  if (record.error !== null) return "failed";
  if (record.syncedAt === null) return "never";
  return isDeriving ? "deriving" : "ok";
}

function serviceStatus(
  installation: Installation,
  planned: Plan,
  service: ServiceRecord,
  summary: ServiceSummary,
): Reply<"/api/status">["services"][number] {
  const host = hostOf(installation, service);
  const { rules, part } = serviceOf(planned, service) ?? UNPLANNED;
  const rule = `${ruleWords(summary.route, rules, host)}${pathWords(part.paths)}`;
  return {
    name: service.service,
    source: service.source,
    repository: service.repository,
    url: null,
    branch: summary.branch,
    rule,
    commits: summary.commits,
    deployments: summary.deployments,
    firstCommitAt: iso(summary.firstCommitAt),
    lastCommitAt: iso(summary.lastCommitAt),
    firstDeployedAt: iso(summary.firstDeployedAt),
    lastDeployedAt: iso(summary.lastDeployedAt),
    waiting: summary.waiting,
    advice: isUnderived(service) ? null : advice(summary, host, rules.origins === null ? null : rule),
  };
}

/** What its host is called that keeps a record of deployments; `null` of one that keeps none. */
export function hostOf({ sources }: Installation, service: ServiceRecord): string | null {
  const source = sources.find(({ collector }) => collector.source === service.source);
  return source === undefined ? null : HOSTS[source.options.host];
}

/** Those that keep a record of deployments, by their names. */
const HOSTS = { git: null, github: "GitHub", gitlab: "GitLab", demo: "The demo" } as const satisfies Record<
  ConfiguredSource["options"]["host"],
  string | null
>;

/**
 * Why a service has no deployments, or nothing that they could carry, and the next step; never a made-up deployment.
 *
 * @param rule in words, where one is configured.
 */
function advice(
  { deployments, recorded, tags, commits, unplacedCommits }: ServiceSummary,
  host: string | null,
  rule: string | null,
): string | null {
  if (commits === 0 && unplacedCommits !== null) return NONE_OF_ITS_FILES;
  if (deployments > 0) return null;
  if (commits === 0) return "Nothing has been collected from this repository yet.";
  if (rule !== null)
    return `Nothing that was collected is a deployment by its rule (${rule}). Try another one with headway check --rules, and write it under services: in headway.yaml.`;
  if (recorded > 0)
    return `${host ?? "Its host"} has ${counted(recorded, "deployment")} of this repository, but none that succeeded in production. Say which environments are production: production in headway.yaml, a regular expression on their names.`;
  const step =
    "Tag the commit of each release (git tag -a v1.0.0 -m v1.0.0; git push --tags), or say which tags are releases: releases.tags in headway.yaml, tried first with headway check --tags.";
  return tags === 0
    ? `This repository has no tags, so nothing says when it was released. What is true of it is shown: integrations, batch by batch, and reverts. ${step}`
    : `This repository has ${tags} ${byNumber(tags, "tag", "tags")}, but none that counts as a release under this rule. What is true of it is shown: integrations and reverts. ${step}`;
}

const NONE_OF_ITS_FILES =
  "No commit is known to have changed one of its files. When that is new, the next sync reads which files commits changed; else correct paths: of the service in headway.yaml.";

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
