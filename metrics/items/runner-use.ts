/** Which kinds of runners runs of pipelines kept busy, for how long, and of how much no host tells it. */
import type { PipelineFact } from "../facts.ts";
import { minutesOfRun } from "../runners.ts";
import { byNumber } from "../plurals.ts";
import { sum } from "../statistics/sum.ts";
import { counted } from "../words.ts";

export interface RunnerUse {
  /** Of all runners. */
  readonly minutes: number;
  /** Those that finished. */
  readonly runs: number;
  /** Runs whose jobs nobody read: each counts as a whole, of a runner that is not told. */
  readonly unread: number;
  /** Runs of which nobody knows how long they took: they are in no minute. */
  readonly untimed: number;
  /** The most minutes first, what no host tells last. */
  readonly kinds: readonly KindUse[];
}

interface KindUse {
  /** `null`: no host tells it. */
  readonly runner: string | null;
  readonly minutes: number;
  /** Of all minutes. */
  readonly share: number;
  /** Runs that had a job there: one with jobs on several kinds is in each. */
  readonly runs: number;
}

/** Adds up runs one by one, so that nobody has to hold all of them. */
export class RunnerSums {
  readonly #kinds = new Map<string | null, { minutes: number; runs: number }>();
  #runs = 0;
  #unread = 0;
  #untimed = 0;

  add(run: PipelineFact): void {
    const taken = minutesOfRun(run);
    this.#runs += 1;
    if (taken === null) this.#untimed += 1;
    else if (run.runnerMinutes === null) this.#unread += 1;
    for (const { runner, minutes } of taken ?? []) {
      const known = this.#kinds.get(runner) ?? { minutes: 0, runs: 0 };
      this.#kinds.set(runner, { minutes: known.minutes + minutes, runs: known.runs + 1 });
    }
  }

  get use(): RunnerUse {
    const taken = [...this.#kinds].filter(([, { minutes }]) => minutes > 0);
    const all = sum(taken.map(([, { minutes }]) => minutes));
    const kinds = taken
      .map(([runner, { minutes, runs }]) => ({ runner, minutes, share: minutes / all, runs }))
      .toSorted((a, b) => Number(a.runner === null) - Number(b.runner === null) || b.minutes - a.minutes);
    return { minutes: all, runs: this.#runs, unread: this.#unread, untimed: this.#untimed, kinds };
  }
}

/** How many minutes, of how many of them hosts tell the runner, and what to do about the others. */
export function runnerUseWords({ minutes, runs, unread, untimed, kinds }: RunnerUse, span: string): string {
  if (runs === 0) return `No run of a pipeline finished in ${span}, so none kept a runner busy.`;
  const those = `${counted(runs, "run")} that finished in ${span}`;
  if (untimed === runs) return `Of ${those} nobody says how long ${byNumber(runs, "it", "they")} took.`;
  const rest = `${asAWhole(unread)}${lengthless(untimed)}`;
  if (kinds.length === 0) return `${those}: no runner took a job.${rest}`;
  const whole = `${inMinutes(minutes)} of runners in ${those}`;
  const untold = kinds.find(({ runner }) => runner === null);
  if (untold === undefined) return `${whole}, each on a runner that hosts tell.${rest}`;
  const where =
    kinds.length === 1
      ? "no host tells the runner of any"
      : `of ${inMinutes(untold.minutes)}, in ${counted(untold.runs, "run")}, no host tells the runner`;
  return `${whole}; ${where}.${rest}`;
}

function asAWhole(unread: number): string {
  if (unread === 0) return "";
  return ` The jobs of ${counted(unread, "run")} are not read, so ${byNumber(unread, "it counts", "each counts")} as a whole: \`jobs: .*\` of the source reads them.`;
}

function lengthless(runs: number): string {
  return runs === 0 ? "" : ` Of ${counted(runs, "run")} nobody says how long ${byNumber(runs, "it", "they")} took.`;
}

/** Never 0: what is there is not nothing. */
function inMinutes(minutes: number): string {
  return minutes < 0.5 ? "less than a minute" : counted(Math.round(minutes), "minute");
}
