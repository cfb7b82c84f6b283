/** What Headway is looking at, how fresh it is, and what a person should know about it. */
import { describeRule } from "#metrics/releases.ts";
import type { Instant } from "#metrics/time.ts";
import type { Reply } from "../contract.ts";
import type { ConfiguredSource, Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import type { ServiceRecord, SourceRecord } from "../store/sources.ts";
import type { ServiceSummary } from "../store/summary.ts";
import { Memory } from "./memory.ts";
import { VERSION } from "../version.ts";

/** Which sources are being collected at this moment, and how far they are. Kept by whoever runs the syncs. */
export type SyncState = ReadonlyMap<string, { readonly progress: number | null }>;

export async function answerStatus(
  installation: Installation,
  syncing: SyncState = new Map(),
  memory = new Memory(installation.store),
): Promise<Reply<"/api/status">> {
  const { store, sources, config, now } = installation;
  const known = new Map((await store.sources(sourceKeys(installation))).map((record) => [record.key, record]));
  const services = await store.services(sourceKeys(installation));
  return {
    version: VERSION,
    zone: config.timezone,
    now: new Date(now()).toISOString(),
    facts: await store.factsVersion(),
    sources: sources.map((source) => sourceStatus(source, known.get(source.collector.source), syncing)),
    services: await Promise.all(
      services.map(async (service) => serviceStatus(installation, service, await memory.summary(service))),
    ),
  };
}

function sourceStatus(
  { collector, options }: ConfiguredSource,
  record: SourceRecord | undefined,
  syncing: SyncState,
): Reply<"/api/status">["sources"][number] {
  const active = syncing.get(collector.source);
  const settled =
    record === undefined || (record.syncedAt === null && record.error === null)
      ? "never"
      : record.error === null
        ? "ok"
        : "failed";
  return {
    source: collector.source,
    name: collector.name,
    host: options.host,
    state: active === undefined ? settled : "syncing",
    progress: active?.progress ?? null,
    syncedAt: iso(record?.syncedAt ?? null),
    error: record?.error ?? null,
    notices: [...(record?.notices ?? [])],
  };
}

function serviceStatus(
  { sources }: Installation,
  service: ServiceRecord,
  summary: ServiceSummary,
): Reply<"/api/status">["services"][number] {
  const rules = sources.find(({ collector }) => collector.source === service.source)?.rules;
  return {
    name: service.service,
    source: service.source,
    repository: service.repository,
    url: null,
    branch: summary.branch,
    rule: rules === undefined ? "" : describeRule(rules.releases),
    commits: summary.commits,
    deployments: summary.deployments,
    firstCommitAt: iso(summary.firstCommitAt),
    lastCommitAt: iso(summary.lastCommitAt),
    firstDeployedAt: iso(summary.firstDeployedAt),
    lastDeployedAt: iso(summary.lastDeployedAt),
    waiting: summary.waiting,
    advice: advice(summary),
  };
}

/** Why a service has no deployments, and the next step; never a made-up deployment. */
function advice({ deployments, tags, commits }: ServiceSummary): string | null {
  if (deployments > 0) return null;
  if (commits === 0) return "Nothing has been collected from this repository yet.";
  const step =
    "Tag the commit of each release (git tag -a v1.0.0 -m v1.0.0; git push --tags), or say which tags are releases: releases.tags in headway.yaml, tried first with headway check --tags.";
  return tags === 0
    ? `This repository has no tags, so nothing says when it was released. What is true of it is shown: integrations, batch by batch, and reverts. ${step}`
    : `This repository has ${tags} ${tags === 1 ? "tag" : "tags"}, but none that counts as a release under this rule. What is true of it is shown: integrations and reverts. ${step}`;
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
