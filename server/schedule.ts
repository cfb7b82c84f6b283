/** Decides when to sync; what a sync is, others know. */
import { schedule } from "node-cron";
import type { Schedule } from "#config/schema.ts";
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";

/** Calls back at the times of a cron text, in UTC. @returns how to stop it. */
export type Clock = (cron: string, tick: () => void) => () => void;

/** Rung by whoever wants a run at once. */
export class Bell {
  #listener: (() => boolean) | null = null;

  /** @returns whether a run began; when not, one is under way and another follows it. */
  ring(): boolean {
    return this.#listener?.() ?? false;
  }

  listen(listener: () => boolean): void {
    this.#listener = listener;
  }
}

export interface ScheduleEffects {
  readonly now: () => Instant;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  readonly bell?: Bell;
}

/**
 * Runs at once and then on schedule, never twice at a time: a run that takes longer than its interval swallows the next.
 *
 * @param run is told whether somebody asked for it; else it was time.
 * @returns when the signal was given and the run that was under way has ended.
 */
export async function runOnSchedule(
  when: Schedule,
  run: (isAsked: boolean) => Promise<void>,
  { now, signal, clock = nodeCron, bell = new Bell() }: ScheduleEffects,
): Promise<void> {
  const state = { running: Promise.resolve(), busy: false, again: false, slot: slotOf(when, now()) };
  const begin = (isAsked: boolean): void => {
    if (state.busy) return;
    state.busy = true;
    state.running = run(isAsked).finally(() => {
      state.busy = false;
      if (!state.again || signal.aborted) return;
      state.again = false;
      begin(true);
    });
  };
  begin(true);
  bell.listen(() => {
    state.again = state.busy;
    begin(true);
    return !state.again;
  });
  const stop = clock("cron" in when ? when.cron : "* * * * *", () => {
    const slot = slotOf(when, now());
    if (signal.aborted || (slot !== null && slot === state.slot)) return;
    state.slot = slot;
    begin(false);
  });
  await aborted(signal);
  stop();
  await state.running;
}

/**
 * In which stretch of so many minutes an instant lies; `null` where cron text says by itself when to run.
 *
 * Cron cannot say "every 45 minutes", and a busy process may miss a minute: the first one seen of a stretch counts.
 */
function slotOf(when: Schedule, at: Instant): number | null {
  return "cron" in when ? null : Math.floor(Math.round(at / MINUTE) / when.every);
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
