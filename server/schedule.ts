/** Decides when to sync; what a sync is, others know. */
import { schedule } from "node-cron";
import type { Schedule } from "#config/schema.ts";
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";

/** Calls back at the times of a cron text, in UTC. @returns how to stop it. */
export type Clock = (cron: string, tick: () => void) => () => void;

export interface ScheduleEffects {
  readonly now: () => Instant;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/**
 * Runs at once and then on schedule, never twice at a time: a run that takes longer than its interval swallows the next.
 *
 * @returns when the signal was given and the run that was under way has ended.
 */
export async function runOnSchedule(
  when: Schedule,
  run: () => Promise<void>,
  { now, signal, clock = nodeCron }: ScheduleEffects,
): Promise<void> {
  let running: Promise<void> | null = null;
  const begin = (): void => {
    running ??= run().finally(() => {
      running = null;
    });
  };
  begin();
  const stop = clock("cron" in when ? when.cron : "* * * * *", () => {
    if (!signal.aborted && isDue(when, now())) begin();
  });
  await aborted(signal);
  stop();
  await running;
}

/** Cron says by itself when it is due; "every so many minutes" counts whole minutes, since cron cannot say every 45. */
function isDue(when: Schedule, at: Instant): boolean {
  return "cron" in when || Math.round(at / MINUTE) % when.every === 0;
}

const nodeCron: Clock = (cron, tick) => {
  const task = schedule(cron, tick, { timezone: "UTC", suppressMissedWarning: true });
  return () => void task.destroy();
};

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
