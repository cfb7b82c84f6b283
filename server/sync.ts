/** Brings sources up to date. Safe to stop, or to be killed, at any moment: what was stored stays, the rest comes next time. */
import type { Notice } from "#collectors/collector.ts";
import { HostError } from "#collectors/collector.ts";
import { SECOND } from "#metrics/time.ts";
import { hostname } from "node:os";
import type { ConfiguredSource, Installation } from "./installation.ts";
import { refresh } from "./refresh.ts";
import type { Holder } from "./store/leases.ts";
import { StoreError } from "./store/errors.ts";
import type { SourceRecord } from "./store/sources.ts";

export interface SyncOutcome {
  readonly source: string;
  readonly name: string;
  /** Events that were new, different or removed. */
  readonly changed: number;
  readonly seconds: number;
  readonly notices: readonly Notice[];
  /** Why it failed and what to do; `null` when it did not. */
  readonly error: string | null;
}

export interface SyncProgress {
  readonly source: string;
  readonly name: string;
  readonly phase: "collecting" | "deriving";
  readonly events: number;
  /** 0 to 1, when it can be known. */
  readonly progress: number | null;
}

export interface SyncOptions {
  readonly signal: AbortSignal;
  readonly report?: (progress: SyncProgress) => void;
}

const HEARTBEAT = 15 * SECOND;

/** Every source in turn, then the facts. A source that fails does not stop the others. */
export async function syncAll(installation: Installation, options: SyncOptions): Promise<readonly SyncOutcome[]> {
  const outcomes: SyncOutcome[] = [];
  for (const source of installation.sources) {
    if (options.signal.aborted) break;
    outcomes.push(await syncSource(installation, source, options));
  }
  const last = outcomes.at(-1);
  if (last !== undefined)
    options.report?.({ source: last.source, name: last.name, phase: "deriving", events: last.changed, progress: null });
  if (!options.signal.aborted) await refresh(installation);
  return outcomes;
}

async function syncSource(
  installation: Installation,
  { collector, options: { host } }: ConfiguredSource,
  options: SyncOptions,
): Promise<SyncOutcome> {
  const { store, now } = installation;
  const started = performance.now();
  const { name } = collector;
  const finish = (changed: number, notices: readonly Notice[], error: string | null): SyncOutcome => ({
    source: collector.source,
    name,
    changed,
    seconds: (performance.now() - started) / SECOND,
    notices,
    error,
  });

  const lease = await holdLease(installation, collector.source);
  if (typeof lease === "string") return finish(0, [], lease);
  const record = await store.openSource({ key: collector.source, name, host }).catch(async (error: unknown) => {
    await lease.release();
    throw error;
  });
  try {
    const { changed, notices } = await collect(installation, collector, record, options);
    await store.finishSync(record.id, { syncedAt: now(), notices });
    return finish(changed, notices, null);
  } catch (error) {
    if (options.signal.aborted)
      return finish(0, [], "Stopped before the end. What was stored stays; the next sync goes on.");
    if (!(error instanceof HostError)) throw error;
    await store.finishSync(record.id, { error: error.message });
    return finish(0, [], error.message);
  } finally {
    await lease.release();
  }
}

async function collect(
  { store, now }: Installation,
  collector: ConfiguredSource["collector"],
  record: SourceRecord,
  { signal, report }: SyncOptions,
): Promise<{ changed: number; notices: readonly Notice[] }> {
  let changed = 0;
  let events = 0;
  let notices: readonly Notice[] | null = null;
  report?.({ source: record.key, name: record.name, phase: "collecting", events, progress: null });
  for await (const batch of collector.collect(record.cursor, signal)) {
    changed += await store.save(record.id, batch, now());
    notices = [...(notices ?? []), ...batch.notices];
    events += batch.events.length;
    report?.({ source: record.key, name: record.name, phase: "collecting", events, progress: batch.progress });
  }
  // Who has nothing new says nothing: what was to be known before still is.
  return { changed, notices: notices ?? record.notices };
}

/** One process at a time works on a source; a sentence says who does when it is not us. */
async function holdLease({ store, now }: Installation, source: string): Promise<{ release(): Promise<void> } | string> {
  const mine: Holder = { host: hostname(), pid: process.pid };
  const name = `sync ${source}`;
  const take = () => store.takeLease(name, mine, now(), isAlive);
  const holder = await take();
  if (holder !== null) {
    return `Another Headway (process ${holder.pid} on ${holder.host}) is collecting this source into the same database now. Nothing is lost: wait until it has finished, or stop it, and run this again.`;
  }
  const heartbeat = setInterval(() => {
    take().catch(() => undefined); // a missed beat is made good by the next one; the lease lasts four of them
  }, HEARTBEAT);
  heartbeat.unref();
  return {
    release: async () => {
      clearInterval(heartbeat);
      await store.releaseLease(name, mine).catch((error: unknown) => {
        if (!(error instanceof StoreError)) throw error; // a full disk must not hide why the sync failed; the lease expires
      });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
