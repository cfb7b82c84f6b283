/** What something took, in passed and in processor time. */
import type { Line } from "#test/support/measuring.ts";
import { amount, middle } from "#test/support/measuring.ts";

export interface Spent {
  /** Milliseconds. */
  readonly passed: number;
  /** Milliseconds of all threads, those of whoever asks included. */
  readonly processor: number;
}

export function processorSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function middleOf(runs: readonly Spent[]): Spent {
  return { passed: middle(runs.map(({ passed }) => passed)), processor: middle(runs.map((run) => run.processor)) };
}

export function spent(what: string, { passed, processor }: Spent): readonly Line[] {
  return [amount(what, passed, "ms"), amount(`${what}: processor`, processor, "ms")];
}

/** Of what is done anew, after one that does not count. */
const RUNS = 5;

/** The middle of some runs, after one that does not count. */
export async function spentOn(work: () => Promise<unknown>): Promise<Spent> {
  const runs: Spent[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const [before, began] = [process.cpuUsage(), performance.now()];
    await work();
    runs.push({ passed: performance.now() - began, processor: processorSince(before) });
  }
  return middleOf(runs.slice(1));
}
