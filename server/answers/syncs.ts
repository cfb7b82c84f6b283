/** What the last syncs did. */
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import type { SyncEntry } from "../store/sync-log.ts";

type Entry = Reply<"/api/syncs">[number];

export async function answerSyncs(
  installation: Installation,
  { limit }: Query<"/api/syncs">,
): Promise<Reply<"/api/syncs">> {
  const names = new Map(installation.sources.map(({ collector }) => [collector.source, collector.name]));
  const latest = new Set<string>();
  return (await installation.store.syncs(sourceKeys(installation), limit)).map((entry): Entry => {
    const isLatest = !latest.has(entry.source);
    latest.add(entry.source);
    return {
      ...entry,
      name: names.get(entry.source) ?? entry.source,
      startedAt: new Date(entry.startedAt).toISOString(),
      endedAt: entry.endedAt === null ? null : new Date(entry.endedAt).toISOString(),
      state: stateOf(entry, isLatest && installation.live.of(entry.source).activity !== null),
      notices: [...entry.notices],
    };
  });
}

/** What has no end and does not run was killed; another process may still be at it. */
function stateOf({ endedAt, error }: SyncEntry, isRunning: boolean): Entry["state"] {
  if (endedAt === null) return isRunning ? "running" : "interrupted";
  return error === null ? "done" : "failed";
}
