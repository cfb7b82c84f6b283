/** A sync with its progress on stderr, and what came of it in words. */
import type { Installation } from "../installation.ts";
import type { SyncOptions, SyncOutcome, SyncProgress } from "../sync.ts";
import { syncAll } from "../sync.ts";
import type { Effects } from "./effects.ts";
import { createProgress } from "./progress.ts";
import { byNumber } from "#metrics/plurals.ts";

const count = new Intl.NumberFormat("en");
const tenths = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/**
 * @param patience how long a sync may take before lines about it are worth their place in a log.
 * @param which sources; default: all.
 */
export async function syncAloud(
  installation: Installation,
  effects: Effects,
  patience = 0,
  which: Pick<SyncOptions, "only" | "unlessSince"> = {},
): Promise<readonly SyncOutcome[]> {
  const progress = createProgress(effects, patience);
  const report = (step: SyncProgress): void => progress.show(step);
  try {
    return await syncAll(installation, { signal: effects.signal, report, ...which });
  } finally {
    progress.clear();
  }
}

/** "hono: 412 new events in 0.8 s", then what a person should know of it. */
export function outcomeLines({ name, changed, seconds, notices, error }: SyncOutcome): string[] {
  if (error !== null) return [`${name}: not collected. ${error}`];
  const news =
    changed === 0 ? "nothing new" : `${count.format(changed)} ${byNumber(changed, "new event", "new events")}`;
  return [
    `${name}: ${news} in ${tenths.format(seconds)} s`,
    ...notices.map(({ level, message }) => `  ${level === "warning" ? "Warning: " : ""}${message}`),
  ];
}
