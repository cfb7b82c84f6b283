/** What one process counts of its own work. Labels come from lists of ours and never from what somebody sends. */
import type { IntervalHistogram } from "node:perf_hooks";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Instant } from "#metrics/time.ts";
import { SECOND } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import type { ReplyCounts } from "../replies.ts";
import { dataFolder } from "#config/data-folder.ts";
import type { SyncOutcome } from "../sync.ts";
import { VERSION } from "../version.ts";
import { isServer } from "../store/place.ts";
import { lastBackup } from "../backups.ts";
import type { Family } from "./exposition.ts";
import { Counter, Histogram } from "./exposition.ts";

/** Seconds: from an answer that was kept to one that somebody waits for. */
const REQUEST_LIMITS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SYNC_LIMITS = [1, 5, 15, 60, 300, 900, 3600];
const METHODS = ["GET", "HEAD", "POST", "OPTIONS"];
/** Nanoseconds in a second. */
const NANO = 1e9;
/** Milliseconds between two looks at the event loop. */
const LOOK = 100;

export class Telemetry {
  readonly #requests = new Histogram(REQUEST_LIMITS);
  readonly #syncs = new Histogram(SYNC_LIMITS);
  readonly #events = new Counter();
  #delay: IntervalHistogram | null = null;

  /** @param route a path of the contract, or a word for what is none. */
  answered(route: string, method: string, status: number, seconds: number): void {
    const known = METHODS.includes(method) ? method : "other";
    this.#requests.observe({ route, method: known, status: `${Math.floor(status / 100)}xx` }, seconds);
  }

  synced({ sources }: Installation, outcomes: readonly SyncOutcome[]): void {
    for (const { source, changed, seconds, error } of outcomes) {
      const host = sources.find(({ collector }) => collector.source === source)?.options.host ?? "gone";
      this.#syncs.observe({ host, result: error === null ? "ok" : "failed" }, seconds);
      this.#events.add({ host }, changed);
    }
  }

  families(): readonly Family[] {
    return [
      {
        name: "headway_http_request_duration_seconds",
        help: "Time from a request to the end of its answer.",
        type: "histogram",
        samples: this.#requests.samples(),
      },
      {
        name: "headway_sync_duration_seconds",
        help: "Time that the sync of one source took, by the kind of its host and whether it worked.",
        type: "histogram",
        samples: this.#syncs.samples(),
      },
      {
        name: "headway_sync_events_total",
        help: "Events that were new, different or removed.",
        type: "counter",
        samples: this.#events.samples(),
      },
      ...this.#process(),
    ];
  }

  #process(): readonly Family[] {
    const memory = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    return [
      gauge("headway_build_info", "The version that runs.", 1, { version: VERSION }),
      gauge("process_start_time_seconds", "When the process began.", Date.now() / SECOND - process.uptime()),
      gauge("process_resident_memory_bytes", "Memory that the process has.", memory.rss),
      gauge("nodejs_heap_size_used_bytes", "Memory that objects take.", memory.heapUsed),
      {
        name: "process_cpu_seconds_total",
        help: "Processor time.",
        type: "counter",
        samples: [{ labels: {}, value: (user + system) / 1e6 }],
      },
      this.#eventLoop(),
    ];
  }

  /** How late timers are, since the last time this was asked. Nobody looks before it is asked first, so that an idle process sleeps. */
  #eventLoop(): Family {
    const name = "nodejs_eventloop_lag_seconds";
    const help = "How late timers were since this was last asked; the largest and the 99th percentile.";
    const delay = this.#delay;
    if (delay === null) {
      this.#delay = monitorEventLoopDelay({ resolution: LOOK });
      this.#delay.enable();
      return { name, help, type: "gauge", samples: [] };
    }
    const late = (at: number) => Math.max(0, at / NANO - LOOK / SECOND);
    const samples = [
      { labels: { quantile: "0.99" }, value: late(delay.percentile(99)) },
      { labels: { quantile: "1" }, value: late(delay.max) },
    ];
    delay.reset();
    return { name, help, type: "gauge", samples };
  }
}

/** What is true of an installation now, and was counted of its answers. */
export async function stateOf(
  { config, store, sources, now }: Installation,
  replies: ReplyCounts,
): Promise<readonly Family[]> {
  const records = await store.sources(sources.map(({ collector }) => collector.source));
  const ages = new Map<string, number>();
  for (const { host, syncedAt } of records)
    if (syncedAt !== null) ages.set(host, Math.max(ages.get(host) ?? 0, (now() - syncedAt) / SECOND));
  const [bytes, backup] = await Promise.all([store.bytes(), lastBackup(dataFolder(config))]);
  return [
    {
      name: "headway_last_sync_age_seconds",
      help: "Time since the last sync that worked, of the source of such a host for which it is longest.",
      type: "gauge",
      samples: [...ages].map(([host, value]) => ({ labels: { host }, value })),
    },
    {
      name: "headway_sources",
      help: "Sources by the kind of their host, and whether their last sync worked.",
      type: "gauge",
      samples: counted(records),
    },
    gauge("headway_database_bytes", "Size of the database and its journal.", bytes),
    // A server is backed up by its own programs, of which nothing is known here.
    ...(isServer(config.database)
      ? []
      : [
          gauge(
            "headway_last_backup_age_seconds",
            "Time since the last `headway backup`; +Inf before the first.",
            backup === null ? Infinity : age(backup.at, now()),
          ),
        ]),
    {
      name: "headway_replies_total",
      help: "Answers that were kept, and those that were made anew.",
      type: "counter",
      samples: [
        { labels: { kept: "yes" }, value: replies.kept },
        { labels: { kept: "no" }, value: replies.made },
      ],
    },
  ];
}

function counted(records: readonly { readonly host: string; readonly error: string | null }[]): Family["samples"] {
  const counter = new Counter();
  for (const { host, error } of records) counter.add({ host, state: error === null ? "ok" : "failed" });
  return counter.samples();
}

function age(at: Instant, now: Instant): number {
  return (now - at) / SECOND;
}

function gauge(name: string, help: string, value: number, labels: Readonly<Record<string, string>> = {}): Family {
  return { name, help, type: "gauge", samples: [{ labels, value }] };
}
