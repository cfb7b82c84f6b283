/** Brings sources up to date. Safe to stop, or to be killed, at any moment: what was stored stays, the rest comes next time. */
import type { Notice } from "#collectors/collector.ts";
import { HostError } from "#collectors/collector.ts";
import type { Wait } from "#collectors/polite/index.ts";
import { sum } from "#metrics/statistics/sum.ts";
import type { Instant } from "#metrics/time.ts";
import { SECOND } from "#metrics/time.ts";
import type { ConfiguredSource, Installation } from "./installation.ts";
import { refresh } from "./refresh.ts";
import { forgetOldPseudonyms } from "./retention.ts";
import { planOf } from "./services.ts";
import type { Holder } from "./store/leases.ts";
import type { SourceRecord } from "./store/sources.ts";
import { holdLease, ignoreStoreErrors } from "./work-leases.ts";

export interface SyncOutcome {
  readonly source: string;
  readonly name: string;
  /** Events that were new, different or removed. */
  readonly changed: number;
  readonly seconds: number;
  readonly notices: readonly Notice[];
  /** Why it failed and what to do; `null` when it did not. */
  readonly error: string | null;
  /** Whether another process was collecting it, so that nothing failed. */
  readonly isTaken: boolean;
}

export interface SyncProgress {
  readonly source: string;
  readonly name: string;
  readonly phase: "collecting" | "deriving";
  /** That came in so far; where the numbers are derived, of all sources. */
  readonly events: number;
  /** Of how many services the numbers are derived; `null` while it is collected. */
  readonly services: number | null;
  /** 0 to 1, when it can be known. */
  readonly progress: number | null;
  /** What it waits for, if it does. */
  readonly waiting: Wait | null;
}

export interface SyncOptions {
  readonly signal: AbortSignal;
  readonly report?: (progress: SyncProgress) => void;
  /** Only the sources with these keys. Default: all. */
  readonly only?: ReadonlySet<string>;
  /** A source that any process brought up to date after this is passed over: of several, one asks the host. Default: none is. */
  readonly unlessSince?: Instant;
}

const EARLIEST = 15 * SECOND;

/** Every source in turn, then the facts. A source that fails does not stop the others. */
export async function syncAll(installation: Installation, options: SyncOptions): Promise<readonly SyncOutcome[]> {
  const outcomes: SyncOutcome[] = [];
  for (const source of installation.sources) {
    if (options.signal.aborted) break;
    if (options.only?.has(source.collector.source) === false) continue;
    const outcome = await syncSource(installation, source, options);
    if (outcome !== null) outcomes.push(outcome);
  }
  const last = outcomes.at(-1);
  if (last !== undefined)
    options.report?.({
      source: last.source,
      name: last.name,
      phase: "deriving",
      events: sum(outcomes.map(({ changed }) => changed)),
      services: (await planOf(installation)).services.length,
      progress: null,
      waiting: null,
    });
  try {
    if (!options.signal.aborted) await refresh(installation);
    if (!options.signal.aborted) await forgetOldPseudonyms(installation);
  } finally {
    installation.live.settle();
  }
  return outcomes;
}

async function syncSource(
  installation: Installation,
  { collector, options: { host } }: ConfiguredSource,
  options: SyncOptions,
): Promise<SyncOutcome | null> {
  const { store, now, live } = installation;
  const started = performance.now();
  const { name } = collector;
  const tally: Tally = { changed: 0, events: 0, notices: null };
  const finish = (changed: number, notices: readonly Notice[], error: string | null, isTaken = false): SyncOutcome => ({
    source: collector.source,
    name,
    changed,
    seconds: (performance.now() - started) / SECOND,
    notices,
    error,
    isTaken,
  });

  const lease = await holdLease(installation, `sync ${collector.source}`);
  if ("pid" in lease) return finish(0, [], collectedBy(lease), true);
  const record = await store.openSource({ key: collector.source, name, host }).catch(async (error: unknown) => {
    await lease.release();
    throw error;
  });
  if (record.syncedAt !== null && record.syncedAt > (options.unlessSince ?? Infinity)) {
    await lease.release();
    return null;
  }
  const entry = await store.beginSync(record.id, now()).catch(async (error: unknown) => {
    await lease.release();
    throw error;
  });
  const log = async (error: string | null): Promise<void> => {
    const { requests } = live.of(collector.source);
    const { changed, notices } = tally;
    await store.endSync(entry, { endedAt: now(), changed, requests, notices: notices ?? [], error });
  };
  live.begin(collector.source, now(), record.syncedAt === null);
  const unwatch = watchWaits(installation, record, tally, options);
  try {
    await collect(installation, collector, record, tally, options);
    // Who has nothing new says nothing: what was to be known before still is.
    const notices = tally.notices ?? record.notices;
    await store.finishSync(record.id, { syncedAt: now(), notices });
    await log(null);
    return finish(tally.changed, notices, null);
  } catch (error) {
    if (options.signal.aborted) {
      await log(STOPPED).catch(ignoreStoreErrors);
      return finish(0, [], STOPPED);
    }
    if (!(error instanceof HostError)) throw error;
    await store.finishSync(record.id, { error: error.message });
    await log(error.message);
    return finish(0, [], error.message);
  } finally {
    unwatch();
    await lease.release();
    live.end(collector.source);
  }
}

function collectedBy({ pid, host }: Holder): string {
  return `Another Headway (process ${pid} on ${host}) is collecting this source into the same database now. Nothing is lost: wait until it has finished, or stop it, and run this again.`;
}

const STOPPED = "Stopped before the end. What was stored stays; the next sync goes on.";

/** What has come in so far. */
interface Tally {
  changed: number;
  events: number;
  notices: readonly Notice[] | null;
}

/** Tells when a wait begins or ends, which no batch does. @returns how to stop it. */
function watchWaits(
  { live }: Installation,
  { key, name }: SourceRecord,
  tally: Tally,
  { report }: SyncOptions,
): () => void {
  let told: Wait | null = null;
  return live.watch(() => {
    const { waiting, activity } = live.of(key);
    if (waiting === told) return;
    told = waiting;
    const progress = activity?.progress ?? null;
    report?.({ source: key, name, phase: "collecting", events: tally.events, services: null, progress, waiting });
  });
}

async function collect(
  installation: Installation,
  collector: ConfiguredSource["collector"],
  record: SourceRecord,
  tally: Tally,
  { signal, report }: SyncOptions,
): Promise<void> {
  const { store, now, live } = installation;
  const { key, name } = record;
  const derive = record.syncedAt === null ? nowAndThen(async () => refresh(installation)) : async () => undefined;
  report?.({ source: key, name, phase: "collecting", events: 0, services: null, progress: null, waiting: null });
  for await (const batch of collector.collect(record.cursor, signal)) {
    tally.changed += await store.save(record.id, batch, now());
    tally.notices = [...(tally.notices ?? []), ...batch.notices];
    tally.events += batch.events.length;
    const { events } = tally;
    const { progress } = batch;
    live.advance(key, progress, events);
    const { waiting } = live.of(key);
    report?.({ source: key, name, phase: "collecting", events, services: null, progress, waiting });
    await derive();
  }
}

/** A first sync may take an hour: what is complete of it is shown before it ends, at a tenth of its time at most. */
function nowAndThen(work: () => Promise<unknown>): () => Promise<void> {
  let next = performance.now() + EARLIEST;
  return async () => {
    const begun = performance.now();
    if (begun < next) return;
    await work();
    const ended = performance.now();
    next = ended + Math.max(EARLIEST, 10 * (ended - begun));
  };
}
