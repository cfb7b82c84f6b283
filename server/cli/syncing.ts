/** A sync with its progress on stderr, and what came of it in words. */
import type { Installation } from "../installation.ts";
import type { SyncOutcome, SyncProgress } from "../sync.ts";
import { syncAll } from "../sync.ts";
import type { Effects } from "./effects.ts";
import { createProgress } from "./progress.ts";

const count = new Intl.NumberFormat("en");
const tenths = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export interface SyncAloudOptions {
  /** Told of every step, too. */
  readonly watch: (step: SyncProgress) => void;
  /** How long a sync may take before lines about it are worth their place in a log. */
  readonly patience: number;
}

export async function syncAloud(
  installation: Installation,
  effects: Effects,
  { watch, patience }: SyncAloudOptions = { watch: () => undefined, patience: 0 },
): Promise<readonly SyncOutcome[]> {
  const progress = createProgress(effects, patience);
  const report = (step: SyncProgress): void => {
    watch(step);
    progress.show(step);
  };
  try {
    return await syncAll(installation, { signal: effects.signal, report });
  } finally {
    progress.clear();
  }
}

/** "hono: 412 new events in 0.8 s", then what a person should know of it. */
export function outcomeLines({ name, changed, seconds, notices, error }: SyncOutcome): string[] {
  if (error !== null) return [`${name}: not collected. ${error}`];
  const news = changed === 0 ? "nothing new" : `${count.format(changed)} new event${changed === 1 ? "" : "s"}`;
  return [
    `${name}: ${news} in ${tenths.format(seconds)} s`,
    ...notices.map(({ level, message }) => `  ${level === "warning" ? "Warning: " : ""}${message}`),
  ];
}
